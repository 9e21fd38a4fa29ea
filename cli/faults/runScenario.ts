/** Runs one scenario and draws up its balance. */
import { RecordLog, type TimedRecord } from "../../src/local/contract/recordLog";
import { pause } from "../../src/util/pause";
import { balance, type ArrivedRecord, type Balance, type Change } from "./ledger";
import type { Rig } from "./rig";
import { autoRestart, type Scenario } from "./scenarios";
import { watchReports } from "./watchReports";
import { Writer } from "./writer";

/** What came of a scenario. */
export interface Outcome extends Balance {
    readonly scenario: string;
    readonly seconds: number;
    /** What reported it: states, metrics, the slot; empty where nothing did. */
    readonly reported: readonly string[];
    /** What stopped the scenario itself. */
    readonly error?: string;
}

interface Envelope {
    op: string;
    after?: { id: number; version: number } | null;
    before?: { id: number } | null;
}

/** Changes of the ledger's rows. A tombstone follows a deletion and is none; negative ids are the snapshot's rows. */
function ledgerRecords(records: readonly TimedRecord[]): ArrivedRecord[] {
    return records.flatMap(({ key, value }): ArrivedRecord[] => {
        const { op, after } = (value ?? {}) as Envelope;
        if (value === null || op === undefined) return [];
        const id = (key as { id: number }).id;
        return [{ id, operation: op, version: op === "d" ? undefined : after?.version }];
    });
}

/** Waits until all changes have arrived, or none has for a while; restarts failed tasks meanwhile, as Strimzi does. */
async function arrive(
    rig: Rig,
    { name, isCovered }: Scenario,
    log: RecordLog,
    changes: readonly Change[],
): Promise<void> {
    const giveUpMs = isCovered ? 150_000 : 25_000;
    let [count, since] = [log.records.length, Date.now()];
    while (Date.now() - since < giveUpMs) {
        if (balance(changes, ledgerRecords(log.records)).lost === 0) return;
        if (log.records.length !== count) [count, since] = [log.records.length, Date.now()];
        await autoRestart(rig, name);
        await pause(2000);
    }
}

/** The interval in which the workers of the rig store offsets, and a margin. */
const flushMs = 6500;

/** Runs it in a database and with a connector of its name. */
export async function runScenario(rig: Rig, scenario: Scenario): Promise<Outcome> {
    const { name, rows = 0 } = scenario;
    const started = Date.now();
    await rig.database.create(name);
    await rig.database.run(
        name,
        `CREATE TABLE ledger (id int PRIMARY KEY, version int NOT NULL);
         INSERT INTO ledger SELECT -n, 0 FROM generate_series(1, ${rows}) n`,
    );
    const { port, user, password } = rig.database;
    const writer = new Writer(() => ({ port, user, password, database: name }));
    const log = new RecordLog(rig.bootstrap, [`${name}.public.ledger`]);
    await log.start();
    const reports = watchReports(rig, name);
    let error: string | undefined;
    try {
        const deployed = rig.deploy(name, scenario.options);
        if (!scenario.duringSnapshot) {
            await deployed;
            // the offset of the snapshot's end is stored; before that, a new start repeats the snapshot
            await pause(flushMs);
            writer.start();
            await pause(3000);
        }
        await scenario.act(rig, name);
        if (scenario.duringSnapshot) {
            await deployed;
            writer.start();
            await pause(3000);
        }
    } catch (failure) {
        error = (failure as Error).message.split("\n")[0];
    }
    await writer.stop();
    const remaining = await rowsOf(rig, name);
    await arrive(rig, scenario, log, writer.changes);
    await log.quiet(1500, 15_000);
    const reported = await reports.stop();
    await log.stop();
    await rig.request("DELETE", `/connectors/${name}`).catch(() => undefined);
    const result = balance([...remaining, ...writer.changes], ledgerRecords(log.records));
    const seconds = Math.round((Date.now() - started) / 1000);
    return { scenario: name, ...result, sent: writer.changes.length, seconds, reported, error };
}

/** The rows that the table had before the source, and still has. */
async function rowsOf(rig: Rig, name: string): Promise<Change[]> {
    const [row] = await rig.database.run(name, "SELECT json_agg(id) AS ids FROM ledger WHERE id < 0");
    const ids = (JSON.parse(row) as { ids: number[] | null }).ids ?? [];
    return ids.map((id) => ({ id, operation: "c", version: 0 }));
}
