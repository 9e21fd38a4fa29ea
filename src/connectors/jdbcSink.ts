/**
 * Debezium's JDBC sink: topics to tables of a relational database. It reads Debezium's change events and plain rows.
 * Options: https://debezium.io/documentation/reference/stable/connectors/jdbc.html
 */
import { invalidValue } from "../schema/issues";
import { boolean, object, array, oneOf, string, integer } from "../schema/primitives";
import { commonShape } from "./commonOptions";
import { schemaIssues } from "./converters";
import { databaseOptions, loginReference } from "./debeziumOptions";
import { connectorName, namePart } from "./names";
import { sinkConfig, sinkIssues, sinkShape, topicsPart } from "./sinkOptions";
import type { Template } from "./template";
import { namesOrPrefixes } from "./topicItems";

const ports = { postgresql: 5432, mysql: 3306, mariadb: 3306, sqlserver: 1433, oracle: 1521 };
const databaseTypes = Object.keys(ports) as [keyof typeof ports, ...(keyof typeof ports)[]];

const schema = object({
    ...commonShape,
    ...sinkShape,
    target: object({
        type: oneOf(databaseTypes).describe("Type of the database"),
        ...databaseOptions,
        table: string("the name of a table; ${topic} is the topic's name")
            .default("${topic}")
            .describe("Table it writes. `${topic}` is the topic's name, with underscores for dots"),
    }).describe("The database"),
    insertMode: oneOf(["upsert", "insert", "update"])
        .default("upsert")
        .describe("How a row is written. With `upsert` a repeated record has no effect"),
    primaryKey: oneOf(["record_key", "record_value", "record_header", "kafka", "none"])
        .default("record_key")
        .describe("Source of the primary key's columns. `kafka` is topic, partition and offset"),
    primaryKeyFields: array(string("a column name")).describe(
        "Fields that are the primary key. Default: all fields of that source",
    ),
    delete: boolean().default(true).describe("Whether a deletion deletes the row. Needs primaryKey `record_key`"),
    schemaEvolution: oneOf(["none", "basic"])
        .default("none")
        .describe("What happens when a table or column is missing: `basic` creates it, `none` fails the task"),
    batchSize: integer(1, 100_000).default(500).describe("Rows per statement batch"),
});

/** The URL in the form of each driver. */
function jdbcUrl(type: keyof typeof ports, host: string, port: string | number, database: string): string {
    if (type === "sqlserver") return `jdbc:sqlserver://${host}:${port};databaseName=${database}`;
    if (type === "oracle") return `jdbc:oracle:thin:@//${host}:${port}/${database}`;
    return `jdbc:${type}://${host}:${port}/${database}`;
}

/** Topics to tables. */
export const jdbcSink: Template<typeof schema> = {
    name: "jdbcSinkConnector",
    summary: "Topics to tables of a relational database, by Debezium's JDBC sink",
    class: "io.debezium.connector.jdbc.JdbcSinkConnector",
    defaultTasksMax: 1,
    maxTasks: 1000,
    schema,
    build(declaration, context) {
        const { target } = declaration;
        const fromSecret = (key: string) => loginReference(target, key, context);
        const baseName =
            declaration.name ??
            connectorName([
                topicsPart(declaration.topics),
                `to-${namePart(target.instance)}`,
                namePart(target.database),
            ]);
        return {
            baseName,
            config: {
                "connection.url": jdbcUrl(
                    target.type,
                    fromSecret(target.hostKey),
                    target.port ?? ports[target.type],
                    target.database,
                ),
                "connection.username": fromSecret(target.userKey),
                "connection.password": fromSecret(target.passwordKey),
                "collection.name.format": target.table,
                "insert.mode": declaration.insertMode,
                "primary.key.mode": declaration.primaryKey,
                ...(declaration.primaryKeyFields.length > 0
                    ? { "primary.key.fields": declaration.primaryKeyFields.join(",") }
                    : {}),
                "delete.enabled": declaration.delete,
                "schema.evolution": declaration.schemaEvolution,
                "batch.size": declaration.batchSize,
                ...sinkConfig(declaration, baseName, context, { "max.poll.records": declaration.batchSize }),
            },
            outputTopics: [],
            inputTopics: namesOrPrefixes(declaration.topics),
            issues: [
                ...sinkIssues(declaration, context),
                ...schemaIssues(declaration, "a table"),
                ...(declaration.delete && declaration.primaryKey !== "record_key"
                    ? [invalidValue(["delete"], true, "false, or primaryKey: record_key, which identifies the row")]
                    : []),
            ],
        };
    },
};
