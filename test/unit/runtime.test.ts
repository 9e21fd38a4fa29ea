/** What Connect's own validation accepts and what then fails or goes wrong: each is refused here, before anything is deployed. */
import assert from "node:assert/strict";
import {
    faultsOf,
    minimal,
    mysqlConnector,
    postgresConnector,
    settingsFrom,
    withConnectors,
    type Raw,
} from "../support/stacks";

const raw = (className: string, config: Raw, more: Raw = {}): Raw => ({
    connectorTemplate: "raw",
    name: "a",
    class: className,
    config,
    ...more,
});
const stack = (connectors: Raw[], kafka: Raw = {}): Raw => ({
    ...withConnectors(...connectors),
    kafka: { bootstrapServers: "kafka:9092", ...kafka },
});

const mysql = "io.debezium.connector.mysql.MySqlConnector";
const postgres = "io.debezium.connector.postgresql.PostgresConnector";
const mongodb = "io.debezium.connector.mongodb.MongoDbConnector";
const mirror = "org.apache.kafka.connect.mirror.MirrorSourceConnector";
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

const cases: [string, Raw, string[]][] = [
    // one test a row of what validation lets through
    [
        "an unknown key",
        stack([postgresConnector({ config: { "slot.nam": "x" } })]),
        [
            `connectors[0].config."slot.nam" is not a setting of ${postgres}, which would ignore it; did you mean "slot.name"?`,
        ],
    ],
    [
        "MySQL without a schema history",
        stack([raw(mysql, { "database.hostname": "h" })]),
        ["bootstrap.servers", "topic"].map(
            (key) =>
                `connectors[0] (schema.history.internal.kafka.${key}) is missing: the task fails without it, and nothing of the worker's own Kafka is taken over`,
        ),
    ],
    [
        "Debezium with two tasks",
        stack([raw(mysql, history, { tasksMax: 2 })]),
        ["connectors[0].tasksMax is 2, wants at most 1: with more, Debezium runs no task at all"],
    ],
    [
        "half of topic creation",
        stack([raw(mysql, { ...history, "topic.creation.default.partitions": 3 })]),
        [
            'connectors[0].config."topic.creation.default.replication.factor" is missing: with any topic creation, the connector fails without it',
        ],
    ],
    [
        "more replicas than brokers",
        stack([postgresConnector({ topicCreation: { replicationFactor: 3 } })], { brokers: 2 }),
        [
            "connectors[0].topicCreation.replicationFactor (topic.creation.default.replication.factor) is 3, and Kafka has 2 brokers (kafka.brokers): the task would fail",
        ],
    ],
    [
        "more replicas than brokers by a plugin's default",
        stack(
            [raw(mirror, { ...clusters, "key.converter": bytes, "value.converter": bytes, "replication.factor": 1 })],
            { brokers: 1 },
        ),
        [
            "connectors[0] (offset-syncs.topic.replication.factor) is 3 by default, and Kafka has 1 broker (kafka.brokers): the task would fail",
        ],
    ],
    [
        "more replicas of the dead letters than brokers",
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
        [
            "connectors[0] (errors.deadletterqueue.topic.replication.factor) is 3 by default, and Kafka has 1 broker (kafka.brokers): the task would fail",
        ],
    ],
    [
        "a cleanup policy that is none",
        stack([postgresConnector({ config: { "topic.creation.default.cleanup.policy": "compacted" } })]),
        [
            'connectors[0].config."topic.creation.default.cleanup.policy" is "compacted", wants compact, delete or both: Connect would try to create the topic for ever',
        ],
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
        [
            'connectors[0].config."transforms.a.predicate" names the predicate "p", which predicates does not list: the task would fail',
        ],
    ],
    [
        "a converter without its type",
        stack([mysqlConnector({ config: { converters: "geo" } })]),
        ['connectors[0].config.converters names "geo", and geo.type is not set: the task would fail'],
    ],
    [
        "PostgreSQL without its plugin",
        stack([raw(postgres, { "heartbeat.interval.ms": 1 })]),
        [
            "connectors[0] (plugin.name) is missing: its default, decoderbufs, is on no RDS and no stock server; pgoutput is",
        ],
    ],
    [
        "MirrorMaker without its clusters",
        stack([raw(mirror, { "key.converter": bytes, "value.converter": bytes })]),
        ["source", "target"].map(
            (side) =>
                `connectors[0] (${side}.cluster.bootstrap.servers) is missing: the connector fails at its start without it`,
        ),
    ],
    [
        "MirrorMaker on a JSON worker",
        stack([raw(mirror, { ...clusters, "value.converter": "org.apache.kafka.connect.json.JsonConverter" })]),
        [
            `connectors[0] (key.converter) wants ${bytes}: with any other, records are not copied as they are, and nothing tells`,
            `connectors[0].config."value.converter" wants ${bytes}: with any other, records are not copied as they are, and nothing tells`,
        ],
    ],
    [
        "the HTTP sink without its header",
        stack([raw(http, { topics: "t", "http.authorization.type": "static", "http.url": "http://x.example" })]),
        [
            "connectors[0] (http.headers.authorization) is missing: http.authorization.type static fails at its start without it",
        ],
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
        [
            "connectors[0] (oauth2.client.secret) is missing: http.authorization.type oauth2 fails at its start without it",
        ],
    ],
    [
        "BigQuery without credentials",
        stack([raw(bigquery, { topics: "t", project: "p", defaultDataset: "d" })]),
        [
            "connectors[0] (keyfile) is missing: without it the connector fails at its start; or keySource: APPLICATION_DEFAULT",
        ],
    ],
    [
        "the HTTP sink on tombstones",
        stack([
            postgresConnector(orders),
            raw(http, { topics: ordersTopic, "http.authorization.type": "none", "http.url": "http://x.example" }),
        ]),
        [
            "connectors[1] reads what connectors[0] writes, tombstones too, on which the HTTP sink fails: add the transform drop-tombstones",
        ],
    ],
    [
        "ExtractTimestamp on tombstones of its own",
        stack([postgresConnector({ ...orders, transforms: [{ type: extract, config: { "field.name": "at" } }] })]),
        [
            "connectors[0].transforms[0].type is ExtractTimestamp, which fails on the tombstones that follow deletions: put the transform drop-tombstones before it, or name it extract-timestamp",
        ],
    ],
    [
        "ExtractTimestamp on another's tombstones",
        stack([
            postgresConnector(orders),
            {
                connectorTemplate: "fileStreamSinkConnector",
                topics: [ordersTopic],
                file: "/tmp/a",
                transforms: [{ type: extract }],
            },
        ]),
        [
            "connectors[1].transforms[0].type is ExtractTimestamp, which fails on the tombstones that connectors[0] writes after deletions: put the transform drop-tombstones before it, or name it extract-timestamp",
        ],
    ],
    [
        "a provider that is not there",
        stack([postgresConnector({ config: { "database.user": "${env:USER}" } })]),
        [
            'connectors[0].config."database.user" refers to the config provider "env", which the workers do not have; they have "secretManager"',
        ],
    ],
    [
        "MongoDB that waits",
        stack([raw(mongodb, {})]),
        [
            "connectors[0] (mongodb.server.selection.timeout.ms) is missing: at its default a server out of reach keeps each validation waiting for 30 seconds; 5000 is enough",
        ],
    ],
    // what was called otherwise, or is gone
    [
        "a snapshot mode of old",
        stack([mysqlConnector({ config: { "snapshot.mode": "schema_only" } })]),
        [
            'connectors[0].config."snapshot.mode" is "schema_only", which the plugin no longer has; it is called no_data now',
        ],
    ],
    [
        "a snapshot mode of old PostgreSQL",
        stack([postgresConnector({ config: { "snapshot.mode": "exported" } })]),
        [
            'connectors[0].config."snapshot.mode" is "exported", which the plugin no longer has; it is called initial now',
        ],
    ],
    [
        "a decoding plugin of old",
        stack([postgresConnector({ config: { "plugin.name": "wal2json" } })]),
        ['connectors[0].config."plugin.name" is "wal2json", which the plugin no longer has; it is called pgoutput now'],
    ],
    [
        "a capture mode of old",
        stack([raw(mongodb, { "capture.mode": "oplog", "mongodb.server.selection.timeout.ms": 1 })]),
        [
            'connectors[0].config."capture.mode" is "oplog", which the plugin no longer has; it is called change_streams_update_full now',
        ],
    ],
    [
        "MongoDB's hosts",
        stack([raw(mongodb, { "mongodb.hosts": "a", "mongodb.server.selection.timeout.ms": 1 })]),
        [
            'connectors[0].config."mongodb.hosts" is no longer the plugin\'s, which ignores it; it is called mongodb.connection.string now',
        ],
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
        [
            'connectors[0].config."topics.blacklist" is no longer the plugin\'s, which ignores it; it is called topics.exclude now',
        ],
    ],
    [
        "the other HTTP sink's address",
        stack([raw(http, { topics: "t", "http.api.url": "http://x.example", "http.authorization.type": "none" })]),
        ['connectors[0].config."http.api.url" is no longer the plugin\'s, which ignores it; it is called http.url now'],
    ],
    [
        "the other HTTP sink's reporter",
        stack([raw(http, { topics: "t", "reporter.bootstrap.servers": "k:1", "http.authorization.type": "none" })]),
        ['connectors[0].config."reporter.bootstrap.servers" was removed from the plugin, which ignores it'],
    ],
    // types
    [
        "a number that is none",
        stack([postgresConnector({ config: { "max.batch.size": "many" } })]),
        ['connectors[0].config."max.batch.size": got "many", wants a whole number'],
    ],
    [
        "a flag that is none",
        stack([postgresConnector({ config: { "tombstones.on.delete": "no" } })]),
        ['connectors[0].config."tombstones.on.delete": got "no", wants true or false'],
    ],
    [
        "a word that the JDBC sink takes and does not know",
        stack([raw(jdbc, { topics: "t", "insert.mode": "replace" })]),
        ['connectors[0].config."insert.mode" is "replace", wants one of insert, upsert, update'],
    ],
    // references
    [
        "a secret with the prefix",
        {
            ...stack([postgresConnector({ source: { instance: "a", database: "b", table: "c", secret: "data_A" } })]),
            secrets: { prefix: "data_" },
            eks: { clusterName: "c", region: "eu-west-1" },
        },
        [
            "connectors[0].source.secret names the secret data_A, which is looked up as data_data_A: leave out secrets.prefix",
        ],
    ],
    [
        "a secret by its ARN",
        stack([postgresConnector({ config: { "database.user": "${secretManager:arn:aws:x}" } })]),
        [
            'connectors[0].config."database.user" refers to a secret by its ARN, which the provider cannot take apart; wants its name, without secrets.prefix',
        ],
    ],
    [
        "a secret that the role may not read",
        {
            ...stack([postgresConnector({ config: { "database.user": "${secretManager:OTHER:USER}" } })]),
            secrets: { prefix: "data_", plugin: "msk" },
            eks: { clusterName: "c", region: "eu-west-1" },
        },
        [
            'connectors[0].config."database.user" names the secret OTHER, which the workers may not read: a name begins with data_ (secrets.prefix)',
        ],
    ],
    [
        "a reference without a key",
        stack([postgresConnector({ config: { "database.user": "${secretManager:A}" } })]),
        ['connectors[0].config."database.user" is a reference without a key, wants ${PROVIDER:SECRET:KEY}'],
    ],
    [
        "a literal header",
        stack([
            {
                connectorTemplate: "httpSinkConnector",
                topics: ["t"],
                target: { name: "x", url: "http://x.example" },
                config: { "http.headers.authorization": "Bearer abc" },
            },
        ]),
        [
            'connectors[0].config."http.headers.authorization" holds a literal credential, wants a reference such as ${secretManager:SECRET:KEY}',
        ],
    ],
    // between connectors
    [
        "one table read twice",
        stack([
            postgresConnector(orders),
            postgresConnector({ ...orders, name: "other", slotName: "other", publicationName: "other" }),
        ]),
        [
            "connectors[1] reads a table that connectors[0] reads too (public.orders of shop/shop): have one of them read it",
        ],
    ],
    [
        "one table read twice by a pattern",
        stack([
            postgresConnector(orders),
            postgresConnector({
                source: { instance: "shop", database: "shop", table: "x" },
                config: { "table.include.list": "public.o.*" },
            }),
        ]),
        [
            "connectors[1] reads a table that connectors[0] reads too (public.o.* of shop/shop): have one of them read it",
        ],
    ],
    [
        "one topic mirrored twice",
        stack([
            { connectorTemplate: "mirrorSourceConnector", source: { instance: "a", topic: "b" } },
            { connectorTemplate: "mirrorSourceConnector", name: "c", source: { instance: "a", topics: ["b", "c"] } },
        ]),
        ["connectors[1] has the mirrored topic a.b, as has connectors[0]; give one of them another source.topic"],
    ],
    // options of templates that cannot be together
    [
        "exactly once on workers that do not",
        stack([postgresConnector({ exactlyOnce: true })]),
        [
            "connectors[0].exactlyOnce: got true, wants connect.exactlyOnce to be true: without it the workers refuse the connector",
        ],
    ],
    [
        "Avro without a registry",
        stack([postgresConnector({ converter: "avro" })]),
        [
            'connectors[0].converter: got "avro", wants kafka.schemaRegistry to be set, where the schemas are kept; or another converter',
        ],
    ],
    [
        "tables of records without a schema",
        stack([
            {
                connectorTemplate: "jdbcSinkConnector",
                topics: ["a"],
                target: { type: "mysql", instance: "i", database: "d" },
            },
        ]),
        [
            'connectors[0].converter: got "json", wants avro or json-with-schemas, as the topic\'s source writes it: a table needs records with a schema',
        ],
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
        ["connectors[0].delete: got true, wants primaryKey: record_key, by which the row is found; or false"],
    ],
    [
        "a dead letter queue that is never written to",
        stack([
            {
                connectorTemplate: "fileStreamSinkConnector",
                topics: ["a"],
                file: "/tmp/a",
                deadLetterQueue: { topic: "d" },
            },
        ]),
        ["connectors[0].deadLetterQueue.topic is never written to: errors.tolerance is none, wants all"],
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
        [
            "connectors[0].object makes batches, and errors.tolerance is all: the plugin has a dead letter queue for single records only, so object must be request",
        ],
    ],
    [
        "batches with error tolerance by hand",
        stack([
            {
                connectorTemplate: "brazeSinkConnector",
                topics: ["a"],
                endpoint: "https://rest.iad-01.braze.com",
                object: "events",
                config: { "errors.tolerance": "all" },
            },
        ]),
        [
            "connectors[0] (batching.enabled) is true and errors.tolerance is all: the plugin starts with one of them only",
        ],
    ],
    [
        "more objects than Braze takes",
        stack([
            {
                connectorTemplate: "brazeSinkConnector",
                topics: ["a"],
                endpoint: "https://rest.iad-01.braze.com",
                object: "events",
                batchSize: 76,
            },
        ]),
        ["connectors[0].batchSize: got 76, wants a whole number from 1 to 75"],
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
        ["connectors[0].keyField: got nothing, wants a column for the record's key, which upsert and delete need"],
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
        ['connectors[0].tables[0].topic: got "b", wants one of topics: a'],
    ],
    [
        "topic and topics",
        stack([{ connectorTemplate: "mirrorSourceConnector", source: { instance: "a", topic: "b", topics: ["c"] } }]),
        ["connectors[0].source: got a group of settings, wants either topic or topics"],
    ],
    [
        "a sink without topics",
        stack([{ connectorTemplate: "fileStreamSinkConnector", topics: [], file: "/tmp/a" }]),
        ["connectors[0].topics: got a list of 0, wants at least one topic name"],
    ],
    [
        "two tasks for one file",
        stack([{ connectorTemplate: "fileStreamSinkConnector", topics: ["a"], file: "/tmp/a", tasksMax: 2 }]),
        ["connectors[0].tasksMax: got 2, wants at most 1: it has no work for more"],
    ],
];

