/**
 * Debezium's MongoDB source, also for Amazon DocumentDB: the documents of collections, then their change streams.
 * Options: https://debezium.io/documentation/reference/stable/connectors/mongodb.html
 */
import { boolean, object, oneOf } from "../schema/primitives";
import { secretKey } from "./commonOptions";
import { changeConfig, changeShape, databaseOptions, loginReference, tableOption } from "./debeziumOptions";
import { connectorName, namePart } from "./names";
import { signalCollectionOption, signalsConfig } from "./signals";
import { sourceIssues } from "./sourceOptions";
import { tableIssues } from "./tableIssues";
import { overlapWarnings } from "./tableOverlaps";
import { containersOption, excludeOption, tablesOption, type TableTerms } from "./tableOptions";
import { capturedTables, includeLists } from "./tableSelection";
import type { Template } from "./template";
import { routedTopics } from "./transforms";
import { patternWarnings } from "./writtenPatterns";

const terms: TableTerms = { container: "database", table: "collection" };

const { instance, database, secret, userKey, passwordKey } = databaseOptions;

const schema = object({
    ...changeShape,
    source: object({
        instance,
        database: database.optional().describe("Database of the collections. Required without `databases`"),
        collection: tableOption("collection"),
        collections: tablesOption(terms),
        databases: containersOption(terms),
        excludeCollections: excludeOption(terms),
        secret,
        connectionStringKey: secretKey(
            "CONNECTION_STRING",
            "the connection string, such as mongodb://host:27017/?replicaSet=rs0. Amazon DocumentDB also " +
                "needs retryWrites=false",
        ),
        userKey,
        passwordKey,
    }).describe("The collections and their database"),
    tls: boolean()
        .default(false)
        .describe(
            "TLS to the database, whose certificate the image's truststore must trust. Amazon DocumentDB requires it",
        ),
    captureMode: oneOf([
        "change_streams",
        "change_streams_update_full",
        "change_streams_with_pre_image",
        "change_streams_update_full_with_pre_image",
    ])
        .default("change_streams_update_full")
        .describe(
            "Content of update events: the changed fields, the whole document (`update_full`), or also the document " +
                "before the change",
        ),
    snapshotMode: oneOf(["initial", "always", "initial_only", "no_data", "when_needed"])
        .default("initial")
        .describe("When the connector reads the existing documents before it captures changes"),
    incrementalSnapshots: signalCollectionOption(),
});

/** Changes of MongoDB collections. */
export const debeziumMongodbSource: Template<typeof schema> = {
    name: "debeziumMongodbSourceConnector",
    summary: "Changes of MongoDB or Amazon DocumentDB collections, by Debezium",
    class: "io.debezium.connector.mongodb.MongoDbConnector",
    defaultTasksMax: 1,
    maxTasks: 1,
    schema,
    build(declaration, context) {
        const { source, config } = declaration;
        // the name must not change when a collection is added
        const parts = [source.database, source.collection].filter((part) => part !== undefined).map(namePart);
        const baseName = declaration.name ?? connectorName([`${namePart(source.instance)}mongodb`, ...parts]);
        const name = declaration.version ? `${baseName}-${declaration.version}` : baseName;
        const topicPrefix = declaration.topicPrefix ?? baseName;
        const selection = {
            container: source.database ?? "",
            table: source.collection,
            tables: source.collections,
            containers: source.databases,
            excluded: source.excludeCollections,
        };
        const tables = capturedTables(selection, topicPrefix, config["collection.include.list"]);
        const secretValue = (key: string) => loginReference(source, key, context);
        return {
            baseName,
            config: {
                "mongodb.connection.string": secretValue(source.connectionStringKey),
                "mongodb.user": secretValue(source.userKey),
                "mongodb.password": secretValue(source.passwordKey),
                "mongodb.ssl.enabled": declaration.tls,
                // by default, validation waits 30 seconds for a server that cannot be reached
                "mongodb.server.selection.timeout.ms": 5000,
                ...includeLists(selection, "collection"),
                "capture.mode": declaration.captureMode,
                "snapshot.mode": declaration.snapshotMode,
                ...changeConfig(declaration, topicPrefix, context),
                ...signalsConfig(declaration.incrementalSnapshots, name, context),
            },
            outputTopics: routedTopics(tables.topics, declaration.transforms),
            capturedTables: { database: `${source.instance}/${source.database ?? ""}`, tables: tables.patterns },
            issues: [...sourceIssues(declaration, context), ...tableIssues(selection, terms)],
            warnings: [...overlapWarnings(selection, terms), ...patternWarnings(selection, terms)],
        };
    },
};
