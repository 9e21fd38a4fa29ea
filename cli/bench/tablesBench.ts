/** One connector with many tables against many connectors with one table each: `kcp bench tables`. */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { startRig, type Rig } from "../faults/rig";
import { Processes } from "../../src/local/processes";
import { until } from "../../src/local/ports";
import { recordFigures } from "./figures";
import { statusOf } from "./processMemory";

interface Measurement {
    readonly variant: string;
    /** Seconds until the last row of the snapshot is in Kafka. */
    readonly snapshotSeconds: number;
    readonly rowsPerSecond: number;
    /** Resident memory of the worker, and its threads. */
    readonly megabytes: number;
    readonly threads: number;
}

/** Each source has its slot, its sender and at least two connections; PostgreSQL's default is 100 connections. */
const serverSettings = { max_replication_slots: "200", max_wal_senders: "200", max_connections: "500" };

const tableNames = (count: number): string[] => Array.from({ length: count }, (_, index) => `t${index + 1}`);

async function recordsOf(rig: Rig, prefix: RegExp): Promise<number> {
    const topics = (await rig.admin.listTopics()).filter((topic) => prefix.test(topic));
    const offsets = await Promise.all(topics.map((topic) => rig.admin.fetchTopicOffsets(topic)));
    return offsets.flat().reduce((sum, { high }) => sum + Number(high), 0);
}

async function measure(variant: string, tables: number, rows: number): Promise<Measurement> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kafka-connect-bench-"));
    fs.chmodSync(folder, 0o711);
    const processes = new Processes(folder);
    try {
        const rig = await startRig(processes, console.error, { postgresSettings: serverSettings });
        const names = tableNames(tables);
        const { secret } = rig.sources.postgres!;
        await rig.database.create("shop");
        for (const name of names)
            await rig.database.run(
                "shop",
                `CREATE TABLE ${name} (id int PRIMARY KEY, content text);
                 INSERT INTO ${name} SELECT n, repeat('x', 200) FROM generate_series(1, ${rows}) n`,
            );
        const declaration = (name: string, tables: object) => ({
            connectorTemplate: "debeziumPostgresSourceConnector",
            name,
            heartbeatSeconds: 1,
            source: {
                instance: secret,
                port: `\${secretManager:${secret}:PORT}`,
                database: "shop",
                ...tables,
            },
        });
        const started = Date.now();
        if (variant === "one connector") await rig.create(declaration("one", { tables: names }));
        else for (const name of names) await rig.create(declaration(name, { table: name }), false);
        await until("the snapshot", 900_000, async () =>
            (await recordsOf(rig, /\.public\.t\d+$/)) >= tables * rows ? true : undefined,
        );
        const seconds = (Date.now() - started) / 1000;
        return {
            variant,
            snapshotSeconds: seconds,
            rowsPerSecond: Math.round((tables * rows) / seconds),
            megabytes: Math.round((statusOf(rig.worker.pid!, "VmRSS") ?? NaN) / 1024),
            threads: statusOf(rig.worker.pid!, "Threads") ?? NaN,
        };
    } finally {
        await processes.stop();
        fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
}

/** Measures both in turn, and prints them. */
export async function tablesBench(tables: number, rows: number, { record }: { record?: boolean }): Promise<void> {
    const rates: number[] = [];
    for (const variant of ["one connector", `${tables} connectors`]) {
        const { snapshotSeconds, rowsPerSecond, megabytes, threads } = await measure(variant, tables, rows);
        rates.push(rowsPerSecond);
        console.log(
            `${variant.padEnd(16)} ${snapshotSeconds.toFixed(1)} s to the last row, ${rowsPerSecond} rows/s, ` +
                `${megabytes} MB, ${threads} threads`,
        );
    }
    if (record) recordFigures({ tables: { values: [rates[0] / rates[1]] } });
}
