/** The topics that a sink or a mirror reads: names, and patterns for topics whose names are not known. */
import { z } from "zod";
import { kafkaTopic, object, string } from "../schema/primitives";
import { literalPattern, withoutEscapes } from "./names";
import type { ConnectorConfig } from "./template";

/** A topic or a consumer group: a name, or an object with a pattern. */
export type TopicItem = string | { pattern: string };

/**
 * A name or a pattern as an item of an array.
 *
 * @param expected what the item is, for messages
 */
const nameOrPattern = (name: z.ZodString, pattern: z.ZodString, expected: string): z.ZodType<TopicItem> =>
    z.union([name, object({ pattern: pattern.describe("Regular expression of the whole name, in Java's syntax") })], {
        error: `${expected}, or an object with pattern`,
    });

const topic = "a topic name (at most 249 letters, digits, ., _ and -)";

/** A topic of a sink as an item of an array. */
export const topicItem = () =>
    nameOrPattern(kafkaTopic(), string("a regular expression, on one line", /^[^\r\n]+$/), topic);

/** MirrorMaker joins names and patterns by commas, so that none can contain one. */
const mirrorPattern = () => string("a regular expression without a comma", /^[^,\r\n]+$/);

/** A topic of a mirror as an item of an array. */
export const mirrorTopicItem = () => nameOrPattern(kafkaTopic(), mirrorPattern(), topic);

/** A consumer group of a mirror as an item of an array. */
export const mirrorGroupItem = () =>
    nameOrPattern(string("the name of a consumer group"), mirrorPattern(), "the name of a consumer group");

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
    const name = withoutEscapes(expression);
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
            const name = withoutEscapes(literal);
            if (literal === part) return name;
            return `${/^[*?{]/.test(part.slice(literal.length)) ? name.slice(0, -1) : name}*`;
        }),
    ),
];
