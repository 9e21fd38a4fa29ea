/** What a scenario is, and the steps that several of them share. */
import { until } from "../../../src/local/ports";
import { pause } from "../../../src/util/pause";
import type { Rig } from "../rig";
import type { Source, SourceKind } from "../sources";

/** A scenario that runs: its connector and its table. */
export interface ScenarioRun {
    /** Name of the source connector, which is that of the scenario. */
    readonly name: string;
    /** Database of the table `ledger`. */
    readonly database: string;
    readonly source: Source;
    /** Runs SQL in that database. */
    sql(text: string): Promise<string[]>;
}

/** What a scenario does while changes are written. */
export interface Scenario {
    readonly name: string;
    /** What breaks, as a sentence without a period. */
    readonly what: string;
    /** What covers it: a default, an alert or a fix. */
    readonly covered: string;
    /** Whether the defaults, or the options of the scenario, cover it: then every change must arrive. */
    readonly isCovered?: boolean;
    /**
     * Database of the source.
     * @default "postgres"
     */
    readonly kind?: SourceKind;
    /** Options of the source. */
    readonly options?: Record<string, unknown>;
    /** Options of a JDBC sink that copies the ledger. The rows of the copy are then compared with the changes. */
    readonly sink?: Record<string, unknown>;
    /** Rows that the table has before the source is created. */
    readonly rows?: number;
    /** Whether the source is still in its snapshot when `act` begins. */
    readonly duringSnapshot?: boolean;
    /** Whether it breaks nothing that other connectors use, so that it can run beside others. */
    readonly isIsolated?: boolean;
    /** Whether it fills a disk, which needs a disk that root has mounted. */
    readonly needsDisk?: boolean;
    act(rig: Rig, run: ScenarioRun): Promise<void>;
    /** Whether `.ci/nightly` runs it. */
    readonly nightly?: boolean;
}

/** Time for changes between two steps. */
export const writingMs = 2500;

/** Kills the worker and waits until it is back. */
export async function killWorker(rig: Rig): Promise<void> {
    await rig.worker.kill();
    await pause(1000);
    rig.worker.restart();
    await rig.api.ready(300_000);
}

/** Kills the database of the source, which is away for two seconds. */
export async function killDatabase({ source }: ScenarioRun): Promise<void> {
    await source.server.running.kill();
    await pause(2000);
    source.server.running.restart();
    await pause(writingMs);
}

/** Stops a PostgreSQL source and waits until nothing reads its slot. */
export async function stopSource(rig: Rig, run: ScenarioRun): Promise<void> {
    await rig.request("PUT", `/connectors/${run.name}/stop`);
    await until("the stop", 60_000, async () => ((await rig.status(run.name))?.tasks.length === 0 ? true : undefined));
    await until("the slot's release", 60_000, async () => {
        const [row] = await run.sql(
            `SELECT active FROM pg_replication_slots WHERE slot_name = '${run.source.slotOf(run.name)}'`,
        );
        return row.includes("true") ? undefined : true;
    });
}

/** Resumes a stopped source. */
export const resumeSource = (rig: Rig, { name }: ScenarioRun) => rig.request("PUT", `/connectors/${name}/resume`);

/** Kills the worker when the snapshot has written some rows, and deletes rows that it has written. */
export async function killInSnapshot(rig: Rig, run: ScenarioRun): Promise<void> {
    const topic = run.source.topicOf(run.name, run.database);
    await until("the first rows", 60_000, async () => {
        if (!(await rig.admin.listTopics()).includes(topic)) return undefined;
        const [{ high }] = await rig.admin.fetchTopicOffsets(topic);
        return Number(high) > 3000 ? true : undefined;
    });
    await rig.worker.kill();
    // rows that the first attempt has written, and the second does not see
    await run.sql("DELETE FROM ledger WHERE id < 0 AND id > -500");
    rig.worker.restart();
    await rig.api.ready(300_000);
    await pause(writingMs);
}

/** A row of text of the ledger. */
export async function writeLargeRow({ sql }: ScenarioRun, megabytes: number): Promise<void> {
    await sql("ALTER TABLE ledger ADD COLUMN content text");
    await pause(1000);
    const text = `SELECT string_agg(md5(n::text), '') FROM generate_series(1, ${megabytes * 32_768}) n`;
    await sql(`INSERT INTO ledger SELECT -1, 0, (${text})`);
    await pause(writingMs);
}

/** Options of a source whose rows have up to 32 MB. */
export const optionsForLargeRows = {
    producer: { "max.request.size": 33_554_432, "buffer.memory": 67_108_864 },
    config: { "topic.creation.default.max.message.bytes": 33_554_432 },
};
