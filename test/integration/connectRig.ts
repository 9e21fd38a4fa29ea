/** A broker, a Connect worker and a database on this machine, for connectors as a stack file declares them. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Admin } from "kafkajs";
import { kafkaClient } from "../../src/local/kafkaClient";
import { startBroker } from "../../src/local/broker";
import { EventReader, type ChangeEvent } from "../../src/local/changeEvents";
import { ConnectApi, connectorResource } from "../../src/local/connectApi";
import type { Database } from "../../src/local/database";
import { freePort, until } from "../../src/local/ports";
import { startPostgres } from "../../src/local/postgres";
import type { Plugin } from "../../src/image/manifest";
import { pluginSet } from "../../src/local/pluginSet";
import { metricsExporter } from "../../src/local/kafkaRuntime";
import { preparePrerequisites } from "../../src/local/prerequisites";
import { Processes, type Running } from "../../src/local/processes";
import { writeSecrets } from "../../src/local/secrets";
import { startWorker } from "../../src/local/worker";
import { loadStack } from "../../src/stack/loadStack";
import { readStack } from "../../src/stack/stackFile";
import { metricsKey } from "../../src/strimzi/jmxMetrics";
import { strimziLogging } from "./strimziLogging";
import { onlyOfKind, synth, type KubernetesObject } from "../../src/synth/synth";

type Declaration = Record<string, unknown>;

/** What a worker has besides what the stack file says. */
export interface WorkerChanges {
    /** Name of its folder and its log. */
    readonly name?: string;
    /** Port of its REST API. Default: a free one */
    readonly restPort?: number;
    /** Port of its metrics; without it, it serves none. */
    readonly metricsPort?: number;
    /** Maximum heap. */
    readonly heap?: string;
    /** Further properties, such as a login. */
    readonly properties?: Readonly<Record<string, string>>;
    /** Sections of the stack file in place of the rig's. */
    readonly settings?: Declaration;
}

/** A started worker. */
export interface StartedWorker {
    readonly running: Running;
    readonly api: ConnectApi;
}

export class ConnectRig {
    private readonly readers: EventReader[] = [];
    /** Class of the connectors in place of their template's, for a plugin without a template. */
    classOverride?: string;
    private readonly others: Processes[] = [];

    private constructor(
        readonly processes: Processes,
        readonly stack: Declaration,
        readonly bootstrapServers: string,
        /** Folder with the jars of Kafka. */
        readonly runtime: string,
        readonly api: ConnectApi,
        readonly database: Database,
        readonly admin: Admin,
        /** The process of the worker. */
        public worker: Running,
        private readonly startWorkerIn: (processes: Processes, changes: WorkerChanges) => Promise<StartedWorker>,
    ) {}

