/** Rights of users that cancel each other, that nobody can use, or that are wider than they look. */
import { issue, type Issue, type SettingPath } from "../schema/issues";
import type { Acl, UserSettings } from "../schema/kafkaAccess";
import type { ParsedSections } from "../schema/sections";
import { connectAcls, userAcls } from "../strimzi/acls";

/** Whether every name of one pattern is one of the other; a `*` at the end is a prefix. */
function coversName(wide: string | undefined, name: string | undefined): boolean {
    if (wide === undefined || wide === name) return true;
    return name !== undefined && wide.endsWith("*") && name.startsWith(wide.slice(0, -1));
}

/** Whether a deny rule takes everything that an allow rule gives. */
const cancels = (deny: Acl, rule: Acl): boolean =>
    deny.resource === rule.resource &&
    coversName(deny.name, rule.name) &&
    (deny.host === undefined || deny.host === "*" || deny.host === rule.host) &&
    (deny.operations.includes("All") || rule.operations.every((operation) => deny.operations.includes(operation)));

/** Deny rules that cancel a right of the same user: in Kafka a deny precedes every allow. */
function cancelledRights(acls: readonly Acl[], derived: readonly Acl[], at: SettingPath): Issue[] {
    const allowed = derived.filter(({ type }) => type === "allow");
    return acls.flatMap((deny, index) => {
        if (deny.type !== "deny") return [];
        const cancelled = allowed.find((rule) => cancels(deny, rule));
        if (cancelled === undefined) return [];
        const right = `${cancelled.operations.join(", ")} on ${cancelled.resource} ${cancelled.name ?? ""}`.trim();
        return [
            issue(
                "KCP_CONFLICTING_SETTINGS",
                [...at, index],
                `denies ${right}, which the same user is allowed; in Kafka a deny precedes every allow`,
            ),
        ];
    });
}

const noTopics = { produce: [], consume: [], own: [], mirrored: [], groups: [], sources: [] };

/** Rules that cancel those of the same user, and rights of a bridge or a Connect cluster without topics. */
export function checkRights({ kafkaAccess, kafkaCluster, connect }: ParsedSections): Issue[] {
    const users = kafkaAccess?.users ?? [];
    const ofConnect =
        kafkaCluster && connect?.install
            ? cancelledRights(kafkaCluster.connectAcls, connectAcls(connect, noTopics, connect.exactlyOnce), [
                  "kafkaCluster",
                  "connectAcls",
              ])
            : [];
    return [
        ...ofConnect,
        ...users.flatMap((user, index) => {
            const at = ["kafkaAccess", "users", index];
            return [...cancelledRights(user.acls, userAcls(user), [...at, "acls"]), ...unusedRights(user, at)];
        }),
    ];
}

/** Settings of a user that need another one. */
function unusedRights({ bridge, connect }: UserSettings, at: SettingPath): Issue[] {
    const unused = (path: string[], reason: string) =>
        issue("KCP_UNUSED_SETTING", [...at, ...path], `unused: ${reason}`);
    return [
        ...(bridge && bridge.groups.length > 0 && bridge.consume.length === 0
            ? [unused(["bridge", "groups"], "bridge.consume names no topics that the groups could read")]
            : []),
        ...(bridge?.create && bridge.produce.length + bridge.consume.length === 0
            ? [unused(["bridge", "create"], "the bridge has no topics to create")]
            : []),
        ...(connect && connect.connectors.length > 0 && connect.consume.length === 0 && !connect.exactlyOnce
            ? [unused(["connect", "connectors"], "connect.consume names no topics that these sinks could read")]
            : []),
    ];
}

const isEmpty = (user: UserSettings): boolean => userAcls(user).every(({ type }) => type === "deny");

/** Quotas that stop a client, and those of what the user does not do. */
function quotaWarnings(user: UserSettings, at: SettingPath): Issue[] {
    const { quotas, acls, bridge, connect, produce, consume } = user;
    if (!quotas) return [];
    const zero = (["producerByteRate", "consumerByteRate", "requestPercentage"] as const).filter(
        (key) => quotas[key] === 0,
    );
    const isOther = acls.length > 0 || bridge !== undefined || connect !== undefined;
    const unread = [
        ["producerByteRate", produce.length + user.transactionalIds.length, "produces nothing"],
        ["consumerByteRate", consume.length, "consumes nothing"],
    ] as const;
    return [
        ...(Object.keys(quotas).length === 0
            ? [issue("KCP_UNUSED_SETTING", [...at, "quotas"], "unused: it has no quota; set one, or remove it")]
            : []),
        ...zero.map((key) =>
            issue(
                "KCP_INVALID_CONFIG_VALUE",
                [...at, "quotas", key],
                "with 0 the brokers delay every request of the user",
            ),
        ),
        ...unread
            .filter(([key, rights]) => !isOther && rights === 0 && quotas[key] !== undefined && quotas[key] !== 0)
            .map(([key, , reason]) =>
                issue("KCP_UNUSED_SETTING", [...at, "quotas", key], `unused: the user ${reason}`),
            ),
    ];
}

function broadRights(user: UserSettings, at: SettingPath): Issue[] {
    const all = user.produce.indexOf("*");
    const ofCluster = user.acls.findIndex(
        ({ type, resource, operations }) =>
            type === "allow" && resource === "cluster" && (operations.includes("All") || operations.includes("Alter")),
    );
    return [
        ...(all >= 0
            ? [
                  issue(
                      "KCP_BROAD_ACCESS",
                      [...at, "produce", all],
                      "includes Connect's own topics: who writes them changes connectors and their offsets",
                  ),
              ]
            : []),
        ...(ofCluster >= 0
            ? [issue("KCP_BROAD_ACCESS", [...at, "acls", ofCluster], "the user may change the rights of every user")]
            : []),
    ];
}

/** What is probably wrong with the users of the stack. */
export const rightsWarnings = ({ kafkaAccess, kafkaCluster }: ParsedSections): Issue[] =>
    (kafkaAccess?.users ?? []).flatMap((user, index) => {
        const at = ["kafkaAccess", "users", index];
        const needsRights = kafkaCluster?.authorization === "simple";
        const { connect } = user;
        return [
            ...(needsRights && isEmpty(user)
                ? [
                      issue(
                          "KCP_MISSING_SETTING",
                          at,
                          "has no rights: it can log in, and do nothing; set produce or consume",
                      ),
                  ]
                : []),
            ...(connect && connect.consume.length > 0 && connect.connectors.length === 0 && user.groups.length === 0
                ? [
                      issue(
                          "KCP_MISSING_SETTING",
                          [...at, "connect", "connectors"],
                          "connect.consume is for sinks, whose consumer groups are named after them; list the sinks",
                      ),
                  ]
                : []),
            ...quotaWarnings(user, at),
            ...broadRights(user, at),
        ];
    });