describe("what would fail only at run time", () => {
    for (const [what, settings, expected] of cases)
        it(`is refused: ${what}`, () => assert.deepEqual(faultsOf(settings), expected));

    it("is not seen where a filter keeps the tombstones away, or nobody writes any", () => {
        const sink = (transforms: Raw[]) => ({
            connectorTemplate: "httpSinkConnector",
            topics: [ordersTopic],
            target: { name: "x", url: "http://x.example" },
            transforms,
        });
        assert.deepEqual(faultsOf(stack([postgresConnector(orders), sink([])])), []);
        assert.deepEqual(
            faultsOf(
                stack([
                    postgresConnector({ ...orders, config: { "tombstones.on.delete": false } }),
                    { ...sink([]), dropTombstones: false },
                ]),
            ),
            [],
        );
        assert.equal(faultsOf(stack([postgresConnector(orders), { ...sink([]), dropTombstones: false }])).length, 1);
    });

    it("names a secret as the provider looks it up", () => {
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

    it("lets what may work pass with a warning", () => {
        const { warnings } = settingsFrom(
            minimal({
                secrets: { provider: "file" },
                connectors: [postgresConnector({ heartbeatSeconds: 0 }), postgresConnector(orders)],
            }),
        );
        assert.deepEqual(warnings, [
            "connectors[0].heartbeatSeconds has no heartbeat: while its table is quiet and others are not, PostgreSQL keeps all of its log for the slot, until the disk is full",
        ]);
    });
});
