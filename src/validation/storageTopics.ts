/** The workers' own topics: replicas, and connectors that write or read them. */
import type { ResolvedConnector } from "../connectors/template";
import { issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { storageOf } from "../strimzi/connectConfig";

/** The topics in which the workers keep their state. */
export function storageTopics({ connect }: ParsedSections): string[] {
    if (!connect) return [];
    const { configStorageTopic, offsetStorageTopic, statusStorageTopic } = storageOf(connect);
    return [configStorageTopic, offsetStorageTopic, statusStorageTopic];
}

/** Keys of topics besides those of records. The offsets of a connector can be in the workers' topic. */
const topicKeys = [
    "errors.deadletterqueue.topic.name",
    "schema.history.internal.kafka.topic",
    "signal.kafka.topic",
    "notification.sink.topic.name",
];

/** Connectors that write or read a topic in which the workers keep their state. */
function usedTopics(sections: ParsedSections, connectors: readonly ResolvedConnector[]): Issue[] {
    const own = storageTopics(sections);
    const found = (path: SettingPath, topic: string): Issue =>
        issue(
            "KCP_SHARED_RESOURCE",
            path,
            `uses the topic ${topic}, in which the workers keep their state; use another topic`,
        );
    return connectors.flatMap(({ config, index, outputTopics, inputTopics, settingPath }) => [
        ...own
            .filter((topic) => outputTopics.includes(topic) || inputTopics.includes(topic))
            .map((topic) => found(["connectors", index], topic)),
        ...topicKeys
            .filter((key) => own.includes(String(config[key])))
            .map((key) => found(settingPath(key), String(config[key]))),
    ]);
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
