/** The Kafka resource and its node pools, for each Strimzi generation. Pure: plain data in, plain data out. */
import { listenerNames, type KafkaClusterSettings, type ListenerName } from "../schema/kafkaCluster";
import { compact } from "../util/data";
import { metricsKey, metricsPort } from "./kafkaConnect";
import type { StrimziRelease } from "../release/releases";

/**
 * Prefixes Strimzi refuses in the brokers' `config` because it sets them itself, and what it takes all the same
 * (KafkaClusterSpec.FORBIDDEN_PREFIXES). It ignores a forbidden key with no more than a warning in its log.
 */
export const forbiddenBrokerConfig = {
    prefixes: [
        "listeners",
        "advertised.",
        "broker.",
        "listener.",
        "host.name",
        "port",
        "inter.broker.listener.name",
        "sasl.",
        "ssl.",
        "security.",
        "password.",
        "log.dir",
        "authorizer.",
        "super.user",
        "cruise.control.metrics.topic",
        "cruise.control.metrics.reporter.bootstrap.servers",
        "node.id",
        "process.roles",
        "controller.",
        "metadata.log.dir",
        "client.quota.callback.static.",
        "prometheus.metrics.reporter.",
        "cordoned.log.dirs",
    ],
    allowed: [
        "sasl.server.max.receive.size",
        "ssl.cipher.suites",
        "ssl.protocol",
        "ssl.enabled.protocols",
        "ssl.secure.random.implementation",
        "cruise.control.metrics.topic.num.partitions",
        "cruise.control.metrics.topic.replication.factor",
        "cruise.control.metrics.topic.retention.ms",
        "cruise.control.metrics.topic.auto.create.retries",
        "cruise.control.metrics.topic.auto.create.timeout.ms",
        "cruise.control.metrics.topic.min.insync.replicas",
        "controller.quorum.election.backoff.max.ms",
        "controller.quorum.election.timeout.ms",
        "controller.quorum.fetch.timeout.ms",
    ],
} as const;

/** The listeners by name, as Kafka's resource has them. TLS is on wherever somebody logs in. */
const listeners: Record<ListenerName, { port: number; tls: boolean; authentication?: { type: string } }> = {
    tls: { port: 9093, tls: true, authentication: { type: "tls" } },
    scram: { port: 9094, tls: true, authentication: { type: "scram-sha-512" } },
    plain: { port: 9092, tls: false },
};

const nodesOf = (cluster: KafkaClusterSettings, role: "broker" | "controller"): number =>
    cluster.nodePools.filter(({ roles }) => roles.includes(role)).reduce((sum, { replicas }) => sum + replicas, 0);

export const brokersOf = (cluster: KafkaClusterSettings): number => nodesOf(cluster, "broker");
export const controllersOf = (cluster: KafkaClusterSettings): number => nodesOf(cluster, "controller");

/** Replicas of a topic that does not say. */
export const replicationOf = (cluster: KafkaClusterSettings): number =>
    cluster.replicationFactor ?? Math.min(3, brokersOf(cluster));

/** The listener that the stack's own clients use; undefined where there is none at all. */
export const clientListener = (cluster: KafkaClusterSettings): ListenerName | undefined =>
    cluster.connectBy ?? listenerNames.find((name) => cluster.listeners[name]);

/** Address of a listener within the Kubernetes cluster. */
export const bootstrapOf = (clusterName: string, namespace: string, listener: ListenerName): string =>
    `${clusterName}-kafka-bootstrap.${namespace}.svc:${listeners[listener].port}`;

/** Secret with the certificate of the authority that signs the brokers'. */
export const clusterCaSecret = (clusterName: string): string => `${clusterName}-cluster-ca-cert`;

