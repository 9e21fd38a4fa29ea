/**
 * Debezium's JDBC sink: topics into tables of a relational database. It reads Debezium's envelopes as well as plain rows.
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

const ports = { postgresql: 5432, mysql: 3306, mariadb: 3306, sqlserver: 1433, oracle: 1521 };
const kinds = Object.keys(ports) as [keyof typeof ports, ...(keyof typeof ports)[]];

const schema = object({
    ...commonShape,
    ...sinkShape,
    target: object({
        type: oneOf(kinds).describe("Kind of the database"),
        ...databaseOptions,
        table: string("the name of a table; ${topic} stands for the topic's")
            .default("${topic}")
            .describe("Table to write to; `${topic}` stands for the topic's name, with dots as underscores"),
    }).describe("The database"),
    insertMode: oneOf(["upsert", "insert", "update"])
        .default("upsert")
        .describe("How a row is written; `upsert` makes a repeated record harmless"),
    primaryKey: oneOf(["record_key", "record_value", "record_header", "kafka", "none"])
        .default("record_key")
        .describe("Where the table's primary key comes from; `kafka` is topic, partition and offset"),
    primaryKeyFields: array(string("a column name")).describe("Its columns. None: all fields of that place"),
    delete: boolean()
        .default(true)
        .describe("Whether a deletion deletes the row; needs the record's key as primary key"),
    schemaEvolution: oneOf(["none", "basic"])
        .default("none")
        .describe("Whether missing tables and columns are created (`basic`) or refused"),
    batchSize: integer(1, 100_000).default(500).describe("Rows written at once"),
});

/** The address as each driver has it; the database's name is not always a path. */
function jdbcUrl(type: keyof typeof ports, host: string, port: string | number, database: string): string {
    if (type === "sqlserver") return `jdbc:sqlserver://${host}:${port};databaseName=${database}`;
    if (type === "oracle") return `jdbc:oracle:thin:@//${host}:${port}/${database}`;
    return `jdbc:${type}://${host}:${port}/${database}`;
}

export const jdbcSink: Template<typeof schema> = {
    name: "jdbcSinkConnector",
    summary: "Topics into tables of a relational database, by Debezium",
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
            inputTopics: declaration.topics,
            exclusiveNames: [],
            issues: [
                ...sinkIssues(declaration, context),
                ...schemaIssues(declaration, "a table"),
                ...(declaration.delete && declaration.primaryKey !== "record_key"
                    ? [invalidValue(["delete"], true, "primaryKey: record_key, by which the row is found; or false")]
                    : []),
            ],
        };
    },
};
