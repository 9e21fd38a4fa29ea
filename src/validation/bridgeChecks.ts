/** The HTTP bridge and the Kafka that it works with. */
import type { HttpBridgeSettings } from "../schema/httpBridge";
import { invalidValue, issue, missingSetting, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { kafkaNamespace } from "../strimzi/ownKafka";

export function checkBridge(sections: ParsedSections): Issue[] {
    const { httpBridge: bridge, connect } = sections;
    if (!bridge || !connect) return [];
    const image = bridge.main.image
        ? []
        : [missingSetting(["httpBridge", "main", "image"], "the image of the main container")];
    return [...image, ...(bridge.kafka ? checkOtherKafka(bridge) : checkStackKafka(bridge, sections))];
}

/** A Kafka that the stack does not manage: the bridge's user exists there already. */
const checkOtherKafka = (bridge: HttpBridgeSettings): Issue[] =>
    (["produce", "consume", "groups"] as const)
        .filter((key) => bridge[key].length > 0)
        .map((key) =>
            issue(
                "KCP_CONFLICTING_SETTINGS",
                ["httpBridge", key],
                "conflicts with httpBridge.kafka, whose user has its own rights; remove one of the two",
            ),
        );

/** The Kafka whose users the stack creates. */
function checkStackKafka(bridge: HttpBridgeSettings, { kafkaCluster, kafkaAccess, connect }: ParsedSections): Issue[] {
    if (!kafkaCluster && !kafkaAccess?.cluster)
        return [
            missingSetting(
                ["httpBridge", "kafka"],
                "an object with bootstrapServers, userSecret and caSecret, " +
                    "because there is neither kafkaCluster nor kafkaAccess.cluster",
            ),
        ];
    const issues = checkIntents(bridge);
    if (kafkaCluster && !kafkaCluster.listeners.tls)
        issues.push(
            issue(
                "KCP_MISSING_LISTENER",
                ["httpBridge", "certificates"],
                "the bridge logs in by certificate, which needs kafkaCluster.listeners.tls",
            ),
        );
    const namespace = kafkaNamespace(kafkaCluster, connect!, kafkaAccess);
    if (bridge.namespace && bridge.namespace !== namespace)
        issues.push(
            invalidValue(["httpBridge", "namespace"], bridge.namespace, namespace, {
                code: "KCP_CROSS_NAMESPACE_SECRET",
                reason: "the bridge mounts Secrets of the Kafka users",
            }),
        );
    const sameUser = (kafkaAccess?.users ?? []).findIndex(({ name }) => name === bridge.name);
    if (sameUser >= 0)
        issues.push(
            issue(
                "KCP_DUPLICATE_NAME",
                ["kafkaAccess", "users", sameUser, "name"],
                `"${bridge.name}" is the user of httpBridge; set its rights in httpBridge.produce and consume`,
            ),
        );
    return issues;
}

function checkIntents({ produce, consume, groups }: HttpBridgeSettings): Issue[] {
    const issues: Issue[] = [];
    if (produce.length + consume.length === 0)
        issues.push(
            missingSetting(
                ["httpBridge", "produce"],
                "topics in produce or consume; without any the bridge is unusable",
            ),
        );
    else if (groups.length > 0 && consume.length === 0)
        issues.push(
            issue(
                "KCP_UNUSED_SETTING",
                ["httpBridge", "groups"],
                "unused: consume names no topics that the groups could read",
            ),
        );
    return issues;
}
