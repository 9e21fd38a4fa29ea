import type * as pulumi from "@pulumi/pulumi";
import type {
    KafkaAuthenticationArgs,
    KafkaTlsArgs,
    ResourceMetadataArgs,
    SecretProviderArgs,
} from "./kafkaClientArgs";
import type { KafkaConfigValue, KubernetesValue } from "./values";

/** The workers' JVM. */
export interface JvmArgs {
    /**
     * Initial heap, such as 512m or 2g.
     * @default Strimzi's, from the memory limit
     */
    xms?: pulumi.Input<string>;
    /**
     * Maximum heap, such as 2g.
     * @default Strimzi's, from the memory limit
     */
    xmx?: pulumi.Input<string>;
    /**
     * Further `-XX` options by name.
     * @default none
     */
    options?: { [name: string]: pulumi.Input<string> };
    /**
     * Java system properties by name. They take precedence over the truststore of the image.
     * @default none
     */
    systemProperties?: { [name: string]: pulumi.Input<string> };
}

/** Level of one connector. */
export interface ConnectorLogLevelArgs {
    /** Least severe level that is logged: OFF, FATAL, ERROR, WARN, INFO, DEBUG, TRACE or ALL. */
    level: string;
    /**
     * Number of the connector's tasks.
     * @default 1
     */
    tasks?: number;
}

/** Format and levels of the workers' logs, or Strimzi's own field. */
export interface LoggingArgs {
    /**
     * Format of a line: `text` or `json`. JSON needs Kafka 3, or Kafka 4 with Strimzi 0.47 or newer.
     * @default text
     */
    format?: string;
    /**
     * Levels of loggers, such as `root` and `io.debezium`, for all connectors.
     * @default none
     */
    levels?: { [logger: string]: string };
    /**
     * Levels of single connectors, by their name in Kafka Connect. Needs Kafka 4.
     * @default none
     */
    connectorLevels?: { [connector: string]: ConnectorLogLevelArgs };
    /**
     * Passes Strimzi's own field on: `inline` with `loggers`, or `external` with `valueFrom`. Excludes the settings
     * above.
     * @default none
     */
    type?: string;
    /**
     * Lines of the log configuration, with type `inline`.
     * @default none
     */
    loggers?: { [name: string]: pulumi.Input<string> };
    /**
     * The key of a ConfigMap with the whole log configuration, as `configMapKeyRef`, with type `external`.
     * @default none
     */
    valueFrom?: KubernetesValue;
}

/** An environment variable: either `value` or `valueFrom`. */
export interface EnvironmentVariableArgs {
    /** Name of the variable. */
    name: string;
    /**
     * Value. Excludes `valueFrom`. Not for secrets.
     * @default none
     */
    value?: pulumi.Input<string>;
    /**
     * A `secretKeyRef` or `configMapKeyRef`. Excludes `value`.
     * @default none
     */
    valueFrom?: KubernetesValue;
}

/** A volume of the workers: exactly one of `secret`, `configMap`, `emptyDir`, `persistentVolumeClaim` and `csi`. */
export interface VolumeArgs {
    /** Name of the volume. */
    name: string;
    /** Where the workers see it: a path under /mnt. */
    mountPath: string;
    /**
     * Whether it is mounted read-only.
     * @default true
     */
    readOnly?: boolean;
    /**
     * A Secret: `secretName`, `items`.
     * @default none
     */
    secret?: KubernetesValue;
    /**
     * A ConfigMap: `name`, `items`.
     * @default none
     */
    configMap?: KubernetesValue;
    /**
     * An empty directory: `medium`, `sizeLimit`.
     * @default none
     */
    emptyDir?: KubernetesValue;
    /**
     * A persistent volume claim: `claimName`.
     * @default none
     */
    persistentVolumeClaim?: KubernetesValue;
    /**
     * A CSI volume: `driver`, `volumeAttributes`.
     * @default none
     */
    csi?: KubernetesValue;
}

/** Pods that may connect to the REST API. */
export interface RestClientArgs {
    /**
     * Namespace of the pods.
     * @default every namespace
     */
    namespace?: string;
    /**
     * Labels of the pods.
     * @default every pod of the namespace
     */
    podLabels?: { [name: string]: string };
}

