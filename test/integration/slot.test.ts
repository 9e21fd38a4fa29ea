/** The replication slot of a PostgreSQL source: it advances while the captured table is quiet. Needs Java and Maven. */
import assert from "node:assert/strict";
import { pause } from "../../src/util/pause";
import { ConnectRig } from "./connectRig";
import { skipUnlessAvailable } from "./requirements";

const megabyte = 1024 * 1024;

/** Bytes between a slot and the current end of the write-ahead log. */
interface Lag {
    /** Log that the server must keep for the slot. */
    restart: number;
    /** Log that the connector has not confirmed. */
    confirmed: number;
}

describe("the replication slot of a PostgreSQL source", function () {
    this.timeout(300_000);
    let rig: ConnectRig;

    before(async function () {
        skipUnlessAvailable(this, "java", "maven");
        rig = await ConnectRig.start();
    });
    after(async () => rig?.stop());

    /** A source of one quiet table in a separate database. */
    async function source(database: string, options: Record<string, unknown> = {}): Promise<string> {
        await rig.database.create(database);
        await rig.database.run(
            database,
            "CREATE TABLE quiet (id int PRIMARY KEY); INSERT INTO quiet VALUES (1); CREATE TABLE busy (filler text)",
        );
        const name = await rig.deploy({
            connectorTemplate: "debeziumPostgresSourceConnector",
            name: database,
            heartbeatSeconds: 5,
            source: { instance: "shop", database, table: "quiet", port: ConnectRig.port },
            ...options,
        });
        await rig.read([`${database}.public.quiet`]);
        return name;
    }

    const lagOf = (database: string) =>
        rig
            .row<Record<keyof Lag, string>>(
                database,
                `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) AS restart,
                        pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn) AS confirmed
                 FROM pg_replication_slots WHERE database = '${database}'`,
            )
            .then((row): Lag => ({ restart: Number(row.restart), confirmed: Number(row.confirmed) }));

    /** Writes to the table that is not captured. */
    async function writeMegabytes(database: string, megabytes: number): Promise<void> {
        // each row is a kilobyte; random, because PostgreSQL compresses
        const row = "SELECT string_agg(md5(random()::text || part), '') FROM generate_series(1, 32) part";
        for (let written = 0; written < megabytes; written += 20)
            await rig.database.run(
                database,
                `INSERT INTO busy SELECT (${row} WHERE n > 0) FROM generate_series(1, 20480) n`,
            );
        await rig.database.run(database, "CHECKPOINT");
    }

    it("advances to within 16 MB in a minute after 200 MB in another table", async () => {
        await source("lively");
        const before = await rig.row<{ lsn: string }>("lively", "SELECT pg_current_wal_lsn() AS lsn");
        await writeMegabytes("lively", 200);
        const written = await rig.row<{ bytes: string }>(
            "lively",
            `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '${before.lsn}') AS bytes`,
        );
        assert.ok(Number(written.bytes) > 200 * megabyte, `${written.bytes} bytes of log`);
        let lag: Lag | undefined;
        const start = Date.now();
        await ConnectRig.until("the slot's position", async () => {
            await rig.database.run("lively", "CHECKPOINT");
            lag = await lagOf("lively");
            return lag.restart < 16 * megabyte && lag.confirmed < 16 * megabyte;
        }).catch((error: Error) => assert.fail(`${error.message}: ${JSON.stringify(lag)}`));
        console.log(`      ${JSON.stringify(lag)} bytes behind after ${(Date.now() - start) / 1000} s`);
    });

    it("does not advance with a heartbeat record alone", async () => {
        await source("stuck", { heartbeatQuery: false });
        await writeMegabytes("stuck", 40);
        await pause(20_000);
        await rig.database.run("stuck", "CHECKPOINT");
        const lag = await lagOf("stuck");
        console.log(`      ${JSON.stringify(lag)} bytes behind after 20 s`);
        assert.ok(lag.confirmed > 32 * megabyte, JSON.stringify(lag));
    });

    it("gets no record of the heartbeat's message in a topic", async () => {
        const topics = await rig.admin.listTopics();
        assert.deepEqual(
            topics.filter((topic) => topic.startsWith("lively.")),
            ["lively.public.quiet"],
        );
    });

    it("needs no right besides the login for the heartbeat's message", async () => {
        await rig.database.run("lively", "CREATE ROLE replicator LOGIN REPLICATION");
        const { allowed } = await rig.row<{ allowed: boolean }>(
            "lively",
            `SELECT has_function_privilege('replicator', oid, 'EXECUTE') AS allowed FROM pg_proc
             WHERE proname = 'pg_logical_emit_message' AND proargtypes[2] = 'text'::regtype`,
        );
        assert.equal(allowed, true);
    });

    it("continues after a restart of the connector", async () => {
        await rig.request("POST", "/connectors/lively/restart?includeTasks=true");
        const events = await rig.read(["lively.public.quiet"]);
        await rig.database.run("lively", "INSERT INTO quiet VALUES (2)");
        await ConnectRig.until("the new row", () => events.some(({ row }) => (row as { id: number }).id === 2));
    });

    it("fails the task when somebody dropped and created it again", async () => {
        await rig.request("PUT", "/connectors/lively/stop");
        await ConnectRig.until("the stop", async () => (await rig.api.status("lively"))?.tasks.length === 0);
        const { slot_name: slot } = await rig.row<{ slot_name: string }>(
            "lively",
            "SELECT slot_name FROM pg_replication_slots WHERE database = 'lively'",
        );
        await ConnectRig.until("the slot's release", async () => {
            const { active } = await rig.row<{ active: boolean }>(
                "lively",
                `SELECT active FROM pg_replication_slots WHERE slot_name = '${slot}'`,
            );
            return !active;
        });
        await rig.database.run("lively", `INSERT INTO quiet VALUES (3); SELECT pg_drop_replication_slot('${slot}')`);
        await rig.database.run("lively", `SELECT pg_create_logical_replication_slot('${slot}', 'pgoutput')`);
        await rig.request("PUT", "/connectors/lively/resume");
        await ConnectRig.until("the failure", async () => {
            const status = await rig.api.status("lively");
            return status?.tasks.some(({ state }) => state === "FAILED") ?? false;
        });
        console.log(
            `      ${(await rig.api.status("lively"))!.tasks[0].trace!.split("\n").slice(0, 6).join("\n      ")}`,
        );
    });
});
