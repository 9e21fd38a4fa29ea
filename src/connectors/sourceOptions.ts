/** What every source has: the topics it creates, how it writes records, and whether exactly once. */
import { invalidValue, type Issue } from "../schema/issues";
import { boolean, object, array, oneOf, configMap, string, integer } from "../schema/primitives";
import { converterConfig, converterIssues, converterShape, type ConverterName } from "./converters";
import type { ConnectorConfig, ConnectContext } from "./template";
import { transformsConfig, transformsShape, type Transform } from "./transforms";

const topicOptions = {
    partitions: integer(-1, 10000)
        .default(1)
        .describe("Partitions; -1 means the broker's default. More than one loses the order between keys"),
    replicationFactor: integer(-1, 9).optional().describe("Replicas. Default: kafka.replicationFactor"),
    cleanupPolicy: oneOf(["delete", "compact", "compact,delete"])
        .default("delete")
        .describe("What happens to old records"),
    retentionHours: integer(-1, 87600)
        .optional()
        .describe("Hours that records are kept; -1 keeps them for ever. Default: the broker's"),
};

/** Where a source lets Connect create the topics it writes to. */
export const topicCreationShape = {
    topicCreation: object({
        ...topicOptions,
        groups: array(
            object({
                name: string("a word", /^[A-Za-z][A-Za-z0-9_]*$/).describe("Name of the group"),
                include: string("a regular expression of topic names").describe(
                    "Topics of the group, as regular expressions separated by commas",
                ),
                exclude: string("a regular expression of topic names")
                    .optional()
                    .describe("Topics that are not of it all the same"),
                ...topicOptions,
            }),
        ).describe("Topics that are created otherwise than the rest; the first group that has a topic counts"),
    })
        .prefault({})
        .describe("Topics the connector creates"),
};

/** How a source writes. */
export const writingShape = {
    producer: configMap().describe(
        "Overrides of the connector's producer by their Kafka names, such as `linger.ms`, over the platform's own",
    ),
    exactlyOnce: boolean()
        .default(false)
        .describe(
            "Whether records and position are written in one transaction, so that a restart repeats none. Needs connect.exactlyOnce and a plugin that supports it",
        ),
};

export const sourceShape = { ...topicCreationShape, ...converterShape, ...transformsShape, ...writingShape };

interface TopicOptions {
    partitions: number;
    replicationFactor?: number;
    cleanupPolicy: string;
    retentionHours?: number;
}

export interface Writing {
    producer: ConnectorConfig;
    exactlyOnce: boolean;
}

export interface Source extends Writing {
    topicCreation: TopicOptions & { groups: (TopicOptions & { name: string; include: string; exclude?: string })[] };
    converter: ConverterName;
    keyConverter?: ConverterName;
    transforms: Transform[];
}

/**
 * The producer as it is set for every source, by what was measured (`npm run bench:throughput`): lz4 costs least for what
 * it saves, and a linger of 20 ms fills batches of 512 kB, which the stock 16 kB would cut into thirty: nearly twice the records a second. Durability stays
 * Connect's own: acks=all, and idempotence from Kafka 3 on.
 */
export const producerDefaults: ConnectorConfig = {
    "compression.type": "lz4",
    "linger.ms": 20,
    "batch.size": 524_288,
};

/** The producer's overrides and the transactions. */
export function writingConfig({ producer, exactlyOnce }: Writing): ConnectorConfig {
    const overrides = Object.entries({ ...producerDefaults, ...producer }).map(([key, value]) => [
        `producer.override.${key}`,
        value,
    ]);
    return { ...Object.fromEntries(overrides), ...(exactlyOnce ? { "exactly.once.support": "required" } : {}) };
}

/** Topic creation as Kafka Connect takes it. Partial settings fail the connector, so both required ones are always set. */
export function topicCreationConfig(
    { groups, ...byDefault }: Source["topicCreation"],
    context: ConnectContext,
): ConnectorConfig {
    const config: ConnectorConfig =
        groups.length > 0 ? { "topic.creation.groups": groups.map(({ name }) => name).join(",") } : {};
    for (const options of [{ name: "default", ...byDefault }, ...groups]) {
        const prefix = `topic.creation.${options.name}`;
        config[`${prefix}.partitions`] = options.partitions;
        config[`${prefix}.replication.factor`] = options.replicationFactor ?? context.replicationFactor;
        config[`${prefix}.cleanup.policy`] = options.cleanupPolicy;
        if (options.retentionHours !== undefined)
            config[`${prefix}.retention.ms`] = options.retentionHours < 0 ? -1 : options.retentionHours * 3_600_000;
        if ("include" in options) config[`${prefix}.include`] = options.include;
        if ("exclude" in options && options.exclude) config[`${prefix}.exclude`] = options.exclude;
    }
    return config;
}

/** All of it. */
export const sourceConfig = (declared: Source, context: ConnectContext): ConnectorConfig => ({
    ...converterConfig(declared, context),
    ...topicCreationConfig(declared.topicCreation, context),
    ...transformsConfig(declared.transforms),
    ...writingConfig(declared),
});

/** What is wrong between these options and the platform. */
export const writingIssues = ({ exactlyOnce }: Writing, context: ConnectContext): Issue[] =>
    exactlyOnce && !context.exactlyOnce
        ? [
              invalidValue(
                  ["exactlyOnce"],
                  true,
                  "connect.exactlyOnce to be true: without it the workers refuse the connector",
              ),
          ]
        : [];

export const sourceIssues = (declared: Source, context: ConnectContext): Issue[] => [
    ...converterIssues(declared, context),
    ...writingIssues(declared, context),
];