/** The brokers' configuration: as durable as the number of brokers lets it be, and no topic that nobody meant. */
export function brokerConfig(
    cluster: KafkaClusterSettings,
    kafkaVersion: string,
): Record<string, string | number | boolean> {
    const replicas = replicationOf(cluster);
    const inSync = Math.max(1, replicas - 1);
    return {
        "default.replication.factor": replicas,
        "min.insync.replicas": inSync,
        "offsets.topic.replication.factor": replicas,
        "transaction.state.log.replication.factor": replicas,
        "transaction.state.log.min.isr": inSync,
        ...(Number(kafkaVersion.split(".")[0]) >= 4
            ? {
                  "share.coordinator.state.topic.replication.factor": replicas,
                  "share.coordinator.state.topic.min.isr": inSync,
              }
            : {}),
        // Connect makes its own topics, and a misspelt name in a client should be a issue and not a topic
        "auto.create.topics.enable": false,
        ...cluster.config,
    };
}

/** What a Kafka resource is made of. */
export interface KafkaInput {
    release: StrimziRelease;
    kafkaVersion: string;
    cluster: KafkaClusterSettings;
    /** Whether pods ask to be scraped. */
    exporter: boolean;
    /** Name of the ConfigMap with the exporter's rules. */
    metricsConfigMap?: string;
}

/** Annotations without which 0.45 would want ZooKeeper; from 0.46 there is nothing but KRaft and node pools. */
export const kafkaAnnotations = (release: StrimziRelease): Record<string, string> =>
    release.kraftAnnotations ? { "strimzi.io/kraft": "enabled", "strimzi.io/node-pools": "enabled" } : {};

/** The `spec` of the Kafka resource. */
export function kafkaSpec({ kafkaVersion, cluster, exporter, metricsConfigMap }: KafkaInput): Record<string, unknown> {
    const used = listenerNames.filter((name) => cluster.listeners[name]);
    return {
        kafka: compact({
            version: kafkaVersion,
            listeners: used.map((name) => ({ name, type: "internal", ...listeners[name] })),
            authorization: cluster.authorization === "simple" ? { type: "simple" } : undefined,
            config: brokerConfig(cluster, kafkaVersion),
            rack: cluster.rackTopologyKey ? { topologyKey: cluster.rackTopologyKey } : undefined,
            metricsConfig: metricsConfigMap
                ? {
                      type: "jmxPrometheusExporter",
                      valueFrom: { configMapKeyRef: { name: metricsConfigMap, key: metricsKey } },
                  }
                : undefined,
            template: {
                podDisruptionBudget: { maxUnavailable: cluster.maxUnavailable },
                ...(exporter
                    ? {
                          pod: {
                              metadata: {
                                  annotations: {
                                      "prometheus.io/scrape": "true",
                                      "prometheus.io/port": String(metricsPort),
                                  },
                              },
                          },
                      }
                    : {}),
            },
        }),
        // present and empty: there, with their defaults
        entityOperator: { topicOperator: {}, userOperator: {} },
        ...(cluster.cruiseControl ? { cruiseControl: {} } : {}),
    };
}

type NodePool = KafkaClusterSettings["nodePools"][number];

function storageSpec({ storage }: NodePool): Record<string, unknown> {
    if (storage.type === "ephemeral") return compact({ type: "ephemeral", sizeLimit: storage.sizeLimit });
    const volumes = storage.volumes.map(({ size, class: storageClass }, id) =>
        compact({
            id,
            type: "persistent-claim",
            size,
            class: storageClass,
            deleteClaim: storage.deleteClaim,
            kraftMetadata: id === 0 ? "shared" : undefined,
        }),
    );
    return { type: "jbod", volumes };
}

/** The `spec` of a KafkaNodePool. A pool's pod template takes the place of the Kafka resource's, so the annotations stand here too. */
export function nodePoolSpec(pool: NodePool, exporter: boolean): Record<string, unknown> {
    const annotations = exporter ? { "prometheus.io/scrape": "true", "prometheus.io/port": String(metricsPort) } : {};
    const pod = compact({
        metadata: compact({ annotations }),
        affinity: pool.affinity,
        tolerations: pool.tolerations,
        topologySpreadConstraints: pool.topologySpreadConstraints,
    });
    return compact({
        replicas: pool.replicas,
        roles: [...pool.roles],
        storage: storageSpec(pool),
        resources: pool.resources,
        jvmOptions: compact({ "-Xms": pool.jvm.xms, "-Xmx": pool.jvm.xmx }),
        template: compact({ pod }),
    });
}
