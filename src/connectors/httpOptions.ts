/**
 * The options and the configuration of sinks that post to an HTTP API by Aiven's plugin: requests, retries and batches.
 * Options:
 * https://github.com/Aiven-Open/http-connector-for-apache-kafka/blob/main/docs/sink-connector-config-options.rst
 */
import { issue, type Issue } from "../schema/issues";
import { boolean, object, integer } from "../schema/primitives";
import { sinkConfig, sinkIssues, sinkShape, type SinkOptions } from "./sinkOptions";
import type { ConnectorConfig, ConnectContext } from "./template";

/** The class of Aiven's HTTP sink. */
export const httpSinkClass = "io.aiven.kafka.connect.http.HttpSinkConnector";

/** The options of every HTTP sink. */
export const httpShape = {
    ...sinkShape,
    retries: object({
        max: integer(0, 100)
            .default(5)
            .describe(
                "Retries of a request that gets no answer, or a status of 400 or above. After the last one the task " +
                    "fails, or the record goes to the dead letter queue",
            ),
        backoffSeconds: integer(1, 600).default(10).describe("Seconds between retries"),
    })
        .prefault({})
        .describe("Retries of failed requests"),
    timeoutSeconds: integer(1, 300).default(30).describe("Seconds to wait for an answer"),
    dropTombstones: boolean()
        .default(true)
        .describe(
            "Whether records without value, such as those after a deletion, are dropped. The plugin fails on them",
        ),
};

/** `httpShape` as it is parsed. */
export interface HttpOptions extends SinkOptions {
    retries: { max: number; backoffSeconds: number };
    timeoutSeconds: number;
    dropTombstones: boolean;
}

/** How records are joined into a request. */
export interface Batch {
    /** Records per request. */
    size: number;
    prefix: string;
    separator: string;
    suffix: string;
}

/** Records per poll where each record is a request. */
const singleRecords = 50;

/**
 * The configuration of requests. The consumer polls as many records as a request has, so that a restart repeats one
 * request at most. It may take as long as all retries do: otherwise Kafka would assign its partitions to another task
 * in the meantime.
 *
 * @param batch how records are joined; undefined for one record per request
 */
export function httpConfig(
    options: HttpOptions,
    batch: Batch | undefined,
    baseName: string,
    context: ConnectContext,
): ConnectorConfig {
    const { retries, timeoutSeconds } = options;
    const secondsPerRequest = (retries.max + 1) * timeoutSeconds + retries.max * retries.backoffSeconds;
    const seconds = Math.min((batch ? 1 : singleRecords) * secondsPerRequest + 60, 3600);
    const transforms = [
        ...options.transforms,
        ...(options.dropTombstones ? [{ type: "drop-tombstones", config: {}, negate: false }] : []),
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
        ...sinkConfig({ ...options, transforms }, baseName, context, {
            "max.poll.records": batch?.size ?? singleRecords,
            "max.poll.interval.ms": Math.max(seconds, 300) * 1000,
        }),
    };
}

/**
 * Issues between the options of an HTTP sink. The plugin starts with batches or with error tolerance, not with both;
 * its validation accepts both.
 *
 * @param batches whether requests have several records
 * @param option the option that makes batches
 * @param singleValue the value of that option that makes single requests
 */
export function httpIssues(
    options: HttpOptions,
    batches: boolean,
    option: string[],
    singleValue: string,
    context: ConnectContext,
): Issue[] {
    const issues = sinkIssues(options, context);
    if (batches && options.errors.tolerance === "all")
        issues.push(
            issue(
                "KCP_CONFLICTING_SETTINGS",
                option,
                "the plugin has a dead letter queue for single records only: " +
                    `set ${option.join(".")} to ${singleValue}, or errors.tolerance to none`,
            ),
        );
    return issues;
}