    /**
     * Starts all of it. The database's login is the secret `SHOP`; `port` of a source is `ConnectRig.port`.
     * `kafka` adds settings to the section of that name; with `bootstrapServers` no broker is started.
     *
     * @param furtherPlugins plugins of the worker that the image does not have
     * @param sections further sections of the stack file
     * @param changes of the worker
     */
    static async start(
        startDatabase: typeof startPostgres = startPostgres,
        furtherPlugins: readonly Plugin[] = [],
        kafka: Declaration = {},
        sections: Declaration = {},
        changes: WorkerChanges = {},
    ): Promise<ConnectRig> {
        const raw = { ...readStack("local"), ...sections };
        const prerequisites = await preparePrerequisites(loadStack(raw, "local"), {
            what: "the test",
            say: console.error,
            allPlugins: true,
        });
        const runtime = await prerequisites.runtime;
        const [kafkaPort, databasePort] = [await freePort(), await freePort()];
        const bootstrapServers = (kafka.bootstrapServers as string | undefined) ?? `127.0.0.1:${kafkaPort}`;
        const stack = { ...raw, kafka: { bootstrapServers, ...kafka }, connectors: [] };
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "connect-rig-"));
        fs.chmodSync(folder, 0o711);
        const processes = new Processes(folder);
        const secrets = path.join(folder, "secrets");
        const startWorkerIn = async (inProcesses: Processes, { settings, ...own }: WorkerChanges) => {
            const restPort = own.restPort ?? (await freePort());
            const evaluation = await synth("local", { ...stack, ...settings });
            const image = await prerequisites.plugins;
            const further = await pluginSet("", furtherPlugins, prerequisites.kafkaVersion, async () => runtime);
            const pluginPath = [...image.pluginPath, ...further.map(({ folder: jars }) => path.dirname(jars))];
            const plugins = { ...image, pluginPath };
            const resource = onlyOfKind(evaluation, "KafkaConnect");
            const logging = await strimziLogging(resource);
            const metrics = own.metricsPort && {
                port: own.metricsPort,
                agent: await metricsExporter(),
                rules: onlyOfKind(evaluation, "ConfigMap").data![metricsKey],
            };
            const options = { ...own, runtime, plugins, restPort, secrets, logging, metrics: metrics || undefined };
            const running = startWorker(inProcesses, resource, options);
            return { running, api: new ConnectApi(`http://127.0.0.1:${restPort}`) };
        };
        try {
            const [, database] = await Promise.all([
                kafka.bootstrapServers
                    ? undefined
                    : startBroker(processes, prerequisites.kafkaVersion, runtime, kafkaPort),
                startDatabase(processes, databasePort),
            ]);
            const { running, api } = await startWorkerIn(processes, changes);
            const { user, password } = database;
            const login = { HOST: "127.0.0.1", PORT: String(databasePort), USERNAME: user, PASSWORD: password };
            writeSecrets(secrets, new Map([["SHOP", login]]));
            await api.ready(120_000);
            const admin = kafkaClient(bootstrapServers).admin();
            await admin.connect();
            return new ConnectRig(
                processes,
                stack,
                bootstrapServers,
                runtime,
                api,
                database,
                admin,
                running,
                startWorkerIn,
            );
        } catch (error) {
            await processes.stop();
            throw error;
        }
    }

    /**
     * Starts a worker of another Connect cluster on the same Kafka, by default on a free port.
     *
     * @param settings sections of the stack file in place of the rig's
     */
    async startOther(name: string, restPort?: number, settings: Declaration = {}): Promise<ConnectApi> {
        const processes = new Processes(fs.mkdtempSync(path.join(os.tmpdir(), "connect-rig-")));
        this.others.push(processes);
        const connect = { ...(this.stack.connect as object), name };
        const { api } = await this.startWorkerIn(processes, { restPort, settings: { connect, ...settings } });
        await api.ready(120_000);
        return api;
    }

    /** Starts another worker of the group. */
    startFurther(changes: WorkerChanges): Promise<StartedWorker> {
        return this.startWorkerIn(this.processes, changes);
    }

    /** Ends the worker and starts one with other settings in its place, as a change of the stack file does. */
    async replaceWorker(changes: WorkerChanges): Promise<void> {
        await this.worker.kill();
        const { running } = await this.startFurther({ restPort: Number(new URL(this.api.url).port), ...changes });
        this.worker = running;
    }

    /** The port of the database, as a source refers to it. */
    static readonly port = "${secretManager:SHOP:PORT}";

    /** The KafkaConnector of a declaration. */
    resource(declaration: Declaration): KubernetesObject {
        const [connector] = loadStack({ ...this.stack, connectors: [declaration] }, "local").connectors;
        if (!this.classOverride) return connectorResource(connector);
        // the MariaDB plugin writes the modes of TLS as its driver does
        const config = { ...connector.config, "database.ssl.mode": "disable" };
        return connectorResource({ ...connector, class: this.classOverride, config });
    }

    /** Creates a connector and waits until its task runs. */
    async deploy(declaration: Declaration): Promise<string> {
        const resource = this.resource(declaration);
        await this.api.create(resource);
        await this.api.settled(resource, 60_000);
        return resource.metadata.name;
    }

    /** Replaces the configuration of a connector and waits until its task runs. */
    async update(declaration: Declaration): Promise<void> {
        const resource = this.resource(declaration);
        const { class: className, tasksMax, config } = resource.spec;
        const body = { ...config, "connector.class": className, "tasks.max": tasksMax };
        await this.request("PUT", `/connectors/${resource.metadata.name}/config`, body);
        await this.api.settled(resource, 60_000);
    }

    /** Sends a request to the worker's REST API; for what the sandbox does not do. */
    async request(method: string, location: string, body?: unknown): Promise<void> {
        const response = await fetch(`${this.api.url}${location}`, {
            method,
            headers: { "content-type": "application/json" },
            body: body === undefined ? undefined : JSON.stringify(body),
        });
        if (!response.ok) throw new Error(`${method} ${location}: HTTP ${response.status} ${await response.text()}`);
    }

    /** The first row of a query. */
    async row<T>(database: string, sql: string): Promise<T> {
        return JSON.parse((await this.database.run(database, sql))[0]) as T;
    }

    /** The offset that Connect stores for a connector. */
    async offset(name: string): Promise<Record<string, unknown> | undefined> {
        const response = await fetch(`${this.api.url}/connectors/${name}/offsets`);
        const { offsets } = (await response.json()) as { offsets?: { offset: Record<string, unknown> }[] };
        return offsets?.[0]?.offset;
    }

    /** Reads topics from their beginning; the array that it returns grows. */
    async read(topics: readonly string[]): Promise<ChangeEvent[]> {
        const reader = new EventReader(this.bootstrapServers, `test-${this.readers.length}`);
        this.readers.push(reader);
        const events: ChangeEvent[] = [];
        await reader.follow(topics, (event) => {
            if (event.operation !== "tombstone") events.push(event);
        });
        return events;
    }

    /** Waits until a condition is true. */
    static until(what: string, condition: () => boolean | Promise<boolean>, timeoutMs = 60_000): Promise<true> {
        return until(what, timeoutMs, async () => ((await condition()) ? true : undefined));
    }

    async stop(): Promise<void> {
        for (const reader of this.readers) await reader.stop();
        await this.admin.disconnect();
        for (const processes of this.others) {
            await processes.stop();
            fs.rmSync(processes.folder, { recursive: true, force: true });
        }
        await this.processes.stop();
        fs.rmSync(this.processes.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
}
