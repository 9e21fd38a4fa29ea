/** The workers' logging: format and levels, or what Strimzi takes. */
import { z } from "zod";
import { integer, kubernetesObject, object, oneOf } from "./primitives";

/** Levels of log4j 1 and Log4j 2. */
export const logLevels = ["OFF", "FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", "ALL"] as const;

const level = () => oneOf(logLevels);

const loggerName = z.string().regex(/^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$/, {
    error: "the name of a logger: root, or a package or class such as io.debezium.connector",
});

const connectorLevel = object({
    level: level().describe("Least severe level that is logged"),
    tasks: integer(1, 1000).default(1).describe("Number of the connector's tasks"),
});

export const logging = object({
    format: oneOf(["text", "json"])
        .optional()
        .describe(
            "Format of a line. `text` (the default): Strimzi's pattern. `json`: an object with @timestamp, level, " +
                "logger_name, thread_name, message, exception and mdc, whose connector.context names the connector " +
                "and the task",
        ),
    levels: z
        .record(loggerName, level(), { error: "an object of loggers with their levels" })
        .default({})
        .describe(
            "Levels of loggers: `root` (INFO by default), packages and classes, such as `io.debezium: DEBUG`, for " +
                "all connectors",
        ),
    connectorLevels: z
        .record(z.string(), connectorLevel, { error: "an object of connectors with their levels" })
        .default({})
        .describe(
            "Levels of single connectors, by their name in Kafka Connect, each with `level` and `tasks`, the number " +
                "of its tasks (1 by default). They precede `levels`. Needs Kafka 4: log4j 1 of Kafka 3 cannot filter " +
                "by connector",
        ),
    type: oneOf(["inline", "external"])
        .optional()
        .describe(
            "Passes Strimzi's own field on in place of format, levels and connectorLevels: `inline` with loggers, " +
                "`external` with valueFrom",
        ),
    loggers: z
        .record(z.string(), z.string({ error: "a string" }), { error: "an object with string values" })
        .optional()
        .describe("Lines of the log configuration. Only with type `inline`"),
    valueFrom: kubernetesObject()
        .optional()
        .describe(
            "The key of a ConfigMap with the whole log configuration, as configMapKeyRef. Only with type `external`",
        ),
});

export type LoggingSettings = z.output<typeof logging>;
