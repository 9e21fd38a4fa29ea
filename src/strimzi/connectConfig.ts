/** The worker configuration of a Connect cluster. Pure. */
import type { StrimziRelease } from "../release/releases";
import type { ConnectSettings } from "../schema/connect";
import type { KafkaSettings } from "../schema/kafka";
import type { SecretsSettings } from "../schema/secrets";
import { kafkaFilesProvider, kafkaFilesProviderConfig, kafkaSecretMounts } from "./kafkaClient";
import { furtherProvidersConfig, secretsProviderConfig, type WorkerConfig } from "./secretsProvider";
import { listItems } from "../util/listItems";

/**
 * Prefixes that Strimzi does not accept in `spec.config`, because it sets the keys itself, and the exceptions
 * (KafkaConnect reference, "spec.config"). Strimzi ignores such a key with only a warning in its log.
 */
export const forbiddenConfig = {
    prefixes: [
        "ssl.",
        "sasl.",
        "security.",
        "listeners",
        "plugin.path",
        "rest.",
        "bootstrap.servers",
        "consumer.interceptor.classes",
        "producer.interceptor.classes",
        "prometheus.metrics.reporter.",
    ],
    storage: ["group.id", "config.storage.topic", "offset.storage.topic", "status.storage.topic"],
    allowed: ["ssl.endpoint.identification.algorithm", "ssl.cipher.suites", "ssl.protocol", "ssl.enabled.protocols"],
} as const;

/** Where a Connect cluster keeps its state. */
export interface ConnectStorage {
    /** Group id of the workers. */
    groupId: string;
    /** Topic of the connectors' configuration. */
    configStorageTopic: string;
    /** Topic of the source connectors' offsets. */
    offsetStorageTopic: string;
    /** Topic of the status of connectors and tasks. */
    statusStorageTopic: string;
}

/** Group id and internal topics: as they are set, otherwise derived from the cluster's name. */
export const storageOf = (connect: { name: string } & Partial<ConnectStorage>): ConnectStorage => ({
    groupId: connect.groupId ?? connect.name,
    configStorageTopic: connect.configStorageTopic ?? `${connect.name}-configs`,
    offsetStorageTopic: connect.offsetStorageTopic ?? `${connect.name}-offsets`,
    statusStorageTopic: connect.statusStorageTopic ?? `${connect.name}-status`,
});

/** The same as keys of `spec.config`, where the API v1beta2 has them. */
const storageConfig = (storage: ConnectStorage): WorkerConfig => ({
    "group.id": storage.groupId,
    "config.storage.topic": storage.configStorageTopic,
    "offset.storage.topic": storage.offsetStorageTopic,
    "status.storage.topic": storage.statusStorageTopic,
});

const distinct = (names: readonly string[]): string[] => [...new Set(names)];

/** Names of the config providers that `connect.config` declares, besides the platform's. */
export const declaredProviders = ({ config }: Pick<ConnectSettings, "config">): string[] =>
    listItems(config["config.providers"]);

/** What the worker configuration is made from. */
export interface WorkerConfigInput {
    /** Facts of the Strimzi version. */
    release: StrimziRelease;
    /** The section `connect`. */
    connect: ConnectSettings;
    /** The section `kafka`. */
    kafka: KafkaSettings;
    /** The section `secrets`. */
    secrets?: SecretsSettings;
    /** AWS region of the secrets, where `secrets.region` is not set. */
    region?: string;
    /** Whether the image has an index of every plugin, as images that this program builds have. Default: false. */
    indexedPlugins?: boolean;
}

/** The `config` of the KafkaConnect: the platform's, with `connect.config` over it. */
export function workerConfig(input: WorkerConfigInput): WorkerConfig {
    const { connect, kafka, secrets, release } = input;
    const providers = distinct([
        ...(secrets ? [secrets.name, ...secrets.further.map(({ name }) => name)] : []),
        ...(kafkaSecretMounts(kafka).length > 0 ? [kafkaFilesProvider] : []),
        ...declaredProviders(connect),
    ]);
    return {
        // with an index of the plugins a worker starts in a third of the time (KIP-898)
        ...(input.indexedPlugins ? { "plugin.discovery": "service_load" } : {}),
        "config.storage.replication.factor": kafka.replicationFactor,
        "offset.storage.replication.factor": kafka.replicationFactor,
        "status.storage.replication.factor": kafka.replicationFactor,
        "key.converter": "org.apache.kafka.connect.json.JsonConverter",
        "value.converter": "org.apache.kafka.connect.json.JsonConverter",
        // connectors set the batches and the compression of their producers
        "connector.client.config.override.policy": "All",
        ...(connect.exactlyOnce ? { "exactly.once.source.support": "enabled" } : {}),
        ...(secrets ? secretsProviderConfig(secrets, input.region) : {}),
        ...furtherProvidersConfig(secrets?.further ?? []),
        ...kafkaFilesProviderConfig(kafka),
        ...connect.config,
        ...(providers.length > 0 ? { "config.providers": providers.join(",") } : {}),
        ...(release.storageFields === "config" ? storageConfig(storageOf(connect)) : {}),
    };
}
