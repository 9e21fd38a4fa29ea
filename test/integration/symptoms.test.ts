/**
 * The runbooks for symptoms of sources and sinks: what is printed under "Look" shows the cause, and what is under "Fix"
 * ends it. `kubectl` is a script that runs commands and shows logs of the local worker. Needs Java and Maven.
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { SqlSession } from "../../src/local/database";
import { ConnectRig } from "./connectRig";
import type { DeclaredStack } from "./declaredStack";
import { kafkaTools } from "./kafkaTools";
import { localKubectl } from "./localKubectl";
import { skipUnlessAvailable } from "./requirements";
import { fix, look, sqlOf } from "./runbookPages";
import { idsOf, sourceOf, TableSources, withLogin } from "./tableSources";

describe("the runbooks for symptoms of PostgreSQL sources and sinks", function () {
    this.timeout(300_000);
    let tables: TableSources;
    let rig: ConnectRig;
    let stack: DeclaredStack;
    const sessions: SqlSession[] = [];

    before(async function () {
        skipUnlessAvailable(this, "java", "maven", "nightly");
        tables = await TableSources.start();
        ({ rig, stack } = tables);
        const { folder } = rig.processes;
        const home = kafkaTools(path.join(folder, "kafka"), rig.runtime);
        const pods = path.join(folder, "pods");
        fs.mkdirSync(pods);
        fs.symlinkSync(path.join(folder, "logs", "worker.log"), path.join(pods, "connect-connect-0.log"));
        localKubectl(stack.bin, { pods, home });
    });
    after(async () => {
        for (const session of sessions) await session.close().catch(() => undefined);
        await rig?.stop();
    });

    /** The variables of the pages. */
    const variables = (connector: string) => ({ NS: "kafka-connect", CLUSTER: "connect", CONNECTOR: connector });

    /** What the statements of a page show. */
    const show = async (page: string): Promise<string> =>
        (await Promise.all(sqlOf(page).map((statement) => tables.sql(statement)))).flat().join("\n");

    /** A transaction that stays open. */
    async function open(...statements: string[]): Promise<SqlSession> {
        const session = await rig.database.session("shop");
        sessions.push(session);
        for (const statement of ["BEGIN", ...statements]) await session.run(statement);
        return session;
    }

    it("running-but-idle: a table that is not in the publication", async () => {
        const events = await tables.running("idle");
        await tables.sql("ALTER PUBLICATION dbz_idle DROP TABLE idle", "INSERT INTO idle VALUES (4)");
        const [status] = await look("running-but-idle", stack, variables("idle"));
        assert.match(status, /idle.*running/i);
        const shown = await show("running-but-idle");
        assert.match(shown, /dbz_idle/);
        assert.doesNotMatch(shown, /"tablename":"idle"/);
        await tables.sql("ALTER PUBLICATION dbz_idle ADD TABLE public.idle");
        await tables.arrives(events, "idle", 5);
        assert.ok(!idsOf(events, "c").includes(4), "the page says that changes of before are lost");
        await fix("running-but-idle", stack, variables("idle"));
        await stack.untilTasksRun("idle");
        await tables.arrives(events, "idle", 6);
    });

    it("source-disconnected: a user that may not log in any more", async () => {
        await tables.sql("CREATE ROLE visitor LOGIN REPLICATION SUPERUSER PASSWORD 'visitor'");
        tables.writeLogin("cut", "visitor", "visitor");
        const events = await tables.running("cut", { source: withLogin("cut") });
        await tables.untilCommitted("cut");
        await tables.sql("ALTER ROLE visitor NOLOGIN");
        await tables.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'visitor'");
        await tables.untilInactive("dbz_cut");
        await tables.sql("INSERT INTO cut VALUES (4)");
        const [reachable, log] = await look("source-disconnected", stack, variables("cut"), {
            "HOST/5432": `127.0.0.1/${rig.database.port}`,
        });
        assert.equal(reachable, "reachable\n");
        assert.match(log, /cut/);
        await tables.sql("ALTER ROLE visitor LOGIN");
        await fix("source-disconnected", stack, variables("cut"));
        await stack.untilTasksRun("cut");
        await ConnectRig.until("the row of the interruption", () => idsOf(events, "c").includes(4));
    });

    it("snapshot-stuck: a transaction that locks the table", async () => {
        await tables.create("locked");
        await open("LOCK TABLE locked IN ACCESS EXCLUSIVE MODE");
        stack.write(sourceOf("locked"));
        await stack.up();
        let blocker: string | undefined;
        await ConnectRig.until("a query that waits for the lock", async () => {
            const [first] = sqlOf("snapshot-stuck");
            blocker = /"wait_event_type":"Lock","blocked_by":\[(\d+)\]/.exec((await tables.sql(first)).join())?.[1];
            return blocker !== undefined;
        });
        await tables.sql(`SELECT pg_terminate_backend(${blocker})`);
        const events = await rig.read(["locked.public.locked"]);
        await ConnectRig.until("the snapshot", () => idsOf(events, "r").length === 3);
        await fix("snapshot-stuck", stack, variables("locked"));
        await stack.untilTasksRun("locked");
        await tables.arrives(events, "locked", 4);
    });

    it("source-lag and slot-retains-wal: a transaction that does not end", async () => {
        const events = await tables.running("late");
        const session = await open("INSERT INTO late VALUES (4)");
        await tables.sql("CREATE TABLE busy (content text)");
        await tables.sql("INSERT INTO busy SELECT repeat(md5(n::text), 30) FROM generate_series(1, 40000) n");
        assert.match(await show("source-lag"), /INSERT INTO late VALUES \(4\)/);
        const slot = async () => {
            const line = (await show("slot-retains-wal")).split("\n").find((row) => row.includes("dbz_late"))!;
            return JSON.parse(line) as { keeps: string; unconfirmed: string; active: boolean };
        };
        // the heartbeat confirms what other tables write, and the open transaction keeps it
        await ConnectRig.until("a confirmed position", async () => !(await slot()).unconfirmed.includes("MB"));
        assert.match((await slot()).keeps, /MB/);
        assert.ok(!idsOf(events, "c").includes(4));
        await session.run("COMMIT");
        await ConnectRig.until("the row", () => idsOf(events, "c").includes(4));
        await ConnectRig.until("the slot to keep less", async () => {
            await tables.sql("CHECKPOINT");
            return !(await slot()).keeps.includes("MB");
        });
    });

    it("sink-lag: a target whose table is locked", async () => {
        await tables.create("wide");
        await tables.sql("CREATE TABLE copies (id int PRIMARY KEY)");
        const sink = {
            connectorTemplate: "jdbcSinkConnector",
            name: "copies",
            topics: ["wide.public.wide"],
            converter: "json-with-schemas",
            target: { type: "postgresql", instance: "shop", database: "shop", table: "copies", port: ConnectRig.port },
        };
        await stack.deploy(sourceOf("wide", { converter: "json-with-schemas", reselect: true }), sink);
        const copied = async () => (await tables.sql("SELECT id FROM copies")).length;
        await ConnectRig.until("the rows of the snapshot", async () => (await copied()) === 3);
        // a worker commits the offsets of sinks once a minute: before, the lag is unknown
        await ConnectRig.until(
            "a committed offset",
            async () => (await stack.rest.offsets("copies")).length > 0,
            90_000,
        );
        const session = await open("LOCK TABLE copies IN EXCLUSIVE MODE");
        await tables.sql("INSERT INTO wide SELECT n FROM generate_series(4, 503) n");
        let shown: string[] = [];
        await ConnectRig.until("a lag", async () => {
            shown = await look("sink-lag", stack, variables("copies"), { BOOTSTRAP: rig.bootstrapServers });
            return /wide\.public\.wide +0 +\d+ +\d+ +500 /.test(shown[1]);
        });
        assert.match(shown[0], /copies.*500/);
        await session.run("COMMIT");
        await ConnectRig.until("all rows", async () => (await copied()) === 503);
    });
});
