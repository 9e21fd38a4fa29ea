/** One run of the sandbox: everything that does not wait for another starts at once. */
import * as path from "path";
import * as readline from "readline";
import { evaluate, objectsOfKind, onlyOfKind, type Evaluation, type KubernetesObject } from "../evaluate";
import { tree } from "../evaluate/tree";
import type { Settings } from "../settings";
import { metricsKey } from "../strimzi/kafkaConnect";
import { startBroker } from "./broker";
import { ConnectApi } from "./connect";
import { seed, type Database } from "./database";
import { metricsExporter } from "./downloads";
import { EventReader } from "./events";
import { engines, whyNot, type Engine } from "./engines";
import type { Options } from "./options";
import { prepareParts } from "./parts";
import type { Processes } from "./processes";
import { connectorTable, eventLine, nextSteps, type Progress } from "./report";
import { secretValues, writeSecrets } from "./secrets";
import { startWorker } from "./worker";

export interface Run {
    options: Options;
    raw: Record<string, unknown>;
    settings: Settings;
    ports: { kafka: number; connect: number; postgres: number };
    processes: Processes;
    progress: Progress;
}

/** Runs until it is interrupted, or with `once` until the first event was read. Throws with the reason when it cannot. */
export async function run({ options, raw, settings, ports, processes, progress }: Run): Promise<void> {
    const { kafkaVersion, runtime, plugins, own, left } = await prepareParts(settings, "the sandbox", (text) => progress.say(text), options.plugins);
    const secretsFolder = path.join(processes.folder, "secrets");
    const broker = runtime.then((folder) => startBroker(processes, kafkaVersion, folder, ports.kafka));
    // PostgreSQL most likely; others when the evaluation shows that they are wanted
    const started = new Map<Engine, Promise<Database>>();
    const databaseOf = (engine: Engine): Promise<Database> => {
        const server = started.get(engine) ?? engine.start(processes, engine.name === "postgres" ? ports.postgres : undefined);
        server.catch(() => undefined);
        started.set(engine, server);
        return server;
    };
    if (settings.connectors.some((plan) => plan.class === engines[0].class)) void databaseOf(engines[0]);
    const evaluation = evaluate(options.stack, raw);
    broker.then(() => progress.say(`Kafka ${kafkaVersion} takes connections on 127.0.0.1:${ports.kafka}`), () => undefined);

    const evaluated = await evaluation;
    console.log(`${tree(evaluated)}\n`);
    progress.release();
    for (const { name, why } of left) progress.say(`left out: plugin ${name}: ${why}`);

    const connectors = objectsOfKind(evaluated, "KafkaConnector");
    const runnable = connectors.filter(({ spec }) => whyNot(spec.class) === undefined);
    for (const { metadata, spec } of connectors.filter((item) => !runnable.includes(item))) progress.say(`left out: connector ${metadata.name}: ${whyNot(spec.class)}`);
    if (runnable.length === 0) throw new Error(`the stack ${options.stack} has no connector that the sandbox can run here`);

    const connectResource = onlyOfKind(evaluated, "KafkaConnect");
    const worker = startWorker(processes, connectResource, { runtime: await runtime, plugins: await plugins, own: await own, restPort: ports.connect, secrets: secretsFolder, metrics: await metricsOf(evaluated, options) });
    const used = engines.filter((engine) => runnable.some(({ spec }) => spec.class === engine.class));
    const servers = await Promise.all(
        used.map(async (engine) => {
            const server = await databaseOf(engine);
            progress.say(`${server.name} takes connections on 127.0.0.1:${server.port}`);
            await prepareDatabases(engine, server, runnable.filter(({ spec }) => spec.class === engine.class), secretsFolder, settings.secrets?.name ?? "");
            return server;
        }),
    );
    const alive = [(await broker).failed, worker.failed, ...servers.map((server) => server.running.failed)];

    const api = new ConnectApi(`http://127.0.0.1:${ports.connect}`);
    await Promise.race([...alive, startConnectors(api, runnable, progress)]);
    const topics = settings.connectors.filter(({ name, state }) => state === "running" && runnable.some(({ metadata }) => metadata.name === name)).flatMap((plan) => plan.topics);
    const reader = new EventReader(`127.0.0.1:${ports.kafka}`);
    try {
        await Promise.race([...alive, firstEvents(reader, topics, progress)]);
        if (options.once) return;
        const first = settings.connectors.find((plan) => plan.class === used[0].class)!;
        console.log(nextSteps({ restUrl: api.url, bootstrap: `127.0.0.1:${ports.kafka}`, table: String(first.config["table.include.list"]), logs: path.join(processes.folder, "logs") }));
        await Promise.race([...alive, takeSql(servers[0], used[0].databaseOf(first.config))]);
    } finally {
        await reader.stop();
    }
}

/** The exporter with the rules that the program puts into the cluster; undefined unless it is asked for. */
async function metricsOf(evaluated: Evaluation, { metricsPort }: Options): Promise<{ port: number; agent: string; rules: string } | undefined> {
    if (metricsPort === undefined) return undefined;
    return { port: metricsPort, agent: await metricsExporter(), rules: onlyOfKind(evaluated, "ConfigMap").data![metricsKey] };
}

/** Databases, tables and secrets, as the connectors name them. */
async function prepareDatabases(engine: Engine, server: Database, connectors: readonly KubernetesObject[], folder: string, provider: string): Promise<void> {
    await seed(server, engine.name, [...new Set(connectors.map(({ spec }) => engine.databaseOf(spec.config)))]);
    const login = { host: "127.0.0.1", port: server.port, user: server.user, password: server.password };
    for (const { spec } of connectors) writeSecrets(folder, secretValues(spec.config, provider, login));
}

async function startConnectors(api: ConnectApi, resources: readonly KubernetesObject[], progress: Progress): Promise<void> {
    const version = await api.ready(60_000);
    progress.say(`Kafka Connect ${version} answers on ${api.url}`);
    const settled = await Promise.all(
        resources.map(async (resource) => {
            await api.create(resource);
            return { resource, status: await api.settled(resource, 60_000) };
        }),
    );
    progress.say(`${settled.length === 1 ? "the connector is" : `all ${settled.length} connectors are`} in the state the stack file wants`);
    console.log(`\n${connectorTable(settled)}\n`);
}

/** Resolves with the first event; goes on printing those that follow. */
function firstEvents(reader: EventReader, topics: readonly string[], progress: Progress): Promise<void> {
    return new Promise((resolve, reject) => {
        let first = true;
        reader
            .waitFor(topics, 60_000)
            .then(() =>
                reader.read(topics, (event) => {
                    if (first) progress.say("the first change event is here");
                    first = false;
                    console.log(eventLine(event));
                    // the rest of the first batch belongs with it
                    setTimeout(resolve, 250);
                }),
            )
            .catch(reject);
    });
}

/** Runs the lines that are typed as SQL, for ever. */
function takeSql(server: Database, database: string): Promise<never> {
    const input = readline.createInterface({ input: process.stdin });
    input.on("line", (line) => {
        if (!line.trim()) return;
        server.run(database, line).then(
            (lines) => console.log(lines.map((text) => `  ${text}`).join("\n")),
            (error: Error) => console.log(`  ${error.message}`),
        );
    });
    return new Promise(() => {
        // the terminal's end of input is no reason to stop; a timer keeps the process there
        setInterval(() => undefined, 1 << 30);
    });
}
