/** Kafka Connect's REST API, as far as it is used here. */
import type { ResolvedConnector } from "../connectors/template";
import type { KubernetesObject } from "../synth/synth";
import { until } from "./ports";
import { ConnectError, ConnectRest, mayHaveNoTask, messageOf, type ConnectorStatus } from "../util/connectRest";
import { pause } from "../util/pause";

/** A configuration key of a plugin. */
export interface KeyDefinition {
    name: string;
    type: string;
    default_value?: string;
}

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

/** A client of a worker of this machine. */
export class ConnectApi extends ConnectRest {
    /** The worker's version; undefined until it answers and has joined its group. */
    async version(): Promise<string | undefined> {
        try {
            const [root, connectors] = await Promise.all([this.send("GET", "/"), this.send("GET", "/connectors")]);
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
     * Creates the connector that a KafkaConnector resource describes. Throws a ConnectError when it is rejected.
     */
    async create(resource: KubernetesObject): Promise<void> {
        const { name } = resource.metadata;
        for (let attempt = 1; ; attempt++) {
            const response = await this.send("POST", "/connectors", {
                name,
                config: connectorConfig(resource),
                initial_state: requestedState(resource),
            });
            const { status } = response;
            if (status === 201) return;
            // 409: the worker is rebalancing; 500 right after its start: it has not read its config topic to the end
            if ((status !== 409 && status !== 500) || attempt > createAttempts)
                throw new ConnectError(`${name} was rejected (HTTP ${status}): ${messageOf(response)}`, status);
            await pause(200);
        }
    }

    /** Every key that a plugin knows; undefined when the worker has no such class. */
    async definitions(className: string): Promise<KeyDefinition[] | undefined> {
        const path = `/connector-plugins/${encodeURIComponent(className)}/config`;
        const { status, body } = await this.send("GET", path);
        return status === 200 ? (body as KeyDefinition[]) : undefined;
    }

    /** The worker's transforms, predicates and converters, sorted by class. A class can have two types. */
    async components(): Promise<{ class: string; type: string }[]> {
        const found = await this.request<{ class: string; type: string }[]>(
            "GET",
            "/connector-plugins?connectorsOnly=false",
        );
        return found
            .filter(({ type }) => ["transformation", "predicate", "converter", "header_converter"].includes(type))
            .sort((a, b) => (a.class < b.class ? -1 : 1));
    }

    /** The errors that a plugin finds in a configuration, by key. Throws a ConnectError when it cannot validate. */
    async validate(className: string, config: Record<string, string>): Promise<{ name: string; errors: string[] }[]> {
        const path = `/connector-plugins/${encodeURIComponent(className)}/config/validate`;
        const response = await this.send("PUT", path, config);
        if (response.status !== 200)
            throw new ConnectError(
                `${className} could not validate (HTTP ${response.status}): ${messageOf(response)}`,
                response.status,
            );
        const { configs } = response.body as { configs: { value: { name: string; errors: string[] } }[] };
        return configs.map(({ value }) => value);
    }

    /** Waits until a connector is in its requested state. Throws a ConnectError with the trace when it fails. */
    async settled(resource: KubernetesObject, timeoutMs: number): Promise<ConnectorStatus> {
        const { name } = resource.metadata;
        return until(`connector ${name}`, timeoutMs, async () => {
            const status = await this.status(name);
            if (!status) return undefined;
            const failed = [status.connector, ...status.tasks].find((part) => part.state === "FAILED");
            if (failed) throw new ConnectError(`${name} failed:\n${failed.trace ?? ""}`);
            return isSettled(resource, status) ? status : undefined;
        });
    }
}

/** Whether a connector and its tasks are in the requested state. */
export function isSettled(resource: KubernetesObject, { connector, tasks }: ConnectorStatus): boolean {
    const requested = requestedState(resource);
    const hasTasks = requested !== "RUNNING" || tasks.length > 0 || mayHaveNoTask(resource.spec.class);
    return connector.state === requested && hasTasks && tasks.every(({ state }) => state === requested);
}
