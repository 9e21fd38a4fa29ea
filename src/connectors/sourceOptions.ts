/** The options and the configuration that sources share. */
import { invalidValue, type Issue } from "../schema/issues";
import { boolean, configMap } from "../schema/primitives";
import { converterConfig, converterIssues, converterShape, type ConverterName } from "./converters";
import type { ConnectorConfig, ConnectContext } from "./template";
import { topicCreationConfig, topicCreationIssues, topicCreationShape, type TopicCreation } from "./topicCreation";
import { transformsConfig, transformsShape, type Transform } from "./transforms";

/** Options for the producer and for transactions. */
export const writingShape = {
    producer: configMap().describe(
        "Overrides of the connector's producer by their Kafka names, such as `linger.ms`. They override the template's",
    ),
    exactlyOnce: boolean()
        .default(false)
        .describe(
            "Whether records and offsets are written in one transaction, so that a restart repeats no record. " +
                "Needs connect.exactlyOnce and a plugin that supports it",
        ),
};

/** The options of a source that converts records. */
export const sourceShape = { ...topicCreationShape, ...converterShape, ...transformsShape, ...writingShape };

/** `writingShape` as it is parsed. */
export interface WritingOptions {
    producer: ConnectorConfig;
    exactlyOnce: boolean;
}

/** `sourceShape` as it is parsed. */
export interface SourceOptions extends WritingOptions {
    topicCreation: TopicCreation;
    converter: ConverterName;
    keyConverter?: ConverterName;
    transforms: Transform[];
}

/**
 * The producer settings of every source, chosen by measurement (`npm run bench:throughput`): lz4 costs the least CPU
 * for what it saves, and a linger of 20 ms fills batches of 512 kB, which Kafka's default of 16 kB would split into
 * thirty. Together they nearly double the records per second. Durability is Connect's default: acks=all, with
 * one request in flight.
 */
export const producerDefaults: ConnectorConfig = {
    "compression.type": "lz4",
    "linger.ms": 20,
    "batch.size": 524_288,
};

/** The configuration of the producer and of transactions. */
export function writingConfig({ producer, exactlyOnce }: WritingOptions): ConnectorConfig {
    const overrides = Object.entries({ ...producerDefaults, ...producer }).map(([key, value]) => [
        `producer.override.${key}`,
        value,
    ]);
    return { ...Object.fromEntries(overrides), ...(exactlyOnce ? { "exactly.once.support": "required" } : {}) };
}

/** The configuration that sources share. */
export const sourceConfig = (options: SourceOptions, context: ConnectContext): ConnectorConfig => ({
    ...converterConfig(options, context),
    ...topicCreationConfig(options.topicCreation, context),
    ...transformsConfig(options.transforms),
    ...writingConfig(options),
});

/** Issues between `exactlyOnce` and the workers. */
export const writingIssues = ({ exactlyOnce }: WritingOptions, context: ConnectContext): Issue[] =>
    exactlyOnce && !context.exactlyOnce
        ? [
              invalidValue(
                  ["exactlyOnce"],
                  true,
                  "connect.exactlyOnce to be true: without it the workers reject the connector",
              ),
          ]
        : [];

/** Issues between the options of a source and the platform. */
export const sourceIssues = (options: SourceOptions, context: ConnectContext): Issue[] => [
    ...converterIssues(options, context),
    ...writingIssues(options, context),
    ...topicCreationIssues(options.topicCreation),
];
