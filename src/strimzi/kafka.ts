/** The Kafka resource of a Kafka cluster that the stack creates. Pure. */
import type { StrimziRelease } from "../release/releases";
import type { KafkaSpec } from "../release/types/kafkaSpec";
import { listenerNames, type KafkaClusterSettings, type ListenerName } from "../schema/kafkaCluster";
import { compact } from "../util/data";
import { applyMergePatch } from "../util/mergePatch";
import { brokerConfig } from "./brokerConfig";
import { jmxMetricsConfig, scrapeAnnotations } from "./jmxMetrics";

type Listener = KafkaSpec["kafka"]["listeners"][number];

/** The listeners that `kafkaCluster.listeners` can enable. Those with authentication are encrypted. */
const listeners: Record<ListenerName, Pick<Listener, "port" | "tls" | "authentication">> = {
    tls: { port: 9093, tls: true, authentication: { type: "tls" } },
    scram: { port: 9094, tls: true, authentication: { type: "scram-sha-512" } },
    plain: { port: 9092, tls: false },
};

const enabledListeners = (cluster: KafkaClusterSettings): ListenerName[] =>
    listenerNames.filter((name) => cluster.listeners[name]);

/** The listener that the stack's own clients use; undefined where none is enabled. */
export const clientListener = (cluster: KafkaClusterSettings): ListenerName | undefined =>
    cluster.connectBy ?? enabledListeners(cluster)[0];

/** Address of a listener within the Kubernetes cluster. */
export const bootstrapOf = (clusterName: string, namespace: string, listener: ListenerName): string =>
    `${clusterName}-kafka-bootstrap.${namespace}.svc:${listeners[listener].port}`;

/** Secret with the CA certificate that signs the brokers' certificates. */
export const clusterCaSecret = (clusterName: string): string => `${clusterName}-cluster-ca-cert`;

/** Annotations that enable KRaft and node pools where the release does not enable them by default. */
export const kafkaAnnotations = (release: StrimziRelease): Record<string, string> =>
    release.kraftAnnotations ? { "strimzi.io/kraft": "enabled", "strimzi.io/node-pools": "enabled" } : {};

/** What a Kafka resource is made from. */
export interface KafkaInput {
    /** Version of Kafka. */
    kafkaVersion: string;
    /** The section `kafkaCluster`. */
    cluster: KafkaClusterSettings;
    /** Whether the pods serve metrics to Prometheus. */
    exporter: boolean;
    /** Name of the ConfigMap with the exporter's rules. */
    metricsConfigMap?: string;
}

/** The `spec` of the Kafka resource: what the settings generate, with `kafkaCluster.spec` merged over it. */
export const kafkaSpec = (input: KafkaInput): KafkaSpec =>
    applyMergePatch({ ...generatedKafkaSpec(input) }, input.cluster.spec ?? {}) as unknown as KafkaSpec;

/** The `spec` without `kafkaCluster.spec`, the same in every supported release. */
export function generatedKafkaSpec({ kafkaVersion, cluster, exporter, metricsConfigMap }: KafkaInput): KafkaSpec {
    const annotations = scrapeAnnotations(exporter);
    const pod = exporter ? { pod: { metadata: { annotations } } } : {};
    return {
        kafka: compact({
            version: kafkaVersion,
            listeners: enabledListeners(cluster).map((name) => ({
                name,
                type: "internal" as const,
                ...listeners[name],
            })),
            authorization: cluster.authorization === "simple" ? { type: "simple" as const } : undefined,
            config: brokerConfig(cluster, kafkaVersion),
            rack: cluster.rackTopologyKey ? { topologyKey: cluster.rackTopologyKey } : undefined,
            metricsConfig: jmxMetricsConfig(metricsConfigMap),
            template: { podDisruptionBudget: { maxUnavailable: cluster.maxUnavailable }, ...pod },
        }),
        // an empty object enables an operator with its defaults
        entityOperator: { topicOperator: {}, userOperator: {} },
        ...(cluster.cruiseControl ? { cruiseControl: {} } : {}),
    };
}
