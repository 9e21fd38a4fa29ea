/**
 * What Connect's own validation accepts and what then fails or goes wrong at run time: each is rejected before the
 * deployment.
 */
import assert from "node:assert/strict";
import { formatPath } from "../../src/schema/issues";
import {
    assertIssues,
    minimal,
    mysqlConnector,
    postgresConnector,
    settingsFrom,
    withConnectors,
    withImage,
    type ExpectedIssues,
    type Raw,
} from "../support/stacks";

const mysql = "io.debezium.connector.mysql.MySqlConnector";
const mongodb = "io.debezium.connector.mongodb.MongoDbConnector";
const mirror = "org.apache.kafka.connect.mirror.MirrorSourceConnector";

/** What the classes require and the tests are not about. */
const required: Raw = {
    [mysql]: { "database.hostname": "h", "database.user": "u", "database.server.id": 1, "topic.prefix": "p" },
    [mongodb]: { "topic.prefix": "p" },
    "io.debezium.connector.jdbc.JdbcSinkConnector": {
        "connection.url": "jdbc:postgresql://h/d",
        "connection.username": "u",
    },
    [mirror]: { "source.cluster.alias": "s", "target.cluster.alias": "t" },
};
const raw = (className: string, config: Raw, more: Raw = {}): Raw => ({
    connectorTemplate: "raw",
    name: "a",
    class: className,
    config: { ...(required[className] as Raw | undefined), ...config },
    ...more,
});
const stack = (connectors: Raw[], kafka: Raw = {}): Raw => ({
    ...withConnectors(...connectors),
    kafka: { bootstrapServers: "kafka:9092", ...kafka },
});

const http = "io.aiven.kafka.connect.http.HttpSinkConnector";
const bigquery = "com.wepay.kafka.connect.bigquery.BigQuerySinkConnector";
const jdbc = "io.debezium.connector.jdbc.JdbcSinkConnector";
const history = {
    "schema.history.internal.kafka.bootstrap.servers": "k:1",
    "schema.history.internal.kafka.topic": "h",
};
const bytes = "org.apache.kafka.connect.converters.ByteArrayConverter";
const extract = "com.github.jcustenborder.kafka.connect.transform.common.ExtractTimestamp$Value";
const clusters = { "source.cluster.bootstrap.servers": "a:1", "target.cluster.bootstrap.servers": "b:1" };
const orders = { source: { instance: "shop", database: "shop", table: "orders" } };
const ordersTopic = "shoppostgres-shop-orders.public.orders";

