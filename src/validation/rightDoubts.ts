/** Rights and quotas of users that have no effect, or another one than it looks. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { Acl, UserSettings } from "../schema/kafkaAccess";
import type { ParsedSections } from "../schema/sections";
import { storageOf } from "../strimzi/connectConfig";
import { duplicates } from "../util/data";

/** Names of topics in ACLs that no topic can have: Kafka knows prefixes, and no expressions. */
function topicNameIssues(acls: readonly Acl[], at: SettingPath): Issue[] {
    return acls.flatMap(({ resource, name = "" }, index) =>
        resource === "topic" && !/^([A-Za-z0-9._-]{1,249}\*?|\*)$/.test(name)
            ? [
                  invalidValue([...at, index, "name"], name, "a topic's name, a prefix followed by *, or * for all", {
                      reason: "no topic has such a name, and Kafka knows no regular expressions in ACLs",
                  }),
              ]
            : [],
    );
}

/** Topics of a Connect cluster that have two uses. */
function storageIssues({ connect }: UserSettings, at: SettingPath): Issue[] {
    if (!connect) return [];
    const { configStorageTopic, offsetStorageTopic, statusStorageTopic } = storageOf(connect);
    const topics = { configStorageTopic, offsetStorageTopic, statusStorageTopic };
    return duplicates(Object.values(topics)).map((index) =>
        invalidValue(
            [...at, "connect", Object.keys(topics)[index]],
            Object.values(topics)[index],
            "a topic that the workers use for nothing else",
        ),
    );
}

/** What grants nothing, and what no Connect cluster starts with. */
export const checkRightForms = ({ kafkaAccess, kafkaCluster }: ParsedSections): Issue[] => [
    ...topicNameIssues(kafkaCluster?.connectAcls ?? [], ["kafkaCluster", "connectAcls"]),
    ...(kafkaAccess?.users ?? []).flatMap((user, index) => {
        const at = ["kafkaAccess", "users", index];
        return [...topicNameIssues(user.acls, [...at, "acls"]), ...storageIssues(user, at)];
    }),
];

/** Whether every resource of one rule is one of the other. */
const covers = (wide: Acl, rule: Acl): boolean =>
    wide.type === rule.type &&
    wide.resource === rule.resource &&
    (wide.name === rule.name ||
        (wide.name?.endsWith("*") === true && rule.name?.startsWith(wide.name.slice(0, -1)) === true)) &&
    (wide.host ?? "*") === (rule.host ?? "*") &&
    (wide.operations.includes("All") || rule.operations.every((operation) => wide.operations.includes(operation)));

/** Rules that a wider one contains, and operations beside All. */
function hiddenRules(acls: readonly Acl[], at: SettingPath): Issue[] {
    return acls.flatMap((rule, index): Issue[] => {
        const wider = acls.findIndex(
            (other, place) => place !== index && covers(other, rule) && (!covers(rule, other) || place < index),
        );
        // equal ones are reported by themselves
        const isEqual = wider >= 0 && covers(rule, acls[wider]);
        return [
            ...(wider >= 0 && !isEqual
                ? [issue("KCP_UNUSED_SETTING", [...at, index], `unused: acls[${wider}] includes it; remove one`)]
                : []),
            ...(rule.operations.includes("All") && new Set(rule.operations).size > 1
                ? [issue("KCP_UNUSED_SETTING", [...at, index, "operations"], "unused beside All; remove the others")]
                : []),
        ];
    });
}

/** Bytes per second below which a client hardly sends a record. */
const leastRate = 1000;

function quotaDoubts({ quotas }: UserSettings, at: SettingPath): Issue[] {
    const rates = (["producerByteRate", "consumerByteRate"] as const).filter((key) => {
        const rate = quotas?.[key] ?? 0;
        return rate > 0 && rate < leastRate;
    });
    return [
        ...rates.map((key) =>
            invalidValue([...at, "quotas", key], quotas?.[key], `${leastRate} or more`, {
                code: "KCP_INVALID_CONFIG_VALUE",
                reason: "this is in bytes per second, for each broker",
            }),
        ),
        ...(quotas?.controllerMutationRate === 0
            ? [
                  issue(
                      "KCP_INVALID_CONFIG_VALUE",
                      [...at, "quotas", "controllerMutationRate"],
                      "with 0 the brokers reject every creation and deletion of a topic",
                  ),
              ]
            : []),
    ];
}

/** What is probably meant otherwise. */
export function rightDoubts({ kafkaAccess, connect, kafkaCluster }: ParsedSections): Issue[] {
    const users = kafkaAccess?.users ?? [];
    const ids = users.flatMap(({ transactionalIds }, user) =>
        transactionalIds.filter((id) => !id.includes("*")).map((id) => ({ id, user })),
    );
    return users.flatMap((user, index) => {
        const at = ["kafkaAccess", "users", index];
        const writes =
            user.produce.length > 0 ||
            user.connect !== undefined ||
            user.bridge !== undefined ||
            user.acls.some(({ operations }) => operations.includes("Write") || operations.includes("All"));
        const regex = (["produce", "consume"] as const).flatMap((key) =>
            user[key].flatMap((name, place) =>
                /^\.\*$/.test(name)
                    ? [
                          invalidValue([...at, key, place], name, "* for all topics", {
                              reason: "this is the prefix . and no regular expression",
                          }),
                      ]
                    : [],
            ),
        );
        const shared = user.transactionalIds.flatMap((id, place) => {
            const other = ids.find((item) => item.id === id && item.user < index);
            return other === undefined
                ? []
                : [
                      issue(
                          "KCP_SHARED_RESOURCE",
                          [...at, "transactionalIds", place],
                          `users[${other.user}] has it too: a producer with the same id fences the other`,
                      ),
                  ];
        });
        const isOwnCluster =
            kafkaCluster !== undefined && connect?.install === true && user.connect?.name === connect.name;
        return [
            ...hiddenRules(user.acls, [...at, "acls"]),
            ...quotaDoubts(user, at),
            ...regex,
            ...shared,
            ...(user.transactionalIds.length > 0 && !writes
                ? [issue("KCP_UNUSED_SETTING", [...at, "transactionalIds"], "unused: the user produces to no topic")]
                : []),
            ...(isOwnCluster
                ? [
                      issue(
                          "KCP_SHARED_RESOURCE",
                          [...at, "connect", "name"],
                          "is the stack's Connect cluster, which has its own user: two clusters would share a group",
                      ),
                  ]
                : []),
        ];
    });
}
