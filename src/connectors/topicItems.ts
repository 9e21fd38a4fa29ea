/** The topics that a sink or a mirror reads: names, and patterns for topics whose names are not known. */
import { z } from "zod";
import { kafkaTopic, object, string } from "../schema/primitives";
import { literalPattern } from "./names";
import type { ConnectorConfig } from "./template";

/** A topic: a name, or an object with a pattern. */
export type TopicItem = string | { pattern: string };

/** A topic as an item of an array. */
export const topicItem = (pattern = string("a regular expression, on one line", /^[^\r\n]+$/)): z.ZodType<TopicItem> =>
    z.union(
        [kafkaTopic(), object({ pattern: pattern.describe("Regular expression of the whole name, in Java's syntax") })],
        { error: "a topic name (at most 249 letters, digits, ., _ and -), or an object with pattern" },
    );

/** The regular expression of an item. */
export const topicExpression = (item: TopicItem): string =>
    typeof item === "string" ? literalPattern(item) : item.pattern;

/** An item as a message prints it. */
export const writtenItem = (item: TopicItem): string => (typeof item === "string" ? item : item.pattern);

const isName = (item: TopicItem): item is string => typeof item === "string";

/** The keys of a sink's topics: Connect accepts either names or one regular expression. */
export const sinkTopics = (items: readonly TopicItem[]): ConnectorConfig =>
    items.every(isName) ? { topics: items.join(",") } : { "topics.regex": items.map(topicExpression).join("|") };

/** Whether one of the items is the topic, or matches it. */
export const selectsTopic = (items: readonly TopicItem[], topic: string): boolean =>
    items.some((item) => (isName(item) ? item === topic : matchesTopic(item.pattern, topic)));

/** Whether a regular expression matches a topic. False for syntax that only Java's expressions have. */
export function matchesTopic(expression: string, topic: string): boolean {
    try {
        return new RegExp(`^(?:${expression})$`).test(topic);
    } catch {
        return false;
    }
}

/** The names and the prefixes, which end in `*`, of the topics that the items select. */
export const namesOrPrefixes = (items: readonly TopicItem[]): string[] => [
    ...new Set(items.flatMap((item) => (isName(item) ? [item] : topicPrefixes(item.pattern)))),
];

/** The item that has an expression: a name where it matches one topic only. */
export function itemOf(expression: string): TopicItem {
    const name = expression.replace(/\\(.)/g, "$1");
    return literalPattern(name) === expression ? name : { pattern: expression };
}

/** The alternatives of an expression outside of groups and character classes. */
export function alternatives(expression: string): string[] {
    const parts = [""];
    let depth = 0;
    for (const [token] of expression.matchAll(/\\[^]|\[(?:\\[^]|[^\]\\])*\]|[^]/g)) {
        if (token === "(") depth += 1;
        if (token === ")") depth -= 1;
        if (token === "|" && depth === 0) parts.push("");
        else parts[parts.length - 1] += token;
    }
    return parts;
}

/**
 * The topics that a regular expression can match, as ACLs name them: the characters with which every match begins,
 * followed by `*`, or the name where the expression matches only one. A dot that is not escaped matches any character,
 * so it ends the prefix: with a longer one, Connect would not see some of the topics, and no task would fail.
 */
export const topicPrefixes = (expression: string): string[] => [
    ...new Set(
        alternatives(expression).map((part) => {
            const literal = /^(?:[A-Za-z0-9_-]|\\[^A-Za-z0-9])*/.exec(part)![0];
            const name = literal.replace(/\\(.)/g, "$1");
            if (literal === part) return name;
            return `${/^[*?{]/.test(part.slice(literal.length)) ? name.slice(0, -1) : name}*`;
        }),
    ),
];
