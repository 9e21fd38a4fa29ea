/** The outputs of a stack, as other stacks read them by `stackOutputs("ORG/kafka-connect-platform/STACK")`. */
import type * as pulumi from "@pulumi/pulumi";
import { outputsVersion, type PlatformOutputs } from "../schema/stackOutputs";
import type { Settings } from "../stack/settings";

type Outputs = { [key in keyof PlatformOutputs]: pulumi.Input<NonNullable<PlatformOutputs[key]>> };
type FromComponents = Pick<Outputs, "restUrl" | "imageDigest" | "roleArn" | "prometheusEndpoint" | "topics" | "users">;

/** The outputs that a stack has. Pulumi warns about each that is undefined, so those are left out. */
export function platformOutputs(settings: Settings, fromComponents: FromComponents): Outputs {
    const { connect, kafka, connectors, strimzi, teams } = settings;
    const outputs: Outputs = {
        outputsVersion,
        connectClusterName: connect.install || connect.use ? connect.name : undefined,
        namespace: connect.namespace,
        strimziVersion: strimzi.version,
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
        teams: teams?.map((team) => ({ ...team })),
    };
    return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined)) as Outputs;
}
