/** Runs one scenario and draws up its balance. */
import { RecordLog, type TimedRecord } from "../../src/local/contract/recordLog";
import { until } from "../../src/local/ports";
import { pause } from "../../src/util/pause";
import { balance, type ArrivedRecord, type Balance, type Change } from "./ledger";
import type { Declaration, Rig } from "./rig";
import type { Scenario, ScenarioRun } from "./scenarios/scenario";
import { AutoRestart } from "./autoRestart";
import { ledgerTable } from "./sources";
import { watchReports } from "./watchReports";
import { Writer } from "./writer";

/** What came of a scenario. */
export interface Outcome extends Balance {
    readonly scenario: string;
    readonly seconds: number;
    /** What reported it: states, metrics, alerts; empty where nothing did. */
    readonly reported: readonly string[];
    /** What stopped the scenario itself. */
    readonly error?: string;
}

interface Envelope {
    op: string;
    after?: { id: number; version: number } | null;
}

/** What is kept of a change event: rows of megabytes are not. */
const essential = (value: unknown): unknown => {
    const { op, after } = (value ?? {}) as Envelope;
    return op === undefined ? null : { op, after: after ? { version: after.version } : null };
};

/** Changes of the ledger's rows. A tombstone follows a deletion and is none; negative ids are the snapshot's rows. */
function ledgerRecords(records: readonly TimedRecord[]): ArrivedRecord[] {
    return records.flatMap(({ key, value }): ArrivedRecord[] => {
        if (value === null) return [];
        const { op, after } = value as Envelope;
        const id = (key as { id: number }).id;
        return [{ id, operation: op, version: op === "d" ? undefined : after?.version }];
    });
}

/** The numbers of a result's rows, which each database prints in its own form. */
const numbersOf = (lines: readonly string[]): number[][] =>
    lines.map((line) => [...line.matchAll(/-?\d+/g)].map(Number)).filter((numbers) => numbers.length > 0);

/** The rows of the sink's copy. */
async function copiedRows(run: ScenarioRun): Promise<ArrivedRecord[]> {
    const rows = await run.sql("SELECT id, version FROM ledger_copy").catch(() => [] as string[]);
    return numbersOf(rows.filter((row) => row.startsWith("{"))).map(([id, version]) => ({
        id,
        operation: "r",
        version,
    }));
}

/** The rows that the table had before the source, or that the scenario added, and still has. */
async function remainingRows(run: ScenarioRun): Promise<Change[]> {
    const rows = await run.sql("SELECT id FROM ledger WHERE id < 0");
    return numbersOf(rows)
        .filter(([id]) => id < 0)
        .map(([id]) => ({ id, operation: "c", version: 0 }));
}

/** The interval in which the workers of the rig store offsets, and a margin. */
const flushMs = 3000;
const sinkSuffix = "-copy";

/** One scenario on its way. */
class Course {
    private readonly run: ScenarioRun;
    private readonly connectors: string[];
    private readonly writer: Writer;
    private readonly log: RecordLog;

    constructor(
        private readonly rig: Rig,
        private readonly scenario: Scenario,
    ) {
        const { name, kind = "postgres", sink } = scenario;
        const source = rig.sources[kind]!;
        const database = name.replaceAll("-", "_");
        this.run = { name, database, source, sql: (text) => source.server.run(database, text) };
        this.connectors = sink ? [name, `${name}${sinkSuffix}`] : [name];
        this.writer = new Writer(source.server, database);
        this.log = new RecordLog(rig.bootstrap, [source.topicOf(name, database)], `ledger-${name}`, essential);
    }

