/** What a rendered connector reads, writes and owns outside of Kubernetes. Pure. */
import { withoutEscapes } from "../connectors/names";
import type { RenderedObject } from "./renderedStack";
import { listItems } from "../util/listItems";

/** A connector's configuration with its values as strings. */
export type Config = Readonly<Record<string, string>>;

/** The configuration of a rendered KafkaConnector. */
export const configOf = ({ content }: RenderedObject): Config =>
    Object.fromEntries(
        Object.entries((content.spec.config ?? {}) as Record<string, unknown>).map(([key, value]) => [
            key,
            String(value),
        ]),
    );

/** What is known of a connector. */
export interface ConnectorFacts {
    readonly name: string;
    readonly class: string;
    readonly isDebeziumSource: boolean;
    readonly isPostgres: boolean;
    readonly isSink: boolean;
    readonly isMirror: boolean;
    /** Whether a connector without offsets reads all rows first. */
    readonly takesSnapshot: boolean;
    /** Tables as the statistics file names them. */
    readonly tables: readonly string[];
    /** Topics of the tables; patterns as they are. */
    readonly outputTopics: readonly string[];
    readonly inputTopics: readonly string[];
    readonly slot?: string;
    readonly publication?: string;
    readonly schemaHistoryTopic?: string;
    readonly consumerGroup?: string;
    /** Secrets that its configuration refers to. */
    readonly secrets: readonly string[];
    readonly tasksMax: number;
}

const withoutSnapshot = ["never", "no_data", "schema_only", "recovery", "schema_only_recovery", "configuration_based"];

const isSinkClass = (className: string, config: Config): boolean =>
    /sink/i.test(className) || (!/source/i.test(className) && (config.topics ?? config["topics.regex"]) !== undefined);

/** The facts of a rendered KafkaConnector. */
export function connectorFacts(object: RenderedObject): ConnectorFacts {
    const config = configOf(object);
    const className = String(object.content.spec.class);
    const isMirror = className.startsWith("org.apache.kafka.connect.mirror.");
    const isDebezium = className.startsWith("io.debezium.connector.") && !/sink/i.test(className);
    const isPostgres = isDebezium && /postgres/i.test(className);
    const isSink = !isMirror && !isDebezium && isSinkClass(className, config);
    const tables = listItems(config["table.include.list"] ?? config["collection.include.list"]).map(withoutEscapes);
    const database = isPostgres && config["database.dbname"] ? `${config["database.dbname"]}.` : "";
    const references = Object.values(config).flatMap((value) => [...value.matchAll(/\$\{\w+:([^:}]+):[^}]+\}/g)]);
    return {
        name: object.name,
        class: className,
        isDebeziumSource: isDebezium,
        isPostgres,
        isSink,
        isMirror,
        takesSnapshot: isDebezium && !withoutSnapshot.includes(config["snapshot.mode"] ?? "initial"),
        tables: tables.map((table) => `${database}${table}`),
        outputTopics: isDebezium ? tables.map((table) => `${config["topic.prefix"]}.${table}`) : [],
        inputTopics: isSink || isMirror ? listItems(config.topics ?? config["topics.regex"]).map(withoutEscapes) : [],
        slot: isPostgres && config["slot.drop.on.stop"] !== "true" ? config["slot.name"] : undefined,
        publication: isPostgres ? config["publication.name"] : undefined,
        schemaHistoryTopic: config["schema.history.internal.kafka.topic"],
        consumerGroup: isSink ? (config["consumer.override.group.id"] ?? `connect-${object.name}`) : undefined,
        secrets: [...new Set(references.map(([, secret]) => secret))],
        tasksMax: Number(object.content.spec.tasksMax ?? 1),
    };
}
