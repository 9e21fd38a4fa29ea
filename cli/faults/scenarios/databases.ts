/** Scenarios in which something changes in the database: slots, logs, tables, logins and rows. */
import { writeSecrets } from "../../../src/local/secrets";
import { pause } from "../../../src/util/pause";
import {
    optionsForLargeRows,
    resumeSource,
    stopSource,
    writeLargeRow,
    writingMs,
    type Scenario,
    type ScenarioRun,
} from "./scenario";

/** Statements that a migration of the application runs while rows change. */
const migration = (bigint: string): readonly string[] => [
    "ALTER TABLE ledger ADD COLUMN note varchar(20) DEFAULT 'new'",
    "ALTER TABLE ledger ADD COLUMN amount int NOT NULL DEFAULT 5",
    "ALTER TABLE ledger RENAME COLUMN note TO remark",
    bigint,
    "ALTER TABLE ledger DROP COLUMN remark",
];

async function migrate({ sql }: ScenarioRun, statements: readonly string[]): Promise<void> {
    for (const statement of statements) {
        await sql(statement);
        await pause(1500);
    }
}

export const databaseScenarios: readonly Scenario[] = [
    {
        name: "slot",
        isIsolated: true,
        what: "The replication slot is dropped while the source is stopped",
        covered:
            "The default `slotMismatch: fail` where the slot was created again. The alert PostgresSlotLost or " +
            "PostgresSlotInactive. Fix: a new `version`, which takes a new snapshot (runbook slot-lost)",
        act: async (rig, run) => {
            await stopSource(rig, run);
            await run.sql(`SELECT pg_drop_replication_slot('${run.source.slotOf(run.name)}')`);
            await pause(writingMs);
            await resumeSource(rig, run);
            await pause(writingMs);
        },
    },
    {
        name: "wal",
        what: "The write-ahead log under the slot is removed while the source is stopped",
        covered:
            "The alert PostgresSlotRetainsWal before, PostgresSlotLost after it. Fix: drop the slot and give the " +
            "source a new `version` (runbook slot-lost)",
        act: async (rig, run) => {
            await run.sql("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'");
            await run.sql("SELECT pg_reload_conf()");
            await stopSource(rig, run);
            await run.sql("CREATE TABLE filler AS SELECT repeat(md5(n::text), 30) FROM generate_series(1, 80000) n");
            await run.sql("SELECT pg_switch_wal()");
            await run.sql("CHECKPOINT");
            await pause(writingMs);
            await resumeSource(rig, run);
            await pause(8000);
            await run.sql("ALTER SYSTEM RESET max_slot_wal_keep_size");
            await run.sql("SELECT pg_reload_conf()");
        },
    },
    {
        name: "recreated",
        isIsolated: true,
        what: "The table is dropped and created again",
        covered:
            "No metric changes: a publication contains tables, not names. `kcp check --connect` reports the table " +
            "that is not in the publication; run it on a schedule. Fix: restart the connector, which adds the table " +
            "to the publication (`filtered`), and `kcp snapshot` for the rows (runbook table-recreated)",
        act: async (_, run) => {
            await run.sql(
                "BEGIN; DROP TABLE ledger; CREATE TABLE ledger (id int PRIMARY KEY, version int NOT NULL); COMMIT",
            );
            await pause(writingMs);
        },
    },
    {
        name: "password",
        isCovered: true,
        what: "The password is changed in the database, and ten seconds later in the secret",
        covered: "The default: autoRestart, because a task reads a secret only when it starts",
        act: async (rig, { name, source, sql }) => {
            await sql("CREATE ROLE rotated SUPERUSER LOGIN REPLICATION PASSWORD 'first'");
            const write = (login: Record<string, string>) =>
                writeSecrets(rig.secrets, new Map([[source.secret, { ...source.login(), ...login }]]));
            write({ USERNAME: "rotated", PASSWORD: "first" });
            await rig.api.restart(name);
            await pause(5000);
            await sql("ALTER ROLE rotated PASSWORD 'second'");
            // the sessions that exist go on with the old password
            await sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'rotated'");
            await pause(10_000);
            write({ USERNAME: "rotated", PASSWORD: "second" });
            await pause(writingMs);
            write({});
        },
    },
    {
        name: "schema",
        isCovered: true,
        isIsolated: true,
        what: "Columns are added, renamed, changed and dropped while rows change",
        covered: "The default: each record has the columns of its time. `kcp contract --migrations` shows them before",
        act: (_, run) => migrate(run, migration("ALTER TABLE ledger ALTER COLUMN amount TYPE bigint")),
    },
    {
        name: "mysql-schema",
        kind: "mysql",
        isCovered: true,
        isIsolated: true,
        what: "Columns of a MySQL table are added, renamed, changed and dropped while rows change",
        covered: "The default: the schema history has each definition of the table",
        act: (_, run) => migrate(run, migration("ALTER TABLE ledger MODIFY COLUMN amount bigint NOT NULL DEFAULT 5")),
    },
    {
        name: "large",
        isIsolated: true,
        what: "A row of 2 MB is written",
        covered:
            "The task fails, and the alert KafkaConnectTaskFailed reports it. Fix: `producer: " +
            "{ max.request.size }` of the source and `max.message.bytes` of the topic (docs/connectors.md)",
        act: (_, run) => writeLargeRow(run, 2),
    },
    {
        name: "larger",
        isCovered: true,
        isIsolated: true,
        what: "A row of 15 MB is written, and source and topic allow 32 MB",
        covered: "The fix of the row above",
        options: optionsForLargeRows,
        act: (_, run) => writeLargeRow(run, 15),
    },
];
