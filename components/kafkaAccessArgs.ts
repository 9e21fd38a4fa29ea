import type * as pulumi from "@pulumi/pulumi";
import type { ResourceMetadataArgs } from "./kafkaClientArgs";
import type {
    AclOperation,
    AclResource,
    AclType,
    CleanupPolicy,
    KafkaConfigValue,
    KafkaUserAuthentication,
} from "./values";

/** A topic. */
export interface KafkaTopicArgs {
    /** Name of the topic in Kafka. */
    name: string;
    /**
     * Name of the KafkaTopic resource.
     * @default derived from the topic's name
     */
    resource?: string;
    /**
     * Number of partitions. It can grow, which moves keys to other partitions, and never shrink.
     * @default 1
     */
    partitions?: number;
    /**
     * Number of replicas. It can be changed later only with Cruise Control.
     * @default `replicationFactor` of the component, or the broker's default
     */
    replicationFactor?: number;
    /**
     * What Kafka does with old records.
     * @default "delete"
     */
    cleanupPolicy?: CleanupPolicy;
    /**
     * How long records are kept: 30m, 12h, 7d, 2w or forever.
     * @default the broker's, which is 7 days unless changed
     */
    retention?: string;
    /**
     * Maximum size of each partition: 500Mi, 10Gi or unlimited.
     * @default the broker's
     */
    retentionSize?: string;
    /**
     * Further topic configuration, which takes precedence over the above.
     * @default none
     * @see https://kafka.apache.org/documentation/#topicconfigs
     */
    config?: { [key: string]: KafkaConfigValue };
    /**
     * Labels and annotations of the KafkaTopic resource.
     * @default none
     */
    metadata?: ResourceMetadataArgs;
}

/** An ACL, as Kafka defines it. */
export interface KafkaAclArgs {
    /**
     * Whether it allows or denies.
     * @default "allow"
     */
    type?: AclType;
    /** What it is about. */
    resource: AclResource;
    /**
     * Name of the resource, a prefix of names followed by `*`, or `*` for all. Required except for `cluster`, which
     * has no name.
     * @default none
     */
    name?: string;
    /** Operations. */
    operations: AclOperation[];
    /**
     * IP address of the client.
     * @default every address
     */
    host?: string;
}

/** What an HTTP bridge does with topics: it also lists and describes them. */
export interface BridgeAccessArgs {
    /**
     * Topics that it writes to: a name, a prefix followed by `*`, or `*`.
     * @default none
     */
    produce?: string[];
    /**
     * Topics that it reads.
     * @default none
     */
    consume?: string[];
    /**
     * Consumer groups that it uses.
     * @default the user's name, where something is consumed
     */
    groups?: string[];
    /**
     * Whether it may create these topics.
     * @default false
     */
    create?: boolean;
}

/** What a Connect cluster that another program runs needs. */
export interface ConnectAccessArgs {
    /** Name of the Connect cluster, from which group id and internal topics derive. */
    name: string;
    /**
     * Topics that source connectors write to and create.
     * @default none
     */
    produce?: string[];
    /**
     * Topics that sink connectors read.
     * @default none
     */
    consume?: string[];
    /**
     * Names of the sink connectors, each of which has its own consumer group.
     * @default none
     */
    connectors?: string[];
    /**
     * Whether source connectors write exactly once.
     * @default false
     */
    exactlyOnce?: boolean;
}

/** Quotas of a user. */
export interface KafkaQuotasArgs {
    /**
     * Bytes per second that the user may produce to each broker.
     * @default no limit
     */
    producerByteRate?: number;
    /**
     * Bytes per second that the user may consume from each broker.
     * @default no limit
     */
    consumerByteRate?: number;
    /**
     * Share of a broker's request threads, in percent.
     * @default no limit
     */
    requestPercentage?: number;
    /**
     * Partitions per second that the user may create or delete.
     * @default no limit
     */
    controllerMutationRate?: number;
}

/** A user, and what it may do. */
export interface KafkaUserArgs {
    /** Name of the user, and of the Secret with its credentials. */
    name: string;
    /**
     * How the user authenticates. The cluster must have a listener for it.
     * @default "tls"
     */
    authentication?: KafkaUserAuthentication;
    /**
     * Topics that the user writes to: a name, a prefix followed by `*`, or `*`.
     * @default none
     */
    produce?: string[];
    /**
     * Topics that the user reads.
     * @default none
     */
    consume?: string[];
    /**
     * Consumer groups that the user uses.
     * @default the user's name, where something is consumed
     */
    groups?: string[];
    /**
     * Transactional ids that the user produces with.
     * @default none
     */
    transactionalIds?: string[];
    /**
     * The rights of an HTTP bridge.
     * @default none
     */
    bridge?: BridgeAccessArgs;
    /**
     * The rights of a Connect cluster.
     * @default none
     */
    connect?: ConnectAccessArgs;
    /**
     * Further ACLs.
     * @default none
     */
    acls?: KafkaAclArgs[];
    /**
     * Quotas.
     * @default none
     */
    quotas?: KafkaQuotasArgs;
    /**
     * Labels and annotations of the KafkaUser resource.
     * @default none
     */
    metadata?: ResourceMetadataArgs;
}

/** Arguments of KafkaAccess. */
export interface KafkaAccessArgs {
    /** Name of the Kafka resource: `KafkaCluster.name`. */
    cluster: pulumi.Input<string>;
    /** Namespace of the Kafka resource. */
    namespace: pulumi.Input<string>;
    /**
     * Strimzi version of the operator, such as 1.2.0.
     * @default "1.2.0"
     */
    strimziVersion?: string;
    /**
     * Topics.
     * @default none
     */
    topics?: KafkaTopicArgs[];
    /**
     * Users.
     * @default none
     */
    users?: KafkaUserArgs[];
    /**
     * Replicas of topics that declare none.
     * @default the broker's default
     */
    replicationFactor?: number;
    /**
     * Whether the cluster has Cruise Control, which can change the replicas of a topic.
     * @default false
     */
    cruiseControl?: boolean;
    /**
     * Whether the cluster authorizes by ACLs. Without, the user operator rejects users that have any.
     * @default true
     */
    authorization?: boolean;
    /**
     * Whether `pulumi up` waits until each topic and user is Ready.
     * @default true
     */
    waitForReady?: boolean;
    /**
     * Minutes that `pulumi up` waits for each.
     * @default 15
     */
    timeoutMinutes?: number;
    /**
     * Whether topics are protected from deletion, and kept when this component is removed.
     * @default false
     */
    protect?: boolean;
}
