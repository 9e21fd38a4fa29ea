/** `kcp check --connect` on real databases with mistakes that it finds. Needs PostgreSQL of npm; MariaDB for a part. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { checkDatabases, type DatabaseResult } from "../../cli/check/databases";
import { statistics } from "../../cli/diff/writeStatistics";
import type { Statistics } from "../../src/diff/statistics";
import type { Database } from "../../src/local/database";
import { startMariadb } from "../../src/local/mariadb";
import { freePort } from "../../src/local/ports";
import { startPostgres } from "../../src/local/postgres";
import { Processes } from "../../src/local/processes";
import { settingsFrom } from "../support/stacks";
import { skipUnlessAvailable } from "./requirements";

const kafka = { bootstrapServers: "kafka:9092" };

type Declaration = Record<string, unknown>;

/** Starts a server for a suite, and stops it afterwards. */
function withServer(start: (processes: Processes, port: number) => Promise<Database>): () => Database {
    let processes: Processes;
    let server: Database;
    before(async () => {
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "database-checks-"));
        fs.chmodSync(folder, 0o711);
        processes = new Processes(folder);
        server = await start(processes, await freePort());
    });
    after(async () => {
        await processes?.stop();
        if (processes) fs.rmSync(processes.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    });
    return () => server;
}

const codes = ({ issues }: Pick<DatabaseResult, "issues">) => issues.map(({ code, path: at }) => [code, at.join(".")]);
const messages = ({ issues }: Pick<DatabaseResult, "issues">) => issues.map(({ message }) => message).join("\n");

const check = (connectors: Declaration[], address: string) =>
    checkDatabases(settingsFrom({ kafka, secrets: { provider: "file" }, connectors }).connectors, {
        KCP_DATABASE_SHOP: address,
    });

describe("a check that asks PostgreSQL", function () {
    this.timeout(120_000);
    const server = withServer((processes, port) =>
        startPostgres(processes, port, { wal_level: "logical", max_replication_slots: "1", max_wal_senders: "2" }),
    );
    const source = (name: string, options: Declaration = {}, tables: unknown[] = ["orders"]): Declaration => ({
        connectorTemplate: "debeziumPostgresSourceConnector",
        name,
        source: { instance: "shop", database: "shop", tables },
        ...options,
    });
    const as = (user: string, password: string) => `postgres://${user}:${password}@127.0.0.1:${server().port}`;
    const administrator = () => as("postgres", server().password);

    before(async () => {
        await server().create("shop");
        await server().run(
            "shop",
            `CREATE TABLE orders (id int PRIMARY KEY); CREATE TABLE customers (id int PRIMARY KEY);
             CREATE TABLE visits (page text); CREATE TABLE hits (page text); ALTER TABLE hits REPLICA IDENTITY FULL;
             CREATE TABLE quiet (id int PRIMARY KEY); ALTER TABLE quiet REPLICA IDENTITY NOTHING;
             CREATE ROLE reader LOGIN PASSWORD 'reader'; CREATE PUBLICATION shared FOR TABLE orders`,
        );
    });

    it("finds nothing wrong where nothing is", async () => {
        const result = await check([source("app")], administrator());
        assert.deepEqual(result, { issues: [], warnings: [], unchecked: [] });
    });

    it("suggests the real name of a table that does not exist, at its line", async () => {
        const result = await check([source("app", {}, ["orders", "customer"])], administrator());
        assert.deepEqual(codes(result), [["KCP_DATABASE_TABLE", "connectors.0.source.tables.1"]]);
        assert.match(
            messages(result),
            /no table of the database matches public\.customer; did you mean "public\.customers"/,
        );
    });

    it("finds tables whose UPDATE and DELETE a publication would refuse", async () => {
        const result = await check([source("app", {}, ["visits", "quiet"])], administrator());
        assert.deepEqual(
            codes(result).map(([code]) => code),
            ["KCP_DATABASE_KEY", "KCP_DATABASE_KEY"],
        );
        assert.match(messages(result), /public\.quiet has REPLICA IDENTITY NOTHING/);
        assert.match(messages(result), /public\.visits has no primary key/);
    });

    it("warns of a table without a key whose whole row is its identity", async () => {
        const result = await check([source("app", {}, ["hits"])], administrator());
        assert.deepEqual(codes(result), []);
        assert.deepEqual(codes({ issues: result.warnings }), [["KCP_DATABASE_KEY", "connectors.0.source.tables.0"]]);
    });

    it("finds the rights that a user lacks", async () => {
        const result = await check([source("app")], as("reader", "reader"));
        assert.deepEqual([...new Set(codes(result).map(([code]) => code))], ["KCP_DATABASE_RIGHTS"]);
        assert.match(messages(result), /no right to replicate/);
        assert.match(messages(result), /lacks CREATE on the database/);
        assert.match(messages(result), /lacks ownership of public\.orders/);
        assert.match(messages(result), /cannot SELECT from public\.orders/);
    });

    it("finds a table that is not in the publication", async () => {
        const options = { publicationName: "shared", publicationAutocreate: "disabled" };
        const result = await check([source("app", options, ["orders", "customers"])], administrator());
        assert.match(messages(result), /public\.customers is not in the publication shared/);
        const absent = await check([source("app", { ...options, publicationName: "absent" })], administrator());
        assert.deepEqual(codes(absent), [["KCP_DATABASE_RIGHTS", "connectors.0.publicationName"]]);
    });

    it("counts the free replication slots for all sources of the server", async () => {
        const result = await check([source("one"), source("two", {}, ["customers"])], administrator());
        assert.match(messages(result), /\(two\) no replication slot is free: 0 of 1 .* needs 2 more/);
        assert.ok(
            codes(result).every(([code, at]) => code === "KCP_DATABASE_SETTING" && at.startsWith("connectors.1")),
        );
        await server().run("shop", "SELECT pg_create_logical_replication_slot('dbz_one', 'pgoutput')");
        assert.deepEqual(codes(await check([source("one")], administrator())), []);
    });

    it("finds a table that was dropped and created again: it is in no publication any more", async () => {
        const found = async () =>
            (await check([source("one")], administrator())).warnings.map(({ code, path: at }) => [code, at.join(".")]);
        await server().run("shop", "CREATE PUBLICATION dbz_one FOR TABLE orders");
        assert.deepEqual(await found(), []);
        await server().run("shop", "BEGIN; DROP TABLE orders; CREATE TABLE orders (id int PRIMARY KEY); COMMIT");
        assert.deepEqual(await found(), [["KCP_DATABASE_TABLE", "connectors.0.source.tables.0"]]);
    });

    it("finds a signal table that does not exist", async () => {
        const options = { incrementalSnapshots: { signalTable: "public.signals" }, slotName: "dbz_one" };
        const result = await check([source("app", options)], administrator());
        assert.deepEqual(codes(result), [["KCP_DATABASE_TABLE", "connectors.0.incrementalSnapshots.signalTable"]]);
    });

    it("says which databases were not asked, and why, without the password", async () => {
        const { connectors } = settingsFrom({ kafka, secrets: { provider: "file" }, connectors: [source("app")] });
        const missing = await checkDatabases(connectors, {});
        assert.deepEqual(missing.unchecked, ["app: its database was not asked; set KCP_DATABASE_SHOP to its address"]);
        const refused = await check([source("app")], as("postgres", "wrong-password"));
        assert.match(refused.unchecked[0], /^app: its database cannot be asked: password authentication failed/);
        assert.doesNotMatch(refused.unchecked[0], /wrong-password/);
    });
});

