/**
 * The values of arguments that accept a fixed set of strings. A program may use the constant or the string; Pulumi's
 * package schema, which has no unions of strings, has them as enums.
 */

/** A value of Kafka configuration: a string, a number or a boolean, or an output of one. Other values are rejected. */
// Pulumi's package schema has no union types
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type KafkaConfigValue = any;

/** A part of a Kubernetes object as the Kubernetes API defines it, with outputs anywhere. */
// the types of @pulumi/kubernetes are unions of values and outputs, which Pulumi's package schema does not have
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type KubernetesValue = any;

/** State of a connector. */
export const ConnectorState = {
    /** Its tasks run. */
    Running: "running",
    /** Its tasks are assigned and do nothing. */
    Paused: "paused",
    /** It has no tasks. Offsets can be changed only in this state. */
    Stopped: "stopped",
} as const;
export type ConnectorState = (typeof ConnectorState)[keyof typeof ConnectorState];

/** How a client authenticates to Kafka. */
export const KafkaAuthenticationType = {
    /** Not at all. */
    None: "none",
    /** By a client certificate. */
    Tls: "tls",
    /** By user name and password, SASL SCRAM-SHA-512. */
    ScramSha512: "scram-sha-512",
    /** By user name and password, SASL PLAIN. */
    Plain: "plain",
    /** By the IAM role of the service account, on Amazon MSK. Requires Strimzi 1.0 or newer. */
    AwsMskIam: "aws-msk-iam",
} as const;
export type KafkaAuthenticationType = (typeof KafkaAuthenticationType)[keyof typeof KafkaAuthenticationType];

/** Where the references `${NAME:SECRET:KEY}` in connectors are resolved from. */
export const SecretProviderType = {
    /** AWS Secrets Manager, by a plugin of the image. */
    AwsSecretsManager: "aws-secrets-manager",
    /** Secrets of Kubernetes, as `${NAME:NAMESPACE/SECRET:KEY}`. */
    Kubernetes: "kubernetes",
    /** Files in the worker's container. */
    File: "file",
} as const;
export type SecretProviderType = (typeof SecretProviderType)[keyof typeof SecretProviderType];

/** The plugin that reads AWS Secrets Manager. */
export const SecretPlugin = {
    /** Confluent's csid-secrets-providers, under the Confluent Community License. */
    Csid: "csid",
    /** The MSK config providers of aws-samples, under MIT-0. A reference contains the secret's prefix. */
    Msk: "msk",
} as const;
export type SecretPlugin = (typeof SecretPlugin)[keyof typeof SecretPlugin];

/** Platform of a container image. */
export const ImagePlatform = {
    /** 64-bit x86. */
    Amd64: "linux/amd64",
    /** 64-bit Arm. */
    Arm64: "linux/arm64",
} as const;
export type ImagePlatform = (typeof ImagePlatform)[keyof typeof ImagePlatform];

/** Role of a Kafka node. */
export const KafkaNodeRole = {
    /** Takes part in the KRaft quorum. */
    Controller: "controller",
    /** Stores records and serves clients. */
    Broker: "broker",
} as const;
export type KafkaNodeRole = (typeof KafkaNodeRole)[keyof typeof KafkaNodeRole];

/** Storage of a Kafka node. */
export const KafkaStorageType = {
    /** Persistent volumes, which outlive their pod. */
    Persistent: "persistent",
    /** An empty directory, which is deleted with its pod. */
    Ephemeral: "ephemeral",
} as const;
export type KafkaStorageType = (typeof KafkaStorageType)[keyof typeof KafkaStorageType];

/** What decides whether a Kafka user may do something. */
export const KafkaAuthorization = {
    /** ACLs. */
    Simple: "simple",
    /** Nothing: every user may do everything. */
    None: "none",
} as const;
export type KafkaAuthorization = (typeof KafkaAuthorization)[keyof typeof KafkaAuthorization];

/** How a user of a Strimzi Kafka cluster authenticates. */
export const KafkaUserAuthentication = {
    /** By a client certificate. */
    Tls: "tls",
    /** By user name and password, SASL SCRAM-SHA-512. */
    ScramSha512: "scram-sha-512",
} as const;
export type KafkaUserAuthentication = (typeof KafkaUserAuthentication)[keyof typeof KafkaUserAuthentication];

/** What Kafka does with old records of a topic. */
export const CleanupPolicy = {
    /** Deletes them by age and size. */
    Delete: "delete",
    /** Keeps the newest record of each key. */
    Compact: "compact",
    /** Both. */
    CompactDelete: "compact,delete",
} as const;
export type CleanupPolicy = (typeof CleanupPolicy)[keyof typeof CleanupPolicy];

/** Whether an ACL allows or denies. */
export const AclType = {
    /** Allows. */
    Allow: "allow",
    /** Denies, whatever other ACLs allow. */
    Deny: "deny",
} as const;
export type AclType = (typeof AclType)[keyof typeof AclType];

/** What an ACL is about. */
export const AclResource = {
    /** Topics. */
    Topic: "topic",
    /** Consumer groups. */
    Group: "group",
    /** The cluster. */
    Cluster: "cluster",
    /** Transactional ids. */
    TransactionalId: "transactionalId",
} as const;
export type AclResource = (typeof AclResource)[keyof typeof AclResource];

/** An operation of an ACL, as Kafka names it. */
export const AclOperation = {
    /** Read. */
    Read: "Read",
    /** Write. */
    Write: "Write",
    /** Create. */
    Create: "Create",
    /** Delete. */
    Delete: "Delete",
    /** Alter. */
    Alter: "Alter",
    /** Describe. */
    Describe: "Describe",
    /** ClusterAction. */
    ClusterAction: "ClusterAction",
    /** AlterConfigs. */
    AlterConfigs: "AlterConfigs",
    /** DescribeConfigs. */
    DescribeConfigs: "DescribeConfigs",
    /** IdempotentWrite. */
    IdempotentWrite: "IdempotentWrite",
    /** Every operation. */
    All: "All",
} as const;
export type AclOperation = (typeof AclOperation)[keyof typeof AclOperation];

/** How the HTTP bridge gets its certificates. */
export const BridgeCertificates = {
    /** As files of the mounted Secrets. */
    Directory: "directory",
    /** As environment variables from the Secrets. */
    Env: "env",
} as const;
export type BridgeCertificates = (typeof BridgeCertificates)[keyof typeof BridgeCertificates];

/** How a standalone worker reads and writes keys or values. */
export const StandaloneConverter = {
    /** As strings. */
    String: "string",
    /** As JSON without schemas. */
    Json: "json",
    /** As Avro, with a Schema Registry. */
    Avro: "avro",
    /** As bytes. */
    Bytes: "bytes",
} as const;
export type StandaloneConverter = (typeof StandaloneConverter)[keyof typeof StandaloneConverter];
