import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { classOrder, type ConsequenceClass } from "../../src/diff/consequence";
import { diffStacks } from "../../src/diff/diffStacks";
import { formatMilliseconds } from "../../src/diff/kafkaChanges";
import { diffMarkdown, diffText } from "../../src/diff/report";
import { formatBytes, formatDuration, formatRows, type Statistics } from "../../src/diff/statistics";
import { renderedFiles } from "../../src/synth/renderedFiles";
import { evaluated, minimal, mysqlConnector, postgresConnector, type Raw } from "../support/stacks";

const recorded = path.join(__dirname, "..", "golden", "diff");
const update = process.env.UPDATE_GOLDEN === "1";

const orders: Raw = postgresConnector({ source: { instance: "shop", database: "shop", table: "orders" } });
const accounts: Raw = mysqlConnector({
    version: "1",
    source: { instance: "members", database: "members", table: "accounts" },
});
const sink: Raw = {
    connectorTemplate: "jdbcSinkConnector",
    topics: ["shoppostgres-shop-orders.public.orders"],
    converter: "json-with-schemas",
    target: { type: "postgresql", instance: "reports", database: "reports" },
};
const statistics: Statistics = {
    tables: { "shop.public.orders": { rows: 41_000_000, bytes: 9_000_000_000 }, "members.accounts": { rows: 1200 } },
    snapshotRowsPerSecond: 27_000,
    workerRestartSeconds: 40,
};

const stack = (...connectors: Raw[]): Raw =>
    minimal({ secrets: { provider: "file" }, connect: { replicas: 2 }, connectors });
const withSchemas: Raw = { ...orders, converter: "json-with-schemas" };
const withSink = stack(withSchemas, accounts, { ...sink, tasksMax: 12 });
const kafka = (topic: Raw, config: Raw = {}): Raw => ({
    kafkaCluster: { nodePools: [{ name: "dual", storage: { volumes: [{ size: "5Gi" }] } }], config },
    kafkaAccess: { topics: [{ name: "orders", partitions: 3, ...topic }] },
});
const version = (connector: Raw, of: string): Raw => ({ ...connector, version: of });

/** A change of each class: the stack before and after it. */
const cases: Record<string, { before: Raw; after: Raw; classes: ConsequenceClass[] }> = {
    "new version": {
        before: stack(orders, accounts),
        after: stack(version(orders, "2"), version(accounts, "2")),
        classes: ["snapshot", "orphan", "replacement"],
    },
    "new version without a snapshot": {
        before: stack(orders),
        after: stack({ ...version(orders, "2"), config: { "snapshot.mode": "no_data" } }),
        classes: ["data-loss", "replacement"],
    },
    "other slot": {
        before: stack(orders),
        after: stack({ ...orders, slotName: "orders_b" }),
        classes: ["data-loss", "orphan", "task-restart"],
    },
    "another table": {
        before: stack({ ...orders, name: "shop", source: { instance: "shop", database: "shop", tables: ["orders"] } }),
        after: stack({
            ...orders,
            name: "shop",
            source: { instance: "shop", database: "shop", tables: ["orders", "customers"] },
        }),
        classes: ["data-loss", "task-restart"],
    },
    "other topic prefix": {
        before: stack(orders),
        after: stack({ ...orders, config: { "topic.prefix": "shop" } }),
        classes: ["snapshot", "orphan", "task-restart"],
    },
    "removed connector": { before: stack(orders, accounts), after: stack(), classes: ["orphan", "removed"] },
    "new connector": { before: stack(), after: stack(orders, { ...accounts, state: "stopped" }), classes: ["new"] },
    "sink with another version": {
        before: stack(sink),
        after: stack(version(sink, "2")),
        classes: ["snapshot", "orphan", "replacement"],
    },
    "record format": {
        before: stack(orders),
        after: stack({ ...orders, config: { "decimal.handling.mode": "precise" } }),
        classes: ["record-format", "task-restart"],
    },
    "task restart": {
        before: stack(orders),
        after: stack({ ...orders, config: { "poll.interval.ms": 100 } }),
        classes: ["task-restart"],
    },
    "worker roll": {
        before: withSink,
        after: { ...withSink, connect: { replicas: 2, jvm: { xmx: "2g" } } },
        classes: ["worker-roll"],
    },
    "other offset topic": {
        before: stack(orders),
        after: { ...stack(orders), connect: { replicas: 2, groupId: "other" } },
        classes: ["snapshot", "worker-roll"],
    },
    "applied while running": {
        before: stack(orders, accounts),
        after: { ...stack({ ...orders, state: "paused" }, accounts), connect: { replicas: 4 } },
        classes: ["hot"],
    },
    "topics of Kafka": {
        before: kafka({ retention: "30d" }),
        after: kafka({ partitions: 6, retention: "7d" }),
        classes: ["data-loss", "record-format"],
    },
    "brokers of Kafka": {
        before: kafka({}),
        after: kafka({}, { "num.io.threads": 16 }),
        classes: ["broker-roll"],
    },
};

