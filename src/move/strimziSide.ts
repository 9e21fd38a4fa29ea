/**
 * A Connect cluster that Strimzi runs: its connectors are KafkaConnectors, and their offsets are read and set through
 * the operator (annotation strimzi.io/connector-offsets, since Strimzi 0.44).
 */
import { KafkaConnectors, type KafkaConnectorLocation, type ObservedKafkaConnector } from "../strimzi/kafkaConnectors";
import type { KubernetesObject } from "../synth/synth";
import type { ClusterApi } from "../util/clusterApi";
import { MoveError, type ConnectorState, type ConnectSide, type SideFacts } from "./connectSide";
import type { DesiredState } from "./journal";
import { mayHaveNoTask, type StoredOffset } from "../util/connectRest";

/** Where the KafkaConnectors are. */
export interface StrimziLocation extends KafkaConnectorLocation {
    /** The KafkaConnector that the stack declares. */
    readonly declared: (name: string) => KubernetesObject | undefined;
}

const pauseAnnotation = "strimzi.io/pause-reconciliation";
const offsetsAnnotation = "strimzi.io/connector-offsets";
/** Key of the ConfigMap that the operator reads and writes. */
const offsetsKey = "offsets.json";

/** The Connect cluster of a stack, on Kubernetes. */
export class StrimziSide implements ConnectSide {
    readonly address: string;
    private readonly connectors: KafkaConnectors;
    private readonly configMaps: string;

    /**
     * @param rest the workers' REST API: it creates connectors that do not run, which Strimzi before 1.2 cannot
     * @param timeoutMs how long the operator may take; it reconciles every two minutes by default
     */
    constructor(
        private readonly api: ClusterApi,
        private readonly rest: ConnectSide,
        private readonly location: StrimziLocation,
        private readonly timeoutMs = 300_000,
    ) {
        const { namespace, cluster } = location;
        this.address = `KafkaConnect ${namespace}/${cluster} of ${api.server}`;
        this.connectors = new KafkaConnectors(api, location);
        this.configMaps = `/api/v1/namespaces/${namespace}/configmaps`;
    }

    facts(): Promise<SideFacts> {
        return this.rest.facts();
    }

    async names(): Promise<string[]> {
        return (await this.connectors.list()).map(({ metadata }) => metadata.name);
    }

    /** A connector that the workers run without a KafkaConnector is reported, too: it must not be overwritten. */
    async status(name: string): Promise<ConnectorState | undefined> {
        const found = await this.connectors.find(name);
        return found ? stateOf(found) : this.rest.status(name);
    }

    async config(name: string): Promise<Record<string, string>> {
        const { class: className, tasksMax = 1, config = {} } = (await this.connectors.read(name)).spec;
        const entries = Object.entries({ ...config, "connector.class": className, "tasks.max": tasksMax });
        return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
    }

    stop(name: string): Promise<void> {
        return this.bring(name, "STOPPED");
    }

    /**
     * The KafkaConnector is created paused for the operator, then the connector by REST: the operator would start it
     * before it stops it, and without a KafkaConnector it would delete the connector.
     */
    async createStopped(name: string, config: Readonly<Record<string, string>>): Promise<void> {
        if (!(await this.connectors.find(name))) {
            const declared = this.location.declared(name);
            if (!declared) throw new MoveError(`the stack declares no connector ${name}.`);
            const { metadata, spec } = declared;
            const annotations = Object.entries(metadata.annotations ?? {}).filter(
                ([key]) => !key.startsWith("pulumi.com/"),
            );
            await this.connectors.create(
                { ...metadata, annotations: { ...Object.fromEntries(annotations), [pauseAnnotation]: "true" } },
                { ...(spec as object), state: "stopped" },
            );
        }
        await this.rest.createStopped(name, config);
        await this.connectors.annotate(name, { [pauseAnnotation]: null });
        await this.settled(name, "STOPPED");
    }

    async offsets(name: string): Promise<StoredOffset[]> {
        const configMap = `${name}-kcp-listed-offsets`;
        const text = await this.withOffsets(
            name,
            { listOffsets: { toConfigMap: { name: configMap } } },
            "list",
            async () => this.api.get<{ data?: Record<string, string> }>(`${this.configMaps}/${configMap}`),
        );
        await this.api.request("DELETE", `${this.configMaps}/${configMap}`);
        const { offsets = [] } = JSON.parse(text.data?.[offsetsKey] ?? "{}") as { offsets?: StoredOffset[] };
        return offsets;
    }

    async setOffsets(name: string, offsets: readonly StoredOffset[]): Promise<void> {
        const configMap = `${name}-kcp-offsets`;
        const path = `${this.configMaps}/${configMap}`;
        const data = { [offsetsKey]: JSON.stringify({ offsets }) };
        if (await this.api.find(path)) await this.api.patch(path, { data });
        else
            await this.api.post(this.configMaps, {
                apiVersion: "v1",
                kind: "ConfigMap",
                metadata: { name: configMap, namespace: this.location.namespace },
                data,
            });
        await this.withOffsets(name, { alterOffsets: { fromConfigMap: { name: configMap } } }, "alter", async () => {});
        await this.api.request("DELETE", path);
    }

    async bring(name: string, state: DesiredState): Promise<void> {
        await this.connectors.patch(name, { spec: { state: state.toLowerCase() } });
        await this.settled(name, state);
    }

    /** Lets the operator work on offsets, and removes the fields that say where they are afterwards. */
    private async withOffsets<T>(
        name: string,
        fields: Readonly<Record<string, unknown>>,
        action: "list" | "alter",
        work: () => Promise<T>,
    ): Promise<T> {
        await this.connectors.patch(name, {
            metadata: { annotations: { [offsetsAnnotation]: action } },
            spec: fields,
        });
        // the operator removes the annotation when it has done what it says
        await this.until(name, `${action} its offsets`, (found) => !found.metadata.annotations?.[offsetsAnnotation]);
        const result = await work();
        const none = Object.fromEntries(Object.keys(fields).map((field) => [field, null]));
        await this.connectors.patch(name, { spec: none });
        return result;
    }

    /** Waits until the operator has seen the current spec, and connector and tasks are in a state. */
    private settled(name: string, state: DesiredState): Promise<void> {
        return this.until(name, `bring it to ${state}`, (found) => {
            if (found.status?.observedGeneration !== found.metadata.generation) return false;
            const { state: current, tasks } = stateOf(found);
            if ([current, ...tasks].includes("FAILED"))
                throw new MoveError(`${name} has failed at ${this.address}; its status has the reason.`);
            if (current !== state) return false;
            if (state === "STOPPED") return tasks.length === 0;
            const canBeIdle = state === "PAUSED" || mayHaveNoTask(String(found.spec.class));
            return tasks.every((task) => task === state) && (tasks.length > 0 || canBeIdle);
        });
    }

    private until(name: string, what: string, done: (found: ObservedKafkaConnector) => boolean): Promise<void> {
        return this.connectors.until(name, this.timeoutMs, done, ({ status }) => {
            const messages = (status?.conditions ?? []).flatMap(({ message }) => message ?? []);
            const reason = messages.length > 0 ? `: ${messages.join("; ")}` : "; look at its log";
            return new MoveError(
                `Strimzi has not been able to ${what} (${name}) in ${this.timeoutMs / 1000} s${reason}`,
            );
        });
    }
}

const stateOf = ({ status }: ObservedKafkaConnector): ConnectorState => ({
    state: status?.connectorStatus?.connector?.state ?? "UNASSIGNED",
    tasks: (status?.connectorStatus?.tasks ?? []).map(({ state }) => state),
});
