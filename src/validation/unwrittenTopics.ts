/** Topics that a sink reads and that probably nobody writes: their name is nearly one of this stack's. */
import type { ResolvedConnector } from "../connectors/template";
import { writersOf } from "../connectors/topics";
import { issue, type Issue } from "../schema/issues";
import { nearest } from "../util/nearest";
import { firstFew } from "../util/firstFew";

const shown = 5;

/**
 * A warning for each topic of a sink that no connector of the stack writes although its name is close to one that a
 * connector writes, or starts with the topic prefix of a source. Topics with other names belong to applications.
 *
 * @param declaredTopics topics that `kafkaAccess` declares
 */
export function unwrittenTopics(
    connectors: readonly ResolvedConnector[],
    declaredTopics: readonly string[] = [],
): Issue[] {
    const writers = writersOf(connectors);
    const known = new Set([...connectors.flatMap(({ outputTopics }) => outputTopics), ...declaredTopics]);
    const names = [...known].filter((name) => !name.endsWith("*"));
    const byPrefix = new Map(
        connectors
            .filter(({ outputTopics, config }) => outputTopics.length > 0 && config["topic.prefix"] !== undefined)
            .map((connector) => [String(connector.config["topic.prefix"]), connector]),
    );
    const bySuffix = suffixes(names);
    /** The source with the longest topic prefix that a topic starts with. */
    const sourceOf = (topic: string): ResolvedConnector | undefined => {
        const parts = topic.split(".");
        for (let count = parts.length - 1; count > 0; count -= 1) {
            const source = byPrefix.get(parts.slice(0, count).join("."));
            if (source) return source;
        }
        return undefined;
    };
    return connectors.flatMap((sink) =>
        sink.inputTopics
            // those of a pattern are compared in topicExpressions.ts
            .filter((topic) => !topic.endsWith("*"))
            .filter((topic) => !known.has(topic) && !isQueue(topic, connectors) && writers(topic).length === 0)
            .flatMap((topic) => {
                const source = sourceOf(topic);
                const suggestion = bySuffix.get(topic) ?? nearest(topic, source?.outputTopics ?? names);
                if (!source && !suggestion) return [];
                const hint = suggestion === undefined ? "" : `; did you mean "${suggestion}"?`;
                const there = source ? `; ${source.declaredAt} writes ${firstFew(source.outputTopics, shown)}` : "";
                return [
                    issue(
                        "KCP_UNWRITTEN_TOPIC",
                        topicPath(sink, topic),
                        `no connector of this stack writes ${topic}${hint}${there}`,
                    ),
                ];
            }),
    );
}

/** Written topics by what is left of their names without the topic prefix: `public.orders`. */
function suffixes(names: readonly string[]): Map<string, string> {
    const found = new Map<string, string>();
    for (const name of names) {
        const parts = name.split(".");
        // a table's name by itself can be a topic of an application
        for (let start = 1; start < parts.length - 1; start += 1) found.set(parts.slice(start).join("."), name);
    }
    return found;
}

/** Topics for records that a sink could not write, and Debezium's own. */
const isQueue = (topic: string, connectors: readonly ResolvedConnector[]): boolean =>
    /\.(heartbeat|transaction)$|^__debezium/.test(topic) ||
    connectors.some(({ config }) => config["errors.deadletterqueue.topic.name"] === topic);

/** The path of a topic in the option that lists it. */
function topicPath(sink: ResolvedConnector, topic: string): readonly (string | number)[] {
    if (sink.config.topics === undefined) return sink.settingPath("topics.regex");
    const path = sink.settingPath("topics");
    return path.at(-1) === "topics" && path.length > 2 && sink.template !== "raw"
        ? [...path, sink.inputTopics.indexOf(topic)]
        : path;
}
