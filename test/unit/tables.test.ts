import assert from "node:assert/strict";
import { strimziAcl } from "../../src/strimzi/acls";
import { connectorTopics } from "../../src/strimzi/connectorTopics";
import { stackWith } from "../support/declarations";
import { issuesOf, settingsFrom, type Raw } from "../support/stacks";

const postgres = (source: Raw, options: Raw = {}): Raw => ({
    connectorTemplate: "debeziumPostgresSourceConnector",
    source: { instance: "shop", database: "shop", ...source },
    ...options,
});
const mysql = (source: Raw, options: Raw = {}): Raw => ({
    ...postgres(source, options),
    connectorTemplate: "debeziumMysqlSourceConnector",
});
const mongodb = (source: Raw, options: Raw = {}): Raw => ({
    ...postgres(source, options),
    connectorTemplate: "debeziumMongodbSourceConnector",
});

const stack = (...connectors: Raw[]): Raw => ({ ...stackWith(connectors), image: undefined });
const resolve = (declaration: Raw) => settingsFrom(stack(declaration)).connectors[0];
const includes = (declaration: Raw) => {
    const { config } = resolve(declaration);
    return config["table.include.list"] ?? config["collection.include.list"];
};

describe("a source of several tables", () => {
    it("captures the named tables, each to its topic", () => {
        const { config, outputTopics } = resolve(postgres({ tables: ["orders", "customers"] }));
        assert.equal(config["table.include.list"], "public.orders,public.customers");
        assert.deepEqual(outputTopics, ["shoppostgres-shop.public.orders", "shoppostgres-shop.public.customers"]);
    });

    it("keeps its name, slot and topic prefix when a table is added", () => {
        const [one, two] = [["orders"], ["orders", "customers"]].map((tables) => resolve(postgres({ tables })));
        assert.equal(one.name, two.name);
        assert.equal(one.config["slot.name"], two.config["slot.name"]);
        assert.equal(one.config["topic.prefix"], two.config["topic.prefix"]);
    });

    it("captures tables of other schemas and by pattern", () => {
        const tables = ["orders", { pattern: "invoice_\\d+" }, { schema: "ledger", pattern: "a|b" }];
        const { config, outputTopics } = resolve(postgres({ tables }, { topicPrefix: "p" }));
        assert.equal(config["table.include.list"], "public.orders,public.invoice_\\d+,ledger.(?:a|b)");
        assert.deepEqual(outputTopics, ["p.public.orders", "p.public.invoice_*", "p.ledger.*"]);
    });

    it("captures whole schemas but for the excluded tables", () => {
        const source = { schemas: ["public", "ledger"], excludeTables: ["audit", { pattern: "tmp_.*" }] };
        const { config, outputTopics } = resolve(postgres(source, { topicPrefix: "p" }));
        const list = String(config["table.include.list"]);
        assert.equal(list, "public.(?!(?:audit|tmp_.*)$).*,ledger..*");
        const captured = (table: string) => list.split(",").some((item) => new RegExp(`^(?:${item})$`).test(table));
        assert.deepEqual(
            ["public.orders", "public.audit", "public.audits", "public.tmp_1", "ledger.audit"].map(captured),
            [true, false, true, false, true],
        );
        assert.deepEqual(outputTopics, ["p.public.*", "p.ledger.*"]);
    });

    it("captures a whole database or server", () => {
        assert.equal(includes(postgres({ schemas: "all" })), ".*");
        const excludeTables = [{ schema: "ledger", name: "audit" }];
        assert.equal(includes(postgres({ schemas: "all", excludeTables })), "(?!(?:ledger\\.audit)$).*");
        const server = resolve(mysql({ databases: "all", database: undefined }));
        assert.equal(server.config["database.include.list"], undefined);
        assert.deepEqual(server.outputTopics, ["shopmysql.*"]);
        const databases = resolve(mysql({ databases: ["shop", "crm"], database: undefined }));
        assert.equal(databases.config["database.include.list"], "shop,crm");
        assert.equal(databases.config["table.include.list"], "shop..*,crm..*");
    });

    it("captures collections of MongoDB", () => {
        const { config, outputTopics } = resolve(mongodb({ collections: ["a.b", { database: "crm", name: "c" }] }));
        assert.equal(config["collection.include.list"], "shop.a\\.b,crm.c");
        assert.equal(config["database.include.list"], "shop,crm");
        assert.deepEqual(outputTopics, ["shopmongodb-shop.shop.a.b", "shopmongodb-shop.crm.c"]);
    });

    it("stores the history of all tables of its databases, so that one can be added", () => {
        const key = "schema.history.internal.store.only.captured.tables.ddl";
        assert.equal(resolve(mysql({ table: "orders" })).config[key], true);
        assert.equal(resolve(mysql({ tables: ["orders"] })).config[key], false);
    });

    it("knows the tables of an include list in config", () => {
        const config = { "table.include.list": "public.orders, ledger\\.entries,public\\.tmp_.*" };
        const connector = resolve(postgres({ table: "orders" }, { config, topicPrefix: "p" }));
        assert.deepEqual(connector.outputTopics, ["p.public.orders", "p.ledger.entries", "p.public.tmp_*"]);
        assert.deepEqual(connector.capturedTables?.tables, ["public.orders", "ledger\\.entries", "public\\.tmp_.*"]);
    });

    it("has rights for its topics, by prefix where their names are not known", () => {
        const connectors = [
            postgres({ table: "orders" }, { name: "a" }),
            postgres({ schemas: ["crm"] }, { name: "b" }),
        ];
        const { produce } = connectorTopics(settingsFrom(stack(...connectors)).connectors);
        assert.deepEqual(produce, ["a.public.orders", "__debezium-heartbeat.a", "b.crm.*", "__debezium-heartbeat.b"]);
        const acl = strimziAcl({ type: "allow", resource: "topic", name: "b.crm.*", operations: ["Write"] });
        assert.deepEqual(acl.resource, { type: "topic", name: "b.crm.", patternType: "prefix" });
    });

    it("conflicts with another connector that reads one of its tables", () => {
        const issues = (other: Raw, own: Raw) =>
            issuesOf(stack(postgres(other, { name: "other" }), postgres(own, { name: "own" })));
        for (const own of [{ tables: ["customers", "orders"] }, { tables: [{ pattern: "ord.*" }] }, { schemas: "all" }])
            assert.deepEqual(issues({ table: "orders" }, own).length, 1, JSON.stringify(own));
        assert.deepEqual(issues({ table: "orders" }, { schemas: ["public"], excludeTables: ["orders"] }), []);
    });
});

