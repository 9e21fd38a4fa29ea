/**
 * The workers' logging as Strimzi takes it, from `connect.logging`. Strimzi merges `inline` loggers over its own file,
 * whose root logger writes to one console appender, in the form of log4j 1 for Kafka 3 and of Log4j 2 for Kafka 4.
 *
 * @see https://logging.apache.org/log4j/2.x/manual/json-template-layout.html
 */
import type { LoggingSettings } from "../schema/logging";
import { compact } from "../util/data";

/** Kafka 4 logs by Log4j 2, Kafka 3 by log4j 1. */
export const usesLog4j2 = (kafkaVersion: string): boolean => Number(kafkaVersion.split(".")[0]) >= 4;

type Loggers = Record<string, string>;

/** Logger whose level applies where no other one does. */
const root = "root";

const withoutRoot = ({ levels }: LoggingSettings): [name: string, level: string][] =>
    Object.entries(levels).filter(([name]) => name !== root);

/**
 * log4j 1. A second appender, as Strimzi's has a pattern, about which another layout complains in the log. The layout
 * is in Strimzi's images of Kafka 3 (jsonevent-layout).
 */
function log4j1(logging: LoggingSettings): Loggers {
    const json = logging.format === "json";
    const rootLevel = logging.levels[root] ?? "INFO";
    return {
        ...(json || logging.levels[root] ? { "log4j.rootLogger": `${rootLevel}, ${json ? "JSON" : "CONSOLE"}` } : {}),
        ...(json
            ? {
                  "log4j.appender.JSON": "org.apache.log4j.ConsoleAppender",
                  "log4j.appender.JSON.layout": "net.logstash.log4j.JSONEventLayoutV1",
              }
            : {}),
        ...Object.fromEntries(withoutRoot(logging).map(([name, level]) => [`log4j.logger.${name}`, level])),
    };
}

/** Identifier of a logger in Log4j 2's properties, where a dot separates keys. Strimzi's file has one logger. */
const loggerId = (name: string): string =>
    name === "org.reflections" ? "reflections" : name.replace(/[^A-Za-z0-9]/g, "_");

/** Contexts that Connect gives to the lines of a connector and its tasks (KIP-449); each ends with a space. */
export const connectorContexts = (connector: string, tasks: number): string[] => [
    `[${connector}|worker] `,
    ...Array.from({ length: tasks }, (_, task) => [
        `[${connector}|task-${task}] `,
        `[${connector}|task-${task}|offsets] `,
    ]).flat(),
];

/**
 * Filters by the connector of a line. They are asked before a logger's level: the first accepts what is severe enough
 * for its connector, the second denies what is not; lines of other connectors go on to the loggers.
 */
function connectorFilters({ connectorLevels }: LoggingSettings): Loggers {
    const pairs = Object.entries(connectorLevels).flatMap(([connector, { level, tasks }]) =>
        connectorContexts(connector, tasks).map((context) => ({ context, level })),
    );
    if (pairs.length === 0) return {};
    const filter = (name: string, others: string, onMatch: string, onMismatch: string): Loggers => ({
        [`filter.${name}.type`]: "DynamicThresholdFilter",
        [`filter.${name}.key`]: "connector.context",
        [`filter.${name}.defaultThreshold`]: others,
        [`filter.${name}.onMatch`]: onMatch,
        [`filter.${name}.onMismatch`]: onMismatch,
        ...Object.fromEntries(
            pairs.flatMap(({ context, level }, index) => [
                [`filter.${name}.pair${index}.type`, "KeyValuePair"],
                [`filter.${name}.pair${index}.key`, context],
                [`filter.${name}.pair${index}.value`, level],
            ]),
        ),
    });
    return {
        ...filter("accepted", "OFF", "ACCEPT", "NEUTRAL"),
        ...filter("denied", "ALL", "NEUTRAL", "DENY"),
    };
}

/** Log4j 2. The layout is in Strimzi's images of Kafka 4 from 0.47; its template has the fields of the other one. */
const log4j2 = (logging: LoggingSettings): Loggers => ({
    ...(logging.format === "json"
        ? {
              "appender.json.type": "Console",
              "appender.json.name": "JSON",
              "appender.json.layout.type": "JsonTemplateLayout",
              "appender.json.layout.eventTemplateUri": "classpath:LogstashJsonEventLayoutV1.json",
              "rootLogger.appenderRef.console.ref": "JSON",
          }
        : {}),
    ...(logging.levels[root] ? { "rootLogger.level": logging.levels[root] } : {}),
    ...Object.fromEntries(
        withoutRoot(logging).flatMap(([name, level]) => [
            [`logger.${loggerId(name)}.name`, name],
            [`logger.${loggerId(name)}.level`, level],
        ]),
    ),
    ...connectorFilters(logging),
});

/** Strimzi's own field where the setting passes it on. */
export const passedLogging = ({ type, loggers, valueFrom }: LoggingSettings) =>
    type === undefined ? undefined : compact({ type, loggers, valueFrom });

/** The KafkaConnect's `logging`; undefined for Strimzi's defaults. */
export function strimziLogging(logging: LoggingSettings | undefined, kafkaVersion: string) {
    if (!logging || logging.type !== undefined) return logging && passedLogging(logging);
    const loggers = (usesLog4j2(kafkaVersion) ? log4j2 : log4j1)(logging);
    return Object.keys(loggers).length > 0 ? { type: "inline", loggers } : undefined;
}

/**
 * System properties that the logging needs: threads that a connector starts, as Debezium's are, inherit its context.
 * log4j 1 does so always.
 */
export const loggingProperties = (
    logging: LoggingSettings | undefined,
    kafkaVersion: string,
): Readonly<Record<string, string>> => {
    if (!logging || logging.type !== undefined || !usesLog4j2(kafkaVersion)) return {};
    const needed = logging.format === "json" || Object.keys(logging.connectorLevels).length > 0;
    return needed ? { "log4j2.isThreadContextMapInheritable": "true" } : {};
};
