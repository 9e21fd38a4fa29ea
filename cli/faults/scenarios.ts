/** The scenarios: what breaks, and what prevents, reports or repairs what is lost by it. */
import { until } from "../../src/local/ports";
import { pause } from "../../src/util/pause";
import { writeSecrets } from "../../src/local/secrets";
import type { Rig } from "./rig";

/** What a scenario does while changes are written. */
export interface Scenario {
    readonly name: string;
    /** What breaks, as a sentence without a period. */
    readonly what: string;
    /** What covers it: a default, an alert or a fix. */
    readonly covered: string;
    /** Whether the defaults cover it: then every change must arrive. */
    readonly isCovered?: boolean;
    /** Options of the source. */
    readonly options?: Record<string, unknown>;
    /** Rows that the table has before the source is created. */
    readonly rows?: number;
    /** Whether the source is still in its snapshot when `act` begins. */
    readonly duringSnapshot?: boolean;
    act(rig: Rig, name: string): Promise<void>;
    /** Whether `.ci/nightly` runs it. */
    readonly nightly?: boolean;
}

const slotOf = (name: string): string => `dbz_${name}`;
const writingMs = 2500;

async function stopConnector(rig: Rig, name: string): Promise<void> {
    await rig.request("PUT", `/connectors/${name}/stop`);
    await until("the stop", 60_000, async () => ((await rig.status(name))?.tasks.length === 0 ? true : undefined));
    await until("the slot's release", 60_000, async () => {
        const [row] = await rig.database.run(
            name,
            `SELECT active FROM pg_replication_slots WHERE slot_name = '${slotOf(name)}'`,
        );
        return row.includes("true") ? undefined : true;
    });
}

const resume = (rig: Rig, name: string) => rig.request("PUT", `/connectors/${name}/resume`);

async function killWorker(rig: Rig): Promise<void> {
    await rig.worker.kill();
    await pause(1000);
    rig.worker.restart();
    await rig.api.ready(300_000);
}

/** Strimzi's autoRestart restarts a failed connector; nothing does here. */
export async function autoRestart(rig: Rig, name: string): Promise<void> {
    const status = await rig.status(name);
    const parts = status ? [status.connector, ...status.tasks] : [];
    if (parts.some(({ state }) => state === "FAILED")) await rig.api.restart(name).catch(() => undefined);
}

