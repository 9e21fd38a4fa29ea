/** The servers that connectors talk to, each started once and only when one needs it. */
import { randomBytes } from "crypto";
import type { KubernetesObject } from "../synth/synth";
import type { ExternalSystem } from "./externalSystems";
import { seed, type Database } from "./database";
import type { Engine } from "./databaseEngines";
import { startHttpApi } from "./httpApi";
import { startOtherKafka } from "./otherKafka";
import type { Processes, Running } from "./processes";
import type { Progress } from "./progress";
import { secretValues, writeSecrets } from "./secrets";

export interface ServersOptions {
    processes: Processes;
    progress: Progress;
    kafkaVersion: string;
    runtime: Promise<string>;
    /** Folder of the secrets' files, and the name of the provider that reads them. */
    secrets: string;
    provider: string;
    postgresPort: number;
}

/** A connector with what it talks to. */
export interface Placement {
    resource: KubernetesObject;
    externalSystem: ExternalSystem;
}

export class Servers {
    private readonly databases = new Map<Engine, Promise<Database>>();
    /** What the API's clients have to say; made up anew each time. */
    private readonly token = randomBytes(12).toString("hex");

    constructor(private readonly options: ServersOptions) {}

    /** A database server; the first call starts it. */
    database(engine: Engine): Promise<Database> {
        const { processes, postgresPort } = this.options;
        const server =
            this.databases.get(engine) ??
            engine.start(processes, engine.name === "postgres" ? postgresPort : undefined);
        server.catch(() => undefined); // whoever awaits it sees the failure
        this.databases.set(engine, server);
        return server;
    }

    /** Starts what these connectors talk to, creates databases and topics there, and writes their secrets. Returns what must stay up. */
    async prepare(placements: readonly Placement[]): Promise<Running[]> {
        const groups = [
            this.prepareDatabases(placements),
            this.prepareClusters(placements),
            this.prepareApis(placements),
        ];
        return (await Promise.all(groups)).flat();
    }

    private async prepareDatabases(placements: readonly Placement[]): Promise<Running[]> {
        const wanted = placements.flatMap(({ resource, externalSystem }) =>
            externalSystem.kind === "database" ? [{ resource, ...externalSystem }] : [],
        );
        const used = [...new Set(wanted.map(({ engine }) => engine))];
        return Promise.all(
            used.map(async (engine) => {
                const server = await this.database(engine);
                this.options.progress.say(`${server.name} takes connections on 127.0.0.1:${server.port}`);
                const here = wanted.filter((item) => item.engine === engine);
                await seed(server, engine.name, [...new Set(here.map(({ database }) => database))]);
                const [host, port] = ["127.0.0.1", String(server.port)];
                for (const { resource } of here) {
                    this.writeSecrets(resource, {
                        "database.hostname": [host],
                        "database.port": [port],
                        "database.user": [server.user],
                        "database.password": [server.password],
                        "connection.url": [host, port],
                        "connection.username": [server.user],
                        "connection.password": [server.password],
                    });
                }
                return server.running;
            }),
        );
    }

    private async prepareClusters(placements: readonly Placement[]): Promise<Running[]> {
        const wanted = placements.flatMap(({ resource, externalSystem }) =>
            externalSystem.kind === "kafka" ? [{ resource, ...externalSystem }] : [],
        );
        const aliases = [...new Set(wanted.map(({ alias }) => alias))];
        return Promise.all(
            aliases.map(async (alias) => {
                const here = wanted.filter((item) => item.alias === alias);
                const { processes, kafkaVersion, runtime, progress } = this.options;
                const server = await startOtherKafka(
                    processes,
                    kafkaVersion,
                    await runtime,
                    alias,
                    here.flatMap(({ topics }) => topics),
                );
                progress.say(`Kafka ${alias} takes connections on ${server.bootstrap}`);
                for (const { resource } of here)
                    this.writeSecrets(resource, { "source.cluster.bootstrap.servers": [server.bootstrap] });
                return server.running;
            }),
        );
    }

    private async prepareApis(placements: readonly Placement[]): Promise<Running[]> {
        const wanted = placements.flatMap(({ resource, externalSystem }) =>
            externalSystem.kind === "http" ? [{ resource, ...externalSystem }] : [],
        );
        for (const port of new Set(wanted.map((item) => item.port))) {
            const here = wanted.filter((item) => item.port === port).map(({ resource }) => resource);
            const protectedBy = here
                .map(({ spec }) => spec.config["http.headers.authorization"] as string | undefined)
                .find(Boolean);
            const key = protectedBy?.replace(/\$\{[^}]+\}/, this.token);
            // the sandbox's own process serves it: it ends with it
            await startHttpApi(port, key, ({ path, status, objects }) =>
                this.options.progress.say(
                    `posted to ${path}: HTTP ${status}${objects.length > 0 ? `, ${JSON.stringify(objects)}` : ""}`,
                ),
            );
            this.options.progress.say(`an HTTP API answers on 127.0.0.1:${port}`);
            for (const resource of here) this.writeSecrets(resource, { "http.headers.authorization": [this.token] });
        }
        return [];
    }

    private writeSecrets({ spec }: KubernetesObject, answers: Record<string, string[]>): void {
        writeSecrets(this.options.secrets, secretValues(spec.config, this.options.provider, answers));
    }
}
