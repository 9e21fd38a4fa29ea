/** Keys of connectors' configurations: which are accepted, which are doubtful, and which cannot work. */
import assert from "node:assert/strict";
import { formatPath } from "../../src/schema/issues";
import { issuesOf, mysqlConnector, postgresConnector, settingsFrom, withConnectors, type Raw } from "../support/stacks";

const warningsOf = (raw: Raw): string[] =>
    settingsFrom(raw)
        .warnings.filter(({ code }) => code.endsWith("_CONFIG_KEY"))
        .map(({ code, path, message }) => `${code} ${formatPath(path)}: ${message}`);
const codesOf = (raw: Raw): string[] => warningsOf(raw).map((text) => text.split(":")[0]);

const debezium = { name: "a", connectorTemplate: "raw" };
const login = { "database.hostname": "db", "database.user": "u" };
const postgres = (config: Raw, more: Raw = {}): Raw => ({
    ...debezium,
    class: "io.debezium.connector.postgresql.PostgresConnector",
    config: { "plugin.name": "pgoutput", "topic.prefix": "a", ...login, "database.dbname": "a", ...config },
    ...more,
});
const mongodb = (config: Raw): Raw => ({
    ...debezium,
    class: "io.debezium.connector.mongodb.MongoDbConnector",
    config: {
        "topic.prefix": "a",
        "mongodb.connection.string": "mongodb://h/",
        "mongodb.server.selection.timeout.ms": 5000,
        ...config,
    },
});
const jdbc = (config: Raw): Raw => ({
    ...debezium,
    class: "io.debezium.connector.jdbc.JdbcSinkConnector",
    config: { topics: "a", "connection.url": "jdbc:postgresql://db/a", "connection.username": "u", ...config },
});
const existing = {
    image: { existing: "registry/connect@sha256:0000000000000000000000000000000000000000000000000000000000000000" },
};

describe("a key that the plugin does not list", () => {
    it("is a warning with the nearest key, in raw and in a template's config", () => {
        const known =
            'io.debezium.connector.postgresql.PostgresConnector 3.7.0.Final does not list this key and probably ignores it; did you mean "slot.name"?';
        for (const connector of [postgres({ "slot.nam": "x" }), postgresConnector({ config: { "slot.nam": "x" } })])
            assert.deepEqual(warningsOf(withConnectors(connector)), [
                `KCP_UNKNOWN_CONFIG_KEY connectors[0].config."slot.nam": ${known}`,
            ]);
    });

    it("is accepted in unknownKeys", () => {
        assert.deepEqual(warningsOf(withConnectors(postgres({ "slot.nam": "x" }, { unknownKeys: ["slot.nam"] }))), []);
    });

    it("is accepted where the documentation has it, though the plugin reports it nowhere", () => {
        const keys = {
            "topic.heartbeat.prefix": "hb",
            "topic.delimiter": ".",
            "topic.transaction": "t",
            "topic.cache.size": 1,
            "signal.file": "/tmp/a",
            "read.only": true,
        };
        const mysqlKeys = {
            ...keys,
            "binary.handling.mode": "bytes",
            "field.name.adjustment.mode": "none",
            "database.connectionTimeZone": "UTC",
        };
        const mongodbKeys = {
            "capture.scope": "database",
            "capture.target": "shop",
            "mongodb.ssl.keystore": "/a",
            "mongodb.ssl.truststore.type": "JKS",
            "cursor.max.await.time.ms": 1,
        };
        for (const connector of [
            postgres(keys),
            mysqlConnector({ config: mysqlKeys }),
            mongodb(mongodbKeys),
            jdbc({ "use.reduction.buffer": true, "connection.provider": "x.Y" }),
        ])
            assert.deepEqual(warningsOf(withConnectors(connector)), []);
    });

    it("is accepted where it starts with the name of a listed converter, post-processor, transform or predicate", () => {
        const config = {
            converters: "bool",
            "bool.type": "io.debezium.connector.binlog.converters.TinyIntOneToBooleanConverter",
            "bool.selector": ".*",
            "post.processors": "reselector",
            "reselector.type": "io.debezium.processors.reselect.ReselectColumnsPostProcessor",
            "reselector.reselect.unavailable.values": true,
            transforms: "a",
            "transforms.a.type": "com.example.Own",
            "transforms.a.anything": 1,
        };
        assert.deepEqual(warningsOf(withConnectors(mysqlConnector({ config }))), []);
    });

    it("is a warning where a driver's key is a misspelling of the plugin's", () => {
        const config = { "database.ssl.mod": "x", "database.tcpKeepAlive": true };
        assert.deepEqual(codesOf(withConnectors(mysqlConnector({ config }))), [
            'KCP_UNKNOWN_CONFIG_KEY connectors[0].config."database.ssl.mod"',
        ]);
    });

    it("is a warning in a transform, a predicate or a converter of Kafka or Debezium", () => {
        const config = {
            transforms: "unwrap,route",
            "transforms.unwrap.type": "io.debezium.transforms.ExtractNewRecordState",
            "transforms.unwrap.add.field": "op",
            "transforms.unwrap.predicate": "topic",
            "transforms.route.type": "org.apache.kafka.connect.transforms.RegexRouter",
            "transforms.route.regex": "(.*)",
            "transforms.route.replacement": "$1",
            "transforms.route.replacment": "$1",
            predicates: "topic",
            "predicates.topic.type": "org.apache.kafka.connect.transforms.predicates.TopicNameMatches",
            "predicates.topic.pattern": "a",
            "predicates.topic.patern": "a",
            "value.converter": "org.apache.kafka.connect.json.JsonConverter",
            "value.converter.schemas.enabled": false,
        };
        assert.deepEqual(
            warningsOf(withConnectors(postgres(config))).map((text) =>
                /"([^"]+)": .* did you mean "(.*)"/.exec(text)?.slice(1, 3),
            ),
            [
                ["transforms.unwrap.add.field", "add.fields"],
                ["transforms.route.replacment", "replacement"],
                ["predicates.topic.patern", "pattern"],
                ["value.converter.schemas.enabled", "schemas.enable"],
            ],
        );
    });

    it("is a warning at the option of a template's transform", () => {
        const transforms = [{ type: "unwrap", config: { "add.field": "op" } }];
        assert.deepEqual(codesOf(withConnectors(postgresConnector({ transforms }))), [
            'KCP_UNKNOWN_CONFIG_KEY connectors[0].transforms[0].config."add.field"',
        ]);
    });
});

