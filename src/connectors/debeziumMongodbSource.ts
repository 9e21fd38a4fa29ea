/**
 * Debezium's MongoDB source, also for Amazon DocumentDB: a collection's documents, then its change stream.
 * Options: https://debezium.io/documentation/reference/stable/connectors/mongodb.html
 */
import { boolean, object, oneOf, string } from "../schema/primitives";
import { secretKey } from "./commonOptions";
import { changeConfig, changeShape, databaseOptions, loginReference } from "./debeziumOptions";
import { connectorName, literalPattern, namePart, topicName } from "./names";
import { sourceIssues } from "./sourceOptions";
import type { Template } from "./template";
import { routedTopics } from "./transforms";

const { instance, database, secret, userKey, passwordKey } = databaseOptions;

const schema = object({
    ...changeShape,
    source: object({
        instance,
        database,
        collection: string("the name of a collection").describe("Name of the collection"),
        secret,
        connectionStringKey: secretKey(
            "CONNECTION_STRING",
            "the connection string, such as mongodb://host:27017/?replicaSet=rs0. Amazon DocumentDB also " +
                "needs retryWrites=false",
        ),
        userKey,
        passwordKey,
    }).describe("The collection and its database"),
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
            "Content of update events: the changed fields, the whole document (`update_full`), or also the one before",
        ),
    snapshotMode: oneOf(["initial", "always", "initial_only", "no_data", "when_needed"])
        .default("initial")
        .describe("When the connector reads the existing documents first"),
});

/** Changes of a MongoDB collection. */
export const debeziumMongodbSource: Template<typeof schema> = {
    name: "debeziumMongodbSourceConnector",
    summary: "Changes of a MongoDB or Amazon DocumentDB collection, by Debezium",
    class: "io.debezium.connector.mongodb.MongoDbConnector",
    defaultTasksMax: 1,
    maxTasks: 1,
    schema,
    build(declaration, context) {
        const { source } = declaration;
        const baseName =
            declaration.name ??
            connectorName([
                `${namePart(source.instance)}mongodb`,
                namePart(source.database),
                namePart(source.collection),
            ]);
        const topicPrefix = declaration.topicPrefix ?? baseName;
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
                "database.include.list": literalPattern(source.database),
                "collection.include.list": `${literalPattern(source.database)}.${literalPattern(source.collection)}`,
                "capture.mode": declaration.captureMode,
                "snapshot.mode": declaration.snapshotMode,
                ...changeConfig(declaration, topicPrefix, context),
            },
            outputTopics: routedTopics(
                [topicName(topicPrefix, source.database, source.collection)],
                declaration.transforms,
            ),
            capturedTables: {
                database: `${source.instance}/${source.database}`,
                tables: [`${literalPattern(source.database)}.${literalPattern(source.collection)}`],
            },
            issues: sourceIssues(declaration, context),
            exclusiveNames: [{ kind: "topic prefix", value: topicPrefix, option: "topicPrefix" }],
        };
    },
};
