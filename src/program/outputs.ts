/** The stack's outputs: what other teams may rely on, by `new pulumi.StackReference("ORG/kafka-connect-platform/STACK")`. */

/** One connector. */
export interface ConnectorOutput {
    /** Name of the KafkaConnector resource, with its version. */
    name: string;
    /** Template it was declared with. */
    template: string;
    /** Class of the plugin. */
    class: string;
    /** State it is kept in. */
    state: "running" | "paused" | "stopped";
    /** Kafka topics it writes to. */
    topics: string[];
    /** Kafka topics it reads: a sink's. */
    reads: string[];
}

/** All outputs. Those of a part the stack leaves out are undefined. */
export interface PlatformOutputs {
    /** Name of the KafkaConnect resource; connectors of other stacks are labelled `strimzi.io/cluster` with it. */
    connectClusterName?: string;
    /** Namespace of the Connect cluster. */
    namespace: string;
    /** Address of Connect's REST API within the Kubernetes cluster. */
    restUrl?: string;
    /** Image of the workers by digest; undefined where they run Strimzi's own. */
    imageDigest?: string;
    /** ARN of the workers' IAM role. */
    roleArn?: string;
    /** Address of the Prometheus workspace. */
    prometheusEndpoint?: string;
    /** Address of the Kafka that Connect works with. */
    kafkaBootstrapServers?: string;
    /** Topics that the stack declares. */
    topics: string[];
    /** Kafka users of the stack, each of which is also the name of the Secret with its login. */
    users: string[];
    connectors: ConnectorOutput[];
}
