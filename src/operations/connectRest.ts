/** The parts of Kafka Connect's REST API that operate connectors. */
import { pause } from "../util/pause";
import { restAddress } from "../util/restAddress";

/** State of a connector or of a task. */
export interface PartStatus {
    readonly state: string;
    readonly trace?: string;
}

/** State of a connector and of its tasks, as Connect reports it. */
export interface ConnectorStatus {
    readonly name: string;
    readonly connector: PartStatus;
    readonly tasks: readonly (PartStatus & { readonly id: number })[];
    /** Who manages its KafkaConnector besides a stack: known on a cluster only. */
    readonly otherManagers?: readonly string[];
}

/** An offset as Connect stores it: what it is of, and how far it was read. Their form depends on the plugin. */
export interface StoredOffset {
    readonly partition: Readonly<Record<string, unknown>>;
    readonly offset: Readonly<Record<string, unknown>> | null;
}

/** A request that Connect refused, with its message. */
export class ConnectError extends Error {
    constructor(
        message: string,
        readonly status: number,
    ) {
        super(message);
    }
}

const retries = 50;

/** A client of one worker. */
export class ConnectRest {
    /** Address of the worker, without a login. */
    readonly url: string;
    private readonly headers: Readonly<Record<string, string>>;

    /** @param given the address; a login in it is sent and never printed */
    constructor(given: string) {
        const { url, headers } = restAddress(given);
        this.url = url;
        this.headers = headers;
    }

    /** Sends a request. While the worker rebalances (409) it is tried again. */
    async request<T>(method: string, path: string, body?: unknown): Promise<T> {
        for (let attempt = 1; ; attempt++) {
            const response = await this.send(method, path, body);
            const text = await response.text();
            if (response.status < 300) return (text ? JSON.parse(text) : undefined) as T;
            if (response.status === 409 && attempt < retries) await pause(200);
            else
                throw new ConnectError(
                    messageOf(text) || `${method} ${path}: HTTP ${response.status}`,
                    response.status,
                );
        }
    }

    private async send(method: string, path: string, body: unknown): Promise<Response> {
        try {
            return await fetch(`${this.url}${path}`, {
                method,
                body: body === undefined ? undefined : JSON.stringify(body),
                headers: { ...this.headers, "content-type": "application/json" },
            });
        } catch {
            throw new Error(`Connect does not answer at ${this.url}; check the address, and that a worker runs`);
        }
    }

    /** The status of every connector, by name. */
    async statuses(): Promise<ConnectorStatus[]> {
        const found = await this.request<Record<string, { status: ConnectorStatus }>>(
            "GET",
            "/connectors?expand=status",
        );
        return Object.values(found).map(({ status }) => status);
    }

    status = (name: string): Promise<ConnectorStatus> => this.request("GET", `${pathOf(name)}/status`);

    /** The status of a connector; undefined where Connect has none, as shortly after a creation. */
    async findStatus(name: string): Promise<ConnectorStatus | undefined> {
        try {
            return await this.status(name);
        } catch (error) {
            if (error instanceof ConnectError && error.status === 404) return undefined;
            throw error;
        }
    }

    /** The configuration that runs. */
    config = (name: string): Promise<Record<string, string>> => this.request("GET", `${pathOf(name)}/config`);

    /** Restarts a connector with its tasks. */
    restart = (name: string): Promise<void> => this.request("POST", `${pathOf(name)}/restart?includeTasks=true`);

    restartTask = (name: string, task: number): Promise<void> =>
        this.request("POST", `${pathOf(name)}/tasks/${task}/restart`);

    /** Requests a state; Connect changes to it afterwards. */
    setState = (name: string, state: ConnectorState): Promise<void> =>
        this.request("PUT", `${pathOf(name)}/${stateActions[state]}`);

    async offsets(name: string): Promise<StoredOffset[]> {
        return (await this.request<{ offsets: StoredOffset[] }>("GET", `${pathOf(name)}/offsets`)).offsets;
    }

    /** Replaces the offsets of these partitions. The connector must be stopped. */
    setOffsets = (name: string, offsets: readonly StoredOffset[]): Promise<void> =>
        this.request("PATCH", `${pathOf(name)}/offsets`, { offsets });

    /** Deletes all offsets. The connector must be stopped. */
    resetOffsets = (name: string): Promise<void> => this.request("DELETE", `${pathOf(name)}/offsets`);

    /** Waits until a connector is in a state, and its tasks have ended when it is stopped. */
    async untilState(name: string, state: ConnectorState, timeoutMs = 120_000): Promise<void> {
        const end = Date.now() + timeoutMs;
        for (;;) {
            const status = await this.findStatus(name);
            const isReached = status?.connector.state === state.toUpperCase();
            if (isReached && (state !== "stopped" || status.tasks.length === 0)) return;
            if (Date.now() > end)
                throw new Error(
                    `${name} is ${status?.connector.state ?? "unknown"} after ${timeoutMs / 1000} s, expected ${state}`,
                );
            await pause(200);
        }
    }
}

/** States that can be requested. */
export type ConnectorState = "running" | "paused" | "stopped";

const stateActions: Record<ConnectorState, string> = { running: "resume", paused: "pause", stopped: "stop" };

const pathOf = (name: string): string => `/connectors/${encodeURIComponent(name)}`;

function messageOf(text: string): string {
    try {
        return (JSON.parse(text) as { message?: string }).message ?? "";
    } catch {
        return "";
    }
}