/** Arguments of ConnectCluster. */
export interface ConnectClusterArgs {
    /** Kafka's bootstrap servers, `host:port`, separated by commas. */
    bootstrapServers: pulumi.Input<string>;
    /**
     * Name of the KafkaConnect resource, at most 200 characters. Group id and internal topics derive from it: with
     * another name, connectors start without their offsets.
     * @default the component's name
     */
    name?: string;
    /**
     * Group id of the workers. If it changes, connectors lose their configuration.
     * @default `name`
     */
    groupId?: string;
    /**
     * Topic that contains the connectors' configuration.
     * @default `name` followed by -configs
     */
    configStorageTopic?: string;
    /**
     * Topic that contains the offsets of source connectors.
     * @default `name` followed by -offsets
     */
    offsetStorageTopic?: string;
    /**
     * Topic that contains the status of connectors and tasks.
     * @default `name` followed by -status
     */
    statusStorageTopic?: string;
    /**
     * Namespace of the Connect cluster, which must exist and be watched by the operator.
     * @default "kafka-connect"
     */
    namespace?: pulumi.Input<string>;
    /**
     * Strimzi version of the operator, such as 1.2.0.
     * @default "1.2.0"
     */
    strimziVersion?: string;
    /**
     * Kafka version of the workers.
     * @default the newest version that the Strimzi version supports
     */
    kafkaVersion?: string;
    /**
     * TLS to Kafka.
     * @default plaintext; TLS with the authentication types `tls` and `aws-msk-iam`
     */
    tls?: KafkaTlsArgs;
    /**
     * How the workers authenticate to Kafka.
     * @default none
     */
    authentication?: KafkaAuthenticationArgs;
    /**
     * Whether the workers mount the Secrets of `tls` and `authentication` for connectors that have separate Kafka
     * clients.
     * @default true
     */
    mountForConnectors?: boolean;
    /**
     * Replicas of the internal topics; -1 is the broker's default.
     * @default -1
     */
    replicationFactor?: pulumi.Input<number>;
    /**
     * Image of the workers, by digest: `ConnectImage.digest`.
     * @default Strimzi's Kafka image, which has no plugins but MirrorMaker 2's and FileStream's
     */
    image?: pulumi.Input<string>;
    /**
     * Path of a truststore in the image that the JVM uses: `ConnectImage.truststore`.
     * @default the JVM's own
     */
    truststore?: string;
    /**
     * Whether every plugin of the image has a ServiceLoader manifest, as in images of ConnectImage. Workers then
     * start in a third of the time; plugins without a manifest are not found.
     * @default false
     * @see https://cwiki.apache.org/confluence/display/KAFKA/KIP-898%3A+Modernize+Connect+plugin+discovery
     */
    indexedPlugins?: boolean;
    /**
     * ARN of the IAM role of the workers' service account: `ConnectIamRole.roleArn`.
     * @default none
     */
    roleArn?: pulumi.Input<string>;
    /**
     * Config provider that resolves secrets in connectors.
     * @default none
     */
    secretProvider?: SecretProviderArgs;
    /**
     * Number of worker pods.
     * @default 1
     */
    replicas?: pulumi.Input<number>;
    /**
     * Resource requests and limits of a worker's container.
     * @default none
     * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
     */
    resources?: KubernetesValue;
    /**
     * The workers' JVM.
     * @default Strimzi's
     */
    jvm?: JvmArgs;
    /**
     * Affinity of the pods.
     * @default none
     */
    affinity?: KubernetesValue;
    /**
     * Tolerations of the pods.
     * @default none
     */
    tolerations?: KubernetesValue[];
    /**
     * Topology spread constraints of the pods.
     * @default none
     */
    topologySpreadConstraints?: KubernetesValue[];
    /**
     * Priority class of the pods.
     * @default none
     */
    priorityClassName?: pulumi.Input<string>;
    /**
     * Environment variables of the workers.
     * @default none
     */
    env?: EnvironmentVariableArgs[];
    /**
     * Volumes of the workers.
     * @default none
     */
    volumes?: VolumeArgs[];
    /**
     * Further worker configuration, which takes precedence over this component's. Keys that Strimzi sets itself are
     * ignored by it.
     * @default none
     * @see https://kafka.apache.org/documentation/#connectconfigs
     */
    config?: { [key: string]: KafkaConfigValue };
    /**
     * Whether source connectors may write records and offsets in one transaction.
     * @default false
     * @see https://cwiki.apache.org/confluence/display/KAFKA/KIP-618%3A+Exactly-Once+Support+for+Source+Connectors
     */
    exactlyOnce?: boolean;
    /**
     * Pods that may connect to the REST API on port 8083, besides the workers and the operator.
     * @default none
     */
    allowFrom?: RestClientArgs[];
    /**
     * Workers that may be unavailable at once during voluntary disruptions.
     * @default 1
     */
    maxUnavailable?: pulumi.Input<number>;
    /**
     * Labels of the worker pods.
     * @default none
     */
    labels?: { [name: string]: pulumi.Input<string> };
    /**
     * Annotations of the worker pods.
     * @default none
     */
    annotations?: { [name: string]: pulumi.Input<string> };
    /**
     * Labels and annotations of the KafkaConnect resource itself.
     * @default none
     */
    metadata?: ResourceMetadataArgs;
    /**
     * Names of the Secrets with the credentials of the image's registry.
     * @default none
     */
    imagePullSecrets?: string[];
    /**
     * Format and levels of the workers' logs.
     * @default Strimzi's
     */
    logging?: LoggingArgs;
    /**
     * Rack awareness as Strimzi defines it: `topologyKey`, the label of the nodes that identifies the zone.
     * @default none
     */
    rack?: KubernetesValue;
    /**
     * Fields of the KafkaConnect's spec that no other argument covers. Merged over the generated spec as a JSON Merge
     * Patch: objects are merged, null removes a field, and any other value replaces the generated one.
     * @default none
     * @see https://strimzi.io/docs/operators/latest/configuring.html#type-KafkaConnectSpec-reference
     */
    spec?: { [field: string]: KubernetesValue };
    /**
     * Whether the workers export Prometheus metrics on port 9404 and are annotated for scraping.
     * @default true
     */
    metrics?: boolean;
    /**
     * Whether `pulumi up` waits until the KafkaConnect is Ready.
     * @default true
     */
    waitForReady?: boolean;
    /**
     * Minutes that `pulumi up` waits.
     * @default 15
     */
    timeoutMinutes?: number;
}
