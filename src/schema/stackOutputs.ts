/**
 * The outputs of a stack: what other stacks read. They are a contract: fields can be added, but a field that is
 * removed, renamed, made optional or given another type needs a new `outputsVersion`.
 */
import { z } from "zod";
import type { TeamRights } from "./teams";

/** Version of the outputs' form. */
export const outputsVersion = 1;

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
    /** Version of the form of these outputs. */
    outputsVersion: typeof outputsVersion;
    /** Name of the KafkaConnect resource, with which connectors of other stacks are labelled (`strimzi.io/cluster`). */
    connectClusterName?: string;
    /** Namespace of the Connect cluster. */
    namespace: string;
    /** Strimzi version of the operator that runs the Connect cluster. */
    strimziVersion: string;
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
    /** What each team may use. Missing where the stack limits nobody. */
    teams?: TeamRights[];
}

const strings = z.array(z.string());

/** The outputs as they are read. Fields that a later version adds are ignored. */
export const outputsSchema = z.object({
    outputsVersion: z.literal(outputsVersion),
    connectClusterName: z.string().optional(),
    namespace: z.string(),
    strimziVersion: z.string(),
    restUrl: z.string().optional(),
    imageDigest: z.string().optional(),
    roleArn: z.string().optional(),
    prometheusEndpoint: z.string().optional(),
    kafkaBootstrapServers: z.string().optional(),
    topics: strings,
    users: strings,
    connectors: z.array(
        z.object({
            name: z.string(),
            template: z.string(),
            class: z.string(),
            state: z.enum(["running", "paused", "stopped"]),
            topics: strings,
            reads: strings,
        }),
    ),
    teams: z
        .array(
            z.object({
                name: z.string(),
                instances: strings.optional(),
                topicPrefixes: strings.optional(),
                readTopicPrefixes: strings.optional(),
                maxTasks: z.number().optional(),
                connectorClasses: strings.optional(),
            }),
        )
        .optional(),
}) satisfies z.ZodType<PlatformOutputs>;

/** Names of all outputs. */
export const outputNames = Object.keys(outputsSchema.shape);

/** The outputs, or why they cannot be used. */
export type OutputsResult = { readonly outputs: PlatformOutputs } | { readonly reason: string };

/** Checks the outputs that another stack has. */
export function parseOutputs(received: Readonly<Record<string, unknown>>): OutputsResult {
    const { outputsVersion: version } = received;
    if (version === undefined)
        return {
            reason:
                "it has no output outputsVersion: it is not a stack of kafka-connect-platform, or an earlier release " +
                "deployed it; run `pulumi up` there",
        };
    if (version !== outputsVersion)
        return {
            reason:
                `its outputs have version ${JSON.stringify(version)}, and this release reads version ` +
                `${outputsVersion}; use the same release in both stacks`,
        };
    const parsed = outputsSchema.safeParse(received);
    if (parsed.success) return { outputs: parsed.data };
    const [{ path, message }] = parsed.error.issues;
    return { reason: `its output ${path.join(".")} is invalid: ${message}` };
}
