/** Names of connectors: what a stack overrides by them, and those that Kubernetes does not accept. */
import assert from "node:assert/strict";
import {
    assertIssues,
    evaluated,
    messagesOf,
    postgresConnector,
    settingsFrom,
    withConnectors,
    type Raw,
} from "../support/stacks";
import { objectsOfKind } from "../../src/synth/synth";

const connectors = [
    postgresConnector({ name: "billing" }),
    postgresConnector({ source: { instance: "shop", database: "shop", table: "orders" }, tasksMax: 1 }),
];
const derived = "shoppostgres-shop-orders";
const stack = (connectorOverrides: unknown): Raw => ({ ...withConnectors(...connectors), connectorOverrides });

describe("connectorOverrides", () => {
    it("change options of a connector by its declared or derived name", () => {
        const resolved = settingsFrom(
            stack({
                billing: {
                    state: "stopped",
                    source: { instance: "billing-staging" },
                    config: { "max.batch.size": 10 },
                },
                [derived]: { topicPrefix: "staging", tasksMax: null },
            }),
        ).connectors;
        assert.equal(resolved[0].state, "stopped");
        assert.equal(resolved[0].config["database.hostname"], "${secretManager:BILLING-STAGING:HOST}");
        assert.equal(resolved[0].config["database.dbname"], "billing");
        assert.equal(resolved[0].config["max.batch.size"], 10);
        assert.deepEqual(resolved[1].outputTopics, ["staging.public.orders"]);
    });

    it("are rejected for a name that no connector has, with the nearest one", () => {
        assert.deepEqual(messagesOf(stack({ biling: { state: "stopped" } })), [
            "connectorOverrides.biling: no connector of this stack has this name; " +
                'did you mean "billing"? [KCP_UNKNOWN_SETTING]',
        ]);
        assertIssues(stack({ billing: "stopped" }), [["KCP_INVALID_VALUE", "connectorOverrides.billing"]]);
        assertIssues(stack([]), [["KCP_INVALID_VALUE", "connectorOverrides"]]);
    });

    it("have issues at their own path, and the rest of the declaration at its", () => {
        assertIssues(stack({ billing: { state: "stoped", source: { tabel: "a" }, heartbeatSeconds: -1 } }), [
            ["KCP_INVALID_VALUE", "connectorOverrides.billing.state"],
            ["KCP_INVALID_VALUE", "connectorOverrides.billing.heartbeatSeconds"],
            ["KCP_UNKNOWN_SETTING", "connectorOverrides.billing.source.tabel"],
        ]);
        const invalid = {
            ...stack({ billing: { state: "stopped" } }),
            connectors: [{ ...connectors[0], slotName: "A" }],
        };
        assertIssues(invalid, [["KCP_INVALID_VALUE", "connectors[0].slotName"]]);
    });
});

describe("a raw connector whose name Kubernetes does not accept", () => {
    const file = (config: Raw): Raw => ({
        connectorTemplate: "raw",
        config: { name: "Shop_Lines", "connector.class": "FileStreamSink", file: "/tmp/a", ...config },
    });

    it("has a legal name, and a sink keeps its consumer group", async () => {
        for (const topics of [{ topics: "lines" }, { "topics.regex": "lines-.*" }]) {
            const raw = withConnectors(file(topics));
            const [connector] = objectsOfKind(await evaluated(raw), "KafkaConnector");
            assert.match(connector.metadata.name, /^shop-lines-[0-9a-f]{6}$/);
            assert.equal(connector.spec.config["consumer.override.group.id"], "connect-Shop_Lines");
            assert.deepEqual(
                settingsFrom(raw).warnings.map(({ code }) => code),
                ["KCP_RENAMED_CONNECTOR"],
            );
        }
    });

    it("keeps a group that its configuration sets, and a source has none", () => {
        const [own] = settingsFrom(
            withConnectors(file({ topics: "a", "consumer.override.group.id": "mine" })),
        ).connectors;
        assert.equal(own.config["consumer.override.group.id"], "mine");
        const source = { name: "A", "connector.class": "FileStreamSource", file: "/tmp/a", topic: "a" };
        const settings = settingsFrom(withConnectors({ connectorTemplate: "raw", config: source }));
        assert.equal(settings.connectors[0].config["consumer.override.group.id"], undefined);
        assert.match(settings.warnings[0].message, /offsets of a source that ran under its old name are not used/);
    });
});

describe("a sink's topics.regex", () => {
    it("is compared with the topics that the stack's sources write", () => {
        const sink = {
            connectorTemplate: "raw",
            name: "a",
            class: "FileStreamSink",
            config: {
                "topics.regex": "shoppostgres.*",
                file: "/tmp/a",
                "key.converter": "org.apache.kafka.connect.json.JsonConverter",
                "key.converter.schemas.enable": false,
                "value.converter": "io.confluent.connect.avro.AvroConverter",
                "value.converter.schema.registry.url": "http://registry:8081",
            },
        };
        assertIssues(withConnectors(connectors[1], sink), [
            ["KCP_FORMAT_MISMATCH", 'connectors[1].config."value.converter"'],
        ]);
    });
});
