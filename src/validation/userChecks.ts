/** Users of the Kafka cluster, their logins and rights. */
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { UserSettings } from "../schema/kafkaAccess";
import type { KafkaClusterSettings } from "../schema/kafkaCluster";
import type { ParsedSections } from "../schema/sections";
import { clientAuthentication } from "../strimzi/ownKafka";
import { duplicateNames } from "./duplicateNames";

const usersPath = ["kafkaAccess", "users"];

export function checkUsers({ kafkaAccess: access, kafkaCluster: cluster, connect }: ParsedSections): Issue[] {
    if (!access) return [];
    const connectUser =
        cluster && connect?.install && clientAuthentication(cluster) !== undefined ? connect.name : undefined;
    const names = access.users.map(({ name }) => name);
    return [
        ...duplicateNames(names, usersPath),
        ...access.users.flatMap((user, index) => [
            ...checkUser(user, index, connectUser),
            ...(cluster ? checkUserOfCluster(user, index, cluster) : []),
        ]),
    ];
}

function checkUser(user: UserSettings, index: number, connectUser: string | undefined): Issue[] {
    const issues: Issue[] = [];
    if (user.name === connectUser)
        issues.push(
            issue(
                "KCP_DUPLICATE_NAME",
                [...usersPath, index, "name"],
                `"${user.name}" is the user of the Connect cluster; add its rights to kafkaCluster.connectAcls`,
            ),
        );
    if (user.groups.length > 0 && user.consume.length === 0)
        issues.push(
            issue(
                "KCP_UNUSED_SETTING",
                [...usersPath, index, "groups"],
                "unused: consume names no topics that the groups could read",
            ),
        );
    return issues;
}

const hasRights = (user: UserSettings): boolean =>
    user.acls.length > 0 ||
    user.bridge !== undefined ||
    user.connect !== undefined ||
    user.produce.length + user.consume.length + user.transactionalIds.length > 0;

function checkUserOfCluster(user: UserSettings, index: number, cluster: KafkaClusterSettings): Issue[] {
    const issues: Issue[] = [];
    const { listeners } = cluster;
    const listener = user.authentication === "scram-sha-512" ? "scram" : "tls";
    if (user.authentication && !listeners[listener])
        issues.push(
            invalidValue(
                [...usersPath, index, "authentication"],
                user.authentication,
                "the authentication of an enabled listener",
                { code: "KCP_MISSING_LISTENER", reason: `kafkaCluster.listeners.${listener} is false` },
            ),
        );
    else if (!listeners.tls && !listeners.scram)
        issues.push(
            issue(
                "KCP_MISSING_LISTENER",
                [...usersPath, index, "name"],
                "no listener authenticates users; enable kafkaCluster.listeners.tls or scram",
            ),
        );
    if (cluster.authorization === "none" && hasRights(user))
        issues.push(
            issue(
                "KCP_CONFLICTING_SETTINGS",
                [...usersPath, index],
                "has rights, but kafkaCluster.authorization is none, with which the user operator rejects ACLs",
            ),
        );
    return issues;
}
