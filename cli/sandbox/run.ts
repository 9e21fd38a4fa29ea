/** One run of the sandbox: everything that does not wait for another starts at once. */
import * as path from "path";
import * as readline from "readline";
import { synth, objectsOfKind, onlyOfKind, type SynthResult, type KubernetesObject } from "../../src/synth/synth";
import { tree } from "../../src/synth/tree";
import type { Settings } from "../../src/stack/settings";
import { metricsKey } from "../../src/strimzi/jmxMetrics";
import { startBroker } from "../../src/local/broker";
import { ConnectApi } from "../../src/local/connectApi";
import { resolveExternalSystem } from "../../src/local/externalSystems";
import type { Database } from "../../src/local/database";
import { metricsExporter } from "../../src/local/downloads";
import { EventReader } from "../../src/local/changeEvents";
import { engines } from "../../src/local/databaseEngines";
import type { Options } from "./options";
import { preparePrerequisites } from "../../src/local/prerequisites";
import type { Processes } from "../../src/local/processes";
import type { Progress } from "../../src/local/progress";
import { connectorTable, eventLine, nextSteps } from "./output";
import { Servers } from "../../src/local/servers";
import { startWorker } from "../../src/local/worker";

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
    const {
        kafkaVersion,
        runtime,
        plugins,
        providedPlugins: own,
        missingPlugins: left,
    } = await preparePrerequisites(settings, "the sandbox", (text) => progress.say(text), options.plugins);
    const secrets = path.join(processes.folder, "secrets");
    const broker = runtime.then((folder) => startBroker(processes, kafkaVersion, folder, ports.kafka));
    const servers = new Servers({
        processes,
        progress,
        kafkaVersion,
        runtime,
        secrets,
        provider: settings.secrets?.name ?? "",
        postgresPort: ports.postgres,
    });
    // PostgreSQL most likely; others when the evaluation shows that they are wanted
    if (settings.connectors.some((plan) => plan.class === engines[0].class)) void servers.database(engines[0]);
    const evaluation = synth(options.stack, raw);
    broker.then(
        () => progress.say(`Kafka ${kafkaVersion} takes connections on 127.0.0.1:${ports.kafka}`),
        () => undefined,
    );

    const evaluated = await evaluation;
    console.log(`${tree(evaluated)}\n`);
    progress.release();
    for (const { name, why } of left) progress.say(`left out: plugin ${name}: ${why}`);

    const placed = objectsOfKind(evaluated, "KafkaConnector").map((resource) => ({
        resource,
        ...resolveExternalSystem(
            resource,
            left.flatMap(({ classes }) => classes),
        ),
    }));
    for (const item of placed)
        if ("reason" in item) progress.say(`left out: connector ${item.resource.metadata.name}: ${item.reason}`);
    const placements = placed.flatMap((item) => ("externalSystem" in item ? [item] : []));
    const runnable = placements.map(({ resource }) => resource);
    if (runnable.length === 0)
        throw new Error(`the stack ${options.stack} has no connector that the sandbox can run here`);

    const connectResource = onlyOfKind(evaluated, "KafkaConnect");
    const worker = startWorker(processes, connectResource, {
        runtime: await runtime,
        plugins: await plugins,
        own: await own,
        restPort: ports.connect,
        secrets,
        metrics: await metricsOf(evaluated, options),
    });
    const alive = [
        (await broker).failed,
        worker.failed,
        ...(await servers.prepare(placements)).map(({ failed }) => failed),
    ];

    const api = new ConnectApi(`http://127.0.0.1:${ports.connect}`);
    await Promise.race([...alive, startConnectors(api, runnable, progress)]);
    // MirrorMaker's own records are no one's to read
    const shown = settings.connectors.filter(
        ({ name, state, class: className }) =>
            state === "running" &&
            !/\.Mirror(Checkpoint|Heartbeat)Connector$/.test(className) &&
            runnable.some(({ metadata }) => metadata.name === name),
    );
    // the topics of a pattern's tables are known when they exist, not before
    const topics = shown.flatMap((plan) => plan.outputTopics).filter((topic) => !topic.endsWith("*"));
    const reader = new EventReader(`127.0.0.1:${ports.kafka}`);
    try {
        await Promise.race([...alive, firstEvents(reader, topics, progress)]);
        if (options.once) return;
        const first = placements.find(
            ({ externalSystem, resource }) =>
                externalSystem.kind === "database" && resource.spec.config["table.include.list"],
        );
        console.log(
            nextSteps({
                restUrl: api.url,
                bootstrap: `127.0.0.1:${ports.kafka}`,
                table: first?.resource.spec.config["table.include.list"],
                logs: path.join(processes.folder, "logs"),
            }),
        );
        if (first?.externalSystem.kind !== "database") return await Promise.race(alive);
        await Promise.race([
            ...alive,
            takeSql(await servers.database(first.externalSystem.engine), first.externalSystem.database),
        ]);
    } finally {
        await reader.stop();
    }
}

/** The exporter with the rules that the program puts into the cluster; undefined unless it is asked for. */
async function metricsOf(
    evaluated: SynthResult,
    { metricsPort }: Options,
): Promise<{ port: number; agent: string; rules: string } | undefined> {
    if (metricsPort === undefined) return undefined;
    return {
        port: metricsPort,
        agent: await metricsExporter(),
        rules: onlyOfKind(evaluated, "ConfigMap").data![metricsKey],
    };
}

async function startConnectors(
    api: ConnectApi,
    resources: readonly KubernetesObject[],
    progress: Progress,
): Promise<void> {
    const version = await api.ready(60_000);
    progress.say(`Kafka Connect ${version} answers on ${api.url}`);
    const settled = await Promise.all(
        resources.map(async (resource) => {
            await api.create(resource);
            return { resource, status: await api.settled(resource, 60_000) };
        }),
    );
    progress.say(
        `${settled.length === 1 ? "the connector is" : `all ${settled.length} connectors are`} in the state the stack file wants`,
    );
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
