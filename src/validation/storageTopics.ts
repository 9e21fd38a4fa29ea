/** The workers' own topics: replicas, and connectors that write or read them. */
import type { ResolvedConnector } from "../connectors/template";
import { issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { storageOf } from "../strimzi/connectConfig";

/** Connectors that write or read a topic in which the workers keep their state. */
function usedTopics({ connect }: ParsedSections, connectors: readonly ResolvedConnector[]): Issue[] {
    if (!connect) return [];
    const { configStorageTopic, offsetStorageTopic, statusStorageTopic } = storageOf(connect);
    const own = [configStorageTopic, offsetStorageTopic, statusStorageTopic];
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
    ...singleReplicas(sections),
];
