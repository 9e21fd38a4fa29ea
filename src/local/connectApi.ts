/** Kafka Connect's REST API, as far as it is used here. */
import type { ResolvedConnector } from "../connectors/template";
import type { KubernetesObject } from "../synth/synth";
import { until } from "./ports";
import { pause } from "../util/pause";

/** State of a connector and its tasks, as the worker reports it. */
export interface ConnectorStatus {
    name: string;
    connector: { state: string; trace?: string };
    tasks: { id: number; state: string; trace?: string }[];
}

/** A connector that the worker rejected or that failed, with the worker's message. */
export class ConnectorFailure extends Error {
    constructor(
        message: string,
        /** HTTP status of a rejection. */
        readonly status?: number,
    ) {
        super(message);
    }
}

/** A configuration key of a plugin. */
export interface KeyDefinition {
    name: string;
    type: string;
    default_value?: string;
}

interface Response {
    status: number;
    body: unknown;
}

const messageOf = ({ body }: Response): string => (body as { message?: string } | undefined)?.message ?? "";

/** How often a creation is tried again while the worker starts or rebalances. */
const createAttempts = 300;

/** The state that a KafkaConnector resource asks for, as Connect writes it. */
export const requestedState = ({ spec }: KubernetesObject): string => (spec.state ?? "running").toUpperCase();

/** The KafkaConnector of a resolved connector, as far as a worker of this machine reads it. */
export const connectorResource = ({
    name,
    class: className,
    tasksMax,
    config,
    state,
}: Pick<ResolvedConnector, "name" | "class" | "tasksMax" | "config" | "state">): KubernetesObject => ({
    apiVersion: "",
    kind: "KafkaConnector",
    metadata: { name },
    spec: { class: className, tasksMax, config, state },
});

/** The configuration that Strimzi's operator makes of a KafkaConnector resource. */
export function connectorConfig({ spec }: KubernetesObject): Record<string, string> {
    const { class: className, tasksMax, config } = spec;
    const values = { ...config, "connector.class": className, "tasks.max": tasksMax };
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}

/** A client of one worker. */
export class ConnectApi {
    constructor(readonly url: string) {}

    private async request(method: string, path: string, body?: unknown): Promise<Response> {
        const response = await fetch(`${this.url}${path}`, {
            method,
            body: body === undefined ? undefined : JSON.stringify(body),
            headers: { "content-type": "application/json" },
        });
        const text = await response.text();
        return { status: response.status, body: text ? JSON.parse(text) : undefined };
    }

    /** The worker's version; undefined until it answers and has joined its group. */
    async version(): Promise<string | undefined> {
        try {
            const [root, connectors] = await Promise.all([
                this.request("GET", "/"),
                this.request("GET", "/connectors"),
            ]);
            return connectors.status === 200 ? (root.body as { version: string }).version : undefined;
        } catch {
            return undefined;
        }
    }

    /** Waits until the worker answers and has joined its group; returns its version. */
    ready(timeoutMs: number): Promise<string> {
        return until("the Connect worker", timeoutMs, () => this.version());
    }

    /**
     * Creates the connector that a KafkaConnector resource describes. Throws a ConnectorFailure when it is rejected.
     */
    async create(resource: KubernetesObject): Promise<void> {
        const { name } = resource.metadata;
        for (let attempt = 1; ; attempt++) {
            const response = await this.request("POST", "/connectors", {
                name,
                config: connectorConfig(resource),
                initial_state: requestedState(resource),
            });
            const { status } = response;
            if (status === 201) return;
            // 409: the worker is rebalancing; 500 right after its start: it has not read its config topic to the end
            if ((status !== 409 && status !== 500) || attempt > createAttempts)
                throw new ConnectorFailure(`${name} was rejected (HTTP ${status}): ${messageOf(response)}`, status);
            await pause(200);
        }
    }

    /** Restarts a connector and its tasks. */
    async restart(name: string): Promise<void> {
        const path = `/connectors/${encodeURIComponent(name)}/restart?includeTasks=true`;
        const response = await this.request("POST", path);
        if (response.status >= 300) throw new ConnectorFailure(messageOf(response), response.status);
    }

    /** Every key that a plugin knows; undefined when the worker has no such class. */
    async definitions(className: string): Promise<KeyDefinition[] | undefined> {
        const path = `/connector-plugins/${encodeURIComponent(className)}/config`;
        const { status, body } = await this.request("GET", path);
        return status === 200 ? (body as KeyDefinition[]) : undefined;
    }

    /** The classes of the worker's transforms, predicates and converters, sorted. */
    async components(): Promise<string[]> {
        const { body } = await this.request("GET", "/connector-plugins?connectorsOnly=false");
        return (body as { class: string; type: string }[])
            .filter(({ type }) => ["transformation", "predicate", "converter", "header_converter"].includes(type))
            .map(({ class: className }) => className)
            .sort();
    }

    /** The errors that a plugin finds in a configuration, by key. Throws a ConnectorFailure when it cannot validate. */
    async validate(className: string, config: Record<string, string>): Promise<{ name: string; errors: string[] }[]> {
        const path = `/connector-plugins/${encodeURIComponent(className)}/config/validate`;
        const response = await this.request("PUT", path, config);
        if (response.status !== 200)
            throw new ConnectorFailure(
                `${className} could not validate (HTTP ${response.status}): ${messageOf(response)}`,
                response.status,
            );
        const { configs } = response.body as { configs: { value: { name: string; errors: string[] } }[] };
        return configs.map(({ value }) => value);
    }

    /** The status of a connector; undefined when the worker has none. */
    async status(name: string): Promise<ConnectorStatus | undefined> {
        const { status, body } = await this.request("GET", `/connectors/${encodeURIComponent(name)}/status`);
        return status === 200 ? (body as ConnectorStatus) : undefined;
    }

    /** The status of every connector, by name; undefined while the worker cannot say. */
    async statuses(): Promise<Record<string, ConnectorStatus> | undefined> {
        try {
            const { status, body } = await this.request("GET", "/connectors?expand=status");
            if (status !== 200) return undefined;
            const entries = Object.entries(body as Record<string, { status: ConnectorStatus }>);
            return Object.fromEntries(entries.map(([name, item]) => [name, item.status]));
        } catch {
            return undefined;
        }
    }

    /** Waits until a connector is in its requested state. Throws a ConnectorFailure with the trace when it fails. */
    async settled(resource: KubernetesObject, timeoutMs: number): Promise<ConnectorStatus> {
        const { name } = resource.metadata;
        return until(`connector ${name}`, timeoutMs, async () => {
            const status = await this.status(name);
            if (!status) return undefined;
            const failed = [status.connector, ...status.tasks].find((part) => part.state === "FAILED");
            if (failed) throw new ConnectorFailure(`${name} failed:\n${failed.trace ?? ""}`);
            return isSettled(resource, status) ? status : undefined;
        });
    }
}

/** Whether a connector and its tasks are in the requested state. */
export function isSettled(resource: KubernetesObject, { connector, tasks }: ConnectorStatus): boolean {
    const requested = requestedState(resource);
    // it has a task only where the other cluster has consumer groups
    const mayHaveNoTask = /\.MirrorCheckpointConnector$/.test(resource.spec.class);
    const hasTasks = requested !== "RUNNING" || mayHaveNoTask || tasks.length > 0;
    return connector.state === requested && hasTasks && tasks.every(({ state }) => state === requested);
}
