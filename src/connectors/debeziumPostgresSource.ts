/**
 * Debezium's PostgreSQL source: a table's rows, then its changes from a logical replication slot.
 * Options: https://debezium.io/documentation/reference/stable/connectors/postgresql.html
 */
import { object, oneOf, string } from "../schema/primitives";
import { debeziumConfig, debeziumShape, snapshotOptions, sourceOptions } from "./debeziumOptions";
import { connectorName, literalPattern, namePart, postgresIdentifier, topicName } from "./names";
import { heartbeatIssues, replicationConfig, replicationShape } from "./postgresReplication";
import { sourceIssues } from "./sourceOptions";
import type { Template } from "./template";
import { routedTopics } from "./transforms";

const schema = object({
    ...debeziumShape,
    source: object({
        ...sourceOptions,
        schema: string("the name of a schema").default("public").describe("Schema of the table"),
    }).describe("The table and its database"),
    snapshot: snapshotOptions(
        ["initial", "always", "initial_only", "no_data", "when_needed"],
        ["none", "shared"],
        "none",
    ).describe("The snapshot"),
    ...replicationShape,
    sslMode: oneOf(["disable", "allow", "prefer", "require", "verify-ca", "verify-full"])
        .default("prefer")
        .describe("TLS to the database, as PostgreSQL's `sslmode`"),
});

/** Changes of a PostgreSQL table. */
export const debeziumPostgresSource: Template<typeof schema> = {
    name: "debeziumPostgresSourceConnector",
    summary: "Changes of a PostgreSQL table, by Debezium",
    class: "io.debezium.connector.postgresql.PostgresConnector",
    defaultTasksMax: 1,
    maxTasks: 1,
    schema,
    build(declaration, context) {
        const { instance, database, schema: schemaName, table } = declaration.source;
        const schemaPart = schemaName === "public" ? [] : [namePart(schemaName)];
        const baseName =
            declaration.name ??
            connectorName([`${namePart(instance)}postgres`, namePart(database), ...schemaPart, namePart(table)]);
        const topicPrefix = declaration.topicPrefix ?? baseName;
        const slot = declaration.slotName ?? postgresIdentifier("dbz_", baseName);
        const publication = declaration.publicationName ?? postgresIdentifier("dbz_", baseName);
        const instanceScope = (name: string) => `${name} (instance ${instance})`;
        return {
            baseName,
            config: {
                ...debeziumConfig(declaration, topicPrefix, 5432, context),
                "database.dbname": database,
                "database.sslmode": declaration.sslMode,
                "table.include.list": `${literalPattern(schemaName)}.${literalPattern(table)}`,
                ...replicationConfig(declaration, slot, publication),
            },
            outputTopics: routedTopics([topicName(topicPrefix, schemaName, table)], declaration.transforms),
            capturedTables: {
                database: `${instance}/${database}`,
                tables: [`${literalPattern(schemaName)}.${literalPattern(table)}`],
            },
            issues: [
                ...sourceIssues(declaration, context),
                ...heartbeatIssues(declaration, (name) => name === `${schemaName}.${table}`),
            ],
            exclusiveNames: [
                { kind: "topic prefix", value: topicPrefix, option: "topicPrefix" },
                { kind: "replication slot", value: instanceScope(slot), option: "slotName" },
                { kind: "publication", value: instanceScope(`${database}.${publication}`), option: "publicationName" },
            ],
        };
    },
};
