/** Tasks of sinks against the partitions of the topics that they read, where the stack declares all of these. */
import type { ResolvedConnector } from "../connectors/template";
import { writersOf } from "../connectors/topics";
import { issue, type Issue } from "../schema/issues";
import type { KafkaAccessSettings } from "../schema/kafkaAccess";

/** A warning for each sink some of whose tasks would have no partition to read. */
export function idleTaskWarnings(
    connectors: readonly ResolvedConnector[],
    access: KafkaAccessSettings | undefined,
): Issue[] {
    const writers = writersOf(connectors);
    const declared = new Map((access?.topics ?? []).map(({ name, partitions }) => [name, partitions]));
    const partitionsOf = (topic: string): number | undefined => {
        const written = writers(topic).map(({ config }) => Number(config["topic.creation.default.partitions"]));
        // groups of topic creation can give a topic another number
        const hasGroups = writers(topic).some(({ config }) => config["topic.creation.groups"] !== undefined);
        const known = declared.get(topic) ?? (written.length === 1 && !hasGroups ? written[0] : undefined);
        return known !== undefined && known > 0 ? known : undefined;
    };
    return connectors.flatMap(({ index, inputTopics, tasksMax, config }) => {
        const counts = inputTopics.map((topic) => (topic.endsWith("*") ? undefined : partitionsOf(topic)));
        const isKnown = counts.length > 0 && config["topics.regex"] === undefined && !counts.includes(undefined);
        const partitions = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
        return isKnown && tasksMax > partitions
            ? [
                  issue(
                      "KCP_INVALID_CONFIG_VALUE",
                      ["connectors", index, "tasksMax"],
                      `${tasksMax} tasks share ${partitions} partition${partitions === 1 ? "" : "s"}, and each ` +
                          "partition is read by one task: the others are idle",
                  ),
              ]
            : [];
    });
}
