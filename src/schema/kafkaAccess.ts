/** Topics and users of the stack's Kafka cluster, or of another one that Strimzi manages. */
import { z } from "zod";
import {
    dnsLabel,
    dnsName,
    boolean,
    object,
    objectMetadata,
    kafkaTopic,
    array,
    oneOf,
    configMap,
    string,
    integer,
} from "./primitives";
import { duration, size } from "./units";

const pattern = (what: string) => string(`${what}, a prefix followed by *, or * for all`, /^([^\s*]{1,249}\*?|\*)$/);
const topicPattern = () =>
    string("a topic name, a prefix followed by *, or * for all", /^([A-Za-z0-9._-]{1,249}\*?|\*)$/);

/** A user's name: the common name of its certificate. */
export const userName = () =>
    string(
        "a DNS name of at most 64 characters",
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

/** An ACL as Kafka defines it. */
export const acl = object({
    type: oneOf(["allow", "deny"]).default("allow").describe("Whether it allows or denies"),
    resource: oneOf(["topic", "group", "cluster", "transactionalId"]).describe("Type of the resource"),
    name: pattern("a name")
        .optional()
        .describe("Name of the resource, a prefix followed by *, or * for all. Required, except for cluster"),
    operations: z
        .array(oneOf(operations), { error: "an array" })
        .min(1, { error: "at least one operation" })
        .describe("Operations that the rule allows or denies"),
    host: string("an IP address").optional().describe("IP address of the client. Default: every address"),
}).refine((value) => (value.resource === "cluster") === (value.name === undefined), {
    error: "a name, except for the resource cluster, which has no name",
});

const topic = object({
    name: kafkaTopic().describe("Name of the topic"),
    resource: dnsName()
        .optional()
        .describe("Name of the KafkaTopic resource. Default: derived from the name of the topic"),
    partitions: integer(1, 10000)
        .default(1)
        .describe(
            "Number of partitions. It can be increased, which moves keys to other partitions, and never decreased",
        ),
    replicationFactor: integer(1, 9)
        .optional()
        .describe(
            "Number of replicas. Default: kafkaCluster.replicationFactor, without kafkaCluster the broker's " +
                "default. A later `pulumi up` does not change it",
        ),
    cleanupPolicy: oneOf(["delete", "compact", "compact,delete"])
        .default("delete")
        .describe("How old records are removed"),
    retention: duration()
        .optional()
        .describe(
            "How long records are kept, for example 30m, 12h, 7d, 2w or forever. Default: the broker's, " +
                "which is 7 days unless it is configured",
        ),
    retentionSize: size()
        .optional()
        .describe("Maximum size of each partition, for example 500Mi, 10Gi or unlimited. Default: the broker's"),
    config: configMap().describe("Further configuration of the topic. Overrides the settings above"),
    metadata: objectMetadata().describe("Labels and annotations of the KafkaTopic resource"),
});

/** The topics and consumer groups that a client uses. */
export const intents = {
    produce: array(topicPattern()).describe("Topics that the client writes"),
    consume: array(topicPattern()).describe("Topics that the client reads"),
    groups: array(pattern("a consumer group")).describe(
        "Consumer groups that the client reads with. Default: with consume, the user's name",
    ),
};

const user = object({
    name: userName().describe("Name of the user, and of the Secret with its credentials"),
    authentication: oneOf(["tls", "scram-sha-512"])
        .optional()
        .describe("How the user authenticates. Default: tls, or scram-sha-512 if kafkaCluster has no listener tls"),
    ...intents,
    transactionalIds: array(pattern("a transactional id")).describe("Transactional ids that the user produces with"),
    bridge: object({
        ...intents,
        create: boolean().default(false).describe("Whether the user may create these topics"),
    })
        .optional()
        .describe("Rights of an HTTP bridge: in addition it describes topics and reads their configuration"),
    connect: object({
        name: dnsName().describe("Name of the Connect cluster: group id and internal topics derive from it"),
        groupId: string("a group id without spaces", /^\S+$/)
            .optional()
            .describe("Group id of its workers. Default: its name"),
        configStorageTopic: kafkaTopic().optional().describe("Its topic of configurations. Default: NAME-configs"),
        offsetStorageTopic: kafkaTopic().optional().describe("Its topic of offsets. Default: NAME-offsets"),
        statusStorageTopic: kafkaTopic().optional().describe("Its topic of statuses. Default: NAME-status"),
        produce: array(topicPattern()).describe("Topics that source connectors create and write"),
        consume: array(topicPattern()).describe("Topics that sink connectors read"),
        connectors: array(string("a connector's name")).describe(
            "Names of sink connectors. Each one has its own consumer group",
        ),
        exactlyOnce: boolean().default(false).describe("Whether source connectors use exactly-once"),
    })
        .optional()
        .describe(
            "Rights of a Connect cluster in another stack. The user of this stack's Connect cluster is " +
                "created automatically",
        ),
    acls: array(acl).describe("Further ACLs of the user"),
    quotas: object({
        producerByteRate: integer(0, 2 ** 31 - 1)
            .optional()
            .describe("Bytes per second that the user may produce to each broker"),
        consumerByteRate: integer(0, 2 ** 31 - 1)
            .optional()
            .describe("Bytes per second that the user may consume from each broker"),
        requestPercentage: integer(0, 1000).optional().describe("Share of each broker's request threads in percent"),
        controllerMutationRate: z
            .number({ error: "a number of at least 0" })
            .min(0, { error: "a number of at least 0" })
            .optional()
            .describe("Partitions per second that the user may create or delete"),
    })
        .optional()
        .describe("Quotas of the user"),
    metadata: objectMetadata().describe("Labels and annotations of the KafkaUser resource"),
});

export const kafkaAccess = object({
    cluster: dnsLabel()
        .optional()
        .describe("Name of the Kafka resource. Required without kafkaCluster, excluded with it"),
    namespace: dnsLabel()
        .optional()
        .describe("Namespace of the Kafka resource. Default: that of kafkaCluster, or connect.namespace"),
    topics: array(topic).describe("Topics"),
    users: array(user).describe("Users with their rights. The credentials of each are in a Secret with its name"),
});

export type Acl = z.output<typeof acl>;
export type TopicSettings = z.output<typeof topic>;
export type UserSettings = z.output<typeof user>;
export type KafkaAccessSettings = z.output<typeof kafkaAccess>;