export const scenarios: readonly Scenario[] = [
    {
        name: "worker",
        isCovered: true,
        what: "The worker is killed (SIGKILL), twice",
        covered: "The default: offsets are committed after the records, so that a change is repeated rather than lost",
        nightly: true,
        act: async (rig) => {
            for (let round = 0; round < 2; round++) {
                await killWorker(rig);
                await pause(writingMs);
            }
        },
    },
    {
        name: "broker",
        isCovered: true,
        what: "The only broker is killed and starts again",
        covered: "The default: the producer waits for acknowledgements of all replicas and repeats",
        nightly: true,
        act: async (rig) => {
            await rig.broker.kill();
            await pause(2000);
            rig.broker.restart();
            await pause(writingMs);
        },
    },
    {
        name: "database",
        isCovered: true,
        what: "PostgreSQL is killed and starts again",
        covered: "The default: autoRestart restarts a failed task, which continues at the slot",
        nightly: true,
        act: async (rig) => {
            await rig.database.running.kill();
            await pause(2000);
            rig.database.running.restart();
            await pause(writingMs);
        },
    },
    {
        name: "network",
        isCovered: true,
        what: "The network between worker and database is cut for 10 seconds",
        covered: "The default: autoRestart, and Debezium's retries. The alert DebeziumDisconnected after 5 minutes",
        act: async (rig) => {
            rig.network.cut();
            await pause(10_000);
            rig.network.restore();
            await pause(writingMs);
        },
    },
    {
        name: "slot",
        what: "The replication slot is dropped while the source is stopped",
        covered:
            "The default `slotMismatch: fail` where the slot was created again. The alert PostgresSlotLost or " +
            "PostgresSlotInactive. Fix: a new `version`, which takes a new snapshot (runbook slot-lost)",
        act: async (rig, name) => {
            await stopConnector(rig, name);
            await rig.database.run(name, `SELECT pg_drop_replication_slot('${slotOf(name)}')`);
            await pause(writingMs);
            await resume(rig, name);
            await pause(writingMs);
        },
    },
    {
        name: "wal",
        what: "The write-ahead log under the slot is removed while the source is stopped",
        covered:
            "The alert PostgresSlotRetainsWal before, PostgresSlotLost after it. Fix: drop the slot and give the " +
            "source a new `version` (runbook slot-lost)",
        act: async (rig, name) => {
            await rig.database.run(name, "ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'");
            await rig.database.run(name, "SELECT pg_reload_conf()");
            await stopConnector(rig, name);
            await rig.database.run(
                name,
                "CREATE TABLE filler AS SELECT repeat(md5(n::text), 30) FROM generate_series(1, 80000) n",
            );
            await rig.database.run(name, "SELECT pg_switch_wal()");
            await rig.database.run(name, "CHECKPOINT");
            await pause(writingMs);
            await resume(rig, name);
            await pause(8000);
            await rig.database.run(name, "ALTER SYSTEM RESET max_slot_wal_keep_size");
            await rig.database.run(name, "SELECT pg_reload_conf()");
        },
    },
    {
        name: "recreated",
        what: "The table is dropped and created again",
        covered:
            "No metric changes. `kcp check --connect` reports the table that is not in the publication where " +
            "`publicationAutocreate` is `disabled`. Fix: restart the connector, which adds the table to the " +
            "publication (`filtered`), and `kcp snapshot` for the rows",
        act: async (rig, name) => {
            await rig.database.run(
                name,
                "BEGIN; DROP TABLE ledger; CREATE TABLE ledger (id int PRIMARY KEY, version int NOT NULL); COMMIT",
            );
            await pause(writingMs);
        },
    },
    {
        name: "topic",
        what: "The topic is deleted while the source runs",
        covered:
            "The alert KafkaConnectSourceStuck. Topics of `kafkaAccess` are created again by the topic operator; " +
            "what was in the topic is lost. Fix: restart the connector, and read the rows again by `kcp snapshot`",
        nightly: true,
        act: async (rig, name) => {
            await rig.admin.deleteTopics({ topics: [`${name}.public.ledger`] });
            await pause(6000);
        },
    },
    {
        name: "password",
        isCovered: true,
        what: "The password is changed in the database, and ten seconds later in the secret",
        covered: "The default: autoRestart, because a task reads a secret only when it starts",
        act: async (rig, name) => {
            await rig.database.run(name, "CREATE ROLE rotated SUPERUSER LOGIN REPLICATION PASSWORD 'first'");
            const login = { HOST: "127.0.0.1", PORT: String(rig.network.port), USERNAME: "rotated" };
            const write = (password: string) =>
                writeSecrets(rig.secrets, new Map([["LEDGER", { ...login, PASSWORD: password }]]));
            write("first");
            await rig.api.restart(name);
            await pause(5000);
            await rig.database.run(name, "ALTER ROLE rotated PASSWORD 'second'");
            // the sessions that exist go on with the old password
            await rig.database.run(
                name,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'rotated'",
            );
            await pause(10_000);
            write("second");
            await pause(writingMs);
            writeSecrets(
                rig.secrets,
                new Map([["LEDGER", { ...login, USERNAME: rig.database.user, PASSWORD: rig.database.password }]]),
            );
        },
    },
    {
        name: "large",
        what: "A row of 2 MB is written",
        covered:
            "The task fails, and the alert KafkaConnectTaskFailed reports it. Fix: `producer: " +
            "{ max.request.size }` of the source and `max.message.bytes` of the topic (docs/connectors.md)",
        act: async (rig, name) => {
            await rig.database.run(name, "CREATE TABLE IF NOT EXISTS unused (id int)");
            await rig.database.run(name, "ALTER TABLE ledger ADD COLUMN content text");
            await pause(1000);
            await rig.database.run(
                name,
                "INSERT INTO ledger SELECT 0, 0, string_agg(md5(n::text), '') FROM generate_series(1, 65536) n",
            );
            await pause(writingMs);
        },
    },
    {
        name: "snapshot",
        what: "The worker is killed during the initial snapshot, while rows are deleted",
        covered:
            "A repeated snapshot does not remove rows that the first attempt wrote and that were deleted later. " +
            "Consumers see them as rows that exist. Fix: compact the topic and write tombstones, or start with " +
            "empty topics",
        rows: 60_000,
        duringSnapshot: true,
        act: async (rig, name) => {
            await until("the first rows", 60_000, async () => {
                const topics = await rig.admin.listTopics();
                if (!topics.includes(`${name}.public.ledger`)) return undefined;
                const [{ high }] = await rig.admin.fetchTopicOffsets(`${name}.public.ledger`);
                return Number(high) > 3000 ? true : undefined;
            });
            await rig.worker.kill();
            // rows that the first attempt has written, and the second does not see
            await rig.database.run(name, "DELETE FROM ledger WHERE id > -500");
            rig.worker.restart();
            await rig.api.ready(300_000);
            await pause(writingMs);
        },
    },
];
