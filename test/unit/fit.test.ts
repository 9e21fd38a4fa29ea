/** Sources and sinks of one stack: whether a sink can read what a source writes. */
import assert from "node:assert/strict";
import { formatPath } from "../../src/schema/issues";
import { issuesOf, postgresConnector, settingsFrom, withConnectors, withImage, type Raw } from "../support/stacks";

const warningsOf = (raw: Raw): string[] =>
    settingsFrom(withImage(raw)).warnings.map(({ code, path, message }) => `${code} ${formatPath(path)}: ${message}`);
const codesOf = (raw: Raw): string[] => warningsOf(raw).map((text) => text.split(":")[0]);

const topic = "billingpostgres-billing-invoices.public.invoices";
const json = "org.apache.kafka.connect.json.JsonConverter";
const string = "org.apache.kafka.connect.storage.StringConverter";
const source = (more: Raw = {}): Raw => postgresConnector({ reselect: true, ...more });
const file = (more: Raw = {}): Raw => ({
    connectorTemplate: "fileStreamSinkConnector",
    topics: [topic],
    file: "/tmp/a",
    ...more,
});
const jdbc = (more: Raw = {}): Raw => ({
    connectorTemplate: "jdbcSinkConnector",
    topics: [topic],
    converter: "json-with-schemas",
    target: { type: "postgresql", instance: "reports", database: "reports" },
    ...more,
});
const withSchemas = { converter: "json-with-schemas", decimals: "precise" };
const raw = (className: string, config: Raw, more: Raw = {}): Raw => ({
    connectorTemplate: "raw",
    name: "other",
    class: className,
    config,
    ...more,
});

describe("a topic that a sink reads", () => {
    const reading = (name: string) => withConnectors(source(), file({ topics: [name], converter: "json" }));

    it("has no warning where a source writes it, by name or by pattern", () => {
        assert.deepEqual(warningsOf(reading(topic)), []);
        const pattern = { instance: "billing", database: "billing", tables: [{ pattern: "inv.*" }] };
        const sink = file({ topics: ["billingpostgres-billing.public.invoices"] });
        assert.deepEqual(warningsOf(withConnectors(source({ source: pattern }), sink)), []);
    });

    it("has a warning with the nearest name and the names there are", () => {
        assert.deepEqual(warningsOf(reading("billingpostgres-billing-invoices.public.invoice")), [
            "KCP_UNWRITTEN_TOPIC connectors[1].topics[0]: no connector of this stack writes " +
                `billingpostgres-billing-invoices.public.invoice; did you mean "${topic}"?; connectors[0] writes ${topic}`,
        ]);
    });

    it("has no warning where its name is an application's, or declared in kafkaAccess", () => {
        assert.deepEqual(warningsOf(reading("clicks")), []);
        const near = topic.replace("invoices.", "invoice.");
        const access = { kafkaAccess: { cluster: "kafka", topics: [{ name: near, partitions: 1 }] } };
        assert.deepEqual(
            codesOf({ ...reading(near), ...access }).filter((code) => /TOPIC/.test(code)),
            [],
        );
    });

    it("has no warning where it is a heartbeat topic or a dead letter queue", () => {
        const queue = { name: "first", errors: { tolerance: "all" } };
        const sinks = [file(queue), file({ topics: ["dlq.first"], file: "/tmp/b" })];
        assert.deepEqual(warningsOf(withConnectors(source(), ...sinks)), []);
    });
});

