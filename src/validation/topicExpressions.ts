/** Regular expressions of sinks (`topics.regex`), against the topics of the stack's connectors. */
import type { ResolvedConnector } from "../connectors/template";
import { matchesTopic, topicPrefixes } from "../connectors/topicItems";
import { topicsReadBy } from "../connectors/topics";
import { issue, type Issue } from "../schema/issues";
import { connectorTopics } from "../strimzi/connectorTopics";

const expressionOf = ({ config }: ResolvedConnector): string | undefined =>
    config["topics.regex"] === undefined ? undefined : String(config["topics.regex"]);

/** A connector, with its topics that contain no records of its tables. */
interface Writer {
    readonly connector: ResolvedConnector;
    /** Heartbeats, schema changes, queues, signals. */
    readonly technicalTopics: readonly string[];
}

function writerOf(connector: ResolvedConnector): Writer {
    const { produce, own } = connectorTopics([connector]);
    const technicalTopics = [...produce, ...own].filter((topic) => !connector.outputTopics.includes(topic));
    return { connector, technicalTopics };
}

/**
 * Warnings for sinks whose expression matches nothing that the stack writes, or more than records of tables.
 *
 * @param storageTopics topics in which the workers keep their state
 */
export function topicExpressionWarnings(
    connectors: readonly ResolvedConnector[],
    storageTopics: readonly string[] = [],
): Issue[] {
    const sinks = connectors.filter((connector) => expressionOf(connector) !== undefined);
    const writers = sinks.length > 0 ? connectors.map(writerOf) : [];
    const written = connectors.flatMap(({ outputTopics }) => outputTopics).filter((topic) => !topic.endsWith("*"));
    return sinks.flatMap((sink) => [
        ...otherCase(sink, written),
        ...unmatched(sink, connectors),
        ...unintended(sink, writers, storageTopics),
    ]);
}

/** An expression that matches topics of the stack in another case only. */
function otherCase(sink: ResolvedConnector, written: readonly string[]): Issue[] {
    const expression = expressionOf(sink)!;
    if (written.some((topic) => matchesTopic(expression, topic))) return [];
    const lower = expression.toLowerCase();
    const meant = lower === expression ? undefined : written.find((topic) => matchesTopic(lower, topic));
    return meant === undefined
        ? []
        : [
              issue(
                  "KCP_UNWRITTEN_TOPIC",
                  sink.settingPath("topics.regex"),
                  `${expression} matches no topic of the stack; in lower case it matches ${meant}`,
              ),
          ];
}

/** An expression that begins with the topic prefix of a source, and matches none of its topics. */
function unmatched(sink: ResolvedConnector, connectors: readonly ResolvedConnector[]): Issue[] {
    const expression = expressionOf(sink)!;
    const beginnings = topicPrefixes(expression).map((topic) => topic.replace(/\*$/, ""));
    const source = connectors.find(
        ({ config, outputTopics }) =>
            outputTopics.length > 0 &&
            beginnings.some((beginning) => beginning.startsWith(`${config["topic.prefix"]}.`)),
    );
    if (!source || topicsReadBy(sink, source.outputTopics).length > 0) return [];
    // tables of a pattern can have any name that begins with the prefix
    const canMatch = source.outputTopics
        .filter((topic) => topic.endsWith("*"))
        .some((topic) => beginnings.some((beginning) => beginning.startsWith(topic.slice(0, -1))));
    if (canMatch) return [];
    const message =
        `${expression} matches no topic of ${source.declaredAt}, which writes ` +
        source.outputTopics.slice(0, 5).join(", ");
    return [issue("KCP_UNWRITTEN_TOPIC", sink.settingPath("topics.regex"), message)];
}

/** Topics without records of tables that the expression matches too. */
function unintended(sink: ResolvedConnector, writers: readonly Writer[], storageTopics: readonly string[]): Issue[] {
    const expression = expressionOf(sink)!;
    const storage = storageTopics.find((name) => matchesTopic(expression, name));
    if (storage !== undefined) {
        const message =
            `${expression} also matches ${storage}, in which the workers keep their state. ` +
            "Begin the pattern with more of the names";
        return [issue("KCP_UNINTENDED_TOPIC", sink.settingPath("topics.regex"), message)];
    }
    for (const { connector, technicalTopics } of writers) {
        const topic = technicalTopics.find((name) => matchesTopic(expression, name));
        if (topic === undefined || connector === sink) continue;
        const message =
            `${expression} also matches ${topic} of ${connector.declaredAt}, which contains no records of tables. ` +
            "Escape dots (\\.), and begin the pattern with more of the names";
        return [issue("KCP_UNINTENDED_TOPIC", sink.settingPath("topics.regex"), message)];
    }
    return [];
}
