/** Kafka Connect's REST API, as far as the sandbox needs it. */
import type { KubernetesObject } from "../synth/synth";
import { pause, until } from "./ports";

/** State of a connector and its tasks, as the worker reports it. */
export interface ConnectorStatus {
    name: string;
    connector: { state: string; trace?: string };
    tasks: { id: number; state: string; trace?: string }[];
}

/** A connector that the worker refused or that failed, with the worker's own words. */
export class ConnectorFailure extends Error {}

export class ConnectApi {
    constructor(readonly url: string) {}

    private async request(method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> {
        const response = await fetch(`${this.url}${path}`, {
            method,
            body: body === undefined ? undefined : JSON.stringify(body),
            headers: { "content-type": "application/json" },
        });
        const text = await response.text();
        return { status: response.status, body: text ? JSON.parse(text) : undefined };
    }

    /** Waits until the worker answers and has joined its group. */
    async ready(timeoutMs: number): Promise<string> {
        return until("the Connect worker", timeoutMs, async () => {
            try {
                const [{ body }, connectors] = await Promise.all([
                    this.request("GET", "/"),
                    this.request("GET", "/connectors"),
                ]);
                return connectors.status === 200 ? (body.version as string) : undefined;
            } catch {
                return undefined;
            }
        });
    }

    /** Creates the connector that a KafkaConnector resource describes, as Strimzi's operator does. */
    async create(resource: KubernetesObject): Promise<void> {
        const { name } = resource.metadata;
        const { class: className, tasksMax, state = "running", config } = resource.spec;
        const strings = Object.fromEntries(
            Object.entries({ ...config, "connector.class": className, "tasks.max": tasksMax }).map(([key, value]) => [
                key,
                String(value),
            ]),
        );
        for (let attempt = 1; ; attempt++) {
            const { status, body } = await this.request("POST", "/connectors", {
                name,
                config: strings,
                initial_state: state.toUpperCase(),
            });
            if (status === 201) return;
            // 409: the worker is rebalancing; 500 right after its start: it has not read its config topic to the end
            if ((status !== 409 && status !== 500) || attempt > 50)
                throw new ConnectorFailure(`${name} was refused (HTTP ${status}): ${body?.message ?? ""}`);
            await pause(200);
        }
    }

    /** Every key a plugin knows, with its type; undefined where the worker has no such class. */
    async definitions(
        className: string,
    ): Promise<{ name: string; type: string; default_value?: string }[] | undefined> {
        const { status, body } = await this.request(
            "GET",
            `/connector-plugins/${encodeURIComponent(className)}/config`,
        );
        return status === 200 ? body : undefined;
    }

    /** What a plugin says of a configuration: for each key it knows, its errors. Throws with the worker's words when it cannot say. */
    async validate(className: string, config: Record<string, string>): Promise<{ name: string; errors: string[] }[]> {
        const { status, body } = await this.request(
            "PUT",
            `/connector-plugins/${encodeURIComponent(className)}/config/validate`,
            config,
        );
        if (status !== 200)
            throw new ConnectorFailure(`${className} could not validate (HTTP ${status}): ${body?.message ?? ""}`);
        return (body.configs as { value: { name: string; errors: string[] } }[]).map(({ value }) => value);
    }

    async status(name: string): Promise<ConnectorStatus | undefined> {
        const { status, body } = await this.request("GET", `/connectors/${encodeURIComponent(name)}/status`);
        return status === 200 ? body : undefined;
    }

    /** Waits until a connector is in its wanted state, with a task where it runs and has work; throws with the trace when it fails. */
    async settled(resource: KubernetesObject, timeoutMs: number): Promise<ConnectorStatus> {
        const { name } = resource.metadata;
        const wanted = (resource.spec.state ?? "running").toUpperCase();
        // it makes tasks of the other cluster's consumer groups, of which there may be none yet
        const mayIdle = /\.MirrorCheckpointConnector$/.test(resource.spec.class);
        return until(`connector ${name}`, timeoutMs, async () => {
            const status = await this.status(name);
            if (!status) return undefined;
            const failed = [status.connector, ...status.tasks].find((part) => part.state === "FAILED");
            if (failed) throw new ConnectorFailure(`${name} failed:\n${failed.trace ?? ""}`);
            const tasks =
                status.tasks.every((task) => task.state === wanted) &&
                (wanted !== "RUNNING" || mayIdle || status.tasks.length > 0);
            return status.connector.state === wanted && tasks ? status : undefined;
        });
    }
}
