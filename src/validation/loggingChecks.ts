/** Settings of the workers' logging that exclude each other, or that the Kafka of the stack cannot do. */
import type { ResolvedConnector } from "../connectors/template";
import { kafkaVersionOf, strimziRelease } from "../release/releases";
import { logLevels, type LoggingSettings } from "../schema/logging";
import { invalidValue, issue, missingSetting, unlistedValue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { usesLog4j2 } from "../strimzi/connectLogging";
import { compareVersions } from "../util/compareVersions";
import { isObject } from "../util/data";
import { nearest } from "../util/nearest";
import { keySelectorIssues } from "./keySelector";

const at = ["connect", "logging"];

/** First Strimzi release whose images of Kafka 4 have Log4j 2's JSON layout. */
const firstJsonLayout = "0.47.0";

/** Settings from which the platform generates Strimzi's field, as far as they are given. */
const generating = ({ format, levels, connectorLevels }: LoggingSettings): string[] => [
    ...(format === undefined ? [] : ["format"]),
    ...(Object.keys(levels).length > 0 ? ["levels"] : []),
    ...(Object.keys(connectorLevels).length > 0 ? ["connectorLevels"] : []),
];

/** Strimzi's own field: a ConfigMap for `external`, levels for `inline`. The CRD allows any string. */
function passedOnIssues(logging: LoggingSettings): Issue[] {
    const { type, loggers, valueFrom } = logging;
    const only = (name: "loggers" | "valueFrom", needed: string): Issue[] =>
        logging[name] !== undefined && type !== undefined && type !== needed
            ? [issue("KCP_UNUSED_SETTING", [...at, name], `unused: only with type ${needed}`)]
            : [];
    if (type === undefined)
        return loggers || valueFrom
            ? [missingSetting([...at, "type"], "inline (loggers) or external (valueFrom)")]
            : [];
    const levels = Object.entries(loggers ?? {}).filter(([name]) => name.endsWith(".level"));
    return [
        ...generating(logging).map((name) =>
            issue("KCP_CONFLICTING_SETTINGS", [...at, name], "excludes type, which passes Strimzi's own field on"),
        ),
        ...only("loggers", "inline"),
        ...only("valueFrom", "external"),
        ...(type === "external" && valueFrom === undefined
            ? [missingSetting([...at, "valueFrom"], "the ConfigMap with the configuration, as configMapKeyRef")]
            : []),
        ...(type === "external" && isObject(valueFrom)
            ? keySelectorIssues(valueFrom.configMapKeyRef, [...at, "valueFrom", "configMapKeyRef"])
            : []),
        ...levels
            .filter(([, level]) => !(logLevels as readonly string[]).includes(level.trim().toUpperCase()))
            .map(([name, level]) => unlistedValue([...at, "loggers", name], level, logLevels)),
    ];
}

/** Whether levels and format are possible with the Kafka of the stack. */
function kafkaIssues(logging: LoggingSettings, strimziVersion: string, kafkaVersion: string): Issue[] {
    const log4j2 = usesLog4j2(kafkaVersion);
    const noLayout = log4j2 && compareVersions(strimziVersion, firstJsonLayout) < 0;
    return [
        ...(logging.format === "json" && noLayout
            ? [
                  invalidValue([...at, "format"], "json", `text with Kafka 4 of Strimzi ${strimziVersion}`, {
                      reason: `the image has Log4j 2's JSON layout from Strimzi ${firstJsonLayout} on`,
                  }),
              ]
            : []),
        ...(log4j2
            ? []
            : Object.keys(logging.connectorLevels).map((name) =>
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      [...at, "connectorLevels", name],
                      `Kafka ${kafkaVersion} logs by log4j 1, which cannot filter by connector; set the level of the ` +
                          "connector's package in levels, or use Kafka 4",
                  ),
              )),
    ];
}

/** Connectors of the stack with more tasks than the level applies to: the others would log at another level. */
const taskIssues = ({ connectorLevels }: LoggingSettings, connectors: readonly ResolvedConnector[]): Issue[] =>
    Object.entries(connectorLevels).flatMap(([name, { tasks }]) => {
        const connector = connectors.find((candidate) => candidate.name === name);
        return connector && connector.tasksMax > tasks
            ? [
                  invalidValue(
                      [...at, "connectorLevels", name, "tasks"],
                      tasks,
                      `${connector.tasksMax}, the connector's tasksMax`,
                  ),
              ]
            : [];
    });

/** The section's logging, compared with the versions and the connectors of the stack. */
export function checkLogging({ connect, strimzi }: ParsedSections, connectors: readonly ResolvedConnector[]): Issue[] {
    const logging = connect?.logging;
    if (!logging) return [];
    const release = strimzi && strimziRelease(strimzi.version);
    return [
        ...passedOnIssues(logging),
        ...(release ? kafkaIssues(logging, release.version, kafkaVersionOf(strimzi)) : []),
        ...taskIssues(logging, connectors),
    ];
}

/** Names of log4j 1 in Strimzi's own field, which Log4j 2 ignores. */
export function loggerNameWarnings({ connect, strimzi }: ParsedSections): Issue[] {
    const { type, loggers } = connect?.logging ?? {};
    const version = strimzi && kafkaVersionOf(strimzi);
    if (type !== "inline" || !version || !usesLog4j2(version)) return [];
    return Object.keys(loggers ?? {})
        .filter((name) => /^(log4j\.|connect\.root\.logger\.level$)/.test(name))
        .map((name) =>
            issue(
                "KCP_UNUSED_SETTING",
                [...at, "loggers", name],
                `unused: Kafka ${version} has Log4j 2; write rootLogger.level, or logger.ID.name and logger.ID.level`,
            ),
        );
}

/** Names that no connector of the stack has: misspelt, unless another stack runs connectors on this cluster. */
export const loggingWarnings = ({ connect }: ParsedSections, connectors: readonly ResolvedConnector[]): Issue[] =>
    Object.keys(connect?.logging?.connectorLevels ?? {})
        .filter((name) => connectors.every((connector) => connector.name !== name))
        .map((name) => {
            const suggestion = nearest(
                name,
                connectors.map((connector) => connector.name),
            );
            return issue(
                "KCP_UNUSED_SETTING",
                [...at, "connectorLevels", name],
                "no connector of this stack has the name" + (suggestion ? `; did you mean "${suggestion}"?` : ""),
            );
        });