describe("a key that is missing", () => {
    it("is a warning where the default works on few servers", () => {
        const config = { ...login, "topic.prefix": "a", "database.dbname": "a" };
        const withoutPlugin = { ...postgres({}), config };
        const withoutTimeout = {
            ...mongodb({}),
            config: { "topic.prefix": "a", "mongodb.connection.string": "mongodb://h/" },
        };
        for (const connector of [withoutPlugin, withoutTimeout])
            assert.deepEqual(codesOf(withConnectors(connector)), ["KCP_MISSING_CONFIG_KEY connectors[0]"]);
    });

    it("is no error where the image can contain Debezium 1", () => {
        const mysql = { ...debezium, class: "io.debezium.connector.mysql.MySqlConnector" };
        const config = { "database.hostname": "db", "database.server.name": "a", "database.history.kafka.topic": "h" };
        const raw = withConnectors({ ...mysql, config });
        assert.deepEqual(issuesOf({ ...raw, ...existing }), []);
        assert.ok(issuesOf(raw).includes("KCP_MISSING_CONFIG_KEY connectors[0]"));
    });
});

describe("a key of another version of Kafka or of another vendor", () => {
    it("is accepted in ReplaceField before Kafka 4", () => {
        const config = {
            transforms: "drop",
            "transforms.drop.type": "org.apache.kafka.connect.transforms.ReplaceField$Value",
            "transforms.drop.blacklist": "a",
        };
        const raw = withConnectors(postgres(config));
        assert.equal(codesOf(raw).length, 1);
        assert.deepEqual(codesOf({ ...raw, strimzi: { version: "0.45.0" } }), []);
    });

    it("does not count where an alias can be of another vendor's plugin", () => {
        const sink = { ...debezium, class: "HttpSink", config: { topics: "a", "http.api.url": "https://a" } };
        assert.equal(codesOf({ ...withConnectors(sink), ...existing }).length, 0);
        assert.equal(settingsFrom({ ...withConnectors(sink), ...existing }).connectors[0].class, "HttpSink");
    });
});

describe("a key that the plugin renamed", () => {
    const history = { "database.history.kafka.topic": "h" };

    it("is an error where its replacement is not set, a warning where it is", () => {
        const renamed = { "table.whitelist": "public.a" };
        const path = 'KCP_REMOVED_CONFIG_KEY connectors[0].config."table.whitelist"';
        assert.deepEqual(issuesOf(withConnectors(postgres(renamed))), [path]);
        assert.deepEqual(codesOf(withConnectors(postgres({ ...renamed, "table.include.list": "public.a" }))), [path]);
    });

    it("is a warning where the image is not built here, so that the plugin's version is not known", () => {
        const raw = { ...withConnectors(mysqlConnector({ config: history })), ...existing };
        assert.deepEqual(codesOf({ ...raw }), [
            'KCP_REMOVED_CONFIG_KEY connectors[0].config."database.history.kafka.topic"',
        ]);
    });

    it("is a warning where nothing replaces it", () => {
        const http = { ...debezium, class: "io.aiven.kafka.connect.http.HttpSinkConnector" };
        const config = {
            topics: "a",
            "http.url": "https://a",
            "http.authorization.type": "none",
            "reporter.bootstrap.servers": "k:9092",
        };
        for (const connector of [mysqlConnector({ config: { "snapshot.minimal.locks": true } }), { ...http, config }])
            assert.equal(codesOf(withConnectors(connector)).length, 1);
    });

    it("is no key of another plugin, in which it is current", () => {
        const connector = { ...debezium, class: "io.confluent.connect.jdbc.JdbcSourceConnector" };
        const config = { "table.whitelist": "a", "reporter.bootstrap.servers": "k:9092", "request.method": "POST" };
        assert.deepEqual(issuesOf({ ...withConnectors({ ...connector, config }), ...existing }), []);
    });

    it("is an error in a transform of Debezium only", () => {
        const transform = (type: string) =>
            withConnectors(
                postgres({ transforms: "t", "transforms.t.type": type, "transforms.t.drop.tombstones": false }),
            );
        const path = 'KCP_REMOVED_CONFIG_KEY connectors[0].config."transforms.t.drop.tombstones"';
        assert.deepEqual(issuesOf(transform("io.debezium.transforms.ExtractNewRecordState")), [path]);
        assert.deepEqual(issuesOf(transform("com.example.Own")), []);
    });
});
