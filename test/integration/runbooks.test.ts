/**
 * The runbooks: the commands that a page prints are run on a worker and a database with that problem, and the recovery
 * is checked. `pulumi up` is done as the program and the operator do it (declaredStack.ts). Needs Java and Maven.
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { kafkaClient } from "../../src/local/kafkaClient";
import { startMariadb } from "../../src/local/mariadb";
import { ConnectRig } from "./connectRig";
import { DeclaredStack } from "./declaredStack";
import { follow, look, runCommands } from "./runbookPages";
import { skipUnlessAvailable } from "./requirements";
import { idsOf, sourceOf, TableSources, withLogin } from "./tableSources";

type Declaration = Record<string, unknown>;

describe("the runbooks for PostgreSQL", function () {
    this.timeout(300_000);
    let tables: TableSources;
    let rig: ConnectRig;
    let stack: DeclaredStack;

    before(async function () {
        skipUnlessAvailable(this, "java", "maven", "nightly");
        tables = await TableSources.start();
        ({ rig, stack } = tables);
    });
    after(async () => rig?.stop());

    const settled = (name: string) => async () => {
        await new Promise((resolve) => setTimeout(resolve, 500));
        await ConnectRig.until(`${name} to settle`, async () => {
            const status = await stack.rest.status(name);
            const tasks = status?.tasks ?? [];
            return (
                status?.connector.state === "STOPPED" ||
                (tasks.length > 0 && tasks.every(({ state }) => state === "RUNNING"))
            );
        });
    };

    it("slot-lost: a slot whose WAL was removed", async () => {
        const events = await tables.running("lost");
        await stack.deploy(sourceOf("lost", { state: "stopped" }));
        await tables.untilInactive("dbz_lost");
        // ALTER SYSTEM cannot be in a transaction
        await tables.sql("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'");
        await tables.sql("SELECT pg_reload_conf()");
        await tables.sql("INSERT INTO lost VALUES (4)");
        await tables.sql("CREATE TABLE filler (content text)");
        await ConnectRig.until("a lost slot", async () => {
            await tables.sql("INSERT INTO filler SELECT repeat(md5(n::text), 30) FROM generate_series(1, 40000) n");
            await tables.sql("SELECT pg_switch_wal()");
            await tables.sql("CHECKPOINT");
            return /lost/.test(
                (await tables.sql("SELECT wal_status FROM pg_replication_slots WHERE slot_name = 'dbz_lost'")).join(),
            );
        });
        const variables = { SLOT: "dbz_lost", CONNECTOR: "lost-2" };
        let name = "lost";
        await follow(
            "slot-lost",
            stack,
            variables,
            [[sourceOf("lost", { state: "stopped" })], [sourceOf("lost", { version: "2" })]],
            async () => {
                await settled(name)();
                name = "lost-2";
            },
        );
        await ConnectRig.until("the row of the gap", () => idsOf(events, "r").includes(4));
        await tables.arrives(events, "lost", 5);
        await tables.sql("ALTER SYSTEM RESET max_slot_wal_keep_size");
        await tables.sql("SELECT pg_reload_conf()");
    });

    it("table-recreated: rows of the new table arrive", async () => {
        const events = await tables.running("recreated");
        await tables.sql(
            "DROP TABLE recreated",
            "CREATE TABLE recreated (id int PRIMARY KEY)",
            "INSERT INTO recreated VALUES (11)",
        );
        const { code } = await stack.kcp("status");
        assert.equal(code, 0, "nothing looks wrong");
        const edits = [[sourceOf("recreated", { version: "2" })]];
        await follow("table-recreated", stack, { CONNECTOR: "recreated-2" }, edits, settled("recreated-2"));
        await ConnectRig.until("the row that was missed", () => idsOf(events, "r").includes(11));
        await tables.arrives(events, "recreated", 12);
    });

    it("topic-deleted: the topic exists again, and receives changes", async () => {
        await tables.running("deleted");
        await rig.admin.deleteTopics({ topics: ["deleted.public.deleted"] });
        await tables.sql("INSERT INTO deleted VALUES (4)");
        await follow("topic-deleted", stack, { CONNECTOR: "deleted" }, [], settled("deleted"));
        await stack.untilTasksRun("deleted");
        await tables.sql("INSERT INTO deleted VALUES (5)");
        const events = await rig.read(["deleted.public.deleted"]);
        await ConnectRig.until("a change", () => idsOf(events, "c").includes(5));
    });

    it("password-rotated: changes arrive with the new password", async () => {
        await tables.sql("CREATE ROLE reader LOGIN REPLICATION SUPERUSER PASSWORD 'first'");
        const secret = (password: string) => tables.writeLogin("rotated", "reader", password);
        secret("first");
        const events = await tables.running("rotated", { source: withLogin("rotated") });
        await tables.untilCommitted("rotated");
        await tables.sql("ALTER ROLE reader PASSWORD 'second'");
        await tables.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'");
        await tables.untilInactive("dbz_rotated");
        await tables.sql("INSERT INTO rotated VALUES (4)");
        secret("second");
        await follow("password-rotated", stack, { CONNECTOR: "rotated" }, [], settled("rotated"));
        await stack.untilTasksRun("rotated");
        await ConnectRig.until("the row of the interruption", () => idsOf(events, "c").includes(4));
        assert.equal(idsOf(events, "r").length, 3, "no row is read again");
    });

    it("password-rotated: with another secretVersion the task uses the new login, without a failure", async () => {
        await tables.sql(
            "CREATE ROLE first LOGIN REPLICATION SUPERUSER PASSWORD 'first'",
            "CREATE ROLE second LOGIN REPLICATION SUPERUSER PASSWORD 'second'",
        );
        const secret = (login: string) => tables.writeLogin("versioned", login, login);
        const logins = async () =>
            (
                await tables.sql("SELECT usename FROM pg_stat_replication WHERE application_name LIKE 'Debezium%'")
            ).join();
        secret("first");
        const origin = withLogin("versioned");
        const events = await tables.running("versioned", { source: origin });
        secret("second");
        await tables.arrives(events, "versioned", 4);
        assert.match(await logins(), /first/);
        assert.doesNotMatch(await logins(), /second/);
        await stack.deploy(sourceOf("versioned", { source: origin, secretVersion: "2" }));
        await ConnectRig.until("the new login", async () => /second/.test(await logins()));
        assert.doesNotMatch(await logins(), /first/);
        await tables.arrives(events, "versioned", 5);
        assert.equal(idsOf(events, "r").length, 3, "no row is read again");
    });

    it("connector-failed and freshness: a task that has failed runs again", async () => {
        tables.writeLogin("failed", rig.database.user, rig.database.password);
        const events = await tables.running("failed", { source: withLogin("failed") });
        tables.writeLogin("failed", rig.database.user, "wrong");
        await stack.rest.restart("failed");
        await ConnectRig.until("a failed task", async () =>
            ((await stack.rest.status("failed"))?.tasks ?? []).some(({ state }) => state === "FAILED"),
        );
        // what the table of the page says for this trace
        tables.writeLogin("failed", rig.database.user, rig.database.password);
        const [late] = await look("freshness", stack, {});
        assert.match(late, /1 failed/);
        const [status] = await runCommands("connector-failed", stack, { CONNECTOR: "failed" });
        assert.match(status, /1 failed[^]*password authentication failed/);
        await stack.untilTasksRun("failed");
        await tables.arrives(events, "failed", 4);
    });

    it("slot-inactive: the slot of a deleted connector is dropped", async () => {
        await tables.running("gone");
        await stack.deploy();
        await tables.untilInactive("dbz_gone");
        const [slots, dropped] = await runCommands("slot-inactive", stack, { SLOT: "dbz_gone" });
        assert.match(slots, /dbz_gone/);
        assert.match(dropped, /dbz_gone/);
        assert.doesNotMatch((await tables.sql("SELECT slot_name FROM pg_replication_slots")).join(), /dbz_gone/);
    });

    it("records-skipped: the records of the dead letter queue arrive when the cause is fixed", async () => {
        const file = path.join(rig.processes.folder, "skipped.txt");
        const sink = {
            connectorTemplate: "fileStreamSinkConnector",
            name: "skipped",
            topics: ["unusual"],
            file,
            converter: "json",
            errors: { tolerance: "all" },
        };
        await rig.admin.createTopics({ waitForLeaders: false, topics: [{ topic: "unusual" }] });
        await stack.deploy(sink);
        const producer = kafkaClient(rig.bootstrapServers).producer();
        await producer.connect();
        await producer.send({ topic: "unusual", messages: [{ value: "not JSON" }] });
        await producer.disconnect();
        await ConnectRig.until("the queue", async () => /1 record/.test((await stack.kcp("dlq")).stdout));
        await stack.deploy({ ...sink, converter: "string" });
        await runCommands("records-skipped", stack, { CONNECTOR: "skipped" });
        await ConnectRig.until("the record", () => /^not JSON$/m.test(fs.readFileSync(file, "utf8")));
    });

    it("connector-renamed: the new connector continues, and reads no row again", async () => {
        const events = await tables.running("before");
        const renamed = {
            ...sourceOf("before"),
            name: "after",
            topicPrefix: "before",
            slotName: "dbz_before",
            publicationName: "dbz_before",
        };
        const edits = [[sourceOf("before", { state: "stopped" })], [{ ...renamed, state: "stopped" }], [renamed]];
        const names = ["before", "after", "after"];
        await follow("connector-renamed", stack, { OLD: "before", CONNECTOR: "after" }, edits, async () => {
            // a row of the interruption
            if (names.length === 2) await tables.sql("INSERT INTO before VALUES (4)");
            await settled(names.shift()!)();
        });
        await ConnectRig.until("the row of the interruption", () => idsOf(events, "c").includes(4));
        await tables.arrives(events, "before", 5);
        assert.equal(idsOf(events, "r").length, 3, "no row is read again");
    });
});

describe("the runbook for a schema history", function () {
    this.timeout(300_000);
    let rig: ConnectRig;

    before(async function () {
        skipUnlessAvailable(this, "java", "maven", "mariadb", "nightly");
        rig = await ConnectRig.start(startMariadb);
    });
    after(async () => rig?.stop());

    it("schema-history: a lost history is recovered, and no row is read again", async () => {
        const stack = new DeclaredStack(rig, "shop");
        await rig.database.create("shop");
        await rig.database.run("shop", "CREATE TABLE items (id int PRIMARY KEY); INSERT INTO items VALUES (1), (2)");
        const items = (config: Declaration = {}): Declaration => ({
            connectorTemplate: "debeziumMysqlSourceConnector",
            name: "items",
            source: { instance: "shop", database: "shop", table: "items", port: ConnectRig.port },
            sslMode: "disabled",
            config,
        });
        await stack.deploy(items());
        const events = await rig.read(["items.shop.items"]);
        const count = (operation: string) => events.filter((event) => event.operation === operation).length;
        await ConnectRig.until("the snapshot", () => count("r") === 2);
        await ConnectRig.until("a stored offset", async () => (await stack.rest.offsets("items")).length > 0);
        await rig.admin.deleteTopics({ topics: ["schema-history.items"] });
        await stack.rest.restart("items");
        await ConnectRig.until("a failed task", async () => {
            const { code, stdout } = await stack.kcp("status");
            return code === 1 && /history topic is missing/.test(stdout);
        });
        await follow(
            "schema-history",
            stack,
            { CONNECTOR: "items" },
            [[items({ "snapshot.mode": "recovery" })], [items()]],
            () => stack.untilTasksRun("items"),
        );
        await stack.untilTasksRun("items");
        await rig.database.run("shop", "INSERT INTO items VALUES (3)");
        await ConnectRig.until("a change", () => count("c") === 1);
        assert.equal(count("r"), 2, "no row is read again");
    });
});
