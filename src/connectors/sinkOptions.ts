/** What every sink has: the topics it reads, how it reads them, and what happens to records it cannot write. */
import { z } from "zod";
import { issue, type Issue } from "../schema/issues";
import { boolean, object, kafkaTopic, oneOf, configMap, integer } from "../schema/primitives";
import { converterConfig, converterIssues, converterShape, type ConverterName } from "./converters";
import { fit, topicPart } from "./names";
import type { ConnectorConfig, ConnectContext } from "./template";
import { transformsConfig, transformsShape, type Transform } from "./transforms";

export const sinkShape = {
    topics: z
        .array(kafkaTopic(), { error: "a list of topic names" })
        .min(1, { error: "at least one topic name" })
        .describe("Topics it reads"),
    ...converterShape,
    ...transformsShape,
    errors: object({
        tolerance: oneOf(["none", "all"])
            .default("none")
            .describe(
                "What happens to a record that cannot be converted or written: `none` stops the task, `all` puts it into the dead letter queue and goes on",
            ),
        log: boolean().default(true).describe("Whether such records are logged"),
        retryMinutes: integer(0, 1440)
            .default(0)
            .describe("Minutes for which a failed conversion or transformation is tried again"),
    })
        .prefault({})
        .describe("Records that cannot be written"),
    deadLetterQueue: object({
        topic: kafkaTopic()
            .optional()
            .describe("Its topic. Default: dlq.NAME, with the name shortened where it must be"),
        replicationFactor: integer(-1, 9)
            .optional()
            .describe("Replicas of that topic. Default: kafka.replicationFactor"),
        headers: boolean().default(true).describe("Whether headers tell where a record came from and why it failed"),
    })
        .prefault({})
        .describe("Where errors.tolerance `all` puts records, so that none is lost"),
    fromBeginning: boolean()
        .default(true)
        .describe("Whether a new connector reads what is in the topics already, or only what comes"),
    consumer: configMap().describe(
        "Overrides of the connector's consumer by their Kafka names, such as `max.poll.records`",
    ),
};

export interface Sink {
    topics: string[];
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
 * @param baseName the connector's name without version, for the dead letter queue
 * @param consumer overrides of the consumer that the template wants; the declaration's own win
 */
export function sinkConfig(
    declared: Sink,
    baseName: string,
    context: ConnectContext,
    consumer: ConnectorConfig = {},
): ConnectorConfig {
    const { errors, deadLetterQueue: queue } = declared;
    const overrides = {
        ...(declared.fromBeginning ? {} : { "auto.offset.reset": "latest" }),
        ...consumer,
        ...declared.consumer,
    };
    return {
        topics: declared.topics.join(","),
        ...converterConfig(declared, context),
        ...transformsConfig(declared.transforms),
        "errors.tolerance": errors.tolerance,
        "errors.log.enable": errors.log,
        // a record may hold what has no place in a log
        "errors.log.include.messages": false,
        ...(errors.retryMinutes > 0 ? { "errors.retry.timeout": errors.retryMinutes * 60_000 } : {}),
        ...(errors.tolerance === "all"
            ? {
                  "errors.deadletterqueue.topic.name": queue.topic ?? fit(`dlq.${baseName}`, 249),
                  "errors.deadletterqueue.topic.replication.factor":
                      queue.replicationFactor ?? context.replicationFactor,
                  "errors.deadletterqueue.context.headers.enable": queue.headers,
              }
            : {}),
        ...Object.fromEntries(Object.entries(overrides).map(([key, value]) => [`consumer.override.${key}`, value])),
    };
}

/** The dead letter queue is written to only with tolerance. */
export function sinkIssues(declared: Sink, context: ConnectContext): Issue[] {
    const issues = converterIssues(declared, context);
    if (declared.deadLetterQueue.topic && declared.errors.tolerance === "none") {
        issues.push(
            issue(
                "KCP_UNUSED_SETTING",
                ["deadLetterQueue", "topic"],
                "unused: errors.tolerance is none; set it to all to use the dead letter queue",
            ),
        );
    }
    return issues;
}

/** The part of a sink's name that says what it reads: the first topic, and how many more there are. */
export const topicsPart = ([first, ...more]: readonly string[]): string =>
    more.length > 0 ? `${topicPart(first)}-and-${more.length}-more` : topicPart(first);
