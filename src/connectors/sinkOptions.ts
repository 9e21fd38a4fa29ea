/** The options and the configuration that sinks share: topics, consumer, and records that cannot be written. */
import { z } from "zod";
import { issue, type Issue } from "../schema/issues";
import { boolean, object, kafkaTopic, oneOf, configMap, integer } from "../schema/primitives";
import { converterConfig, converterIssues, converterShape, type ConverterName } from "./converters";
import { namePart, topicPart, truncateName } from "./names";
import type { ConnectorConfig, ConnectContext } from "./template";
import { namesOrPrefixes, sinkTopics, topicItem, type TopicItem } from "./topicItems";
import { transformsConfig, transformsShape, type Transform } from "./transforms";

/** The options of every sink. */
export const sinkShape = {
    topics: z
        .array(topicItem(), { error: "an array of topic names" })
        .min(1, { error: "at least one topic name" })
        .describe(
            "Topics it reads: names, or objects with `pattern`, a regular expression. A topic that is created later " +
                "and matches is read within five minutes (`metadata.max.age.ms`), from its beginning",
        ),
    ...converterShape,
    ...transformsShape,
    errors: object({
        tolerance: oneOf(["none", "all"])
            .default("none")
            .describe(
                "What happens to a record that cannot be converted: `none` stops the task, `all` " +
                    "writes the record to " +
                    "the dead letter queue and continues. What a sink does with a record that its " +
                    "target rejects is up " +
                    "to the plugin: the JDBC sink stops in either case",
            ),
        log: boolean().default(true).describe("Whether such records are logged, without their content"),
        retryMinutes: integer(0, 1440)
            .default(0)
            .describe("Minutes for which a failed conversion or transformation is retried"),
    })
        .prefault({})
        .describe("Records that cannot be written"),
    deadLetterQueue: object({
        topic: kafkaTopic().optional().describe("Its topic. Default: dlq.NAME, truncated to the length Kafka allows"),
        replicationFactor: integer(-1, 9)
            .optional()
            .describe("Replicas of that topic. Default: kafka.replicationFactor"),
        headers: boolean()
            .default(true)
            .describe("Whether headers contain the record's origin and the reason of the failure"),
    })
        .prefault({})
        .describe("Topic for the records that errors.tolerance `all` skips"),
    fromBeginning: boolean()
        .default(true)
        .describe("Whether a new connector also reads the records that the topics already contain"),
    consumer: configMap().describe(
        "Overrides of the connector's consumer by their Kafka names, such as `max.poll.records`",
    ),
};

/** `sinkShape` as it is parsed. */
export interface SinkOptions {
    topics: TopicItem[];
    converter: ConverterName;
    keyConverter?: ConverterName;
    transforms: Transform[];
    errors: { tolerance: "none" | "all"; log: boolean; retryMinutes: number };
    deadLetterQueue: { topic?: string; replicationFactor?: number; headers: boolean };
    fromBeginning: boolean;
    consumer: ConnectorConfig;
}

/**
 * The configuration that sinks share.
 *
 * @param baseName the connector's name without the version, for the dead letter queue
 * @param consumerDefaults consumer overrides of the template; the declaration's win
 */
export function sinkConfig(
    options: SinkOptions,
    baseName: string,
    context: ConnectContext,
    consumerDefaults: ConnectorConfig = {},
): ConnectorConfig {
    const { errors, deadLetterQueue: queue } = options;
    const overrides = {
        ...(options.fromBeginning ? {} : { "auto.offset.reset": "latest" }),
        ...consumerDefaults,
        ...options.consumer,
    };
    return {
        ...sinkTopics(options.topics),
        ...converterConfig(options, context),
        ...transformsConfig(options.transforms),
        "errors.tolerance": errors.tolerance,
        "errors.log.enable": errors.log,
        // a record can contain personal data, which must not be logged
        "errors.log.include.messages": false,
        ...(errors.retryMinutes > 0 ? { "errors.retry.timeout": errors.retryMinutes * 60_000 } : {}),
        ...(errors.tolerance === "all"
            ? {
                  "errors.deadletterqueue.topic.name": queue.topic ?? truncateName(`dlq.${baseName}`, 249),
                  "errors.deadletterqueue.topic.replication.factor":
                      queue.replicationFactor ?? context.replicationFactor,
                  "errors.deadletterqueue.context.headers.enable": queue.headers,
              }
            : {}),
        ...Object.fromEntries(Object.entries(overrides).map(([key, value]) => [`consumer.override.${key}`, value])),
    };
}

/** Where a new connector begins is one decision. */
function offsetIssues({ fromBeginning, consumer }: SinkOptions): Issue[] {
    const reset = consumer["auto.offset.reset"];
    return fromBeginning || reset === undefined || reset === "latest"
        ? []
        : [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  ["consumer", "auto.offset.reset"],
                  `is ${String(reset)}, which replaces fromBeginning: false; remove one of the two`,
              ),
          ];
}

/** Issues between the options of a sink and the platform. */
export function sinkIssues(options: SinkOptions, context: ConnectContext): Issue[] {
    const issues = [...converterIssues(options, context), ...offsetIssues(options)];
    if (options.errors.tolerance === "all") return issues;
    const { topic, replicationFactor, headers } = options.deadLetterQueue;
    const given = { topic: topic !== undefined, replicationFactor: replicationFactor !== undefined, headers: !headers };
    const option = Object.entries(given).find(([, isGiven]) => isGiven)?.[0];
    if (option !== undefined)
        issues.push(
            issue(
                "KCP_UNUSED_SETTING",
                ["deadLetterQueue", option],
                "has no effect while errors.tolerance is none; set errors.tolerance: all, or remove it",
            ),
        );
    return issues;
}

/** The part of a name that says which topics an item selects: the topic, or how the names of a pattern begin. */
function itemPart(item: TopicItem): string {
    if (typeof item === "string") return topicPart(item);
    const [beginning, ...others] = namesOrPrefixes([item]).map((name) => name.replace(/[^A-Za-z0-9]+$/, ""));
    return beginning && others.length === 0 ? `${topicPart(beginning)}-topics` : `topics-${namePart(item.pattern)}`;
}

/** The part of a connector's name that says what it reads: the first item, and how many more there are. */
export const topicsPart = ([first, ...others]: readonly TopicItem[]): string =>
    others.length > 0 ? `${itemPart(first)}-and-${others.length}-more` : itemPart(first);
