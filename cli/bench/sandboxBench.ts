/**
 * How soon the sandbox shows its first event, against its parts: the evaluation of the stack, PostgreSQL, Kafka, the
 * worker and a connector, each started when the one before is ready.
 */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { startBroker } from "../../src/local/broker";
import { EventReader } from "../../src/local/changeEvents";
import { ConnectApi, connectorResource } from "../../src/local/connectApi";
import { freePort, until } from "../../src/local/ports";
import { startPostgres } from "../../src/local/postgres";
import { preparePrerequisites, type Prerequisites } from "../../src/local/prerequisites";
import { Processes } from "../../src/local/processes";
import { writeSecrets } from "../../src/local/secrets";
import { startWorker } from "../../src/local/worker";
import { loadStack } from "../../src/stack/loadStack";
import { readStack } from "../../src/stack/stackFile";
import { onlyOfKind, synth } from "../../src/synth/synth";
import { projectFolder } from "../../src/util/project";
import { recordFigures } from "./figures";
import { range } from "./median";

/** Starts the parts in turn, and prints the seconds of each; returns their sum. */
async function partsInTurn(processes: Processes, parts: Prerequisites): Promise<number> {
    const seconds: [string, number][] = [];
    const time = async <Value>(part: string, start: () => Value | Promise<Value>): Promise<Value> => {
        const started = Date.now();
        const value = await start();
        seconds.push([part, (Date.now() - started) / 1000]);
        return value;
    };
    const ports = { kafka: await freePort(), connect: await freePort(), postgres: await freePort() };
    const bootstrap = `127.0.0.1:${ports.kafka}`;
    const table = { instance: "BENCH", database: "bench", table: "orders", port: "${secretManager:BENCH:PORT}" };
    const source = { connectorTemplate: "debeziumPostgresSourceConnector", name: "orders", source: table };
    const raw = { ...readStack("local"), kafka: { bootstrapServers: bootstrap }, connectors: [source] };
    const runtime = await parts.runtime;
    const plugins = await parts.plugins;
    const secrets = path.join(processes.folder, "secrets");

    const evaluation = await time("evaluation", () => synth("local", raw));
    const database = await time("PostgreSQL", () => startPostgres(processes, ports.postgres));
    const { user: USERNAME, password: PASSWORD } = database;
    const login = { HOST: "127.0.0.1", PORT: String(database.port), USERNAME, PASSWORD };
    writeSecrets(secrets, new Map([["BENCH", login]]));
    await database.create("bench");
    await database.run("bench", "CREATE TABLE orders (id bigint PRIMARY KEY)");
    await database.run("bench", "INSERT INTO orders VALUES (1)");
    await time("Kafka", () => startBroker(processes, parts.kafkaVersion, runtime, ports.kafka));
    const api = new ConnectApi(`http://127.0.0.1:${ports.connect}`);
    await time("Kafka Connect", async () => {
        const worker = { runtime, plugins, restPort: ports.connect, secrets };
        startWorker(processes, onlyOfKind(evaluation, "KafkaConnect"), worker);
        await api.ready(120_000);
    });
    await time("connector", async () => {
        let events = 0;
        await api.create(connectorResource(loadStack(raw, "local").connectors[0]));
        const reader = new EventReader(bootstrap, "bench");
        void reader.follow(["orders.public.orders"], () => (events += 1));
        await until("the first event", 60_000, () => Promise.resolve(events > 0 ? true : undefined));
        await reader.stop();
    });
    console.log(seconds.map(([part, value]) => `${part} ${value.toFixed(1)} s`).join(", "));
    return seconds.reduce((sum, [, value]) => sum + value, 0);
}

/** Seconds until the sandbox has printed its first event. */
function sandboxSeconds(): Promise<number> {
    const started = Date.now();
    const child = spawn(process.execPath, [path.join(projectFolder, "cli", "kcp.js"), "sandbox", "--once"], {
        stdio: ["ignore", "pipe", "inherit"],
    });
    let [output, first] = ["", 0];
    child.stdout.on("data", (data) => {
        output += data;
        if (first === 0 && output.includes("the first change event has arrived")) first = Date.now();
    });
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) =>
            code === 0 ? resolve((first - started) / 1000) : reject(new Error(`the sandbox fails:\n${output}`)),
        );
    });
}

/** Prints the seconds of the parts and of the sandbox in each round, and their ratio. */
export async function sandboxBench(rounds: number, { record }: { record?: boolean }): Promise<void> {
    const settings = loadStack(readStack("local"), "local");
    const parts = await preparePrerequisites(settings, { what: "the benchmark", say: console.error });
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round++) {
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kafka-connect-bench-"));
        fs.chmodSync(folder, 0o711);
        const processes = new Processes(folder);
        try {
            const sum = await partsInTurn(processes, parts);
            await processes.stop();
            const seconds = await sandboxSeconds();
            ratios.push(seconds / sum);
            console.log(`sandbox ${seconds.toFixed(1)} s ÷ its parts ${sum.toFixed(1)} s`);
        } finally {
            await processes.stop();
            fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
        }
    }
    console.log(`until the first event ÷ the parts: ${range(ratios)}`);
    if (record) recordFigures({ sandbox: { values: ratios } });
}
