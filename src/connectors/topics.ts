/** Topics that connectors write and read. */

/**
 * Whether one of a connector's output topics is a topic.
 *
 * @param outputTopics names, or prefixes that end in `*`
 */
export const writesTopic = (outputTopics: readonly string[], topic: string): boolean =>
    outputTopics.some((name) => (name.endsWith("*") ? topic.startsWith(name.slice(0, -1)) : topic === name));
