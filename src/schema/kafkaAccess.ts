/** Topics and users, on the stack's own Kafka cluster or on one that Strimzi runs already. */
import { z } from "zod";
import { dnsLabel, dnsName, boolean, object, kafkaTopic, array, oneOf, configMap, string, integer } from "./primitives";
import { duration, size } from "./units";

const pattern = (what: string) =>
    string(`${what}, the beginning of some followed by *, or * for all`, /^([^\s*]{1,249}\*?|\*)$/);
const topicPattern = () =>
    string("a topic name, the beginning of some followed by *, or * for all", /^([A-Za-z0-9._-]{1,249}\*?|\*)$/);

/** A user's name, which is the common name of its certificate. */
export const userName = () =>
    string(
        "a DNS name of at most 64 characters, which is what a certificate's common name takes",
        /^(?=.{1,64}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    );

const operations = [
    "Read",
    "Write",
    "Create",
    "Delete",
    "Alter",
    "Describe",
    "ClusterAction",
    "AlterConfigs",
    "DescribeConfigs",
    "IdempotentWrite",
    "All",
] as const;

/** An ACL as Kafka has it. */
export const acl = object({
    type: oneOf(["allow", "deny"]).default("allow").describe("Whether it allows or denies"),
    resource: oneOf(["topic", "group", "cluster", "transactionalId"]).describe("Kind of the resource"),
    name: pattern("a name")
        .optional()
        .describe("Its name, the beginning of some followed by *, or * for all. Needed, but for cluster"),
    operations: z
        .array(oneOf(operations), { error: "a list" })
        .min(1, { error: "a list of one operation or more" })
        .describe("Operations"),
    host: string("an IP address").optional().describe("Address of the client. Default: any"),
}).refine((value) => (value.resource === "cluster") === (value.name === undefined), {
    error: "a name, but for cluster, which has none",
});

const topic = object({
    name: kafkaTopic().describe("Name of the topic in Kafka"),
    resource: dnsName()
        .optional()
        .describe("Name of the KafkaTopic resource. Default: the topic's, made fit for Kubernetes"),
    partitions: integer(1, 10000)
        .default(1)
        .describe("Partitions. They can grow, which moves keys to other partitions, and never shrink"),
    replicationFactor: integer(1, 9)
        .optional()
        .describe(
            "Replicas. Default: kafkaCluster.replicationFactor, elsewhere the broker's default. Not changed by a later `pulumi up`",
        ),
    cleanupPolicy: oneOf(["delete", "compact", "compact,delete"])
        .default("delete")
        .describe("What happens to old records"),
    retention: duration()
        .optional()
        .describe(
            "How long records are kept: 30m, 12h, 7d, 2w or forever. Default: the broker's, of 7 days where nobody changed it",
        ),
    retentionSize: size()
        .optional()
        .describe("How much each partition keeps: 500Mi, 10Gi or unlimited. Default: the broker's"),
    config: configMap().describe("Further configuration of the topic, which wins over the above"),
});

/** What a client means to do. */
export const intents = {
    produce: array(topicPattern()).describe("Topics written to"),
    consume: array(topicPattern()).describe("Topics read from"),
    groups: array(pattern("a consumer group")).describe(
        "Consumer groups used for that. Default, where something is consumed: the user's name",
    ),
};

const user = object({
    name: userName().describe("Name of the user, and of the Secret with its login"),
    authentication: oneOf(["tls", "scram-sha-512"])
        .optional()
        .describe("How it logs in. Default: tls, or scram-sha-512 where the stack's own cluster has no tls listener"),
    ...intents,
    transactionalIds: array(pattern("a transactional id")).describe("Transactional ids it produces with"),
    bridge: object({ ...intents, create: boolean().default(false).describe("Whether it may create these topics") })
        .optional()
        .describe(
            "What an HTTP bridge needs to produce and consume: also to list and describe topics, and to read their configuration",
        ),
    connect: object({
        name: dnsName().describe("Name of the Connect cluster: group id and internal topics derive from it"),
        groupId: string("a group id without spaces", /^\S+$/).optional().describe("Its group id. Default: its name"),
        configStorageTopic: kafkaTopic().optional().describe("Its topic of configurations. Default: NAME-configs"),
        offsetStorageTopic: kafkaTopic().optional().describe("Its topic of offsets. Default: NAME-offsets"),
        statusStorageTopic: kafkaTopic().optional().describe("Its topic of statuses. Default: NAME-status"),
        produce: array(topicPattern()).describe("Topics that source connectors write to, and create"),
        consume: array(topicPattern()).describe("Topics that sink connectors read from"),
        connectors: array(string("a connector's name")).describe(
            "Sink connectors, each of which has a consumer group of its own",
        ),
        exactlyOnce: boolean().default(false).describe("Whether sources run exactly-once"),
    })
        .optional()
        .describe("What a Connect cluster that another stack runs needs. The stack's own has a user of its own"),
    acls: array(acl).describe("Further ACLs"),
    quotas: object({
        producerByteRate: integer(0, 2 ** 31 - 1)
            .optional()
            .describe("Bytes a second it may produce to each broker"),
        consumerByteRate: integer(0, 2 ** 31 - 1)
            .optional()
            .describe("Bytes a second it may consume from each broker"),
        requestPercentage: integer(0, 1000).optional().describe("Share of a broker's request threads, in percent"),
    })
        .optional()
        .describe("Quotas"),
});

export const kafkaAccess = object({
    cluster: dnsLabel()
        .optional()
        .describe(
            "Name of the Kafka resource. Default: kafkaCluster.name; needed where the stack has no cluster of its own",
        ),
    namespace: dnsLabel().optional().describe("Its namespace. Default: the one of kafkaCluster, or connect.namespace"),
    topics: array(topic).describe("Topics"),
    users: array(user).describe("Users, each with what it may do. Their logins stand in Secrets of their names"),
});

export type Acl = z.output<typeof acl>;
export type TopicSettings = z.output<typeof topic>;
export type UserSettings = z.output<typeof user>;
export type KafkaAccessSettings = z.output<typeof kafkaAccess>;
