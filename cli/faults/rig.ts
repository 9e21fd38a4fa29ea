/** Kafka, a Connect worker and databases on this machine, each of which can be killed and started again. */
import * as path from "path";
import type { Admin, Producer } from "kafkajs";
import { startBroker } from "../../src/local/broker";
import { ConnectApi, connectorConfig, connectorResource } from "../../src/local/connectApi";
import type { Database } from "../../src/local/database";
import { kafkaClient } from "../../src/local/kafkaClient";
import { metricsExporter } from "../../src/local/kafkaRuntime";
import { startMariadb } from "../../src/local/mariadb";
import { NetworkProxy } from "../../src/local/networkProxy";
import { freePort, until } from "../../src/local/ports";
import { startPostgres } from "../../src/local/postgres";
import { preparePrerequisites } from "../../src/local/prerequisites";
import type { Processes, Running } from "../../src/local/processes";
import { connectWorkerLabels, startPrometheus } from "../../src/local/prometheus";
import { writeSecrets } from "../../src/local/secrets";
import { onPath } from "../../src/local/tools";
import { startWorker } from "../../src/local/worker";
import { connectRuleGroups, ruleFile } from "../../src/metrics/alerts/ruleFiles";
import type { ResolvedConnector } from "../../src/connectors/template";
import { loadStack } from "../../src/stack/loadStack";
import { readStack } from "../../src/stack/stackFile";
import { metricsKey } from "../../src/strimzi/jmxMetrics";
import { onlyOfKind, synth } from "../../src/synth/synth";
import type { ConnectorStatus } from "../../src/util/connectRest";
import { pause } from "../../src/util/pause";
import { fasterRules } from "./fasterRules";
import { serveSlots } from "./slotExporter";
import type { SmallDisk } from "./smallDisk";
import { sourceOf, type Source, type SourceKind } from "./sources";

/** A worker beside the first one. */
export interface FurtherWorker {
    readonly running: Running;
    readonly api: ConnectApi;
}

/** Everything that a scenario works with. */
export interface Rig {
    readonly bootstrap: string;
    readonly api: ConnectApi;
    readonly admin: Admin;
    readonly producer: Producer;
    /** PostgreSQL, which every scenario can use. */
    readonly database: Database;
    readonly sources: Readonly<Partial<Record<SourceKind, Source>>>;
    readonly worker: Running;
    readonly broker: Running;
    /** The connections of workers and connectors to the broker. */
    readonly brokerNetwork: NetworkProxy;
    /** The disks that can be filled, where this user may mount them. */
    readonly disks: { readonly postgres?: SmallDisk; readonly broker?: SmallDisk };
    /** The plugins and Kafka, with their versions. */
    readonly versions: string;
    readonly secrets: string;
    /** Address of the Prometheus that evaluates the alerts; undefined where none is on PATH. */
    readonly prometheus?: string;
    /** Starts another worker of the group. */
    startWorker(name: string, heap?: string): Promise<FurtherWorker>;
    /** The connector of a declaration. */
    resolve(declaration: Declaration): ResolvedConnector;
    /** Creates or changes the connector of a declaration. */
    create(declaration: Declaration, wait?: boolean): Promise<void>;
    request(method: string, location: string, body?: unknown): Promise<Response>;
    status(name: string): Promise<ConnectorStatus | undefined>;
    /** Ends what this process itself serves. */
    stop(): Promise<void>;
}

/** A connector as a stack file declares it. */
export type Declaration = Record<string, unknown> & { readonly name: string; readonly connectorTemplate: string };

/** What a rig has. */
export interface RigOptions {
    /** Settings of PostgreSQL in place of the sandbox's. */
    readonly postgresSettings?: Readonly<Record<string, string>>;
    /** Whether it has MariaDB. */
    readonly mariadb?: boolean;
    /** The disks of PostgreSQL and the broker. */
    readonly disks?: Rig["disks"];
    /** Whether the alerts are evaluated. */
    readonly alerts?: boolean;
}

const rebalanceDelayMs = 5000;

/** The plugins of the page, by the end of their class. */
const shownPlugins = {
    PostgresConnector: "Debezium PostgreSQL",
    MySqlConnector: "Debezium MySQL",
    JdbcSinkConnector: "Debezium JDBC sink",
};

/** Connectors of each plugin that scenarios use, so that the plugins are prepared. */
const usedTemplates = (mariadb: boolean): Declaration[] => [
    {
        connectorTemplate: "debeziumPostgresSourceConnector",
        name: "a",
        source: { instance: "a", database: "a", table: "a" },
    },
    {
        connectorTemplate: "jdbcSinkConnector",
        name: "c",
        topics: ["c"],
        converter: "json-with-schemas",
        target: { type: "postgresql", instance: "c", database: "c" },
    },
    ...(mariadb
        ? [
              {
                  connectorTemplate: "debeziumMysqlSourceConnector",
                  name: "b",
                  source: { instance: "b", database: "b", table: "b" },
              },
          ]
        : []),
];

