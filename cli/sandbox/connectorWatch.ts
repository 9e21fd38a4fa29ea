/** Starts connectors and reports each change of their states, failures with their reasons. */
import type { ResolvedConnector } from "../../src/connectors/template";
import { formatIssue, issue, type Issue } from "../../src/schema/issues";
import { connectorConfig, isSettled, type ConnectApi } from "../../src/local/connectApi";
import { failureReason } from "../../src/local/failureReason";
import { findings } from "../../src/local/pluginValidation";
import type { ConnectError, ConnectorStatus } from "../../src/util/connectRest";
import { pause } from "../../src/util/pause";
import type { KubernetesObject } from "../../src/synth/synth";
import type { ShownConnector } from "./output";

/** A connector, and where the stack file declares it. */
export interface WatchedConnector {
    readonly resource: KubernetesObject;
    readonly resolved: ResolvedConnector;
}

/** What the watch needs of the sandbox. */
export interface WatchOptions {
    readonly api: ConnectApi;
    readonly connectors: readonly WatchedConnector[];
    /** An issue with its location in the file that declares the connector. */
    readonly relocate: (found: Issue) => Issue;
    /** `Pulumi.local.yaml line 18`, for a relocated issue. */
    readonly location: (found: Issue) => string;
    readonly report: (text: string) => void;
}

const fastMs = 200;
const slowMs = 1000;

/** The connectors of a sandbox. */
export class ConnectorWatch {
    /** Names of the connectors that are rejected or failed now. */
    readonly failed = new Set<string>();
    private readonly rejected = new Set<string>();
    private readonly latest = new Map<string, ConnectorStatus>();
    private stopped = false;

    constructor(private readonly options: WatchOptions) {}

    /**
     * Creates all connectors and returns when each runs, failed or was rejected. Goes on watching until it is
     * stopped.
     */
    async start(): Promise<void> {
        const creations = Promise.all(this.options.connectors.map((item) => this.create(item)));
        const settled = new Promise<void>((resolve, reject) => {
            this.watch(resolve).catch(reject);
        });
        await creations;
        await settled;
    }

    stop(): void {
        this.stopped = true;
    }

    /** File and line of a connector. */
    private place({ index }: ResolvedConnector): string {
        return this.options.location(this.options.relocate(issue("KCP_PLUGIN_REJECTED", ["connectors", index], "")));
    }

    /** The connectors with their latest statuses. */
    shown(): ShownConnector[] {
        return this.options.connectors.map(({ resource }) => ({
            resource,
            status: this.latest.get(resource.metadata.name),
        }));
    }

    private async create({ resource, resolved }: WatchedConnector): Promise<void> {
        const { name } = resource.metadata;
        try {
            await this.options.api.create(resource);
        } catch (error) {
            this.rejected.add(name);
            this.failed.add(name);
            const location = this.place(resolved);
            const lines = await this.rejection(resource, resolved, error as ConnectError);
            this.options.report([`REJECTED  ${name} (${location})`, ...lines].join("\n    "));
        }
    }

    /** The plugin's errors, each at its setting; the worker's message when the plugin has none. */
    private async rejection(
        resource: KubernetesObject,
        resolved: ResolvedConnector,
        error: ConnectError,
    ): Promise<string[]> {
        const { api, location } = this.options;
        const config = { ...connectorConfig(resource), name: resource.metadata.name };
        const answer = error.status === 400 ? await api.validate(resource.spec.class, config).catch(() => []) : [];
        const found = findings(resolved, answer);
        if (found.length === 0) return error.message.split("\n");
        return found
            .map((item) => this.options.relocate(item))
            .map((item) => `${location(item)}: ${formatIssue({ ...item, file: undefined })}`);
    }

    private isDone({ resource }: WatchedConnector): boolean {
        const { name } = resource.metadata;
        const status = this.latest.get(name);
        return this.failed.has(name) || (status !== undefined && isSettled(resource, status));
    }

    private async watch(settled: () => void): Promise<void> {
        let waiting = true;
        while (!this.stopped) {
            const statuses = await this.options.api.statuses().catch(() => undefined);
            for (const item of this.options.connectors) {
                const status = statuses?.[item.resource.metadata.name];
                if (status) this.compare(item, status);
            }
            if (waiting && this.options.connectors.every((item) => this.isDone(item))) {
                waiting = false;
                settled();
            }
            await pause(waiting ? fastMs : slowMs);
        }
    }

    private compare({ resource, resolved }: WatchedConnector, status: ConnectorStatus): void {
        const { name } = resource.metadata;
        if (this.rejected.has(name)) return;
        const earlier = this.latest.get(name);
        this.latest.set(name, status);
        const parts = partsOf(status);
        const earlierStates = new Map(earlier ? partsOf(earlier).map(({ what, state }) => [what, state]) : []);
        const location = this.place(resolved);
        for (const { what, state, trace } of parts) {
            if (state !== "FAILED" || earlierStates.get(what) === "FAILED") continue;
            const heading = `FAILED  ${name}${what === "connector" ? "" : `, ${what}`} (${location})`;
            this.options.report([heading, ...failureReason(trace)].join("\n    "));
        }
        if (parts.some(({ state }) => state === "FAILED")) this.failed.add(name);
        else if (this.failed.has(name) && isSettled(resource, status)) {
            this.failed.delete(name);
            this.options.report(`RUNNING  ${name} again`);
        }
    }
}

const partsOf = ({ connector, tasks }: ConnectorStatus) => [
    { what: "connector", ...connector },
    ...tasks.map((task) => ({ what: `task ${task.id}`, ...task })),
];
