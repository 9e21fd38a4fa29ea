/**
 * The codes of issues. A code is stable: it is what to search for, what tests assert, and what docs/errors.md,
 * generated from this table, explains. Add one here rather than reuse one whose fix differs.
 */

/** What docs/errors.md says about a code. */
export interface IssueCodeDescription {
    /** What is wrong, in a few words. */
    readonly title: string;
    /** Why it is refused or doubtful. */
    readonly cause: string;
    /** What to change. */
    readonly fix: string;
}

export const issueCodes = {
    KCP_INVALID_STACK_FILE: {
        title: "Stack file that cannot be read",
        cause:
            "The file is not valid YAML, has no settings, or uses a notation that Pulumi refuses, ignores or reads " +
            "differently.",
        fix: "Correct the line that the message names.",
    },
    KCP_UNQUOTED_VALUE: {
        title: "Value that needs quotes",
        cause:
            "Without quotes Pulumi reads a value that differs from the written one: an octal number, a timestamp, " +
            "a rounded number.",
        fix: "Put the value in quotes, or write the number as it is meant.",
    },
    KCP_UNKNOWN_SETTING: {
        title: "Unknown setting",
        cause: "The stack file has a key that the platform does not know. It would have no effect.",
        fix: "Use the suggested spelling, or look the setting up in docs/configuration.md.",
    },
    KCP_MISSING_SETTING: {
        title: "Missing setting",
        cause: "A setting is required, by itself or because of another setting.",
        fix: "Add the setting.",
    },
    KCP_INVALID_VALUE: {
        title: "Invalid value",
        cause: "The type, form or range of the value is not one that the setting accepts.",
        fix: "Use a value as described after `expected`.",
    },
    KCP_CONFLICTING_SETTINGS: {
        title: "Settings that exclude each other",
        cause: "Two settings are both given, or one contradicts the other.",
        fix: "Remove or change one of the settings that the message names.",
    },
    KCP_LARGE_CONFIG: {
        title: "Config that is nearly too large",
        cause:
            "Pulumi passes the config of a stack to the program as one environment variable, and Linux accepts at " +
            'most 128 KiB for one. Above it, `pulumi` fails with "argument list too long".',
        fix: "Move connectors to files and name the files in `connectors`: docs/connectors.md.",
    },
    KCP_RENAMED_CONNECTOR: {
        title: "Connector with another name",
        cause: "Kubernetes does not accept the connector's name, so its resource has a different name.",
        fix: "Use the new name, or copy the offsets of a source before it runs under the new name.",
    },
    KCP_UNUSED_SETTING: {
        title: "Setting without effect",
        cause: "The setting has no effect, because of another setting or because another setting is missing.",
        fix: "Remove it, or set what the message names.",
    },
    KCP_OVERRIDDEN_FIELD: {
        title: "Field that another setting generates",
        cause:
            "`connect.spec` or a connector's `spec` replaces or removes a field that is generated from other " +
            "settings.",
        fix: "Use the setting that the message names, or keep the override where it is intended.",
    },
    KCP_MUTABLE_IMAGE: {
        title: "Image by tag",
        cause:
            "A tag can be moved to another image; pods that start later then run other plugins than the earlier " +
            "ones.",
        fix: "Refer to the image by digest, REPOSITORY@sha256:….",
    },
    KCP_DUPLICATE_NAME: {
        title: "Duplicate name",
        cause: "Two items of a list have the same name, or names that Kafka or Kubernetes cannot distinguish.",
        fix: "Rename one of them.",
    },
    KCP_MANAGED_SETTING: {
        title: "Key that the platform or Strimzi sets",
        cause:
            "The configuration key is set from other settings; a value here would be ignored or break the " +
            "component.",
        fix: "Remove the key and use the setting that the message names.",
    },
    KCP_LITERAL_CREDENTIAL: {
        title: "Literal credential",
        cause:
            "A password, token or key is written in plain text. The stack file is committed and the value would " +
            "appear in state and manifests.",
        fix: "Store it as a secret and refer to it, for example `${secretManager:SECRET:KEY}`.",
    },
    KCP_UNRESOLVABLE_REFERENCE: {
        title: "Reference that cannot be resolved",
        cause: "The workers cannot resolve the reference. They would use it literally, and the login would fail.",
        fix: "Correct the provider, the secret or the key as the message says.",
    },
    KCP_UNSUPPORTED_BY_VERSION: {
        title: "Not supported by this version",
        cause: "The setting needs another version of Strimzi, Kafka or the plugin than the stack uses.",
        fix: "Remove the setting, or change the version as the message says.",
    },
    KCP_OTHER_ACCOUNT: {
        title: "Resource of another AWS account",
        cause:
            "A KMS key or an MSK cluster belongs to an account other than eks.accountId. The workers' role alone " +
            "cannot grant access to it.",
        fix: "Correct the ARN, or check that the policy of the key or cluster grants access to the workers' role.",
    },
    KCP_UNVERIFIED_VERSION: {
        title: "Strimzi version that is not verified",
        cause:
            "The platform does not have the CRDs of this Strimzi version, or does not know the version. Fields " +
            "are checked against the CRDs of the nearest version.",
        fix:
            "Check the preview carefully and apply the CRDs of the version before you upgrade the operator, or use " +
            "a version whose CRDs the platform has.",
    },
    KCP_INVALID_KUBERNETES_FIELD: {
        title: "Invalid Kubernetes field",
        cause:
            "A part that is passed on to Kubernetes does not match the CRD of the stack's Strimzi version. The " +
            "API server would drop the field or reject the object.",
        fix: "Correct the field as the message says.",
    },
    KCP_BROAD_ACCESS: {
        title: "Access that is too broad",
        cause: "The rule or policy would allow more access than intended.",
        fix: "Restrict it as the message describes.",
    },
    KCP_TEAM_RIGHTS: {
        title: "More than the team may use",
        cause:
            "The stack of the Connect cluster (connect.use.stack) limits what the team of this stack may use: " +
            "instances, topics, tasks and connector classes.",
        fix: "Use what is allowed, or ask the owners of that stack to extend `teams` there and run `pulumi up`.",
    },
    KCP_UNENCRYPTED_LOGIN: {
        title: "Login without encryption",
        cause:
            "A user name and a password are sent over a connection without TLS. Anyone who can read the network can " +
            "read or guess the password.",
        fix: "Enable TLS, or use a listener of the server that has it.",
    },
    KCP_WEAK_DURABILITY: {
        title: "Data that one failure loses",
        cause: "A topic has a single replica although there are more brokers: the loss of one loses its records.",
        fix: "Use 3 replicas, or as many as there are brokers.",
    },
    KCP_INSUFFICIENT_BROKERS: {
        title: "More replicas than brokers",
        cause: "A replication factor, or the number of in-sync replicas, is larger than the number of brokers.",
        fix: "Lower it, or add brokers.",
    },
    KCP_INVALID_QUORUM: {
        title: "Unusable node pools",
        cause:
            "The node pools have no broker, no controller, or a number of controllers that cannot survive the " +
            "loss of one.",
        fix: "Give pools the roles that the message names.",
    },
    KCP_MISSING_LISTENER: {
        title: "No usable listener",
        cause: "A client or user of the stack needs a listener that the Kafka cluster does not enable.",
        fix: "Enable a listener under kafkaCluster.listeners.",
    },
    KCP_CROSS_NAMESPACE_SECRET: {
        title: "Secret in another namespace",
        cause: "A pod can mount only Secrets from the namespace it runs in.",
        fix: "Use the namespace that the message names.",
    },
    KCP_UNKNOWN_CONFIG_KEY: {
        title: "Unknown configuration key",
        cause:
            "The plugin, or the transform, predicate or converter, does not list the key. Kafka Connect ignores " +
            "unknown keys without an error.",
        fix:
            "Use the suggested spelling, or remove the key. If a library of the plugin reads it, add it to " +
            "unknownKeys.",
    },
    KCP_REMOVED_CONFIG_KEY: {
        title: "Removed configuration key",
        cause: "An earlier version of the plugin had the key; this version ignores it.",
        fix: "Use the key that replaces it, or remove it.",
    },
    KCP_REMOVED_CONFIG_VALUE: {
        title: "Removed configuration value",
        cause: "An earlier version of the plugin had the value; this version rejects or ignores it.",
        fix: "Use the value that replaces it.",
    },
    KCP_MISSING_CONFIG_KEY: {
        title: "Missing configuration key",
        cause:
            "The plugin's own validation accepts the configuration without the key, and the connector then fails " +
            "when it runs.",
        fix: "Add the key.",
    },
    KCP_INVALID_CONFIG_VALUE: {
        title: "Invalid configuration value",
        cause:
            "The plugin's own validation accepts the value, and the connector then fails or does nothing when it " +
            "runs.",
        fix: "Use a value as the message says.",
    },
    KCP_UNDECLARED_NAME: {
        title: "Name that is not declared",
        cause: "A transform, predicate, converter or topic creation group is listed but not configured.",
        fix: "Add its keys, or remove the name from the list.",
    },
    KCP_SHARED_RESOURCE: {
        title: "Resource that two connectors use",
        cause:
            "Two connectors use a replication slot, server id, topic prefix, name or topic that only one of them " +
            "can have.",
        fix: "Give one of them another value for the option that the message names.",
    },
    KCP_TABLE_CAPTURED_TWICE: {
        title: "Table that two connectors capture",
        cause: "Two connectors read the same table: the database is read twice and each change arrives in two topics.",
        fix: "Remove the table from one of them.",
    },
    KCP_TOMBSTONE_FAILURE: {
        title: "Tombstones that stop the task",
        cause:
            "A transform or sink fails on the tombstones that Debezium writes after deletions. The first " +
            "deletion stops the task.",
        fix: "Add the transform `drop-tombstones` as the message says.",
    },
    KCP_FORMAT_MISMATCH: {
        title: "Format that the reader does not read",
        cause: "A source of the stack writes records in one format, and a sink of the stack reads another.",
        fix: "Use the same converter in both, for keys as well as for values.",
    },
    KCP_UNWRITTEN_TOPIC: {
        title: "Topic that nobody writes",
        cause:
            "A sink reads a topic that no connector of the stack writes, although its name is close to one that a " +
            "connector writes, or starts with the topic prefix of a source.",
        fix: "Correct the name. If an application writes the topic, declare it in kafkaAccess.topics.",
    },
    KCP_UNINTENDED_TOPIC: {
        title: "Topic that a pattern matches unintentionally",
        cause:
            "A sink reads a topic without records of tables: its pattern also matches heartbeats, schema changes, a " +
            "dead letter queue or the state of the workers, or it names a topic of the brokers. Most sinks fail on " +
            "its records.",
        fix: "Write a narrower pattern: escape dots, and begin it with the topic prefix and the schema.",
    },
    KCP_UNAVAILABLE_VALUE: {
        title: "Values that a change does not contain",
        cause:
            "PostgreSQL leaves large values that an UPDATE does not change out of its log, unless the table has " +
            "REPLICA IDENTITY FULL. Debezium writes __debezium_unavailable_value in their place, and a sink writes " +
            "that into the table.",
        fix: "Set `reselect: true` in the source, or REPLICA IDENTITY FULL for the tables.",
    },
    KCP_LOST_DELETION: {
        title: "Deletions that do not reach the sink",
        cause: "A sink deletes rows for records without a value, which its source does not write.",
        fix:
            "Remove what drops them in the source (tombstones.on.delete, delete.tombstone.handling.mode), or set " +
            "`delete: false` in the sink.",
    },
    KCP_SILENT_CORRUPTION: {
        title: "Records that are changed silently",
        cause: "The connector would run, but the records it writes would differ from those it reads.",
        fix: "Use the converter or setting that the message names.",
    },
    KCP_MISSING_PLUGIN: {
        title: "Class that the image does not have",
        cause: "No plugin of the image's manifest provides the class.",
        fix: "Add the plugin to plugins.json, or correct the class.",
    },
    KCP_INVALID_IMAGE_CONTEXT: {
        title: "Unusable build context",
        cause: "The folder of the image build has no manifest, an invalid one, or a Dockerfile that does not match it.",
        fix: "Correct the folder as the message says.",
    },
    KCP_DATABASE_SETTING: {
        title: "Database server that is not set up",
        cause:
            "`kcp check --connect` asked the database: a setting of the server, or too few free replication slots, " +
            "would prevent the connector from running.",
        fix: "Change the server as the message describes.",
    },
    KCP_DATABASE_RIGHTS: {
        title: "Missing right in the database",
        cause: "`kcp check --connect` asked the database: the connector's user lacks a right that the connector needs.",
        fix: "Grant the right that the message names.",
    },
    KCP_DATABASE_TABLE: {
        title: "Table that the database does not have",
        cause:
            "`kcp check --connect` asked the database: a table does not exist, or is not in the publication. Its " +
            "changes would be missing without an error.",
        fix: "Use the suggested name, create the table, or add it to the publication.",
    },
    KCP_DATABASE_KEY: {
        title: "Table without a key",
        cause:
            "`kcp check --connect` asked the database: a captured table has no primary key. PostgreSQL then refuses " +
            "UPDATE and DELETE of the application, or the records have no key.",
        fix: "Add a primary key, set REPLICA IDENTITY FULL, or name the key in `message.key.columns`.",
    },
    KCP_MANAGED_BY_TWO: {
        title: "Connector that two manage",
        cause:
            "`kcp check --kubeconfig` read the cluster: Helm, Argo CD, Flux or another Pulumi stack manages the " +
            "KafkaConnector too, and each reverts the changes of the other.",
        fix: "Remove the connector there, or from this stack.",
    },
    KCP_PLUGIN_REJECTED: {
        title: "The plugin rejects the configuration",
        cause: "`check` validated the connector with its own plugin, which reported this error.",
        fix: "Change the setting on that line as the plugin's message describes.",
    },
    KCP_NO_HEARTBEAT: {
        title: "Source without heartbeat",
        cause:
            "While its tables are quiet, PostgreSQL keeps the write-ahead log for the replication slot until the " +
            "disk is full.",
        fix: "Set heartbeatSeconds.",
    },
    KCP_KNOWN_DATA_LOSS: {
        title: "Plugin version that can lose data",
        cause: "The version of the plugin has a known bug that loses data (docker/connect/known-issues.json).",
        fix:
            "Update the plugin to the version that fixes it. To use the version nevertheless, list the URL of the " +
            "bug in `image.build.acceptedIssues`; the error is then a warning.",
    },
} as const satisfies Record<string, IssueCodeDescription>;

/** The code of an issue. */
export type IssueCode = keyof typeof issueCodes;
