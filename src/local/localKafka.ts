/** A stack's settings for a run on this machine. Pure. */
import { firstProvider } from "../schema/secrets";

/** Sections about a Kafka in the cluster: a run on this machine has its own. */
const clusterSections = ["kafkaCluster", "kafkaAccess", "httpBridge"];

/** Settings for this machine. */
export interface LocalStack {
    readonly raw: Record<string, unknown>;
    /** What was replaced, one sentence each. */
    readonly replaced: readonly string[];
}

type Section = Record<string, unknown> | undefined;

function localKafka(kafka: Section, bootstrapServers: string): { kafka: Section; replaced: string[] } {
    const { tls, authentication, ...rest } = kafka ?? {};
    const type = (authentication as { type?: string } | undefined)?.type;
    return {
        kafka: {
            ...rest,
            bootstrapServers,
            ...(rest.brokers === undefined ? {} : { brokers: 1 }),
            ...(rest.replicationFactor === undefined ? {} : { replicationFactor: 1 }),
        },
        replaced: [
            ...(tls ? ["kafka.tls, by a plaintext listener on 127.0.0.1"] : []),
            ...(authentication ? [`kafka.authentication (${type}), by no login`] : []),
            ...(rest.replicationFactor === undefined ? [] : ["kafka.replicationFactor, by 1: there is one broker"]),
        ],
    };
}

function localSecrets(written: unknown): { secrets: Section; replaced: string[] } {
    const secrets = firstProvider(written) as Section;
    if (!secrets || secrets.provider === "file") return { secrets, replaced: [] };
    return {
        secrets: {
            provider: "file",
            ...(secrets.name === undefined ? {} : { name: secrets.name }),
            ...(secrets.further === undefined ? {} : { further: secrets.further }),
        },
        replaced: [`secrets of ${secrets.provider ?? "aws-secrets-manager"}, by files with this machine's values`],
    };
}

/** The settings with a Kafka of this machine in place of the stack's, and files in place of its secrets. */
export function atLocalKafka(raw: Readonly<Record<string, unknown>>, bootstrapServers: string): LocalStack {
    const { kafka, replaced } = localKafka(raw.kafka as Section, bootstrapServers);
    const secrets = localSecrets(raw.secrets);
    const removed = clusterSections.filter((name) => raw[name] !== undefined);
    return {
        raw: {
            ...Object.fromEntries(Object.entries(raw).filter(([key]) => !clusterSections.includes(key))),
            kafka,
            ...(secrets.secrets ? { secrets: secrets.secrets } : {}),
        },
        replaced: [...replaced, ...secrets.replaced, ...removed.map((name) => `${name}, by the Kafka of this machine`)],
    };
}
