/** Topics that connectors write and read. */
import type { ResolvedConnector } from "./template";
import { matchesTopic } from "./topicItems";

/**
 * Whether one of a connector's output topics is a topic.
 *
 * @param outputTopics names, or prefixes that end in `*`
 */
export const writesTopic = (outputTopics: readonly string[], topic: string): boolean =>
    outputTopics.some((name) => (name.endsWith("*") ? topic.startsWith(name.slice(0, -1)) : topic === name));

/**
 * Finds the connectors that write a topic. Names are looked up in a map, so that the cost of all sinks grows linearly
 * with the number of connectors.
 */
export function writersOf(connectors: readonly ResolvedConnector[]): (topic: string) => ResolvedConnector[] {
    const byName = new Map<string, ResolvedConnector[]>();
    const byPrefix: ResolvedConnector[] = [];
    for (const connector of connectors) {
        if (connector.outputTopics.some((name) => name.endsWith("*"))) byPrefix.push(connector);
        for (const name of connector.outputTopics) byName.set(name, [...(byName.get(name) ?? []), connector]);
    }
    return (topic) => [
        ...new Set([
            ...(byName.get(topic) ?? []),
            ...byPrefix.filter(({ outputTopics }) => writesTopic(outputTopics, topic)),
        ]),
    ];
}

/** A name that no topic has: an expression that matches it after a prefix matches every topic with that prefix. */
const anyName = "any-name-0";

/**
 * The topics that a sink reads: those that it names, and the known ones that its `topics.regex` matches. A known prefix
 * is one of them where the expression matches every topic that begins with it.
 */
export function topicsReadBy({ inputTopics, config }: ResolvedConnector, known: readonly string[]): readonly string[] {
    const expression = config["topics.regex"];
    if (expression === undefined) return inputTopics;
    return [
        ...inputTopics.filter((topic) => !topic.endsWith("*")),
        ...known.filter((topic) => matchesTopic(String(expression), topic.replace(/\*$/, anyName))),
    ];
}
