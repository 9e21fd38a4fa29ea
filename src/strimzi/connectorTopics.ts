/** The topics and groups that connectors use in Kafka, from their configuration, for the rights of a Connect user. */
import { topicName } from "../connectors/names";
import type { ResolvedConnector } from "../connectors/template";
import { topicPrefixes } from "../connectors/topicItems";
import type { Acl } from "../schema/kafkaAccess";
import { usesExactlyOnce, type ConnectSettings } from "../schema/connect";
import { connectAcls, type ConnectorTopics } from "./acls";
import { listItems } from "../util/listItems";

const isFalse = (value: unknown): boolean => String(value) === "false";

/** Topics and groups of a Debezium source, besides the topics of its tables. The defaults here are Debezium's. */
function debeziumTopics({ class: className, config }: ResolvedConnector): {
    produce: string[];
    own: string[];
    groups: string[];
} {
    if (!className.startsWith("io.debezium.connector.")) return { produce: [], own: [], groups: [] };
    const prefix = String(config["topic.prefix"]);
    const history = config["schema.history.internal.kafka.topic"];
    const usesSignals = listItems(config["signal.enabled.channels"]).includes("kafka");
    return {
        produce: [
            ...(Number(config["heartbeat.interval.ms"] ?? 0) > 0
                ? [`${config["topic.heartbeat.prefix"] ?? "__debezium-heartbeat"}.${prefix}`]
                : []),
            ...(String(config["provide.transaction.metadata"]) === "true"
                ? [`${prefix}.${config["topic.transaction"] ?? "transaction"}`]
                : []),
            // schema changes go to the topic with the prefix's name, for connectors that have a schema history
            ...(history !== undefined && !isFalse(config["include.schema.changes"]) ? [prefix] : []),
            // the marks of incremental snapshots become records of their table's topic
            ...listItems(config["signal.data.collection"]).map((table) => topicName(prefix, table)),
        ],
        own: [
            ...listItems(history),
            // the Job that asks for a snapshot writes the signals, and reads both
            ...(usesSignals ? listItems(config["signal.kafka.topic"]) : []),
            ...listItems(config["notification.sink.topic.name"]),
        ],
        groups: [
            // the history is read back by a consumer whose group is named after the prefix
            ...(history === undefined ? [] : [`${prefix}-schemahistory`]),
            ...(usesSignals ? [String(config["signal.kafka.groupId"] ?? "kafka-signal")] : []),
        ],
    };
}

/** Whether a connector is a MirrorMaker source that copies the configuration of topics. */
export const synchronizesTopics = ({ class: className, config }: ResolvedConnector): boolean =>
    className === "org.apache.kafka.connect.mirror.MirrorSourceConnector" &&
    !isFalse(config["sync.topic.configs.enabled"]);

/** The topics and groups of the connectors of a Connect cluster. A connector with `topics` in its config is a sink. */
export function connectorTopics(connectors: readonly ResolvedConnector[]): ConnectorTopics {
    const topics = {
        produce: [] as string[],
        consume: [] as string[],
        own: [] as string[],
        mirrored: [] as string[],
        groups: [] as string[],
        sources: [] as string[],
    };
    for (const connector of connectors) {
        const { config } = connector;
        const mirror = connector.class.startsWith("org.apache.kafka.connect.mirror.");
        const sink = !mirror && (config.topics !== undefined || config["topics.regex"] !== undefined);
        const debezium = debeziumTopics(connector);
        topics.mirrored.push(...(mirror ? connector.outputTopics : []));
        topics.produce.push(
            ...(sink || mirror ? [] : connector.outputTopics),
            ...debezium.produce,
            ...listItems(config["errors.deadletterqueue.topic.name"]),
        );
        topics.own.push(
            ...debezium.own,
            ...(mirror && config["offset-syncs.topic.location"] === "target"
                ? [`mm2-offset-syncs.${config["source.cluster.alias"]}.internal`]
                : []),
            ...listItems(config["offsets.storage.topic"]),
        );
        topics.groups.push(
            ...debezium.groups,
            ...(sink ? [String(config["consumer.override.group.id"] ?? `connect-${connector.name}`)] : []),
        );
        if (sink) topics.consume.push(...listItems(config.topics), ...expressionTopics(config["topics.regex"]));
        else topics.sources.push(connector.name);
    }
    return topics;
}

/** ACLs match names and prefixes, not expressions. */
const expressionTopics = (expression: unknown): string[] =>
    expression === undefined ? [] : topicPrefixes(String(expression));

/** What the workers of a Connect cluster and its connectors do in Kafka. */
export const aclsOfWorkers = (connect: ConnectSettings, connectors: readonly ResolvedConnector[]): Acl[] =>
    connectAcls(connect, connectorTopics(connectors), usesExactlyOnce(connect));
