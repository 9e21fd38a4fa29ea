/**
 * Debezium's PostgreSQL source: the rows of tables, then their changes from a logical replication slot.
 * Options: https://debezium.io/documentation/reference/stable/connectors/postgresql.html
 */
import { object, oneOf } from "../schema/primitives";
import {
    databaseName,
    databaseOptions,
    debeziumConfig,
    debeziumShape,
    snapshotOptions,
    tableOption,
} from "./debeziumOptions";
import { connectorName, namePart, postgresIdentifier } from "./names";
import { heartbeatIssues, replicationConfig, replicationShape } from "./postgresReplication";
import { signalsConfig, signalsOption } from "./signals";
import { sourceIssues } from "./sourceOptions";
import { matchesTable } from "./tablePatterns";
import { tableIssues } from "./tableIssues";
import { overlapWarnings } from "./tableOverlaps";
import { containersOption, excludeOption, tablesOption, type TableTerms } from "./tableOptions";
import { capturedTables, selectTables } from "./tableSelection";
import type { Template } from "./template";
import { routedTopics } from "./transforms";
import { patternWarnings } from "./writtenPatterns";

const terms: TableTerms = { container: "schema", table: "table" };

const schema = object({
    ...debeziumShape,
    source: object({
        ...databaseOptions,
        schema: databaseName("schema").default("public").describe("Schema of the tables"),
        table: tableOption("table"),
        tables: tablesOption(terms),
        schemas: containersOption(terms),
        excludeTables: excludeOption(terms),
    }).describe("The tables and their database"),
    snapshot: snapshotOptions(
        ["initial", "always", "initial_only", "no_data", "when_needed"],
        ["none", "shared"],
        "none",
    ).describe("The snapshot"),
    ...replicationShape,
    incrementalSnapshots: signalsOption({
        table: "SCHEMA.TABLE",
        readOnly:
            "PostgreSQL 13 or newer, and captured tables that change all the time, because a chunk ends with the " +
            "next change of one",
    }),
    sslMode: oneOf(["disable", "allow", "prefer", "require", "verify-ca", "verify-full"])
        .default("prefer")
        .describe("TLS to the database, as PostgreSQL's `sslmode`"),
});

/** Changes of PostgreSQL tables. */
export const debeziumPostgresSource: Template<typeof schema> = {
    name: "debeziumPostgresSourceConnector",
    summary: "Changes of PostgreSQL tables, by Debezium",
    class: "io.debezium.connector.postgresql.PostgresConnector",
    defaultTasksMax: 1,
    maxTasks: 1,
    schema,
    build(declaration, context) {
        const { source, config } = declaration;
        const { instance, database, schema: schemaName, table } = source;
        const baseName =
            declaration.name ??
            connectorName([
                `${namePart(instance)}postgres`,
                namePart(database),
                ...(schemaName === "public" ? [] : [namePart(schemaName)]),
                // the name must not change when a table is added
                ...(table === undefined ? [] : [namePart(table)]),
            ]);
        const name = declaration.version ? `${baseName}-${declaration.version}` : baseName;
        const topicPrefix = declaration.topicPrefix ?? baseName;
        const slot = declaration.slotName ?? postgresIdentifier("dbz_", baseName);
        const publication = declaration.publicationName ?? postgresIdentifier("dbz_", baseName);
        const selection = {
            container: schemaName,
            table,
            tables: source.tables,
            containers: source.schemas,
            excluded: source.excludeTables,
        };
        const tables = capturedTables(selection, topicPrefix, config["table.include.list"]);
        return {
            baseName,
            config: {
                ...debeziumConfig(declaration, topicPrefix, 5432, context),
                "database.dbname": database,
                "database.sslmode": declaration.sslMode,
                "table.include.list": selectTables(selection, topicPrefix).patterns.join(","),
                ...replicationConfig(declaration, slot, publication),
                ...signalsConfig(declaration.incrementalSnapshots, name, context),
            },
            outputTopics: routedTopics(tables.topics, declaration.transforms),
            writesWholeRows: declaration.reselect !== undefined,
            capturedTables: { database: `${instance}/${database}`, tables: tables.patterns },
            issues: [
                ...sourceIssues(declaration, context),
                ...tableIssues(selection, terms),
                ...heartbeatIssues(declaration, (written) => matchesTable(tables.patterns, written)),
            ],
            warnings: [...overlapWarnings(selection, terms), ...patternWarnings(selection, terms)],
        };
    },
};
