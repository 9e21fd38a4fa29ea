/** Kafka Connect's REST API: the requests of every command. */
import { pause } from "./pause";
import { noAnswerReason, restAddress } from "./restAddress";

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

/** States that can be requested. */
export type ConnectorState = "running" | "paused" | "stopped";

/** A request that Connect refused or did not answer, with its message. */
export class ConnectError extends Error {
    constructor(
        message: string,
        /** HTTP status; undefined where there was no answer. */
        readonly status?: number,
        /** Connect's message, the status, or why there was no answer, such as ECONNREFUSED. */
        readonly reason = message,
    ) {
        super(message);
    }
}

/** An answer of any status. */
export interface RestAnswer {
    readonly status: number;
    /** The parsed body; undefined where it is no JSON, such as a proxy's page. */
    readonly body: unknown;
}

/** Which refusals are temporary, and for how long a request is sent again. */
export interface RestPatience {
    readonly statuses: readonly number[];
    readonly timeoutMs: number;
}

/** A worker answers 409 while it rebalances. */
const rebalancing: RestPatience = { statuses: [409], timeoutMs: 10_000 };

/** A worker ends its own requests after 90 s. */
const answerTimeoutMs = 100_000;

/** How a state is requested. */
export const stateActions: Record<ConnectorState, string> = { running: "resume", paused: "pause", stopped: "stop" };

/** Whether a connector may run without a task: this one has a task only where the other cluster has consumer groups. */
export const mayHaveNoTask = (className: string): boolean => className.endsWith(".MirrorCheckpointConnector");

/** Connect's own message in an answer; empty where it has none. */
export const messageOf = ({ body }: RestAnswer): string => (body as { message?: string } | undefined)?.message ?? "";

const parsed = (text: string): unknown => {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
};

/** The path of a connector. */
export const connectorPath = (name: string, rest = ""): string => `/connectors/${encodeURIComponent(name)}${rest}`;

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

    /** Sends a request once. Throws a ConnectError when nothing answers. */
    async send(method: string, path: string, body?: unknown): Promise<RestAnswer> {
        try {
            const response = await fetch(`${this.url}${path}`, {
                method,
                body: body === undefined ? undefined : JSON.stringify(body),
                headers: { ...this.headers, "content-type": "application/json" },
                signal: AbortSignal.timeout(answerTimeoutMs),
            });
            return { status: response.status, body: parsed(await response.text()) };
        } catch (error) {
            const message = `Connect does not answer at ${this.url}; check the address, and that a worker runs`;
            throw new ConnectError(message, undefined, noAnswerReason(error));
        }
    }

    /** Sends a request until the worker can answer it, and returns the body. Throws a ConnectError when it refuses. */
    async request<T>(method: string, path: string, body?: unknown, patience = rebalancing): Promise<T> {
        for (const end = Date.now() + patience.timeoutMs; ; await pause(200)) {
            const answer = await this.send(method, path, body);
            if (answer.status < 300) return answer.body as T;
            if (patience.statuses.includes(answer.status) && Date.now() < end) continue;
            const reason = messageOf(answer) || `HTTP ${answer.status}`;
            throw new ConnectError(messageOf(answer) || `${method} ${path}: ${reason}`, answer.status, reason);
        }
    }

    /** The status of every connector, by name. */
    async statuses(): Promise<Record<string, ConnectorStatus>> {
        const found = await this.request<Record<string, { status: ConnectorStatus }>>(
            "GET",
            "/connectors?expand=status",
        );
        return Object.fromEntries(Object.entries(found).map(([name, { status }]) => [name, status]));
    }

    /** The status of a connector; undefined where the worker has none, as shortly after a creation. */
    async status(name: string): Promise<ConnectorStatus | undefined> {
        const { status, body } = await this.send("GET", connectorPath(name, "/status"));
        return status === 200 ? (body as ConnectorStatus) : undefined;
    }

    /** The configuration that runs. */
    config = (name: string): Promise<Record<string, string>> => this.request("GET", connectorPath(name, "/config"));

    /** Restarts a connector with its tasks. */
    restart = (name: string): Promise<void> => this.request("POST", connectorPath(name, "/restart?includeTasks=true"));

    restartTask = (name: string, task: number): Promise<void> =>
        this.request("POST", connectorPath(name, `/tasks/${task}/restart`));

    /** Requests a state; Connect changes to it afterwards. */
    setState = (name: string, state: ConnectorState): Promise<void> =>
        this.request("PUT", connectorPath(name, `/${stateActions[state]}`));

    async offsets(name: string): Promise<StoredOffset[]> {
        return (await this.request<{ offsets: StoredOffset[] }>("GET", connectorPath(name, "/offsets"))).offsets;
    }

    /** Replaces the offsets of these partitions. The connector must be stopped. */
    setOffsets = (name: string, offsets: readonly StoredOffset[]): Promise<void> =>
        this.request("PATCH", connectorPath(name, "/offsets"), { offsets });

    /** Deletes all offsets. The connector must be stopped. */
    resetOffsets = (name: string): Promise<void> => this.request("DELETE", connectorPath(name, "/offsets"));

    /** Waits until a connector is in a state, and its tasks have ended when it is stopped. */
    async untilState(name: string, state: ConnectorState, timeoutMs = 120_000): Promise<void> {
        const end = Date.now() + timeoutMs;
        for (;;) {
            const status = await this.status(name);
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