const filesOf = async (raw: Raw) => renderedFiles(await evaluated(raw));

describe("the difference of two stacks", () => {
    for (const [name, { before, after, classes }] of Object.entries(cases))
        it(`is what is recorded for: ${name}`, async () => {
            const difference = diffStacks(await filesOf(before), await filesOf(after), statistics);
            const file = path.join(recorded, `${name.replaceAll(" ", "-")}.md`);
            const text = `${diffMarkdown("test", difference)}\n`;
            if (update) {
                fs.mkdirSync(recorded, { recursive: true });
                fs.writeFileSync(file, text);
            }
            assert.equal(text, fs.readFileSync(file, "utf8"));
            const received = new Set(difference.consequences.map((item) => item.class));
            assert.deepEqual(
                classOrder.filter((item) => received.has(item)),
                classes,
            );
        });

    it("has a recorded change of each class", () => {
        const covered = new Set(Object.values(cases).flatMap(({ classes }) => classes));
        assert.deepEqual(
            classOrder.filter((item) => !covered.has(item)),
            [],
        );
        const files = Object.keys(cases).map((name) => `${name.replaceAll(" ", "-")}.md`);
        assert.deepEqual(fs.readdirSync(recorded).sort(), files.sort());
    });

    it("is empty for the same stack", async () => {
        const files = await filesOf(stack(orders, accounts));
        const difference = diffStacks(files, files);
        assert.deepEqual(difference, { consequences: [], changes: [] });
        assert.equal(diffText("test", difference), "test: changes nothing that runs");
    });

    it("of a changed image is a restart of the workers that use it", async () => {
        const image = { build: { registry: "registry.example.com/connect" } };
        const files = await filesOf({ ...stack(orders), image });
        const changed = new Map(
            [...files].map(([file, text]) => [
                file,
                file.startsWith("docker/") ? text.replace(/("INPUT_DEBEZIUM_POSTGRES": ")[^"]+/, "$1other") : text,
            ]),
        );
        const [consequence, ...others] = diffStacks(files, changed).consequences;
        assert.deepEqual(others, []);
        assert.equal(consequence.class, "worker-roll");
        assert.match(consequence.text, /image: INPUT_DEBEZIUM_POSTGRES/);
    });

    it("has no figures without statistics", async () => {
        const difference = diffStacks(await filesOf(stack(orders)), await filesOf(stack(version(orders, "2"))));
        const texts = difference.consequences.map(({ text }) => text);
        assert.ok(
            texts.some((text) => /reads every row of `shop\.public\.orders`;/.test(text)),
            texts.join("\n"),
        );
    });

    it("cannot end its block of code by a value", async () => {
        const changed = { ...orders, config: { "message.prefix.include.list": "a\n```\n# heading" } };
        const difference = diffStacks(await filesOf(stack(orders)), await filesOf(stack(changed)));
        assert.doesNotMatch(diffMarkdown("test", difference), /^# heading/m);
    });
});

describe("figures of a difference", () => {
    it("are rounded to what a person would say", () => {
        assert.deepEqual([0, 999, 1200, 41_000_000].map(formatRows), ["0 rows", "999 rows", "1.2 K rows", "41 M rows"]);
        assert.deepEqual([512, 9_000_000_000].map(formatBytes), ["512 B", "9.0 GB"]);
        assert.deepEqual([0.2, 40, 1518, 7200].map(formatDuration), [
            "about 1 s",
            "about 40 s",
            "about 25 min",
            "about 2.0 h",
        ]);
        assert.deepEqual([604_800_000, 3_600_000, -1, 5, undefined].map(formatMilliseconds), [
            "7 days",
            "1 hour",
            "no limit",
            "5 ms",
            "the broker's default",
        ]);
    });
});
