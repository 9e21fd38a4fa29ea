/** The topic, the group and the user of the smoke test, chosen from those of the stack. Pure. */
import type { Settings } from "../../src/stack/settings";
import { kafkaUsers } from "../../src/stack/kafkaUsers";
import { kafkaNamespace } from "../../src/strimzi/ownKafka";
import { bootstrapOf, clusterCaSecret } from "../../src/strimzi/kafka";
import type { UserAuthentication, KafkaUserDefinition } from "../../src/strimzi/kafkaUser";

export interface SmokePlan {
    bootstrapServers: string;
    namespace: string;
    topic: string;
    group: string;
    /** How it logs in; absent when the listener needs no login. */
    login?: { user: string; authentication: UserAuthentication; caSecret: string };
}

/** The topic that a user may both write and read, and its group. Prefixes are skipped: they name no topic. */
function both({ acls }: KafkaUserDefinition): { topic?: string; group?: string } {
    const named = (resource: string, operation: string) =>
        acls
            .filter(
                (acl) =>
                    acl.type === "allow" &&
                    acl.resource === resource &&
                    acl.name &&
                    !acl.name.endsWith("*") &&
                    acl.operations.includes(operation as "Read"),
            )
            .map(({ name }) => name!);
    const writable = named("topic", "Write");
    return { topic: named("topic", "Read").find((name) => writable.includes(name)), group: named("group", "Read")[0] };
}

/** The plan. Throws with what the stack has to declare. */
export function smokePlan(settings: Settings): SmokePlan {
    const { kafkaCluster: cluster, kafkaAccess, connect } = settings;
    if (!cluster)
        throw new Error(
            "the stack has no kafkaCluster; the smoke test runs only against a Kafka cluster that the stack creates",
        );
    const namespace = kafkaNamespace(cluster, connect);
    const users = kafkaUsers(settings).filter(({ name }) => name !== connect.name || cluster.authorization === "none");
    const address = (listener: "tls" | "scram" | "plain") => bootstrapOf(cluster.name, namespace, listener);
    const login = (user: KafkaUserDefinition) => ({
        bootstrapServers: address(user.authentication === "tls" ? "tls" : "scram"),
        namespace,
        login: { user: user.name, authentication: user.authentication, caSecret: clusterCaSecret(cluster.name) },
    });
    if (cluster.authorization === "none") {
        const topic = kafkaAccess?.topics[0]?.name;
        if (!topic) throw new Error("the stack declares no topic to write to; put one into kafkaAccess.topics");
        if (cluster.listeners.plain) return { bootstrapServers: address("plain"), namespace, topic, group: "smoke" };
        if (users.length > 0) return { ...login(users[0]), topic, group: "smoke" };
    }
    for (const user of users) {
        const { topic, group } = both(user);
        if (topic && group) return { ...login(user), topic, group };
    }
    throw new Error(
        "no user of the stack may both write and read a topic; add to kafkaAccess the topic smoke and a user " +
            "{ name: smoke, produce: [smoke], consume: [smoke] }",
    );
}
