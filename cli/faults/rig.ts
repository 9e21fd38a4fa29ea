/** Kafka, a Connect worker and PostgreSQL on this machine, each of which can be killed and started again. */
import * as path from "path";
import { Kafka, logLevel, type Admin } from "kafkajs";
import { startBroker } from "../../src/local/broker";
import { ConnectApi, connectorConfig, connectorResource, type ConnectorStatus } from "../../src/local/connectApi";
import type { Database } from "../../src/local/database";
import { metricsExporter } from "../../src/local/kafkaRuntime";
import { NetworkProxy } from "../../src/local/networkProxy";
import { freePort, until } from "../../src/local/ports";
import { pause } from "../../src/util/pause";
import { startPostgres } from "../../src/local/postgres";
import { preparePrerequisites } from "../../src/local/prerequisites";
import type { Processes, Running } from "../../src/local/processes";
import { writeSecrets } from "../../src/local/secrets";
import { startWorker } from "../../src/local/worker";
import { loadStack } from "../../src/stack/loadStack";
import { readStack } from "../../src/stack/stackFile";
import { metricsKey } from "../../src/strimzi/jmxMetrics";
import { onlyOfKind, synth, type KubernetesObject } from "../../src/synth/synth";

/** Everything that a scenario works with. */
export interface Rig {
    readonly bootstrap: string;
    readonly api: ConnectApi;
    readonly admin: Admin;
    readonly database: Database;
    /** The network between the worker and the database. */
    readonly network: NetworkProxy;
    readonly worker: Running;
    readonly broker: Running;
    readonly pluginVersion: string;
    readonly secrets: string;
    /** The worker's metrics, in Prometheus' format; empty while it does not answer. */
    metrics(): Promise<string>;
    /** Creates a source of the table `ledger` of a database of its name, unless `options.source` selects others. */
    deploy(name: string, options?: { source?: object } & Record<string, unknown>, wait?: boolean): Promise<void>;
    request(method: string, location: string, body?: unknown): Promise<Response>;
    status(name: string): Promise<ConnectorStatus | undefined>;
}

const rebalanceDelayMs = 5000;

const secretName = "LEDGER";

/**
 * Starts all of it.
 *
 * @param serverSettings settings of PostgreSQL in place of the sandbox's
 */
export async function startRig(
    processes: Processes,
    say: (text: string) => void,
    serverSettings: Readonly<Record<string, string>> = {},
): Promise<Rig> {
    const raw = readStack("local");
    const prerequisites = await preparePrerequisites(loadStack(raw, "local"), { what: "the scenarios", say });
    const { kafkaVersion } = prerequisites;
    const runtime = await prerequisites.runtime;
    const [kafkaPort, restPort, databasePort, metricsPort] = [
        await freePort(),
        await freePort(),
        await freePort(),
        await freePort(),
    ];
    const bootstrap = `127.0.0.1:${kafkaPort}`;
    // by default a group waits five minutes for a lost worker before it assigns its tasks to others (KIP-415)
    const config = { "offset.flush.interval.ms": 5000, "scheduled.rebalance.max.delay.ms": rebalanceDelayMs };
    const stack = { ...raw, kafka: { bootstrapServers: bootstrap }, connect: { config }, connectors: [] as unknown[] };
    const secrets = path.join(processes.folder, "secrets");
    const [broker, database, evaluation] = await Promise.all([
        startBroker(processes, kafkaVersion, runtime, kafkaPort),
        startPostgres(processes, databasePort, serverSettings),
        synth("local", stack),
    ]);
    const network = await NetworkProxy.start(databasePort);
    const worker = startWorker(processes, onlyOfKind(evaluation, "KafkaConnect"), {
        runtime,
        plugins: await prerequisites.plugins,
        restPort,
        secrets,
        metrics: {
            port: metricsPort,
            agent: await metricsExporter(),
            rules: onlyOfKind(evaluation, "ConfigMap").data![metricsKey],
        },
    });
    const { user, password } = database;
    const login = { HOST: "127.0.0.1", PORT: String(network.port), USERNAME: user, PASSWORD: password };
    writeSecrets(secrets, new Map([[secretName, login]]));
    const api = new ConnectApi(`http://127.0.0.1:${restPort}`);
    await api.ready(300_000);
    const admin = new Kafka({
        clientId: "scenarios",
        brokers: [bootstrap],
        logLevel: logLevel.NOTHING,
        retry: { retries: 60, maxRetryTime: 1000 },
    }).admin();
    await admin.connect();
    const versions = (await (await fetch(`${api.url}/connector-plugins`)).json()) as {
        class: string;
        version: string;
    }[];
    const plugin = versions.find((item) => item.class.endsWith(".PostgresConnector"));

    const resource = (name: string, { source, ...options }: { source?: object }): KubernetesObject => {
        const port = `\${secretManager:${secretName}:PORT}`;
        const declaration = {
            connectorTemplate: "debeziumPostgresSourceConnector",
            name,
            heartbeatSeconds: 1,
            source: { instance: secretName, port, ...(source ?? { database: name, table: "ledger" }) },
            ...options,
        };
        const [connector] = loadStack({ ...stack, connectors: [declaration] }, "local").connectors;
        return connectorResource(connector);
    };
    const request = (method: string, location: string, body?: unknown) =>
        fetch(`${api.url}${location}`, {
            method,
            headers: { "content-type": "application/json" },
            body: body === undefined ? undefined : JSON.stringify(body),
        });
    return {
        bootstrap,
        api,
        admin,
        database,
        network,
        worker,
        broker,
        secrets,
        pluginVersion: `Debezium PostgreSQL ${plugin?.version ?? "unknown"}, Kafka ${kafkaVersion}`,
        metrics: async () => {
            try {
                return await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
            } catch {
                return "";
            }
        },
        deploy: async (name, options = {}, wait = true) => {
            const object = resource(name, options);
            await request("PUT", `/connectors/${name}/config`, connectorConfig(object));
            if (!wait) return;
            await until(`connector ${name}`, 120_000, async () => {
                const status = await api.status(name).catch(() => undefined);
                return status?.tasks.some(({ state }) => state === "RUNNING") ? true : undefined;
            });
            await pause(500);
        },
        request,
        status: (name) => api.status(name).catch(() => undefined),
    };
}
