/**
 * Debezium MongoDB, Amazon DocumentDB included: a collection's documents, and then its change stream.
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
            "the connection string, such as mongodb://host:27017/?replicaSet=rs0. Amazon DocumentDB also wants retryWrites=false",
        ),
        userKey,
        passwordKey,
    }).describe("The collection"),
    tls: boolean()
        .default(false)
        .describe("TLS to the database, trusted by the image's truststore; Amazon DocumentDB wants it"),
    captureMode: oneOf([
        "change_streams",
        "change_streams_update_full",
        "change_streams_with_pre_image",
        "change_streams_update_full_with_pre_image",
    ])
        .default("change_streams_update_full")
        .describe("How much of a document an update tells"),
    snapshotMode: oneOf(["initial", "always", "initial_only", "no_data", "when_needed"])
        .default("initial")
        .describe("When the connector reads the whole collection first"),
});

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
        const fromSecret = (key: string) => loginReference(source, key, context);
        return {
            baseName,
            config: {
                "mongodb.connection.string": fromSecret(source.connectionStringKey),
                "mongodb.user": fromSecret(source.userKey),
                "mongodb.password": fromSecret(source.passwordKey),
                "mongodb.ssl.enabled": declaration.tls,
                // at its default a server that cannot be reached keeps validation waiting for 30 seconds
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
