/** One run of the sandbox: everything that does not wait for another part starts at once. */
import * as path from "path";
import { metricsKey } from "../../src/strimzi/jmxMetrics";
import { relocate } from "../../src/stack/connectorList";
import type { Settings } from "../../src/stack/settings";
import { lineFinder } from "../../src/stack/lineFinder";
import { startBroker } from "../../src/local/broker";
import { EventReader, type ChangeEvent } from "../../src/local/changeEvents";
import { ConnectApi } from "../../src/local/connectApi";
import { engines } from "../../src/local/databaseEngines";
import { resolveExternalSystem } from "../../src/local/externalSystems";
import { metricsExporter } from "../../src/local/kafkaRuntime";
import type { LocalStack } from "../../src/local/localKafka";
import type { MissingPlugin } from "../../src/local/pluginSet";
import { freePort } from "../../src/local/ports";
import { preparePrerequisites, type Prerequisites } from "../../src/local/prerequisites";
import type { Processes, Running } from "../../src/local/processes";
import type { Progress } from "../../src/local/progress";
import { recordingGroups, ruleFile } from "../../src/metrics/alerts/ruleFiles";
import { connectWorkerLabels, startPrometheus } from "../../src/local/prometheus";
import { untilReady } from "../../src/local/readiness";
import { Servers, type Placement } from "../../src/local/servers";
import { startWorker } from "../../src/local/worker";
import { objectsOfKind, onlyOfKind, synth, type SynthResult } from "../../src/synth/synth";
import { tree } from "../../src/synth/tree";
import { issue } from "../../src/schema/issues";
import { defaultSlo } from "../../src/schema/metrics";
import type { Contracted } from "../contract/running";
import type { ChosenStack } from "../support/chooseStack";
import { exitCodes, type ExitCode } from "../support/exitCodes";
import { ConnectorWatch } from "./connectorWatch";
import { FirstEvents } from "./firstEvents";
import { startMetricsPage } from "./metricsPage";
import type { SandboxOptions } from "./options";
import { connectorTable, eventJson, eventLine, nextSteps } from "./output";
import { Prompt } from "./prompt";
import { recordSandbox } from "./recordSandbox";
import { tableNotes, tableReports, type TableReport } from "./tables";
import { pause } from "../../src/util/pause";
import { plural } from "../../src/util/plural";

/** What a run works with. */
export interface Run {
    options: SandboxOptions;
    stack: ChosenStack;
    local: LocalStack;
    settings: Settings;
    ports: { kafka: number; connect: number; postgres: number; mysql: number };
    processes: Processes;
    progress: Progress;
    /** Prints everything but events. */
    print: (text: string) => void;
}

/**
 * Runs until a signal, or with --once until the first events. Throws when a part that everything needs cannot run.
 *
 * @returns failed when, with --once, a connector failed or reads a table that does not exist
 */
export function run(options: Run): Promise<ExitCode> {
    return Promise.race([options.processes.failed, new SandboxRun(options).run()]);
}

class SandboxRun {
    private readonly secrets: string;
    private readonly api: ConnectApi;
    private readonly bootstrap: string;
    private readonly reader: EventReader;
    private sawEvent = false;
    private workerProcess!: Running;
    private brokerProcess!: Running;

    constructor(private readonly parts: Run) {
        this.secrets = path.join(parts.processes.folder, "secrets");
        this.api = new ConnectApi(`http://127.0.0.1:${parts.ports.connect}`);
        this.bootstrap = `127.0.0.1:${parts.ports.kafka}`;
        this.reader = new EventReader(this.bootstrap);
    }

    async run(): Promise<ExitCode> {
        const { settings, processes, progress, print, ports, local, options } = this.parts;
        const prerequisites = await preparePrerequisites(settings, {
            what: "the sandbox",
            // what takes minutes must be seen at once
            say: (text) => progress.sayNow(text),
            providedFolder: options.plugins,
        });
        const { kafkaVersion, runtime } = prerequisites;
        const broker = runtime.then((folder) => startBroker(processes, kafkaVersion, folder, ports.kafka));
        const servers = new Servers({
            processes,
            say: (text) => progress.say(text),
            kafkaVersion,
            runtime,
            secrets: this.secrets,
            provider: settings.secrets?.name ?? "",
            ports: { postgres: ports.postgres, mysql: ports.mysql },
        });
        // before it is certain, because most stacks need it and it takes a second
        if (settings.connectors.some((connector) => connector.class === engines[0].class))
            void servers.database(engines[0]);
        broker.then(
            () => progress.say(`Kafka ${kafkaVersion} is ready on ${this.bootstrap}`),
            () => undefined, // its process reports the failure
        );

        // it keeps this process busy for half a second, in which Kafka can start; a first run downloads Kafka
        await Promise.race([runtime.then(() => pause(100)), pause(1000)]);
        const evaluation = await synth(this.parts.stack.stack, local.raw, { loaded: settings });
        print(`${tree(evaluation)}\n`);
        progress.release();
        for (const replacement of local.replaced) progress.say(`replaced: ${replacement}`);
        const placements = this.place(evaluation, prerequisites.missingPlugins);

        const worker = await this.startWorker(evaluation, prerequisites);
        this.workerProcess = worker;
        const [prepared] = await Promise.all([servers.prepare(placements), broker]);
        this.reportReplaced(prepared);
        const version = await untilReady(worker, () => this.api.version());
        this.brokerProcess = await broker;
        progress.say(`Kafka Connect ${version} is ready on ${this.api.url}`);
        if (options.metrics) await this.startMetrics();
        return this.runConnectors(prepared, servers);
    }

