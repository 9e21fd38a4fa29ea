/**
 * Debezium's MySQL source: the rows of tables, then their changes from the binary log.
 * Options: https://debezium.io/documentation/reference/stable/connectors/mysql.html
 */
import { object, kafkaTopic, oneOf, integer } from "../schema/primitives";
import { databaseOptions, debeziumConfig, debeziumShape, snapshotOptions, tableOption } from "./debeziumOptions";
import { connectorName, mysqlServerId, namePart } from "./names";
import { signalsConfig, signalsOption } from "./signals";
import { sourceIssues } from "./sourceOptions";
import { tableIssues } from "./tableIssues";
import { overlapWarnings } from "./tableOverlaps";
import { containersOption, excludeOption, tablesOption, type TableTerms } from "./tableOptions";
import { capturedTables, includeLists } from "./tableSelection";
import type { ConnectorConfig, ConnectContext, Template } from "./template";
import { routedTopics } from "./transforms";
import { patternWarnings } from "./writtenPatterns";

const terms: TableTerms = { container: "database", table: "table" };

const schema = object({
    ...debeziumShape,
    source: object({
        ...databaseOptions,
        database: databaseOptions.database.optional().describe("Database of the tables. Required without `databases`"),
        table: tableOption("table"),
        tables: tablesOption(terms),
        databases: containersOption(terms),
        excludeTables: excludeOption(terms),
    }).describe("The tables and their database"),
    snapshot: snapshotOptions(
        ["initial", "always", "initial_only", "no_data", "when_needed", "recovery"],
        ["minimal", "none", "extended", "minimal_percona"],
        "minimal",
    ).describe("The snapshot"),
    incrementalSnapshots: signalsOption({
        table: "DATABASE.TABLE",
        readOnly: "a server with gtid_mode=ON and enforce_gtid_consistency=ON",
    }),
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

/** Changes of MySQL tables. */
export const debeziumMysqlSource: Template<typeof schema> = {
    name: "debeziumMysqlSourceConnector",
    summary: "Changes of MySQL tables, by Debezium",
    class: "io.debezium.connector.mysql.MySqlConnector",
    defaultTasksMax: 1,
    maxTasks: 1,
    schema,
    build(declaration, context) {
        const { source, config } = declaration;
        const { instance, database, table } = source;
        // the name must not change when a table is added
        const parts = [database, table].filter((part) => part !== undefined).map(namePart);
        const baseName = declaration.name ?? connectorName([`${namePart(instance)}mysql`, ...parts]);
        const name = declaration.version ? `${baseName}-${declaration.version}` : baseName;
        const topicPrefix = declaration.topicPrefix ?? baseName;
        const serverId = declaration.serverId ?? mysqlServerId(baseName);
        const historyTopic = declaration.schemaHistoryTopic ?? `schema-history.${name}`;
        const selection = {
            container: database ?? "",
            table,
            tables: source.tables,
            containers: source.databases,
            excluded: source.excludeTables,
        };
        const tables = capturedTables(selection, topicPrefix, config["table.include.list"]);
        return {
            baseName,
            config: {
                ...debeziumConfig(declaration, topicPrefix, 3306, context),
                "database.server.id": serverId,
                "database.ssl.mode": declaration.sslMode,
                ...includeLists(selection, "table"),
                "include.schema.changes": false,
                ...schemaHistory(historyTopic, table !== undefined, context),
                ...signalsConfig(declaration.incrementalSnapshots, name, context),
            },
            outputTopics: routedTopics(tables.topics, declaration.transforms),
            capturedTables: { database: `${instance}/${database ?? ""}`, tables: tables.patterns },
            issues: [...sourceIssues(declaration, context), ...tableIssues(selection, terms)],
            warnings: [...overlapWarnings(selection, terms), ...patternWarnings(selection, terms)],
        };
    },
};

/**
 * The clients of the schema history inherit nothing from the worker: without these keys the task fails, and a Kafka
 * with logins needs the login twice, for the producer and for the consumer.
 */
function schemaHistory(topic: string, singleTable: boolean, context: ConnectContext): ConnectorConfig {
    const config: ConnectorConfig = {
        "schema.history.internal.kafka.bootstrap.servers": context.bootstrapServers,
        "schema.history.internal.kafka.topic": topic,
        // the schemas of tables that are not captured only make each start slower, unless one of them is added later
        "schema.history.internal.store.only.captured.tables.ddl": singleTable,
        ...(singleTable ? {} : { "schema.history.internal.store.only.captured.databases.ddl": true }),
    };
    for (const [key, value] of Object.entries(context.clientSecurity)) {
        config[`schema.history.internal.producer.${key}`] = value;
        config[`schema.history.internal.consumer.${key}`] = value;
    }
    return config;
}
