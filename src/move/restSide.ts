/** A Connect cluster by its REST API. */
import { MoveError, type ConnectorState, type ConnectSide, type SideFacts } from "./connectSide";
import type { DesiredState } from "./journal";
import type { ConnectorOffset } from "./offsets";
import { pause } from "../util/pause";
import { noAnswerReason, restAddress } from "../util/restAddress";

interface Answer {
    readonly status: number;
    readonly body: unknown;
}

interface StatusBody {
    connector: { state: string };
    tasks: { state: string; trace?: string }[];
}

/** How a state is asked for. */
const requests: Readonly<Record<DesiredState, string>> = { RUNNING: "resume", PAUSED: "pause", STOPPED: "stop" };

/** Statuses of a worker that is rebalancing or has just started; the request is sent again. */
const transient = [409, 500, 503];

/** A Connect cluster behind a REST address. */
export class RestSide implements ConnectSide {
    readonly address: string;
    private readonly url: string;
    private readonly headers: Readonly<Record<string, string>>;

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
        const { url, headers } = restAddress(given);
        this.url = url;
        this.address = description ?? url;
        this.headers = headers;
    }

    private async send(method: string, path: string, body?: unknown): Promise<Answer> {
        try {
            const response = await fetch(`${this.url}${path}`, {
                method,
                headers: { ...this.headers, "content-type": "application/json" },
                body: body === undefined ? undefined : JSON.stringify(body),
                signal: AbortSignal.timeout(60_000),
            });
            const text = await response.text();
            return { status: response.status, body: text ? (JSON.parse(text) as unknown) : undefined };
        } catch (error) {
            throw new MoveError(`${this.address} does not answer (${noAnswerReason(error)}).`);
        }
    }

    /** Sends a request until the worker can answer it; throws where it refuses. */
    private async request(method: string, path: string, body?: unknown): Promise<unknown> {
        for (const end = Date.now() + this.timeoutMs; ; await pause(500)) {
            const { status, body: answer } = await this.send(method, path, body);
            if (status < 300) return answer;
            if (transient.includes(status) && Date.now() < end) continue;
            const reason = (answer as { message?: string } | undefined)?.message ?? `HTTP ${status}`;
            throw new MoveError(`${this.address} refuses ${method} ${path}: ${reason}`);
        }
    }

    private path = (name: string, rest = ""): string => `/connectors/${encodeURIComponent(name)}${rest}`;

    async facts(): Promise<SideFacts> {
        const root = (await this.request("GET", "/")) as { version?: string; kafka_cluster_id?: string } | undefined;
        if (typeof root?.version !== "string")
            throw new MoveError(`${this.address} is not the REST API of Kafka Connect.`);
        const plugins = (await this.request("GET", "/connector-plugins")) as { class: string }[];
        return {
            version: root.version,
            kafkaClusterId: root.kafka_cluster_id ?? "",
            plugins: plugins.map((plugin) => plugin.class),
        };
    }

    async names(): Promise<string[]> {
        return (await this.request("GET", "/connectors")) as string[];
    }

    async status(name: string): Promise<ConnectorState | undefined> {
        const { status, body } = await this.send("GET", this.path(name, "/status"));
        if (status === 404) return undefined;
        if (status >= 300) return { state: "UNASSIGNED", tasks: [] };
        const { connector, tasks } = body as StatusBody;
        return { state: connector.state, tasks: tasks.map((task) => task.state) };
    }

    async config(name: string): Promise<Record<string, string>> {
        return (await this.request("GET", this.path(name, "/config"))) as Record<string, string>;
    }

    stop(name: string): Promise<void> {
        return this.bring(name, "STOPPED");
    }

    async offsets(name: string): Promise<ConnectorOffset[]> {
        const { offsets } = (await this.request("GET", this.path(name, "/offsets"))) as { offsets: ConnectorOffset[] };
        return offsets;
    }

    async createStopped(name: string, config: Readonly<Record<string, string>>): Promise<void> {
        // before Kafka 3.7 the worker ignores the state and starts the connector, so that it is checked before
        if (await this.status(name)) return;
        await this.request("POST", "/connectors", { name, config, initial_state: "STOPPED" });
        await this.settled(name, "STOPPED");
    }

    async setOffsets(name: string, offsets: readonly ConnectorOffset[]): Promise<void> {
        await this.request("PATCH", this.path(name, "/offsets"), { offsets });
    }

    async bring(name: string, state: DesiredState): Promise<void> {
        await this.request("PUT", this.path(name, `/${requests[state]}`));
        // it has a task only where the other cluster has consumer groups
        const { "connector.class": className } = await this.config(name);
        const mayHaveNoTask = state !== "RUNNING" || /\.MirrorCheckpointConnector$/.test(className);
        await this.settled(name, state, mayHaveNoTask);
    }

    /** Waits until a connector and its tasks are in a state. */
    private async settled(name: string, state: DesiredState, mayHaveNoTask = true): Promise<void> {
        for (const end = Date.now() + this.timeoutMs; ; await pause(250)) {
            const found = await this.status(name);
            const tasks = found?.tasks ?? [];
            if (found && [found.state, ...tasks].includes("FAILED"))
                throw new MoveError(`${name} has failed at ${this.address}; its status has the reason.`);
            const settled = state === "STOPPED" ? tasks.length === 0 : tasks.every((task) => task === state);
            if (found?.state === state && settled && (mayHaveNoTask || tasks.length > 0)) return;
            if (Date.now() > end)
                throw new MoveError(
                    `${name} is ${found?.state ?? "missing"} at ${this.address} after ${this.timeoutMs / 1000} s, ` +
                        `expected ${state}.`,
                );
        }
    }
}