    /** Starts Prometheus and the page that shows the dashboards. */
    private async startMetrics(): Promise<void> {
        const { settings, processes, progress, options } = this.parts;
        const { namespace, name } = settings.connect;
        const rules = ruleFile(recordingGroups({ slo: settings.metrics.slo ?? defaultSlo }));
        const worker = { port: options.metricsPort!, labels: connectWorkerLabels(namespace, name) };
        const prometheus = await startPrometheus(processes, await freePort(), worker, { rules });
        const port = await freePort();
        await startMetricsPage(port, prometheus);
        progress.say(`metrics are on http://127.0.0.1:${port}, Prometheus is on ${prometheus}`);
    }

    /** The connectors that can run here; the others are reported with the reason. */
    private place(evaluation: SynthResult, missingPlugins: readonly MissingPlugin[]): Placement[] {
        const { progress, stack } = this.parts;
        const missingClasses = missingPlugins.flatMap(({ classes }) => classes);
        for (const { name, reason } of missingPlugins) progress.say(`not run: plugin ${name}: ${reason}`);
        const placements = objectsOfKind(evaluation, "KafkaConnector").flatMap((resource): Placement[] => {
            const resolution = resolveExternalSystem(resource, missingClasses);
            if ("externalSystem" in resolution) return [{ resource, externalSystem: resolution.externalSystem }];
            progress.say(`not run: connector ${resource.metadata.name}: ${resolution.reason}`);
            return [];
        });
        if (placements.length === 0)
            throw new Error(`the stack ${stack.stack} has no connector that the sandbox can run here`);
        return placements;
    }

    private reportReplaced(placements: readonly Placement[]): void {
        const keys = new Map<string, number>();
        for (const key of placements.flatMap(({ replaced = [] }) => replaced)) keys.set(key, (keys.get(key) ?? 0) + 1);
        for (const [key, count] of keys)
            this.parts.progress.say(`replaced: ${key} of ${plural(count, "connector")}, by this machine's`);
    }

    private async startWorker(evaluation: SynthResult, prerequisites: Prerequisites) {
        const { processes, ports, options } = this.parts;
        return startWorker(processes, onlyOfKind(evaluation, "KafkaConnect"), {
            runtime: await prerequisites.runtime,
            plugins: await prerequisites.plugins,
            restPort: ports.connect,
            secrets: this.secrets,
            metrics:
                options.metricsPort === undefined
                    ? undefined
                    : {
                          port: options.metricsPort,
                          agent: await metricsExporter(),
                          // the rules that the program installs in the cluster
                          rules: onlyOfKind(evaluation, "ConfigMap").data![metricsKey],
                      },
        });
    }

