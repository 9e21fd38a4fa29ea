/** The configuration of the brokers of the Kafka cluster in the stack. Pure. */
import type { KafkaClusterSettings } from "../schema/kafkaCluster";
import { brokersOf } from "./kafkaNodePool";

/**
 * Prefixes that Strimzi does not accept in the brokers' `config`, because it sets the keys itself, and the exceptions
 * (KafkaClusterSpec.FORBIDDEN_PREFIXES). Strimzi ignores such a key with only a warning in its log.
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

/** Replication factor of topics that do not set one. */
export const replicationOf = (cluster: KafkaClusterSettings): number =>
    cluster.replicationFactor ?? Math.min(3, brokersOf(cluster));

const hasShareGroups = (kafkaVersion: string): boolean => Number(kafkaVersion.split(".")[0]) >= 4;

/**
 * The configuration of every broker. Replication is as high as the number of brokers allows, with one broker less in
 * sync, so that one can restart; `kafkaCluster.config` overrides it.
 */
export function brokerConfig(
    cluster: KafkaClusterSettings,
    kafkaVersion: string,
): Record<string, string | number | boolean> {
    const replicas = replicationOf(cluster);
    const inSync = Math.max(1, replicas - 1);
    const shareGroups = {
        "share.coordinator.state.topic.replication.factor": replicas,
        "share.coordinator.state.topic.min.isr": inSync,
    };
    return {
        "default.replication.factor": replicas,
        "min.insync.replicas": inSync,
        "offsets.topic.replication.factor": replicas,
        "transaction.state.log.replication.factor": replicas,
        "transaction.state.log.min.isr": inSync,
        ...(hasShareGroups(kafkaVersion) ? shareGroups : {}),
        // Connect creates its topics itself; for other clients, a misspelt topic should be an error and not a new topic
        "auto.create.topics.enable": false,
        ...cluster.config,
    };
}
