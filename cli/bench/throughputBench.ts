/**
 * What the templates' defaults gain: a real worker reads a PostgreSQL table into a topic of one partition, with the
 * plugin's stock settings, with those of the template, and with larger batches and queues; then rows are inserted one
 * by one, to measure how soon each is in Kafka. All in one run and in turn, so that the ratios hold on a busy
 * machine.
 */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { synth, onlyOfKind, type KubernetesObject } from "../../src/synth/synth";
import { startBroker } from "../../src/local/broker";
import { ConnectApi, connectorResource } from "../../src/local/connectApi";
import { kafkaClient } from "../../src/local/kafkaClient";
import { preparePrerequisites } from "../../src/local/prerequisites";
import { freePort, until } from "../../src/local/ports";
import { startPostgres } from "../../src/local/postgres";
import { Processes } from "../../src/local/processes";
import { writeSecrets } from "../../src/local/secrets";
import { startWorker } from "../../src/local/worker";
import { loadStack } from "../../src/stack/loadStack";
import { readStack } from "../../src/stack/stackFile";
import { recordFigures } from "./figures";
import { median } from "./median";

interface Variant {
    name: string;
    /** Which of the template's settings are left out. */
    without: RegExp;
    /** What is set in addition. */
    more: Record<string, number>;
}

const variants: readonly Variant[] = [
    { name: "stock", without: /^(producer\.override\.|poll\.interval\.ms|snapshot\.fetch\.size)/, more: {} },
    { name: "template", without: /^$/, more: {} },
    {
        name: "template and a larger queue",
        without: /^$/,
        more: { "max.batch.size": 8192, "max.queue.size": 32_768, "snapshot.fetch.size": 20_000 },
    },
];
/** Rows inserted one by one after each snapshot. */
const inserts = 15;

/** The template's connector for the n-th run: each run has its own topic and replication slot. */
function connector(base: Record<string, unknown>, run: number, { without, more }: Variant): KubernetesObject {
    const raw = {
        ...base,
        connectors: [
            {
                connectorTemplate: "debeziumPostgresSourceConnector",
                name: `bench-${run}`,
                heartbeatSeconds: 0,
                source: { instance: "bench", database: "bench", table: "rows", port: "${secretManager:BENCH:PORT}" },
            },
        ],
    };
    const [plan] = loadStack(raw, "local").connectors;
    const config = {
        ...Object.fromEntries(Object.entries(plan.config).filter(([key]) => !without.test(key))),
        ...more,
    };
    return connectorResource({ ...plan, config });
}