describe("the format of records", () => {
    const both = (written: Raw, read: Raw) => withConnectors(source(written), file({ converter: read.converter }));

    it("is an error where JSON without schemas is read with schemas, for values and keys", () => {
        assert.deepEqual(issuesOf(both({ converter: "json" }, withSchemas)), [
            "KCP_FORMAT_MISMATCH connectors[1].converter",
        ]);
        assert.deepEqual(issuesOf(both({ ...withSchemas, keyConverter: "json" }, withSchemas)), [
            "KCP_FORMAT_MISMATCH connectors[1].converter",
        ]);
    });

    it("is a warning where JSON with schemas is read without", () => {
        assert.deepEqual(codesOf(both(withSchemas, { converter: "json" })), [
            "KCP_FORMAT_MISMATCH connectors[1].converter",
        ]);
    });

    it("is an error where one of Avro and JSON is written and the other read", () => {
        const registry = { kafka: { bootstrapServers: "k:9092", schemaRegistry: { url: "https://registry" } } };
        for (const [written, read] of [
            ["avro", "json"],
            ["json", "avro"],
            ["avro", "string"],
        ])
            assert.deepEqual(
                issuesOf({ ...both({ converter: written }, { converter: read }), ...registry }).map(
                    (text) => text.split(" ")[0],
                ),
                ["KCP_FORMAT_MISMATCH"],
            );
    });

    it("is accepted where strings or bytes are read from JSON", () => {
        for (const converter of ["string", "bytes"]) assert.deepEqual(codesOf(both({}, { converter })), []);
    });

    it("is an error where StringConverter writes Debezium's values, unless a transform makes strings of them", () => {
        assert.deepEqual(issuesOf(withConnectors(source({ converter: "string", keyConverter: "json" }))), [
            "KCP_SILENT_CORRUPTION connectors[0].converter",
        ]);
        const outbox = [{ type: "io.debezium.transforms.outbox.EventRouter" }];
        assert.deepEqual(issuesOf(withConnectors(source({ converter: "string", transforms: outbox }))), []);
        assert.deepEqual(codesOf(withConnectors(source({ keyConverter: "string" }))), [
            "KCP_SILENT_CORRUPTION connectors[0].keyConverter",
        ]);
    });

    it("is an error where the JDBC sink has keys or values without a schema", () => {
        const className = "io.debezium.connector.jdbc.JdbcSinkConnector";
        const login = { "connection.url": "jdbc:postgresql://db/a", "connection.username": "u" };
        const config = { topics: "a", ...login, "primary.key.mode": "record_key" };
        const path = 'connectors[0].config."key.converter"';
        const key = (more: Raw) => issuesOf(withConnectors(raw(className, { ...config, ...more })));
        assert.deepEqual(key({ "key.converter": json, "key.converter.schemas.enable": false }), [
            `KCP_FORMAT_MISMATCH ${path}`,
        ]);
        assert.deepEqual(key({ "key.converter": string }), [`KCP_FORMAT_MISMATCH ${path}`]);
        assert.deepEqual(key({ "key.converter": string, "primary.key.fields": "id" }), []);
        assert.deepEqual(key({ "key.converter": json }), []);
        assert.deepEqual(issuesOf(withConnectors(jdbc({ keyConverter: "json" }))), [
            "KCP_FORMAT_MISMATCH connectors[0].keyConverter",
        ]);
    });
});

describe("the rows of a JDBC sink", () => {
    it("behind a PostgreSQL source need reselect, or REPLICA IDENTITY FULL", () => {
        const fit = (more: Raw) => codesOf(withConnectors(postgresConnector({ ...withSchemas, ...more }), jdbc()));
        assert.deepEqual(fit({}), ["KCP_UNAVAILABLE_VALUE connectors[0]"]);
        assert.deepEqual(fit({ reselect: true }), []);
        assert.deepEqual(fit({ reselect: false }), []);
        assert.deepEqual(fit({ config: { "replica.identity.autoset.values": "public.*:FULL" } }), []);
    });

    it("fail on decimals as strings", () => {
        const text = source({ ...withSchemas, decimals: "string" });
        assert.deepEqual(codesOf(withConnectors(text, jdbc())), ["KCP_FORMAT_MISMATCH connectors[0].decimals"]);
    });

    it("keep the deleted ones where the source writes no tombstones", () => {
        const unwrap = {
            ...withSchemas,
            transforms: [{ type: "unwrap", config: { "delete.tombstone.handling.mode": "drop" } }],
        };
        assert.deepEqual(codesOf(withConnectors(source(unwrap), jdbc())), ["KCP_LOST_DELETION connectors[1]"]);
        assert.deepEqual(codesOf(withConnectors(source(unwrap), jdbc({ delete: false }))), []);
        assert.deepEqual(
            codesOf(withConnectors(source({ ...withSchemas, transforms: [{ type: "unwrap" }] }), jdbc())),
            [],
        );
    });
});