describe("a check that asks PostgreSQL without logical decoding", function () {
    this.timeout(120_000);
    const server = withServer((processes, port) => startPostgres(processes, port, { wal_level: "replica" }));

    it("finds the level of the write-ahead log", async () => {
        const declaration = {
            connectorTemplate: "debeziumPostgresSourceConnector",
            source: { instance: "shop", database: "postgres", schemas: "all" },
        };
        const address = `postgres://postgres:${server().password}@127.0.0.1:${server().port}`;
        const result = await check([declaration], address);
        assert.match(messages(result), /wal_level is replica, expected logical/);
    });
});

describe("a check that asks MariaDB", function () {
    this.timeout(120_000);
    before(function () {
        skipUnlessAvailable(this, "mariadb");
    });
    const server = withServer((processes, port) =>
        startMariadb(processes, port, {
            "binlog-format": "MIXED",
            "binlog-row-image": "MINIMAL",
            "server-id": "4711",
            "binlog-expire-logs-seconds": "3600",
        }),
    );
    const source = (options: Declaration = {}, tables: unknown[] = ["orders"]): Declaration => ({
        connectorTemplate: "debeziumMysqlSourceConnector",
        name: "app",
        source: { instance: "shop", database: "shop", tables },
        ...options,
    });
    const as = (user: string, password: string) => `mysql://${user}:${password}@127.0.0.1:${server().port}`;
    const administrator = () => as("connect", server().password);

    before(async () => {
        await server().create("shop");
        await server().run(
            "shop",
            `CREATE TABLE orders (id int PRIMARY KEY); CREATE TABLE visits (page text);
             CREATE USER reader@'%' IDENTIFIED BY 'reader'; GRANT SELECT ON shop.* TO reader@'%'`,
        );
    });

    it("finds how the binary log is written, and the server's own id", async () => {
        const result = await check([source({ serverId: 4711 })], administrator());
        assert.match(messages(result), /binlog_format is MIXED, expected ROW/);
        assert.match(messages(result), /binlog_row_image is MINIMAL, expected FULL/);
        assert.deepEqual(codes(result).at(-1), ["KCP_DATABASE_SETTING", "connectors.0.serverId"]);
    });

    it("warns of a short retention and of a table without a key", async () => {
        const { warnings } = await check([source({}, ["orders", "visits"])], administrator());
        assert.match(messages({ issues: warnings }), /kept for 1 hours/);
        assert.match(messages({ issues: warnings }), /shop\.visits has no primary key/);
    });

    it("finds the rights that a user lacks, and a misspelt table", async () => {
        const result = await check([source({}, ["order"])], as("reader", "reader"));
        assert.match(messages(result), /lacks REPLICATION SLAVE/);
        assert.match(messages(result), /lacks REPLICATION CLIENT/);
        assert.match(messages(result), /did you mean "shop\.orders"/);
    });

    it("is asked for the sizes of tables by kcp statistics", async () => {
        const out = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "statistics-")), "statistics.json");
        process.env.MYSQL_PWD = server().password;
        try {
            await statistics({ database: `mysql://connect@127.0.0.1:${server().port}/shop`, out });
        } finally {
            delete process.env.MYSQL_PWD;
        }
        const { tables } = JSON.parse(fs.readFileSync(out, "utf8")) as Statistics;
        assert.deepEqual(Object.keys(tables), ["shop.orders", "shop.visits"]);
        assert.ok(tables["shop.orders"].bytes! > 0);
    });
});
