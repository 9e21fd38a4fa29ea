/** The workers' own topics: replicas, and connectors that write or read them. */
import type { ResolvedConnector } from "../connectors/template";
import { issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { storageOf } from "../strimzi/connectConfig";

/** The topics in which the workers keep their state. */
export function storageTopics({ connect }: ParsedSections): string[] {
    if (!connect) return [];
    const { configStorageTopic, offsetStorageTopic, statusStorageTopic } = storageOf(connect);
    return [configStorageTopic, offsetStorageTopic, statusStorageTopic];
}

/** Connectors that write or read a topic in which the workers keep their state. */
function usedTopics(sections: ParsedSections, connectors: readonly ResolvedConnector[]): Issue[] {
    const own = storageTopics(sections);
    return connectors.flatMap(({ index, outputTopics, inputTopics }) =>
        own
            .filter((topic) => outputTopics.includes(topic) || inputTopics.includes(topic))
            .map((topic) =>
                issue(
                    "KCP_SHARED_RESOURCE",
                    ["connectors", index],
                    `uses the topic ${topic}, in which the workers keep their state; use another topic`,
                ),
            ),
    );
}

/** Topics of Kafka's brokers, whose records no converter can read. */
const internalTopics = ["__consumer_offsets", "__transaction_state", "__share_group_state"];

const readInternalTopics = (connectors: readonly ResolvedConnector[]): Issue[] =>
    connectors.flatMap(({ index, inputTopics }) =>
        internalTopics
            .filter((topic) => inputTopics.includes(topic))
            .map((topic) =>
                issue(
                    "KCP_UNINTENDED_TOPIC",
                    ["connectors", index],
                    `reads the topic ${topic}, which belongs to Kafka's brokers and has another format`,
                ),
            ),
    );

/** One replica although there are more brokers: the state of all connectors is lost with one of them. */
function singleReplicas({ kafka, kafkaCluster, connect }: ParsedSections): Issue[] {
    const brokers = kafka?.brokers ?? 1;
    if (!connect || !kafka || brokers < 3) return [];
    const lost = `with ${brokers} brokers, the loss of one loses`;
    const ofKafka =
        kafka.replicationFactor === 1 && !kafkaCluster
            ? [
                  issue(
                      "KCP_WEAK_DURABILITY",
                      ["kafka", "replicationFactor"],
                      `${lost} topics of connectors and the state of Connect; use 3`,
                  ),
              ]
            : [];
    return [
        ...ofKafka,
        ...["config", "offset", "status"]
            .map((name) => `${name}.storage.replication.factor`)
            .filter((key) => String(connect.config[key]) === "1")
            .map((key) =>
                issue(
                    "KCP_WEAK_DURABILITY",
                    ["connect", "config", key],
                    `${lost} the state of all connectors; remove the key, or use 3`,
                ),
            ),
    ];
}

/** Warnings about the topics in which the workers keep their state. */
export const storageWarnings = (sections: ParsedSections, connectors: readonly ResolvedConnector[]): Issue[] => [
    ...usedTopics(sections, connectors),
    ...readInternalTopics(connectors),
    ...singleReplicas(sections),
];
