/** The servers that connectors talk to, each started once and only when one needs it. */
import { randomBytes } from "crypto";
import type { KubernetesObject } from "../synth/synth";
import { seed, type Database } from "./database";
import type { Engine } from "./databaseEngines";
import type { ExternalSystem } from "./externalSystems";
import { startHttpApi } from "./httpApi";
import { localClusterConfig, localDatabaseConfig, type LocalServer } from "./localConfig";
import { startOtherKafka } from "./otherKafka";
import type { Processes } from "./processes";
import { SecretFiles } from "./secrets";

/** What the servers need of the sandbox. */
export interface ServersOptions {
    processes: Processes;
    say: (text: string) => void;
    kafkaVersion: string;
    runtime: Promise<string>;
    /** Folder of the secrets' files. */
    secrets: string;
    /** Name of the config provider that reads them. */
    provider: string;
    ports: Partial<Record<Engine["name"], number>>;
}

/** A connector with what it talks to. */
export interface Placement {
    readonly resource: KubernetesObject;
    readonly externalSystem: ExternalSystem;
    /** Keys of its configuration that have values of this machine. */
    readonly replaced?: readonly string[];
}

const host = "127.0.0.1";

/** Creates the signal tables of incremental snapshots, which an administrator creates elsewhere. */
async function createSignalTables(server: Database, placements: readonly Placement[], engine: Engine): Promise<void> {
    for (const { resource, externalSystem } of placements) {
        const table = resource.spec.config["signal.data.collection"] as string | undefined;
        if (externalSystem.kind !== "database" || externalSystem.engine !== engine || table === undefined) continue;
        await server.run(
            externalSystem.database,
            `CREATE TABLE IF NOT EXISTS ${table} ` +
                "(id varchar(42) PRIMARY KEY, type varchar(32) NOT NULL, data varchar(2048))",
        );
    }
}

/** For each key of a configuration, what its references to secrets stand for. */
const databaseAnswers = ({ port, user, password }: LocalServer): Record<string, string[]> => ({
    "database.hostname": [host],
    "database.port": [String(port)],
    "database.user": [user],
    "database.password": [password],
    "connection.username": [user],
    "connection.password": [password],
    "connection.url": [host, String(port)],
});

/** Everything that connectors talk to besides the stack's own Kafka. */
export class Servers {
    private readonly databases = new Map<Engine, Promise<Database>>();
    private readonly secretFiles: SecretFiles;
    /** The key of the HTTP API, another one in each run. */
    private readonly token = randomBytes(12).toString("hex");

    constructor(private readonly options: ServersOptions) {
        this.secretFiles = new SecretFiles(options.secrets, options.provider);
    }

    /** A database server. The first call starts it. */
    database(engine: Engine): Promise<Database> {
        const server =
            this.databases.get(engine) ?? engine.start(this.options.processes, this.options.ports[engine.name]);
        server.catch(() => undefined); // the code that awaits it handles the failure
        this.databases.set(engine, server);
        return server;
    }

    /** The databases that were started. */
    running(): Promise<Database[]> {
        return Promise.all(this.databases.values());
    }

    /**
     * Starts what these connectors talk to, creates databases and topics, and writes the secrets. Returns the
     * connectors as they run here.
     */
    async prepare(placements: readonly Placement[]): Promise<Placement[]> {
        const [databases, clusters] = await Promise.all([
            this.prepareDatabases(placements),
            this.prepareClusters(placements),
            this.prepareApis(placements),
        ]);
        this.secretFiles.write();
        return placements.map((placement) => databases.get(placement) ?? clusters.get(placement) ?? placement);
    }

    private async prepareDatabases(placements: readonly Placement[]): Promise<Map<Placement, Placement>> {
        const local = new Map<Placement, Placement>();
        const engines = new Set(
            placements.flatMap(({ externalSystem }) =>
                externalSystem.kind === "database" ? [externalSystem.engine] : [],
            ),
        );
        await Promise.all(
            [...engines].map(async (engine) => {
                const server = await this.database(engine);
                this.options.say(`${server.name} is ready on ${host}:${server.port}`);
                const names = new Set<string>();
                for (const placement of placements) {
                    const { externalSystem } = placement;
                    if (externalSystem.kind !== "database" || externalSystem.engine !== engine) continue;
                    names.add(externalSystem.database);
                    local.set(placement, this.atDatabase(placement, { host, ...server }));
                }
                await seed(server, engine.name, [...names]);
                await createSignalTables(server, placements, engine);
            }),
        );
        return local;
    }

    /** The connector at a database of this machine: its secrets are written, and literal addresses replaced. */
    private atDatabase(placement: Placement, server: LocalServer): Placement {
        const { spec } = placement.resource;
        const conflicts = this.secretFiles.add(spec.config, databaseAnswers(server));
        // a secret that means another server already cannot be used: none of its references can
        const provider = conflicts.length > 0 ? "no-provider" : this.options.provider;
        const { config, replaced } = localDatabaseConfig(spec.config, server, provider);
        return { ...placement, resource: { ...placement.resource, spec: { ...spec, config } }, replaced };
    }

    private async prepareClusters(placements: readonly Placement[]): Promise<Map<Placement, Placement>> {
        const local = new Map<Placement, Placement>();
        const users = placements.flatMap((placement) =>
            placement.externalSystem.kind === "kafka" ? [{ placement, ...placement.externalSystem }] : [],
        );
        const { processes, kafkaVersion, runtime, say } = this.options;
        await Promise.all(
            [...new Set(users.map(({ alias }) => alias))].map(async (alias) => {
                const here = users.filter((item) => item.alias === alias);
                const topics = here.flatMap((item) => item.topics);
                const { bootstrap } = await startOtherKafka(processes, kafkaVersion, await runtime, alias, topics);
                say(`Kafka ${alias} is ready on ${bootstrap}`);
                for (const { placement } of here) {
                    const { spec } = placement.resource;
                    this.secretFiles.add(spec.config, { "source.cluster.bootstrap.servers": [bootstrap] });
                    const { config, replaced } = localClusterConfig(spec.config, bootstrap, this.options.provider);
                    const resource = { ...placement.resource, spec: { ...spec, config } };
                    local.set(placement, { ...placement, resource, replaced });
                }
            }),
        );
        return local;
    }

    private async prepareApis(placements: readonly Placement[]): Promise<void> {
        const users = placements.flatMap(({ resource, externalSystem }) =>
            externalSystem.kind === "http" ? [{ resource, ...externalSystem }] : [],
        );
        for (const port of new Set(users.map((item) => item.port))) {
            const here = users.filter((item) => item.port === port).map(({ resource }) => resource);
            const header = here
                .map(({ spec }) => spec.config["http.headers.authorization"] as string | undefined)
                .find(Boolean);
            // this process serves it, so it ends with it
            await startHttpApi(port, header?.replace(/\$\{[^}]+\}/, this.token), ({ path, status, objects }) =>
                this.options.say(
                    `posted to ${path}: HTTP ${status}${objects.length > 0 ? `, ${JSON.stringify(objects)}` : ""}`,
                ),
            );
            this.options.say(`an HTTP API is ready on ${host}:${port}`);
            for (const { spec } of here)
                this.secretFiles.add(spec.config, { "http.headers.authorization": [this.token] });
        }
    }
}
