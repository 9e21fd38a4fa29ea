/** Checks on the HTTP bridge. */
import type { Fault } from "../schema/issues";
import type { ReadGroups } from "../schema/sections";
import { kafkaNamespace } from "../strimzi/ownKafka";

/** What of the bridge cannot be with the rest of the stack. */
export function checkBridge({ httpBridge: bridge, kafkaCluster, kafkaAccess, connect }: ReadGroups): Fault[] {
    if (!bridge || !connect) return [];
    const at = (...path: string[]) => ["httpBridge", ...path];
    const faults: Fault[] = [];
    if (!bridge.main.image)
        faults.push({ path: at("main", "image"), got: undefined, wants: "the image of the main container" });
    if (bridge.kafka) {
        for (const key of ["produce", "consume", "groups"] as const)
            if (bridge[key].length > 0)
                faults.push({
                    path: at(key),
                    message:
                        "is given, and so is httpBridge.kafka, whose user somebody else gives its rights; leave one of the two out",
                });
        return faults;
    }
    if (!kafkaCluster && !kafkaAccess?.cluster)
        return [
            ...faults,
            {
                path: at("kafka"),
                got: undefined,
                wants: "a group of settings: bootstrapServers, userSecret, caSecret, as the stack has neither kafkaCluster nor kafkaAccess.cluster",
            },
        ];
    if (kafkaCluster && !kafkaCluster.listeners.tls)
        faults.push({
            path: at("certificates"),
            message: "are what the bridge logs in by, and kafkaCluster.listeners.tls is false",
        });
    const place = kafkaNamespace(kafkaCluster, connect, kafkaAccess);
    if (bridge.namespace && bridge.namespace !== place)
        faults.push({
            path: at("namespace"),
            got: bridge.namespace,
            wants: `${place}, the namespace of Kafka's users: Secrets do not cross namespaces`,
        });
    if (bridge.produce.length + bridge.consume.length === 0)
        faults.push({ path: at("produce"), message: "and consume are empty: the bridge could do nothing" });
    if (bridge.groups.length > 0 && bridge.consume.length === 0)
        faults.push({ path: at("groups"), message: "are given, and nothing is consumed; consume names the topics" });
    const user = kafkaAccess?.users.findIndex(({ name }) => name === bridge.name) ?? -1;
    if (user >= 0)
        faults.push({
            path: ["kafkaAccess", "users", user, "name"],
            message: `is ${bridge.name}, the user that httpBridge logs in as; its rights are httpBridge.produce and consume`,
        });
    return faults;
}
