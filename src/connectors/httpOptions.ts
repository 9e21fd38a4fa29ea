/**
 * What sinks that post to an HTTP API share: Aiven's plugin, its requests, retries and batches.
 * Options: https://github.com/Aiven-Open/http-connector-for-apache-kafka/blob/main/docs/sink-connector-config-options.rst
 */
import { issue, type Issue } from "../schema/issues";
import { boolean, object, integer } from "../schema/primitives";
import { sinkConfig, sinkIssues, sinkShape, type Sink } from "./sinkOptions";
import type { ConnectorConfig, ConnectContext } from "./template";

export const httpSinkClass = "io.aiven.kafka.connect.http.HttpSinkConnector";

export const httpShape = {
    ...sinkShape,
    retries: object({
        max: integer(0, 100)
            .default(5)
            .describe(
                "Times that a request is sent again after an answer of 400 and above, or none; then the task fails, or the record goes to the dead letter queue",
            ),
        backoffSeconds: integer(1, 600).default(10).describe("Seconds between them"),
    })
        .prefault({})
        .describe("Requests that failed"),
    timeoutSeconds: integer(1, 300).default(30).describe("Seconds a request may take"),
    dropTombstones: boolean()
        .default(true)
        .describe("Whether empty records, such as those after a deletion, are left out; the plugin fails on them"),
};

export interface Posting extends Sink {
    retries: { max: number; backoffSeconds: number };
    timeoutSeconds: number;
    dropTombstones: boolean;
}

export interface Batch {
    /** Records of one request. */
    size: number;
    prefix: string;
    separator: string;
    suffix: string;
}

/** Records that a consumer is given at once where each is a request of its own. */
const singleRecords = 50;

/**
 * Configuration of the requests; without a batch each record is one. What is polled at once is what one request takes, so that a restart repeats one request at
 * most; and the consumer may take as long as all its retries do, or Kafka would give its partitions to another task midway.
 */
export function httpConfig(
    declared: Posting,
    batch: Batch | undefined,
    baseName: string,
    context: ConnectContext,
): ConnectorConfig {
    const { retries, timeoutSeconds } = declared;
    const secondsOfOne = (retries.max + 1) * timeoutSeconds + retries.max * retries.backoffSeconds;
    const seconds = Math.min((batch ? 1 : singleRecords) * secondsOfOne + 60, 3600);
    const transforms = [
        ...declared.transforms,
        ...(declared.dropTombstones ? [{ type: "drop-tombstones", config: {}, negate: false }] : []),
    ];
    return {
        "batching.enabled": batch !== undefined,
        ...(batch
            ? {
                  "batch.max.size": batch.size,
                  "batch.prefix": batch.prefix,
                  "batch.separator": batch.separator,
                  "batch.suffix": batch.suffix,
              }
            : {}),
        "max.retries": retries.max,
        "retry.backoff.ms": retries.backoffSeconds * 1000,
        "http.timeout": timeoutSeconds,
        ...sinkConfig({ ...declared, transforms }, baseName, context, {
            "max.poll.records": batch?.size ?? singleRecords,
            "max.poll.interval.ms": Math.max(seconds, 300) * 1000,
        }),
    };
}

/**
 * The plugin starts with batches or with error tolerance, not with both (HttpSinkConfig); its validation does not say so.
 *
 * @param option the option that makes batches, and what it has to be instead
 */
export function httpIssues(
    declared: Posting,
    batches: boolean,
    option: string[],
    instead: string,
    context: ConnectContext,
): Issue[] {
    const issues = sinkIssues(declared, context);
    if (batches && declared.errors.tolerance === "all")
        issues.push(
            issue(
                "KCP_CONFLICTING_SETTINGS",
                option,
                "batches conflict with errors.tolerance all: the plugin has a dead letter queue for single records only; " +
                    `set ${option.join(".")} to ${instead}`,
            ),
        );
    return issues;
}