const cases: [string, Raw, ExpectedIssues][] = [
    [
        "MySQL without a schema history",
        stack([raw(mysql, { "database.hostname": "h" })]),
        [
            ["KCP_MISSING_CONFIG_KEY", "connectors[0]"],
            ["KCP_MISSING_CONFIG_KEY", "connectors[0]"],
        ],
    ],
    [
        "a Debezium source with two tasks",
        stack([raw(mysql, history, { tasksMax: 2 })]),
        [["KCP_INVALID_CONFIG_VALUE", "connectors[0].tasksMax"]],
    ],
    [
        "incomplete topic creation",
        stack([raw(mysql, { ...history, "topic.creation.default.partitions": 3 })]),
        [["KCP_MISSING_CONFIG_KEY", 'connectors[0].config."topic.creation.default.replication.factor"']],
    ],
    [
        "more replicas than brokers",
        stack([postgresConnector({ topicCreation: { replicationFactor: 3 } })], { brokers: 2 }),
        [["KCP_INSUFFICIENT_BROKERS", "connectors[0].topicCreation.replicationFactor"]],
    ],
    [
        "more replicas than brokers by a plugin's default",
        stack(
            [raw(mirror, { ...clusters, "key.converter": bytes, "value.converter": bytes, "replication.factor": 1 })],
            { brokers: 1 },
        ),
        [["KCP_INSUFFICIENT_BROKERS", "connectors[0]"]],
    ],
    [
        "a dead letter queue with more replicas than brokers",
        stack(
            [
                raw(http, {
                    topics: "t",
                    "http.authorization.type": "none",
                    "http.url": "http://x.example",
                    "errors.tolerance": "all",
                    "errors.deadletterqueue.topic.name": "d",
                }),
            ],
            { brokers: 1 },
        ),
        [["KCP_INSUFFICIENT_BROKERS", "connectors[0]"]],
    ],
    [
        "an invalid cleanup policy",
        stack([postgresConnector({ config: { "topic.creation.default.cleanup.policy": "compacted" } })]),
        [["KCP_INVALID_CONFIG_VALUE", 'connectors[0].config."topic.creation.default.cleanup.policy"']],
    ],
    [
        "an undeclared predicate",
        stack([
            postgresConnector({
                config: {
                    transforms: "a",
                    "transforms.a.type": "org.apache.kafka.connect.transforms.Filter",
                    "transforms.a.predicate": "p",
                },
            }),
        ]),
        [["KCP_UNDECLARED_NAME", 'connectors[0].config."transforms.a.predicate"']],
    ],
    [
        "a converter without its type",
        stack([mysqlConnector({ config: { converters: "geo" } })]),
        [["KCP_UNDECLARED_NAME", "connectors[0].config.converters"]],
    ],
    [
        "MirrorMaker without bootstrap servers",
        stack([raw(mirror, { "key.converter": bytes, "value.converter": bytes })]),
        [
            ["KCP_MISSING_CONFIG_KEY", "connectors[0]"],
            ["KCP_MISSING_CONFIG_KEY", "connectors[0]"],
        ],
    ],
    [
        "MirrorMaker with a JSON converter",
        stack([raw(mirror, { ...clusters, "value.converter": "org.apache.kafka.connect.json.JsonConverter" })]),
        [
            ["KCP_SILENT_CORRUPTION", "connectors[0]"],
            ["KCP_SILENT_CORRUPTION", 'connectors[0].config."value.converter"'],
        ],
    ],
    [
        "the HTTP sink without its authorization header",
        stack([raw(http, { topics: "t", "http.authorization.type": "static", "http.url": "http://x.example" })]),
        [["KCP_MISSING_CONFIG_KEY", "connectors[0]"]],
    ],
    [
        "the HTTP sink without its OAuth client",
        stack([
            raw(http, {
                topics: "t",
                "http.authorization.type": "oauth2",
                "http.url": "http://x.example",
                "oauth2.client.id": "a",
                "oauth2.access.token.url": "http://x.example",
            }),
        ]),
        [["KCP_MISSING_CONFIG_KEY", "connectors[0]"]],
    ],
    [
        "BigQuery without credentials",
        stack([raw(bigquery, { topics: "t", project: "p", defaultDataset: "d" })]),
        [["KCP_MISSING_CONFIG_KEY", "connectors[0]"]],
    ],
    [
        "the HTTP sink on tombstones",
        stack([
            postgresConnector(orders),
            raw(http, {
                topics: ordersTopic,
                "http.authorization.type": "none",
                "http.url": "http://x.example",
                "key.converter": "org.apache.kafka.connect.storage.StringConverter",
                "value.converter": "org.apache.kafka.connect.storage.StringConverter",
            }),
        ]),
        [["KCP_TOMBSTONE_FAILURE", "connectors[1]"]],
    ],
    [
        "ExtractTimestamp on tombstones of its own",
        stack([postgresConnector({ ...orders, transforms: [{ type: extract, config: { "field.name": "at" } }] })]),
        [["KCP_TOMBSTONE_FAILURE", "connectors[0].transforms[0].type"]],
    ],
    [
        "ExtractTimestamp on another's tombstones",
        stack([
            postgresConnector(orders),
            {
                connectorTemplate: "fileStreamSinkConnector",
                topics: [ordersTopic],
                file: "/tmp/a",
                transforms: [{ type: extract, config: { "field.name": "at" } }],
            },
        ]),
        [["KCP_TOMBSTONE_FAILURE", "connectors[1].transforms[0].type"]],
    ],
    [
        "a reference to an unknown config provider",
        stack([postgresConnector({ config: { "database.user": "${env:USER}" } })]),
        [["KCP_UNRESOLVABLE_REFERENCE", 'connectors[0].config."database.user"']],
    ],
    // renamed and removed keys and values
    [
        "a removed snapshot mode of MySQL",
        stack([mysqlConnector({ config: { "snapshot.mode": "schema_only" } })]),
        [["KCP_REMOVED_CONFIG_VALUE", 'connectors[0].config."snapshot.mode"']],
    ],
    [
        "a removed snapshot mode of PostgreSQL",
        stack([postgresConnector({ config: { "snapshot.mode": "exported" } })]),
        [["KCP_REMOVED_CONFIG_VALUE", 'connectors[0].config."snapshot.mode"']],
    ],
    [
        "a removed decoding plugin",
        stack([postgresConnector({ config: { "plugin.name": "wal2json" } })]),
        [["KCP_REMOVED_CONFIG_VALUE", 'connectors[0].config."plugin.name"']],
    ],
    [
        "a removed capture mode",
        stack([
            raw(mongodb, {
                "mongodb.connection.string": "mongodb://h/",
                "capture.mode": "oplog",
                "mongodb.server.selection.timeout.ms": 1,
            }),
        ]),
        [["KCP_REMOVED_CONFIG_VALUE", 'connectors[0].config."capture.mode"']],
    ],
    [
        "MongoDB's hosts",
        stack([raw(mongodb, { "mongodb.hosts": "a", "mongodb.server.selection.timeout.ms": 1 })]),
        [["KCP_REMOVED_CONFIG_KEY", 'connectors[0].config."mongodb.hosts"']],
    ],
    [
        "MirrorMaker's blacklist",
        stack([
            {
                connectorTemplate: "mirrorSourceConnector",
                source: { instance: "a", topic: "b" },
                config: { "topics.blacklist": "x" },
            },
        ]),
        [["KCP_REMOVED_CONFIG_KEY", 'connectors[0].config."topics.blacklist"']],
    ],
    [
        "the address of Confluent's HTTP sink",
        stack([raw(http, { topics: "t", "http.api.url": "http://x.example", "http.authorization.type": "none" })]),
        [["KCP_REMOVED_CONFIG_KEY", 'connectors[0].config."http.api.url"']],
    ],
    // types
    [
        "a string in place of a number",
        stack([postgresConnector({ config: { "max.batch.size": "many" } })]),
        [["KCP_INVALID_CONFIG_VALUE", 'connectors[0].config."max.batch.size"']],
    ],
    [
        "a string in place of a boolean",
        stack([postgresConnector({ config: { "tombstones.on.delete": "no" } })]),
        [["KCP_INVALID_CONFIG_VALUE", 'connectors[0].config."tombstones.on.delete"']],
    ],
    [
        "an unknown insert mode of the JDBC sink",
        stack([raw(jdbc, { topics: "t", "insert.mode": "replace" })]),
        [["KCP_INVALID_CONFIG_VALUE", 'connectors[0].config."insert.mode"']],
    ],
    // references
    [
        "a secret with the prefix",
        {
            ...stack([postgresConnector({ source: { instance: "a", database: "b", table: "c", secret: "data_A" } })]),
            secrets: { prefix: "data_" },
            eks: { clusterName: "c", region: "eu-west-1" },
        },
        [["KCP_UNRESOLVABLE_REFERENCE", "connectors[0].source.secret"]],
    ],
    [
        "a secret by its ARN",
        stack([postgresConnector({ config: { "database.user": "${secretManager:arn:aws:x}" } })]),
        [["KCP_UNRESOLVABLE_REFERENCE", 'connectors[0].config."database.user"']],
    ],
    [
        "a secret outside the prefix",
        {
            ...stack([postgresConnector({ config: { "database.user": "${secretManager:OTHER:USER}" } })]),
            secrets: { prefix: "data_", plugin: "msk" },
            eks: { clusterName: "c", region: "eu-west-1" },
        },
        [["KCP_UNRESOLVABLE_REFERENCE", 'connectors[0].config."database.user"']],
    ],
    [
        "a reference without a key",
        stack([postgresConnector({ config: { "database.user": "${secretManager:A}" } })]),
        [["KCP_UNRESOLVABLE_REFERENCE", 'connectors[0].config."database.user"']],
    ],
    [
        "a literal authorization header",
        stack([
            {
                connectorTemplate: "httpSinkConnector",
                topics: ["t"],
                target: { name: "x", url: "http://x.example" },
                config: { "http.headers.authorization": "Bearer abc" },
            },
        ]),
        [["KCP_LITERAL_CREDENTIAL", 'connectors[0].config."http.headers.authorization"']],
    ],
    // between connectors
    [
        "a table that two connectors capture",
        stack([
            postgresConnector(orders),
            postgresConnector({ ...orders, name: "other", slotName: "other", publicationName: "other" }),
        ]),
        [["KCP_TABLE_CAPTURED_TWICE", "connectors[1]"]],
    ],
    [
        "a table that two connectors capture by a pattern",
        stack([
            postgresConnector(orders),
            postgresConnector({
                source: { instance: "shop", database: "shop", table: "x" },
                config: { "table.include.list": "public.o.*" },
            }),
        ]),
        [["KCP_TABLE_CAPTURED_TWICE", "connectors[1]"]],
    ],
    [
        "a topic that two connectors mirror",
        stack([
            { connectorTemplate: "mirrorSourceConnector", source: { instance: "a", topic: "b" } },
            { connectorTemplate: "mirrorSourceConnector", name: "c", source: { instance: "a", topics: ["b", "c"] } },
        ]),
        [["KCP_SHARED_RESOURCE", "connectors[1].source.topics[0]"]],
    ],
    // options of templates that exclude each other
    [
        "exactly-once on workers without it",
        stack([postgresConnector({ exactlyOnce: true })]),
        [["KCP_INVALID_VALUE", "connectors[0].exactlyOnce"]],
    ],
    [
        "Avro without a registry",
        stack([postgresConnector({ converter: "avro" })]),
        [["KCP_INVALID_VALUE", "connectors[0].converter"]],
    ],
    [
        "JDBC tables of records without a schema",
        stack([
            {
                connectorTemplate: "jdbcSinkConnector",
                topics: ["a"],
                target: { type: "mysql", instance: "i", database: "d" },
            },
        ]),
        [["KCP_INVALID_VALUE", "connectors[0].converter"]],
    ],
    [
        "deletions without a key",
        stack([
            {
                connectorTemplate: "jdbcSinkConnector",
                topics: ["a"],
                converter: "json-with-schemas",
                primaryKey: "kafka",
                target: { type: "mysql", instance: "i", database: "d" },
            },
        ]),
        [["KCP_INVALID_VALUE", "connectors[0].delete"]],
    ],
    [
        "a dead letter queue that is never used",
        stack([
            {
                connectorTemplate: "fileStreamSinkConnector",
                topics: ["a"],
                file: "/tmp/a",
                deadLetterQueue: { topic: "d" },
            },
        ]),
        [["KCP_UNUSED_SETTING", "connectors[0].deadLetterQueue.topic"]],
    ],
    [
        "batches with a dead letter queue",
        stack([
            {
                connectorTemplate: "brazeSinkConnector",
                topics: ["a"],
                endpoint: "https://rest.iad-01.braze.com",
                object: "events",
                errors: { tolerance: "all" },
            },
        ]),
        [["KCP_CONFLICTING_SETTINGS", "connectors[0].object"]],
    ],
    [
        "batches with error tolerance in config",
        stack([
            {
                connectorTemplate: "brazeSinkConnector",
                topics: ["a"],
                endpoint: "https://rest.iad-01.braze.com",
                object: "events",
                config: { "errors.tolerance": "all" },
            },
        ]),
        [["KCP_CONFLICTING_SETTINGS", "connectors[0]"]],
    ],
    [
        "larger batches than Braze accepts",
        stack([
            {
                connectorTemplate: "brazeSinkConnector",
                topics: ["a"],
                endpoint: "https://rest.iad-01.braze.com",
                object: "events",
                batchSize: 76,
            },
        ]),
        [["KCP_INVALID_VALUE", "connectors[0].batchSize"]],
    ],
    [
        "BigQuery's merge without a key",
        stack([
            {
                connectorTemplate: "bigQuerySinkConnector",
                topics: ["a"],
                converter: "json-with-schemas",
                target: { project: "data-platform", dataset: "d" },
                upsert: true,
            },
        ]),
        [["KCP_MISSING_SETTING", "connectors[0].keyField"]],
    ],
    [
        "a table of a topic that is not read",
        stack([
            {
                connectorTemplate: "bigQuerySinkConnector",
                topics: ["a"],
                converter: "json-with-schemas",
                target: { project: "data-platform", dataset: "d" },
                tables: [{ topic: "b", table: "b" }],
            },
        ]),
        [["KCP_INVALID_VALUE", "connectors[0].tables[0].topic"]],
    ],
    [
        "topic and topics together",
        stack([{ connectorTemplate: "mirrorSourceConnector", source: { instance: "a", topic: "b", topics: ["c"] } }]),
        [["KCP_INVALID_VALUE", "connectors[0].source"]],
    ],
    [
        "a sink without topics",
        stack([{ connectorTemplate: "fileStreamSinkConnector", topics: [], file: "/tmp/a" }]),
        [["KCP_INVALID_VALUE", "connectors[0].topics"]],
    ],
    [
        "two tasks for one file",
        stack([{ connectorTemplate: "fileStreamSinkConnector", topics: ["a"], file: "/tmp/a", tasksMax: 2 }]),
        [["KCP_INVALID_VALUE", "connectors[0].tasksMax"]],
    ],
];

