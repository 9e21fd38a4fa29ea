import type * as pulumi from "@pulumi/pulumi";
import type { KafkaConfigValue, KubernetesValue, StandaloneConverter } from "./values";

/** A user name and a password: either a Secret that exists, or both values. */
export interface CredentialsArgs {
    /**
     * Secret that exists. Excludes `username` and `password`.
     * @default a Secret with `username` and `password`
     */
    secretName?: string;
    /**
     * Key of the Secret that contains the user name, for Confluent Cloud the API key.
     * @default "username"
     */
    usernameKey?: string;
    /**
     * Key of the Secret that contains the password, for Confluent Cloud the API secret.
     * @default "password"
     */
    passwordKey?: string;
    /**
     * User name. Excludes `secretName`.
     * @default none
     */
    username?: pulumi.Input<string>;
    /**
     * Password. Excludes `secretName`. It is a secret of the stack.
     * @default none
     */
    password?: pulumi.Input<string>;
}

/** A connector of a standalone worker. */
export interface StandaloneConnectorArgs {
    /** Name of the connector. The consumer group of a sink is connect-NAME. */
    name: string;
    /** Class of the connector, or its short name such as FileStreamSink. */
    class: string;
    /**
     * Maximum number of tasks.
     * @default 1
     */
    tasksMax?: number;
    /**
     * Configuration. Credentials by reference: `${dir:/mnt/secrets/SECRET:KEY}`.
     * @default none
     */
    config?: { [key: string]: KafkaConfigValue };
}

/** A Confluent Schema Registry. */
export interface StandaloneSchemaRegistryArgs {
    /** Address, such as https://HOST. */
    url: pulumi.Input<string>;
    /**
     * Credentials.
     * @default none
     */
    credentials?: CredentialsArgs;
}

/** The volume of a standalone worker, at /var/lib/connect. */
export interface StandaloneStorageArgs {
    /**
     * Size, such as 1Gi.
     * @default "1Gi"
     */
    size?: string;
    /**
     * Storage class.
     * @default that of the Kubernetes cluster
     */
    class?: string;
}

/** Arguments of StandaloneConnect. */
export interface StandaloneConnectArgs {
    /** Namespace of the worker. */
    namespace: pulumi.Input<string>;
    /** Kafka's bootstrap servers, `host:port`, separated by commas. */
    bootstrapServers: pulumi.Input<string>;
    /** Connectors that the worker runs. */
    connectors: StandaloneConnectorArgs[];
    /**
     * Name of the Deployment, at most 40 characters.
     * @default the component's name
     */
    name?: string;
    /**
     * Image of the worker, with connect-standalone on its PATH.
     * @default "confluentinc/cp-kafka-connect:7.7.1"
     */
    image?: string;
    /**
     * Java class path of further jars.
     * @default "/usr/share/filestream-connectors/*"
     */
    classPath?: string;
    /**
     * Directories of plugins, separated by commas.
     * @default "/usr/share/java,/usr/share/confluent-hub-components"
     */
    pluginPath?: string;
    /**
     * Whether the connection to Kafka is encrypted. The authorities of the JVM are trusted.
     * @default true
     */
    tls?: boolean;
    /**
     * Credentials for Kafka, by SASL PLAIN as Confluent Cloud uses it.
     * @default none
     */
    credentials?: CredentialsArgs;
    /**
     * How keys are read and written.
     * @default "string"
     */
    keyConverter?: StandaloneConverter;
    /**
     * How values are read and written. `avro` requires `schemaRegistry`.
     * @default "json"
     */
    valueConverter?: StandaloneConverter;
    /**
     * Schema Registry, for `avro`.
     * @default none
     */
    schemaRegistry?: StandaloneSchemaRegistryArgs;
    /**
     * Secrets that are mounted for the connectors, each as a directory of its name in /mnt/secrets.
     * @default none
     */
    secrets?: string[];
    /**
     * Further worker configuration, which takes precedence over this component's.
     * @default none
     */
    config?: { [key: string]: KafkaConfigValue };
    /**
     * Heap of the worker, such as 1g.
     * @default "1g"
     */
    heap?: string;
    /**
     * Resource requests and limits.
     * @default requests of 500m CPU and 1Gi memory, a limit of 2Gi memory
     */
    resources?: KubernetesValue;
    /**
     * The volume with the offsets of sources, and with files that a sink writes to it.
     * @default 1Gi
     */
    storage?: StandaloneStorageArgs;
    /**
     * Pod template (metadata, spec) as Kubernetes defines it, merged over the generated one as a JSON Merge Patch,
     * except that containers, initContainers and volumes are merged by name.
     * @default none
     */
    template?: { [field: string]: KubernetesValue };
    /**
     * Whether the volume is protected from deletion, and kept when this component is removed.
     * @default false
     */
    protect?: boolean;
}
