/**
 * The outputs of a stack: what other stacks read by `new pulumi.StackReference("ORG/kafka-connect-platform/STACK")`.
 */
import type * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../stack/settings";

/** One connector. */
export interface ConnectorOutput {
    /** Name of the KafkaConnector resource, with its version. */
    name: string;
    /** Template that declares it. */
    template: string;
    /** Java class of the connector. */
    class: string;
    /** Declared state. */
    state: "running" | "paused" | "stopped";
    /** Kafka topics that it writes to. */
    topics: string[];
    /** Kafka topics that it reads, for a sink. */
    reads: string[];
}

/** All outputs. Those of a section that the stack leaves out are missing. */
export interface PlatformOutputs {
    /** Name of the KafkaConnect resource, with which connectors of other stacks are labelled (`strimzi.io/cluster`). */
    connectClusterName?: string;
    /** Namespace of the Connect cluster. */
    namespace: string;
    /** Address of Connect's REST API within the Kubernetes cluster. */
    restUrl?: string;
    /** Image of the workers by digest; missing where they run Strimzi's. */
    imageDigest?: string;
    /** ARN of the workers' IAM role. */
    roleArn?: string;
    /** Address of the Prometheus workspace. */
    prometheusEndpoint?: string;
    /** Bootstrap servers of the Kafka that Connect uses. */
    kafkaBootstrapServers?: string;
    /** Topics that the stack declares. */
    topics: string[];
    /** Kafka users of the stack, each of which is also the name of the Secret with its credentials. */
    users: string[];
    /** The connectors. */
    connectors: ConnectorOutput[];
}

type Outputs = { [key in keyof PlatformOutputs]: pulumi.Input<NonNullable<PlatformOutputs[key]>> };
type FromComponents = Pick<Outputs, "restUrl" | "imageDigest" | "roleArn" | "prometheusEndpoint" | "topics" | "users">;

/** The outputs that a stack has. Pulumi warns about each that is undefined, so those are left out. */
export function platformOutputs(settings: Settings, fromComponents: FromComponents): Outputs {
    const { connect, kafka, connectors } = settings;
    const outputs: Outputs = {
        connectClusterName: connect.install || connect.use ? connect.name : undefined,
        namespace: connect.namespace,
        kafkaBootstrapServers: kafka.bootstrapServers || undefined,
        ...fromComponents,
        connectors: connectors.map(({ name, template, class: className, state, outputTopics, inputTopics }) => ({
            name,
            template,
            class: className,
            state,
            topics: [...outputTopics],
            reads: [...inputTopics],
        })),
    };
    return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined)) as Outputs;
}