/** Starts all of it. */
export async function startRig(
    processes: Processes,
    say: (text: string) => void,
    { postgresSettings = {}, mariadb = false, disks = {}, alerts = false }: RigOptions = {},
): Promise<Rig> {
    const raw = readStack("local");
    const needed = loadStack({ ...raw, connectors: usedTemplates(mariadb) }, "local");
    const prerequisites = await preparePrerequisites(needed, { what: "the scenarios", say });
    const { kafkaVersion } = prerequisites;
    const runtime = await prerequisites.runtime;
    const ports = [];
    for (let count = 0; count < 8; count++) ports.push(await freePort());
    const [kafkaPort, restPort, postgresPort, mariadbPort, metricsPort, slotsPort, prometheusPort, proxiedPort] = ports;
    const bootstrap = `127.0.0.1:${kafkaPort}`;
    const brokerNetwork = await NetworkProxy.start(proxiedPort);
    // by default a group waits five minutes for a lost worker before it assigns its tasks to others (KIP-415)
    const config = { "offset.flush.interval.ms": 2000, "scheduled.rebalance.max.delay.ms": rebalanceDelayMs };
    const kafka = { bootstrapServers: `127.0.0.1:${brokerNetwork.port}`, brokers: 1 };
    const stack = { ...raw, kafka, connect: { config }, connectors: [] as unknown[] };
    const secrets = path.join(processes.folder, "secrets");
    const [broker, database, mysql, evaluation] = await Promise.all([
        startBroker(processes, kafkaVersion, runtime, kafkaPort, {
            proxied: { port: proxiedPort, advertisedPort: brokerNetwork.port },
        }),
        startPostgres(processes, postgresPort, postgresSettings),
        mariadb ? startMariadb(processes, mariadbPort) : undefined,
        synth("local", stack),
    ]);
    const sources: Partial<Record<SourceKind, Source>> = {
        postgres: sourceOf("postgres", database, await NetworkProxy.start(postgresPort)),
        ...(mysql ? { mysql: sourceOf("mysql", mysql, await NetworkProxy.start(mariadbPort)) } : {}),
    };
    writeSecrets(secrets, new Map(Object.values(sources).map((source) => [source.secret, source.login()])));

    const plugins = await prerequisites.plugins;
    const resourceOfWorker = onlyOfKind(evaluation, "KafkaConnect");
    const common = { runtime, plugins, secrets };
    const metrics = {
        port: metricsPort,
        agent: await metricsExporter(),
        rules: onlyOfKind(evaluation, "ConfigMap").data![metricsKey],
    };
    const worker = startWorker(processes, resourceOfWorker, {
        ...common,
        restPort,
        metrics,
    });
    const slots = alerts ? await serveSlots(database, slotsPort) : undefined;
    const { namespace, name: cluster } = needed.connect;
    const prometheus =
        alerts && onPath("prometheus")
            ? await startPrometheus(
                  processes,
                  prometheusPort,
                  { port: metricsPort, labels: connectWorkerLabels(namespace, cluster) },
                  {
                      // a scrape of a busy worker takes more than a second here
                      intervalSeconds: 3,
                      exporters: { postgres: slotsPort },
                      rules: ruleFile(
                          fasterRules(
                              connectRuleGroups({
                                  cluster: { namespace, name: cluster, replicas: 1 },
                                  slotWalBudgetGiB: 1,
                              }),
                          ),
                      ),
                  },
              )
            : undefined;

    const api = new ConnectApi(`http://127.0.0.1:${restPort}`);
    await api.ready(300_000);
    const client = kafkaClient(bootstrap, { clientId: "scenarios", retry: { retries: 60, maxRetryTime: 1000 } });
    const [admin, producer] = [client.admin(), client.producer()];
    await Promise.all([admin.connect(), producer.connect()]);
    const found = (await (await fetch(`${api.url}/connector-plugins`)).json()) as { class: string; version: string }[];
    const versions = Object.entries(shownPlugins).flatMap(([name, shown]) => {
        const plugin = found.find((item) => item.class.endsWith(`.${name}`));
        return plugin ? [`${shown} ${plugin.version}`] : [];
    });

    const resolve = (declaration: Declaration): ResolvedConnector =>
        loadStack({ ...stack, connectors: [declaration] }, "local").connectors[0];
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
        producer,
        database,
        sources,
        worker,
        broker,
        brokerNetwork,
        disks,
        secrets,
        prometheus,
        versions: [...versions, `Kafka ${kafkaVersion}`].join(", "),
        startWorker: async (name, heap) => {
            const port = await freePort();
            const running = startWorker(processes, resourceOfWorker, { ...common, restPort: port, name, heap });
            const further = { running, api: new ConnectApi(`http://127.0.0.1:${port}`) };
            await further.api.ready(300_000);
            return further;
        },
        resolve,
        create: async (declaration, wait = true) => {
            const { name } = declaration;
            await request(
                "PUT",
                `/connectors/${name}/config`,
                connectorConfig(connectorResource(resolve(declaration))),
            );
            if (!wait) return;
            await until(`connector ${name}`, 120_000, async () => {
                const status = await api.status(name).catch(() => undefined);
                return status?.tasks.some(({ state }) => state === "RUNNING") ? true : undefined;
            });
            await pause(500);
        },
        request,
        status: (name) => api.status(name).catch(() => undefined),
        stop: async () => {
            for (const { network } of Object.values(sources)) network.stop();
            brokerNetwork.stop();
            slots?.close();
            await Promise.all([admin, producer].map((part) => part.disconnect().catch(() => undefined)));
        },
    };
}