    private async runConnectors(placements: readonly Placement[], servers: Servers): Promise<ExitCode> {
        const { settings, stack, progress, print, options } = this.parts;
        const lineOf = lineFinder(stack.file);
        const resolvedOf = (name: string) => settings.connectors.find((connector) => connector.name === name)!;
        const reasons = new Map<string, string>();
        const watch = new ConnectorWatch({
            api: this.api,
            connectors: placements.map(({ resource }) => ({ resource, resolved: resolvedOf(resource.metadata.name) })),
            relocate: (found) => relocate(found, settings.connectorLocations),
            location: ({ file, line, path: at }) =>
                `${file ?? path.basename(stack.file)} line ${(file ? line : lineOf(at)) ?? "unknown"}`,
            report: (text) => {
                for (const { resource } of placements)
                    if (text.includes(resource.metadata.name)) reasons.set(resource.metadata.name, text);
                print(`\n${text}\n`);
            },
        });
        const location = (at: readonly (string | number)[]) => {
            const {
                file,
                line,
                path: placed,
            } = relocate(issue("KCP_INVALID_VALUE", at, ""), settings.connectorLocations);
            return `${file ?? path.basename(stack.file)} line ${(file ? line : lineOf(placed)) ?? "unknown"}`;
        };
        const tables = await tableReports(placements, servers);
        const firstEvents = new FirstEvents(this.expectedTopics(tables));
        const following = this.reader.follow(this.shownTopics(placements), (event) => {
            firstEvents.see(event.topic);
            this.show(event);
        });
        try {
            await Promise.race([following.then(() => new Promise<never>(() => undefined)), watch.start()]);
            following.catch((error: Error) => print(`\nchange events are no longer shown: ${error.message}\n`));
            const running = placements.length - watch.failed.size;
            progress.say(`${running} of ${placements.length} connectors are in their requested state`);
            print(`\n${connectorTable(watch.shown())}\n`);
            for (const note of tableNotes(tables)) print(`  ${note}`);
            if (options.use)
                return await options.use({
                    bootstrap: this.bootstrap,
                    sources: await this.sources(placements, servers, location),
                    failed: watch.failed,
                    reasons,
                    firstEvents: (connector) => firstEvents.waitFor(connector, watch.failed),
                });
            if (options.once) {
                await firstEvents.wait(watch.failed);
                const missing = tables.some((table) => table.missing.length > 0);
                return watch.failed.size > 0 || missing ? exitCodes.failed : exitCodes.ok;
            }
            await this.prompt(placements, servers, watch);
            return exitCodes.ok;
        } finally {
            watch.stop();
            // the broker ends with the sandbox: nobody waits until the consumers have left their groups
            void this.reader.stop();
        }
    }

    /** The sources with the databases that they read. */
    private async sources(
        placements: readonly Placement[],
        servers: Servers,
        location: Contracted["location"],
    ): Promise<Contracted[]> {
        const sources = placements.map(async ({ resource, externalSystem }): Promise<Contracted[]> => {
            const connector = this.parts.settings.connectors.find(({ name }) => name === resource.metadata.name)!;
            const isSource = connector.class.startsWith("io.debezium.") && connector.capturedTables !== undefined;
            if (externalSystem.kind !== "database" || !isSource) return [];
            const { engine, database } = externalSystem;
            return [{ connector, server: await servers.database(engine), database, engine: engine.name, location }];
        });
        return (await Promise.all(sources)).flat();
    }

    /** Topics that are printed: those of sources, except MirrorMaker's own records. */
    private shownTopics(placements: readonly Placement[]): string[] {
        const names = new Set(placements.map(({ resource }) => resource.metadata.name));
        return this.parts.settings.connectors
            .filter(({ name, state }) => state === "running" && names.has(name))
            .filter(({ class: className }) => !/\.Mirror(Checkpoint|Heartbeat)Connector$/.test(className))
            .flatMap(({ outputTopics }) => outputTopics);
    }

    /** The topics of running connectors whose tables have rows. */
    private expectedTopics(tables: readonly TableReport[]): Map<string, string[]> {
        const filled = new Set(tables.filter((table) => table.filled.length > 0).map(({ connector }) => connector));
        const expected = this.parts.settings.connectors.filter(
            ({ name, state }) => state === "running" && filled.has(name),
        );
        return new Map(expected.map(({ name, outputTopics }) => [name, [...outputTopics]]));
    }

    private show(event: ChangeEvent): void {
        if (!this.sawEvent) this.parts.progress.say("the first change event has arrived");
        this.sawEvent = true;
        if (this.parts.options.use) return;
        console.log(this.parts.options.json ? eventJson(event) : eventLine(event));
    }

    private async prompt(placements: readonly Placement[], servers: Servers, watch: ConnectorWatch): Promise<void> {
        const { processes, print, options } = this.parts;
        const databases = await Promise.all(
            placements.flatMap(({ externalSystem }) =>
                externalSystem.kind === "database"
                    ? [
                          servers
                              .database(externalSystem.engine)
                              .then((server) => ({ server, name: externalSystem.database })),
                      ]
                    : [],
            ),
        );
        const unique = [...new Map(databases.map((item) => [`${item.server.name}/${item.name}`, item])).values()];
        const { metricsPort } = options;
        recordSandbox({
            stack: this.parts.stack.stack,
            connect: this.api.url,
            kafka: this.bootstrap,
            metrics: metricsPort === undefined ? undefined : `http://127.0.0.1:${metricsPort}/metrics`,
            databases: unique,
        });
        print(
            nextSteps({
                restUrl: this.api.url,
                bootstrap: this.bootstrap,
                logs: path.join(processes.folder, "logs"),
                databases: unique,
            }),
        );
        const prompt = new Prompt({
            api: this.api,
            databases: unique,
            status: () => connectorTable(watch.shown()),
            parts: { worker: this.workerProcess, broker: this.brokerProcess },
        });
        await prompt.run(process.stdin, options.json ? process.stderr : process.stdout);
    }
}
