import assert from "node:assert/strict";
import { parse } from "yaml";
import { signalledConnector } from "../../cli/snapshot/snapshot";
import { progressLine } from "../../src/local/snapshotSignals";
import { tableChanges } from "../../src/strimzi/tableChanges";
import { objectsOfKind } from "../../src/synth/synth";
import { evaluated, settingsFrom, type Raw } from "../support/stacks";

const connector = (changes: Record<string, unknown> = {}) => ({
    connectorTemplate: "debeziumPostgresSourceConnector",
    name: "shop",
    source: { instance: "shop", database: "shop", tables: ["orders", "customers"] },
    ...changes,
});
const signals = { incrementalSnapshots: { signalTable: "public.debezium_signal" } };
const ownKafka: Raw = {
    kafkaCluster: { name: "main" },
    secrets: { provider: "file" },
    connectors: [connector(signals)],
};

describe("incremental snapshots", () => {
    it("declare the topics of signals and notifications, which are kept", async () => {
        const topics = objectsOfKind(await evaluated(ownKafka), "KafkaTopic").map(({ spec }) => spec);
        assert.deepEqual(
            topics.map(({ topicName, partitions, config }) => [topicName, partitions, config["retention.ms"]]),
            [
                ["signals.shop", 1, -1],
                ["notifications.shop", 1, -1],
            ],
        );
    });

    it("give Connect's user the rights on the topics, the group and the signal table's topic", async () => {
        const [user] = objectsOfKind(await evaluated(ownKafka), "KafkaUser");
        const rights = Object.fromEntries(
            (user.spec.authorization.acls as { resource: { name?: string }; operations: string[] }[]).map(
                ({ resource, operations }) => [resource.name, operations],
            ),
        );
        assert.ok(rights["signals.shop"].includes("Read") && rights["signals.shop"].includes("Write"));
        assert.ok(rights["notifications.shop"].includes("Write"));
        assert.deepEqual(rights["shop-signals"], ["Read", "Describe"]);
        assert.ok(rights["shop.public.debezium_signal"].includes("Write"));
    });

    it("log the consumer of signals in as the workers", () => {
        const [{ config }] = settingsFrom(ownKafka).connectors;
        assert.equal(config["signal.consumer.security.protocol"], "SSL");
        assert.match(String(config["signal.kafka.bootstrap.servers"]), /^main-kafka-bootstrap\./);
    });

    it("create a Job whose name changes with the tables", async () => {
        const nameOf = async (tables: string[]) => {
            const source = { instance: "shop", database: "shop", tables };
            const stack = { ...ownKafka, connectors: [connector({ ...signals, source })] };
            return objectsOfKind(await evaluated(stack), "Job").map(({ metadata }) => metadata.name);
        };
        const [names, others] = [await nameOf(["orders"]), await nameOf(["orders", "customers"])];
        assert.equal(names.length, 1);
        assert.notDeepEqual(names, others);
        assert.deepEqual(await nameOf(["orders"]), names);
    });

    it("need a signal table or the read-only mode, not both", () => {
        const both = { incrementalSnapshots: { signalTable: "public.s", readOnly: true } };
        assert.throws(() => settingsFrom({ ...ownKafka, connectors: [connector(both)] }), {
            message: /incrementalSnapshots.*exactly one of signalTable and readOnly/,
        });
    });

    it("show a notification as a line", () => {
        const notification = parse(
            "{ id: a, type: IN_PROGRESS, aggregate_type: Incremental Snapshot, additional_data: " +
                "{ current_collection_in_progress: public.orders, chunk_index: '2', total_chunks: '5' } }",
        ) as Parameters<typeof progressLine>[0];
        assert.equal(progressLine(notification), "IN_PROGRESS public.orders chunk 2 of 5");
        assert.equal(progressLine({ ...notification, aggregate_type: "Initial Snapshot" }), undefined);
    });
});

describe("a change of a source's tables", () => {
    const config = (list: string, further = {}) => ({ "table.include.list": list, "slot.name": "dbz", ...further });
    const withSignals = { "signal.enabled.channels": "source,kafka", "notification.sink.topic.name": "n" };

    it("says that an added table's rows are read, where signals are taken", () => {
        const [change] = tableChanges("shop", config("public.a"), config("public.a,public.b", withSignals));
        assert.match(change, /^shop: added public\.b: a Job reads their rows/);
    });

    it("says that an added table's rows are not read by default", () => {
        const [change] = tableChanges("shop", config("public.a"), config("public.a,public.b"));
        assert.match(change, /not the rows that they have already: set incrementalSnapshots/);
    });

    it("says what stays of a removed table", () => {
        const [change] = tableChanges("shop", config("public.a,public.b"), config("public.a"));
        assert.match(change, /^shop: removed public\.b: .* topics and records stay, and the slot goes on/);
    });

    it("says nothing where the tables are the same, or the connector is new", () => {
        assert.deepEqual(tableChanges("shop", config("public.a"), config("public.a")), []);
        assert.deepEqual(tableChanges("shop", undefined, config("public.a")), []);
    });
});

describe("kcp snapshot", () => {
    const { connectors } = settingsFrom(ownKafka);

    it("suggests the connector and the table that were meant", () => {
        assert.throws(() => signalledConnector(connectors, "shopp", ["public.orders"]), /did you mean "shop"/);
        assert.throws(() => signalledConnector(connectors, "shop", ["public.order"]), /did you mean/);
        assert.equal(signalledConnector(connectors, "shop", ["public.orders"]).name, "shop");
    });

    it("refuses a connector that takes no signals", () => {
        const { connectors: plain } = settingsFrom({ ...ownKafka, connectors: [connector()] });
        assert.throws(() => signalledConnector(plain, "shop", ["public.orders"]), /set incrementalSnapshots/);
    });
});
