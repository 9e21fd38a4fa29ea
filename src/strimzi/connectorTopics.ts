/** What connectors touch in Kafka, read off their configuration: what a Connect cluster's user needs rights for. Pure. */
import type { ResolvedConnector } from "../connectors/template";
import type { ConnectorTopics } from "./acls";

const list = (value: unknown): string[] =>
    String(value ?? "")
        .split(",")
        .map((item) => item.trim())
        .filter(Boolean);
const isFalse = (value: unknown): boolean => String(value) === "false";

/** Topics that a Debezium source writes besides those of its tables. Defaults are Debezium's own. */
function debeziumTopics({ class: className, config }: ResolvedConnector): {
    produce: string[];
    own: string[];
    groups: string[];
} {
    if (!className.startsWith("io.debezium.connector.")) return { produce: [], own: [], groups: [] };
    const prefix = String(config["topic.prefix"]);
    const history = config["schema.history.internal.kafka.topic"];
    return {
        produce: [
            ...(Number(config["heartbeat.interval.ms"] ?? 0) > 0
                ? [`${config["topic.heartbeat.prefix"] ?? "__debezium-heartbeat"}.${prefix}`]
                : []),
            ...(String(config["provide.transaction.metadata"]) === "true"
                ? [`${prefix}.${config["topic.transaction"] ?? "transaction"}`]
                : []),
            // schema changes go to a topic of the prefix's name, where the connector has a history and they are not turned off
            ...(history !== undefined && !isFalse(config["include.schema.changes"]) ? [prefix] : []),
            ...list(config["notification.sink.topic.name"]),
        ],
        own: history === undefined ? [] : [String(history)],
        // the history is read back by a consumer whose group is named after the prefix
        groups: history === undefined ? [] : [`${prefix}-schemahistory`],
    };
}

/** What all connectors of a Connect cluster touch. A sink is known by the topics it reads. */
export function connectorTopics(connectors: readonly ResolvedConnector[]): ConnectorTopics {
    const found = {
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
        found.mirrored.push(...(mirror ? connector.outputTopics : []));
        found.produce.push(
            ...(sink || mirror ? [] : connector.outputTopics),
            ...debezium.produce,
            ...list(config["errors.deadletterqueue.topic.name"]),
        );
        found.own.push(
            ...debezium.own,
            ...(mirror && config["offset-syncs.topic.location"] === "target"
                ? [`mm2-offset-syncs.${config["source.cluster.alias"]}.internal`]
                : []),
            ...list(config["offsets.storage.topic"]),
        );
        found.groups.push(
            ...debezium.groups,
            ...(sink ? [String(config["consumer.override.group.id"] ?? `connect-${connector.name}`)] : []),
        );
        if (sink) found.consume.push(...list(config.topics), ...regexTopics(config["topics.regex"]));
        else found.sources.push(connector.name);
    }
    return found;
}

/** ACLs know beginnings, not expressions: the text before the first special character, and everything after it. */
function regexTopics(expression: unknown): string[] {
    if (expression === undefined) return [];
    const plain = /^(?:[A-Za-z0-9_-]|\\\.)*/.exec(String(expression))![0].replace(/\\\./g, ".");
    const quantified = /^[*+?{]/.test(String(expression).slice(plain.length));
    return [`${quantified ? plain.slice(0, -1) : plain}*`];
}