describe("a configuration that would fail only at run time", () => {
    for (const [what, settings, expected] of cases) it(`is rejected: ${what}`, () => assertIssues(settings, expected));

    it("is accepted where no tombstone reaches the sink", () => {
        const sink = (transforms: Raw[]) => ({
            connectorTemplate: "httpSinkConnector",
            topics: [ordersTopic],
            target: { name: "x", url: "http://x.example" },
            transforms,
        });
        assertIssues(stack([postgresConnector(orders), sink([])]), []);
        const readsAll = { ...sink([]), dropTombstones: false };
        const withoutTombstones = postgresConnector({ ...orders, config: { "tombstones.on.delete": false } });
        assertIssues(stack([withoutTombstones, readsAll]), []);
        assertIssues(stack([postgresConnector(orders), readsAll]), [["KCP_TOMBSTONE_FAILURE", "connectors[1]"]]);
    });

    it("has references to secrets in the form that the provider resolves", () => {
        const of = (plugin: string) =>
            settingsFrom({
                ...stack([postgresConnector(orders)]),
                secrets: { prefix: "data_", plugin },
                eks: { clusterName: "c", region: "eu-west-1" },
            }).connectors[0].config["database.password"];
        assert.deepEqual(
            [of("csid"), of("msk")],
            ["${secretManager:SHOP:PASSWORD}", "${secretManager:data_SHOP:PASSWORD}"],
        );
    });

    it("is accepted with a warning where it may work", () => {
        const { warnings } = settingsFrom(
            withImage(
                minimal({
                    secrets: { provider: "file" },
                    connectors: [postgresConnector({ heartbeatSeconds: 0 }), postgresConnector(orders)],
                }),
            ),
        );
        assert.deepEqual(
            warnings.map(({ code, path }) => [code, formatPath(path)]),
            [["KCP_NO_HEARTBEAT", "connectors[0].heartbeatSeconds"]],
        );
    });
});
