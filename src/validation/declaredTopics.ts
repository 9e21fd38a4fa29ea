/** Topics that `kafkaAccess.topics` declares and connectors use: what connectors say about them has no effect. */
import type { ResolvedConnector } from "../connectors/template";
import { issue, type Issue, type SettingPath } from "../schema/issues";
import type { KafkaAccessSettings } from "../schema/kafkaAccess";

type Topic = KafkaAccessSettings["topics"][number];

/** Keys of created topics, the settings of a declared one, and what templates set by themselves. */
const creation = [
    { name: "partitions", setting: "partitions", byDefault: 1 },
    { name: "cleanup.policy", setting: "cleanupPolicy", byDefault: "delete" },
    { name: "retention.ms", setting: "retention", byDefault: undefined },
] as const;

/** Settings of topic creation that differ from those of the declared topic, which exists before the connector. */
function creationWarnings(connector: ResolvedConnector, declared: ReadonlyMap<string, Topic>): Issue[] {
    const { config, outputTopics } = connector;
    if (config["topic.creation.groups"] !== undefined) return [];
    const topic = outputTopics.map((name) => declared.get(name)).find((found) => found !== undefined);
    if (!topic) return [];
    return creation.flatMap(({ name, setting, byDefault }): Issue[] => {
        const key = `topic.creation.default.${name}`;
        const value = config[key];
        if (value === undefined || value === byDefault || String(value) === String(topic[setting])) return [];
        return [
            issue(
                "KCP_UNUSED_SETTING",
                connector.settingPath(key),
                `has no effect on ${topic.name}, which kafkaAccess.topics declares; set ${setting} there`,
            ),
        ];
    });
}

/** What Debezium requires of the topic of a schema history, and of that of signals. */
function ownTopicIssues(
    { config }: ResolvedConnector,
    places: ReadonlyMap<string, SettingPath>,
    topics: readonly Topic[],
) {
    const found: { issue: Issue; isWarning: boolean }[] = [];
    const topicAt = (key: string) => topics.find(({ name }) => name === config[key]);
    const add = (topic: Topic, setting: string, message: string, isWarning = false) =>
        found.push({
            issue: issue("KCP_INVALID_VALUE", [...places.get(topic.name)!, setting], message),
            isWarning,
        });
    const history = topicAt("schema.history.internal.kafka.topic");
    const policy = String(history?.config["cleanup.policy"] ?? history?.cleanupPolicy ?? "");
    const retention = Number(history?.config["retention.ms"] ?? history?.retention ?? -1);
    if (history && history.partitions > 1)
        add(history, "partitions", "expected 1: a schema history must keep the order of its records");
    if (history && policy.includes("compact"))
        add(
            history,
            "cleanupPolicy",
            "expected delete: its records have no keys, and a schema history needs all of them",
        );
    else if (history && retention >= 0)
        add(history, "retention", "expected unlimited: a source cannot restart without its whole schema history", true);
    const signals = topicAt("signal.kafka.topic");
    if (signals && signals.partitions > 1)
        add(signals, "partitions", "expected 1: Debezium reads signals of the first partition only", true);
    return found;
}

function findings(connectors: readonly ResolvedConnector[], access: KafkaAccessSettings | undefined) {
    const topics = access?.topics ?? [];
    if (topics.length === 0) return [];
    const places = new Map(topics.map(({ name }, index) => [name, ["kafkaAccess", "topics", index] as SettingPath]));
    return connectors.flatMap((connector) => ownTopicIssues(connector, places, topics));
}

/** Declared topics with which a connector cannot work. */
export const checkDeclaredTopics = (
    connectors: readonly ResolvedConnector[],
    access: KafkaAccessSettings | undefined,
): Issue[] =>
    findings(connectors, access)
        .filter(({ isWarning }) => !isWarning)
        .map((found) => found.issue);

/** Declared topics that a connector will outlive, and settings that the declaration replaces. */
export function declaredTopicWarnings(
    connectors: readonly ResolvedConnector[],
    access: KafkaAccessSettings | undefined,
): Issue[] {
    const declared = new Map((access?.topics ?? []).map((topic) => [topic.name, topic]));
    if (declared.size === 0) return [];
    return [
        ...findings(connectors, access)
            .filter(({ isWarning }) => isWarning)
            .map((found) => found.issue),
        ...connectors.flatMap((connector) => creationWarnings(connector, declared)),
    ];
}
