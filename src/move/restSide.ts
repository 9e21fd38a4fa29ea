/** A Connect cluster by its REST API. */
import { MoveError, type ConnectorState, type ConnectSide, type SideFacts } from "./connectSide";
import type { DesiredState } from "./journal";
import {
    ConnectError,
    connectorPath,
    ConnectRest,
    mayHaveNoTask,
    stateActions,
    type ConnectorStatus,
    type StoredOffset,
} from "../util/connectRest";
import { pause } from "../util/pause";

/** Statuses of a worker that is rebalancing or has just started; the request is sent again. */
const transient = [409, 500, 503];

/** A Connect cluster behind a REST address. */
export class RestSide implements ConnectSide {
    readonly address: string;
    private readonly rest: ConnectRest;

    /**
     * @param given the address; a login in it is sent and never printed
     * @param description how messages and the journal name it; default: by its address
     * @param timeoutMs how long a connector may take to reach a state
     */
    constructor(
        given: string,
        description?: string,
        private readonly timeoutMs = 120_000,
    ) {
        this.rest = new ConnectRest(given);
        this.address = description ?? this.rest.url;
    }

    /** Sends a request until the worker can answer it; throws where it refuses. */
    private async request<T>(method: string, path: string, body?: unknown): Promise<T> {
        try {
            return await this.rest.request<T>(method, path, body, { statuses: transient, timeoutMs: this.timeoutMs });
        } catch (error) {
            throw this.moveError(error, `${method} ${path}`);
        }
    }

    private moveError(error: unknown, request: string): unknown {
        if (!(error instanceof ConnectError)) return error;
        return new MoveError(
            error.status === undefined
                ? `${this.address} does not answer (${error.reason}).`
                : `${this.address} refuses ${request}: ${error.reason}`,
        );
    }

    async facts(): Promise<SideFacts> {
        const root = await this.request<{ version?: string; kafka_cluster_id?: string } | undefined>("GET", "/");
        if (typeof root?.version !== "string")
            throw new MoveError(`${this.address} is not the REST API of Kafka Connect.`);
        const plugins = await this.request<{ class: string }[]>("GET", "/connector-plugins");
        return {
            version: root.version,
            kafkaClusterId: root.kafka_cluster_id ?? "",
            plugins: plugins.map((plugin) => plugin.class),
        };
    }

    names(): Promise<string[]> {
        return this.request("GET", "/connectors");
    }

    async status(name: string): Promise<ConnectorState | undefined> {
        const request = connectorPath(name, "/status");
        const { status, body } = await this.rest.send("GET", request).catch((error: unknown) => {
            throw this.moveError(error, `GET ${request}`);
        });
        if (status === 404) return undefined;
        if (status >= 300) return { state: "UNASSIGNED", tasks: [] };
        const { connector, tasks } = body as ConnectorStatus;
        return { state: connector.state, tasks: tasks.map((task) => task.state) };
    }

    config(name: string): Promise<Record<string, string>> {
        return this.request("GET", connectorPath(name, "/config"));
    }

    stop(name: string): Promise<void> {
        return this.bring(name, "STOPPED");
    }

    async offsets(name: string): Promise<StoredOffset[]> {
        return (await this.request<{ offsets: StoredOffset[] }>("GET", connectorPath(name, "/offsets"))).offsets;
    }

    async createStopped(name: string, config: Readonly<Record<string, string>>): Promise<void> {
        // before Kafka 3.7 the worker ignores the state and starts the connector, so that it is checked before
        if (await this.status(name)) return;
        await this.request("POST", "/connectors", { name, config, initial_state: "STOPPED" });
        await this.settled(name, "STOPPED");
    }

    async setOffsets(name: string, offsets: readonly StoredOffset[]): Promise<void> {
        await this.request("PATCH", connectorPath(name, "/offsets"), { offsets });
    }

    async bring(name: string, state: DesiredState): Promise<void> {
        await this.request(
            "PUT",
            connectorPath(name, `/${stateActions[state.toLowerCase() as Lowercase<DesiredState>]}`),
        );
        const { "connector.class": className } = await this.config(name);
        await this.settled(name, state, state !== "RUNNING" || mayHaveNoTask(className));
    }

    /** Waits until a connector and its tasks are in a state. */
    private async settled(name: string, state: DesiredState, canBeIdle = true): Promise<void> {
        for (const end = Date.now() + this.timeoutMs; ; await pause(250)) {
            const found = await this.status(name);
            const tasks = found?.tasks ?? [];
            if (found && [found.state, ...tasks].includes("FAILED"))
                throw new MoveError(`${name} has failed at ${this.address}; its status has the reason.`);
            const settled = state === "STOPPED" ? tasks.length === 0 : tasks.every((task) => task === state);
            if (found?.state === state && settled && (canBeIdle || tasks.length > 0)) return;
            if (Date.now() > end)
                throw new MoveError(
                    `${name} is ${found?.state ?? "missing"} at ${this.address} after ${this.timeoutMs / 1000} s, ` +
                        `expected ${state}.`,
                );
        }
    }
}
