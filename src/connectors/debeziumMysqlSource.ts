/**
 * Debezium's MySQL source: a table's rows, then its changes from the binary log.
 * Options: https://debezium.io/documentation/reference/stable/connectors/mysql.html
 */
import { object, kafkaTopic, oneOf, integer } from "../schema/primitives";
import { debeziumConfig, debeziumShape, snapshotOptions, sourceOptions } from "./debeziumOptions";
import { connectorName, literalPattern, mysqlServerId, namePart, topicName } from "./names";
import { sourceIssues } from "./sourceOptions";
import type { ConnectorConfig, ConnectContext, Template } from "./template";
import { routedTopics } from "./transforms";

const schema = object({
    ...debeziumShape,
    source: object(sourceOptions).describe("The table and its database"),
    snapshot: snapshotOptions(
        ["initial", "always", "initial_only", "no_data", "when_needed", "recovery"],
        ["minimal", "none", "extended", "minimal_percona"],
        "minimal",
    ).describe("The snapshot"),
    serverId: integer(1, 4_294_967_295)
        .optional()
        .describe(
            "Server id of the connector as a replica, unique among all replicas of the MySQL server. " +
                "Default: derived from the name",
        ),
    sslMode: oneOf(["disabled", "preferred", "required", "verify_ca", "verify_identity"])
        .default("preferred")
        .describe("TLS to the database, as MySQL's `--ssl-mode`"),
    schemaHistoryTopic: kafkaTopic()
        .optional()
        .describe(
            "Topic in which the connector stores the history of the tables' schemas. " +
                "Default: schema-history.NAME, with the version",
        ),
});

/** Changes of a MySQL table. */
export const debeziumMysqlSource: Template<typeof schema> = {
    name: "debeziumMysqlSourceConnector",
    summary: "Changes of a MySQL table, by Debezium",
    class: "io.debezium.connector.mysql.MySqlConnector",
    defaultTasksMax: 1,
    maxTasks: 1,
    schema,
    build(declaration, context) {
        const { instance, database, table } = declaration.source;
        const baseName =
            declaration.name ?? connectorName([`${namePart(instance)}mysql`, namePart(database), namePart(table)]);
        const name = declaration.version ? `${baseName}-${declaration.version}` : baseName;
        const topicPrefix = declaration.topicPrefix ?? baseName;
        const serverId = declaration.serverId ?? mysqlServerId(baseName);
        const historyTopic = declaration.schemaHistoryTopic ?? `schema-history.${name}`;
        return {
            baseName,
            config: {
                ...debeziumConfig(declaration, topicPrefix, 3306, context),
                "database.server.id": serverId,
                "database.ssl.mode": declaration.sslMode,
                "database.include.list": literalPattern(database),
                "table.include.list": `${literalPattern(database)}.${literalPattern(table)}`,
                "include.schema.changes": false,
                ...schemaHistory(historyTopic, context),
            },
            outputTopics: routedTopics([topicName(topicPrefix, database, table)], declaration.transforms),
            capturedTables: {
                database: `${instance}/${database}`,
                tables: [`${literalPattern(database)}.${literalPattern(table)}`],
            },
            issues: sourceIssues(declaration, context),
            exclusiveNames: [
                { kind: "topic prefix", value: topicPrefix, option: "topicPrefix" },
                { kind: "MySQL server id", value: String(serverId), option: "serverId" },
                { kind: "schema history topic", value: historyTopic, option: "schemaHistoryTopic" },
            ],
        };
    },
};

/**
 * The clients of the schema history inherit nothing from the worker: without these keys the task fails, and a Kafka
 * with logins needs the login twice, for the producer and for the consumer.
 */
function schemaHistory(topic: string, context: ConnectContext): ConnectorConfig {
    const config: ConnectorConfig = {
        "schema.history.internal.kafka.bootstrap.servers": context.bootstrapServers,
        "schema.history.internal.kafka.topic": topic,
        // the schemas of tables that are not captured would only make each start slower
        "schema.history.internal.store.only.captured.tables.ddl": true,
    };
    for (const [key, value] of Object.entries(context.clientSecurity)) {
        config[`schema.history.internal.producer.${key}`] = value;
        config[`schema.history.internal.consumer.${key}`] = value;
    }
    return config;
}