describe("names of tables", () => {
    const issues = (declaration: Raw) => issuesOf(stack(declaration));

    for (const [mistake, table] of [
        ["a schema in the name", "public.orders"],
        ["several names", "orders,customers"],
        ["a trailing blank", "orders "],
        ["quotes", '"orders"'],
        ["a pattern", "orders_.*"],
    ])
        it(`must not have ${mistake}`, () => {
            assert.deepEqual(issues(postgres({ table })), ["KCP_INVALID_VALUE connectors[0].source.table"]);
            assert.deepEqual(issues(postgres({ tables: [table] })), [
                "KCP_INVALID_VALUE connectors[0].source.tables[0]",
            ]);
            assert.deepEqual(issues(postgres({ tables: [{ name: table }] })), []);
        });

    it("are suggested in their right spelling", () => {
        assert.throws(
            () => settingsFrom(stack(postgres({ table: "ledger.entries" }))),
            /expected "entries" with schema: "ledger"/,
        );
        assert.throws(() => settingsFrom(stack(postgres({ table: "a,b" }))), /expected tables: \[a, b\]/);
    });

    it("are required, once", () => {
        assert.deepEqual(issues(postgres({})), ["KCP_MISSING_SETTING connectors[0].source.table"]);
        assert.deepEqual(issues(mysql({ database: undefined, table: "a" })), [
            "KCP_MISSING_SETTING connectors[0].source.database",
        ]);
        assert.deepEqual(issues(postgres({ table: "a", tables: ["b"] })), [
            "KCP_CONFLICTING_SETTINGS connectors[0].source.table",
        ]);
        assert.deepEqual(issues(postgres({ tables: ["a"], excludeTables: ["a"] })), [
            "KCP_UNUSED_SETTING connectors[0].source.excludeTables",
        ]);
    });
});
