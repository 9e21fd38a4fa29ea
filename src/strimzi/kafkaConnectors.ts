/** The KafkaConnectors of a Connect cluster, by the API server. */
import type { ClusterApi } from "../util/clusterApi";
import { pause } from "../util/pause";

/** State of a connector or of a task, as the operator recorded it. */
interface RecordedState {
    readonly state: string;
    readonly trace?: string;
}

/** A KafkaConnector as far as it is read here. */
export interface ObservedKafkaConnector {
    readonly metadata: {
        readonly name: string;
        readonly generation?: number;
        readonly labels?: Record<string, string>;
        readonly annotations?: Record<string, string>;
        readonly managedFields?: readonly {
            readonly manager?: string;
            readonly operation?: string;
            readonly subresource?: string;
            readonly fieldsV1?: Readonly<Record<string, unknown>>;
        }[];
    };
    readonly spec: {
        readonly class?: string;
        readonly tasksMax?: number;
        readonly config?: Readonly<Record<string, unknown>>;
    };
    readonly status?: {
        readonly observedGeneration?: number;
        readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
        readonly connectorStatus?: {
            readonly connector?: RecordedState;
            readonly tasks?: readonly (RecordedState & { readonly id: number })[];
        };
    };
}

/** Which KafkaConnectors. */
export interface KafkaConnectorLocation {
    readonly namespace: string;
    /** Name of the KafkaConnect. */
    readonly cluster: string;
    /** `kafka.strimzi.io/v1` */
    readonly apiVersion: string;
}

/** Reads and changes KafkaConnectors. */
export class KafkaConnectors {
    private readonly path: string;

    constructor(
        private readonly api: ClusterApi,
        private readonly location: KafkaConnectorLocation,
    ) {
        this.path = `/apis/${location.apiVersion}/namespaces/${location.namespace}/kafkaconnectors`;
    }

    /** Those of the KafkaConnect. */
    async list(): Promise<readonly ObservedKafkaConnector[]> {
        const selector = encodeURIComponent(`strimzi.io/cluster=${this.location.cluster}`);
        const found = await this.api.get<{ items: readonly ObservedKafkaConnector[] }>(
            `${this.path}?labelSelector=${selector}`,
        );
        return found.items;
    }

    /** Undefined where the namespace has none of this name. */
    find(name: string): Promise<ObservedKafkaConnector | undefined> {
        return this.api.find(`${this.path}/${name}`);
    }

    read(name: string): Promise<ObservedKafkaConnector> {
        return this.api.get(`${this.path}/${name}`);
    }

    async create(metadata: object, spec: object): Promise<void> {
        await this.api.post(this.path, {
            apiVersion: this.location.apiVersion,
            kind: "KafkaConnector",
            metadata,
            spec,
        });
    }

    /** Changes the fields that a JSON Merge Patch has. */
    async patch(name: string, change: { readonly metadata?: object; readonly spec?: object }): Promise<void> {
        await this.api.patch(`${this.path}/${name}`, change);
    }

    /** Sets annotations, or removes those that are null. */
    annotate(name: string, annotations: Readonly<Record<string, string | null>>): Promise<void> {
        return this.patch(name, { metadata: { annotations } });
    }

    /**
     * Polls a KafkaConnector until a condition holds.
     *
     * @param timeoutMs the operator reconciles every two minutes by default
     * @param late the error after that time
     */
    async until(
        name: string,
        timeoutMs: number,
        done: (found: ObservedKafkaConnector) => boolean,
        late: (found: ObservedKafkaConnector) => Error,
    ): Promise<void> {
        for (const end = Date.now() + timeoutMs; ; await pause(1000)) {
            const found = await this.read(name);
            if (done(found)) return;
            if (Date.now() > end) throw late(found);
        }
    }
}