async function compareVariants(processes: Processes, rows: number, rounds: number): Promise<Result[]> {
    const raw = readStack("local");
    const settings = loadStack(raw, "local");
    const parts = await preparePrerequisites(settings, { what: "the benchmark", say: console.error });
    const [kafkaPort, restPort, postgresPort, runtime] = [
        await freePort(),
        await freePort(),
        await freePort(),
        await parts.runtime,
    ];
    const bootstrapServers = `127.0.0.1:${kafkaPort}`;
    const local = { ...raw, kafka: { bootstrapServers }, connectors: [] };
    const [broker, database, evaluation] = await Promise.all([
        startBroker(processes, parts.kafkaVersion, runtime, kafkaPort),
        startPostgres(processes, postgresPort),
        synth("local", local),
    ]);
    const secrets = path.join(processes.folder, "secrets");
    const worker = startWorker(processes, onlyOfKind(evaluation, "KafkaConnect"), {
        runtime,
        plugins: await parts.plugins,
        restPort,
        secrets,
    });
    writeSecrets(
        secrets,
        new Map([
            [
                "BENCH",
                {
                    HOST: "127.0.0.1",
                    PORT: String(database.port),
                    USERNAME: database.user,
                    PASSWORD: database.password,
                },
            ],
        ]),
    );
    await database.create("bench");
    console.error(`filling a table with ${rows} rows`);
    await database.run(
        "bench",
        `CREATE TABLE rows (
            id bigint PRIMARY KEY, customer bigint, item text, amount numeric(12,2), placed_at timestamptz
        )`,
    );
    await database.run(
        "bench",
        `INSERT INTO rows
            SELECT n, n % 1000, 'item number ' || n, n * 1.25, now() FROM generate_series(1, ${rows}) n`,
    );

    const api = new ConnectApi(`http://127.0.0.1:${restPort}`);
    await api.ready(120_000);
    const admin = kafkaClient(bootstrapServers).admin();
    await admin.connect();
    const seconds = new Map<string, number[]>();
    const delays = new Map<string, number[]>();
    let [run, filled] = [0, rows];
    // the first run warms the worker's JVM and is not counted
    for (const variant of [variants[0], ...Array.from({ length: rounds }, () => variants).flat()]) {
        const { name } = variant;
        const resource = connector(local, run, variant);
        const topic = `bench-${run}.public.rows`;
        /** Seconds from now until so many records are in the topic. */
        const arrival = async (records: number): Promise<number> => {
            const start = process.hrtime.bigint();
            await Promise.race([
                broker.failed,
                worker.failed,
                until(topic, 600_000, async () =>
                    Number((await admin.fetchTopicOffsets(topic).catch(() => [{ offset: "0" }]))[0].offset) >= records
                        ? true
                        : undefined,
                ),
            ]);
            return Number(process.hrtime.bigint() - start) / 1e9;
        };
        const [took] = await Promise.all([arrival(filled), api.create(resource)]);
        for (let one = 0; one < inserts; one++) {
            filled += 1;
            await database.run("bench", `INSERT INTO rows VALUES (${filled}, 1, 'one more', 1, now())`);
            const delay = await arrival(filled);
            if (run > 0) delays.set(name, [...(delays.get(name) ?? []), delay]);
        }
        const rate = Math.round(rows / took);
        console.error(`${name}: ${took.toFixed(1)} s, ${rate} records a second${run === 0 ? " (to warm up)" : ""}`);
        if (run > 0) seconds.set(name, [...(seconds.get(name) ?? []), took]);
        await fetch(`${api.url}/connectors/${resource.metadata.name}`, { method: "DELETE" });
        await admin.deleteTopics({ topics: [topic] });
        run += 1;
    }
    await admin.disconnect();
    return resultsOf(seconds, delays);
}

/** What was measured of a variant. */
interface Result {
    readonly variant: string;
    /** Seconds of each snapshot. */
    readonly seconds: readonly number[];
    /** How many times as fast as stock settings, in each round. */
    readonly ratios: readonly number[];
    /** Median of the milliseconds until an inserted row is in Kafka. */
    readonly latencyMs: number;
}

function resultsOf(seconds: ReadonlyMap<string, number[]>, delays: ReadonlyMap<string, number[]>): Result[] {
    const stock = seconds.get("stock")!;
    return [...seconds].map(([variant, values]) => ({
        variant,
        seconds: values,
        ratios: values.map((value, index) => stock[index] / value),
        latencyMs: Math.round(median(delays.get(variant)!) * 1000),
    }));
}

const lineOf = ({ variant, seconds, ratios, latencyMs }: Result): string =>
    `${variant.padEnd(28)} ${median(seconds).toFixed(1).padStart(6)} s  ` +
    `${median(ratios).toFixed(2)} times as fast as stock ` +
    `(${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}); a row is in Kafka after ${latencyMs} ms`;

/** Runs the benchmark with so many rows and rounds, and prints a line per variant, or JSON. */
export async function throughputBench(
    rows: number,
    rounds: number,
    { json, record }: { json?: boolean; record?: boolean },
): Promise<void> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kafka-connect-bench-"));
    fs.chmodSync(folder, 0o711);
    const processes = new Processes(folder);
    try {
        const results = await compareVariants(processes, rows, rounds);
        const [stock, template] = results;
        if (record)
            recordFigures({
                snapshot: { values: template.ratios },
                latency: { values: [template.latencyMs / stock.latencyMs] },
            });
        console.log(json ? JSON.stringify(results, null, 2) : results.map(lineOf).join("\n"));
    } finally {
        await processes.stop();
        fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
}