    async outcome(): Promise<Outcome> {
        const { rig, scenario, run, log, writer } = this;
        const started = Date.now();
        await run.source.server.create(run.database);
        await run.sql(ledgerTable(run.source, scenario.rows ?? 0));
        await log.start();
        const reports = watchReports(
            rig,
            {
                connectors: this.connectors,
                slot: run.source.slotOf(run.name),
                wholeCluster: !scenario.isIsolated,
            },
            { rig, declaration: this.declaration(), source: run.source, database: run.database },
        );
        const restarts = new AutoRestart(rig, this.connectors);
        const error = await this.act().then(
            () => undefined,
            (failure: Error) => failure.message.split("\n")[0],
        );
        await writer.stop();
        const changes = [...(await this.remaining()), ...writer.changes];
        await this.arrive(changes);
        if (!scenario.sink) await log.quiet(1500, 15_000);
        const reported = await reports.stop();
        await restarts.stop();
        const result = balance(changes, await this.arrived());
        await log.stop();
        await this.remove();
        const seconds = Math.round((Date.now() - started) / 1000);
        return { scenario: run.name, ...result, sent: writer.changes.length, seconds, reported, error };
    }

    /** Deletes the connectors, and the slot, which would keep the log of the whole server. */
    private async remove(): Promise<void> {
        const { rig, run } = this;
        for (const name of this.connectors) await rig.request("DELETE", `/connectors/${name}`).catch(() => undefined);
        if (run.source.kind !== "postgres") return;
        const drop =
            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots " +
            `WHERE slot_name = '${run.source.slotOf(run.name)}'`;
        // the task ends some time after its connector
        await until("the end of the task", 20_000, () => run.sql(drop).catch(() => undefined)).catch(() => undefined);
    }

    private declaration(): Declaration {
        const { name, database, source } = this.run;
        return {
            connectorTemplate: source.template,
            name,
            heartbeatSeconds: 1,
            source: { instance: source.secret, port: this.reference("PORT"), database, table: "ledger" },
            ...(this.scenario.sink ? { converter: "json-with-schemas" } : {}),
            ...this.scenario.options,
        };
    }

    private sinkDeclaration(): Declaration {
        const { name, database, source } = this.run;
        return {
            connectorTemplate: "jdbcSinkConnector",
            name: `${name}${sinkSuffix}`,
            topics: [source.topicOf(name, database)],
            converter: "json-with-schemas",
            target: {
                type: "postgresql",
                instance: source.secret,
                port: this.reference("PORT"),
                database,
                table: "ledger_copy",
            },
            schemaEvolution: "basic",
            deadLetterQueue: { replicationFactor: 1 },
            ...this.scenario.sink,
        };
    }

    private reference(key: string): string {
        return `\${secretManager:${this.run.source.secret}:${key}}`;
    }

    /** Deploys the connectors, writes changes, and breaks something meanwhile. */
    private async act(): Promise<void> {
        const { rig, scenario, writer, run } = this;
        const deployed = rig.create(this.declaration());
        if (scenario.duringSnapshot) {
            await scenario.act(rig, run);
            await deployed;
            await this.write();
            return;
        }
        await deployed;
        if (scenario.sink) await rig.create(this.sinkDeclaration());
        // the offset of the snapshot's end is stored; before that, a new start repeats the snapshot
        await pause(flushMs);
        await this.write();
        await scenario.act(rig, run);
        await writer.advanced();
    }

    /** Begins to write, for some seconds. */
    private async write(): Promise<void> {
        this.writer.start();
        await this.writer.advanced();
        await pause(3000);
    }

    /** The rows that remain, when the database answers again. */
    private remaining(): Promise<Change[]> {
        return until("the database", 120_000, () => remainingRows(this.run).catch(() => undefined));
    }

    private arrived(): Promise<ArrivedRecord[]> {
        return this.scenario.sink ? copiedRows(this.run) : Promise.resolve(ledgerRecords(this.log.records));
    }

    /** Waits until all changes have arrived, or none has for a while. */
    private async arrive(changes: readonly Change[]): Promise<void> {
        const giveUpMs = this.scenario.isCovered ? 180_000 : 60_000;
        let [count, since] = [-1, Date.now()];
        while (Date.now() - since < giveUpMs) {
            const records = await this.arrived();
            const { lost, ghosts } = balance(changes, records);
            if (lost === 0 && (!this.scenario.sink || ghosts === 0)) return;
            if (records.length !== count) [count, since] = [records.length, Date.now()];
            await pause(2000);
        }
    }
}

/** Runs it in a database and with connectors of its name. */
export const runScenario = (rig: Rig, scenario: Scenario): Promise<Outcome> => new Course(rig, scenario).outcome();
