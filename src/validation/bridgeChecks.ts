/** Checks on the HTTP bridge. */
import { invalidValue, issue, missingSetting, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { kafkaNamespace } from "../strimzi/ownKafka";

/** What of the bridge cannot be with the rest of the stack. */
export function checkBridge({ httpBridge: bridge, kafkaCluster, kafkaAccess, connect }: ParsedSections): Issue[] {
    if (!bridge || !connect) return [];
    const at = (...path: string[]) => ["httpBridge", ...path];
    const issues: Issue[] = [];
    if (!bridge.main.image) issues.push(missingSetting(at("main", "image"), "the image of the main container"));
    if (bridge.kafka) {
        for (const key of ["produce", "consume", "groups"] as const)
            if (bridge[key].length > 0)
                issues.push(
                    issue(
                        "KCP_TODO",
                        at(key),
                        "is given, and so is httpBridge.kafka, whose user somebody else gives its rights; leave one of the two out",
                    ),
                );
        return issues;
    }
    if (!kafkaCluster && !kafkaAccess?.cluster)
        return [
            ...issues,
            missingSetting(
                at("kafka"),
                "a group of settings: bootstrapServers, userSecret, caSecret, as the stack has neither kafkaCluster nor kafkaAccess.cluster",
            ),
        ];
    if (kafkaCluster && !kafkaCluster.listeners.tls)
        issues.push(
            issue(
                "KCP_TODO",
                at("certificates"),
                "are what the bridge logs in by, and kafkaCluster.listeners.tls is false",
            ),
        );
    const place = kafkaNamespace(kafkaCluster, connect, kafkaAccess);
    if (bridge.namespace && bridge.namespace !== place)
        issues.push(
            invalidValue(
                at("namespace"),
                bridge.namespace,
                `${place}, the namespace of Kafka's users: Secrets do not cross namespaces`,
            ),
        );
    if (bridge.produce.length + bridge.consume.length === 0)
        issues.push(issue("KCP_TODO", at("produce"), "and consume are empty: the bridge could do nothing"));
    if (bridge.groups.length > 0 && bridge.consume.length === 0)
        issues.push(issue("KCP_TODO", at("groups"), "are given, and nothing is consumed; consume names the topics"));
    const user = kafkaAccess?.users.findIndex(({ name }) => name === bridge.name) ?? -1;
    if (user >= 0)
        issues.push(
            issue(
                "KCP_TODO",
                ["kafkaAccess", "users", user, "name"],
                `is ${bridge.name}, the user that httpBridge logs in as; its rights are httpBridge.produce and consume`,
            ),
        );
    return issues;
}
