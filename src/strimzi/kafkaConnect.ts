/** The KafkaConnect resource of a stack, for each Strimzi generation. Pure: plain data in, plain data out. */
import { volumeTypes, type ConnectSettings } from "../schema/connect";
import type { KafkaSettings } from "../schema/kafka";
import type { MetricsSettings } from "../schema/metrics";
import type { SecretsSettings } from "../schema/secrets";
import { compact } from "../util/data";
import { applyMergePatch } from "../util/mergePatch";
import {
    kafkaFilesProvider,
    kafkaFilesProviderConfig,
    kafkaSecretMounts,
    mskIamProperties,
    usesTls,
} from "./kafkaClient";
import { kubernetesProviderClass } from "./kubernetesSecrets";
import type { StrimziRelease } from "../release/releases";

/** Port of the workers' REST API. */
export const restPort = 8083;
/** Port on which the JMX exporter serves metrics. */
export const metricsPort = 9404;
/** Name of the ConfigMap that holds them. */
export const metricsConfigMapName = ({ name }: { name: string }): string => `${name}-metrics`;
/** Key of the ConfigMap that holds the JMX exporter's rules. */
export const metricsKey = "metrics-config.yml";

/**
 * Prefixes Strimzi refuses in `spec.config` because it sets them itself, and the few it takes all the same
 * (KafkaConnect reference, "spec.config"). It ignores a forbidden key with no more than a warning in its log.
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
    groupId: string;
    configStorageTopic: string;
    offsetStorageTopic: string;
    statusStorageTopic: string;
}

/** Group id and internal topics: as they are set, otherwise made of the cluster's name. */
export const storageOf = (connect: { name: string } & Partial<ConnectStorage>): ConnectStorage => ({
    groupId: connect.groupId ?? connect.name,
    configStorageTopic: connect.configStorageTopic ?? `${connect.name}-configs`,
    offsetStorageTopic: connect.offsetStorageTopic ?? `${connect.name}-offsets`,
    statusStorageTopic: connect.statusStorageTopic ?? `${connect.name}-status`,
});

const pluginClasses = {
    csid: "io.confluent.csid.config.provider.aws.SecretsManagerConfigProvider",
    msk: "com.amazonaws.kafka.config.providers.SecretsManagerConfigProvider",
} as const;

const providerClasses = {
    kubernetes: kubernetesProviderClass,
    file: "org.apache.kafka.common.config.provider.FileConfigProvider",
} as const;

type Config = Record<string, string | number | boolean>;

/** Class of the provider; `onImage` where the image has to bring it. */
export const secretsProvider = ({ provider, plugin }: SecretsSettings): { class: string; onImage: boolean } =>
    provider === "aws-secrets-manager"
        ? { class: pluginClasses[plugin], onImage: true }
        : { class: providerClasses[provider], onImage: false };

/** The declaration of the provider behind `${secretManager:SECRET:KEY}`. */
function secretsProviderConfig(secrets: SecretsSettings, region: string | undefined): Config {
    const prefix = `config.providers.${secrets.name}`;
    const config: Config = { [`${prefix}.class`]: secretsProvider(secrets).class };
    if (secrets.provider !== "aws-secrets-manager") return config;
    // without a region csid's worker dies at its start
    const where = secrets.region ?? region ?? "";
    // a secret that is not there would read as an empty text
    if (secrets.plugin === "msk")
        return { ...config, [`${prefix}.param.region`]: where, [`${prefix}.param.NotFoundStrategy`]: "fail" };
    return {
        ...config,
        [`${prefix}.param.aws.region`]: where,
        [`${prefix}.param.secret.prefix`]: secrets.prefix ?? "",
    };
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)];

/** Names of the config providers that `connect.config` declares beside the platform's. */
export const declaredProviders = ({ config }: Pick<ConnectSettings, "config">): string[] =>
    String(config["config.providers"] ?? "")
        .split(",")
        .map((name) => name.trim())
        .filter(Boolean);

/** What the platform and the user put into the worker's configuration. */
export function workerConfig(
    input: Pick<KafkaConnectInput, "connect" | "kafka" | "secrets" | "region" | "release" | "indexedPlugins">,
): Config {
    const { connect, kafka, secrets, release } = input;
    const providers = distinct([
        ...(secrets ? [secrets.name] : []),
        ...(kafkaSecretMounts(kafka).length > 0 ? [kafkaFilesProvider] : []),
        ...declaredProviders(connect),
    ]);
    const storage = storageOf(connect);
    const config: Config = {
        // with the index that the build has written, a worker is there in a third of the time (KIP-898)
        ...(input.indexedPlugins ? { "plugin.discovery": "service_load" } : {}),
        "config.storage.replication.factor": kafka.replicationFactor,
        "offset.storage.replication.factor": kafka.replicationFactor,
        "status.storage.replication.factor": kafka.replicationFactor,
        "key.converter": "org.apache.kafka.connect.json.JsonConverter",
        "value.converter": "org.apache.kafka.connect.json.JsonConverter",
        // connectors set the producer's batches and compression for themselves
        "connector.client.config.override.policy": "All",
        ...(connect.exactlyOnce ? { "exactly.once.source.support": "enabled" } : {}),
        ...(secrets ? secretsProviderConfig(secrets, input.region) : {}),
        ...kafkaFilesProviderConfig(kafka),
        ...connect.config,
        ...(providers.length > 0 ? { "config.providers": providers.join(",") } : {}),
    };
    if (release.storageFields === "config") {
        config["group.id"] = storage.groupId;
        config["config.storage.topic"] = storage.configStorageTopic;
        config["offset.storage.topic"] = storage.offsetStorageTopic;
        config["status.storage.topic"] = storage.statusStorageTopic;
    }
    return config;
}

function authenticationOf({ authentication: auth }: KafkaSettings): Record<string, unknown> | undefined {
    const { secretName } = auth;
    switch (auth.type) {
        case "none":
            return undefined;
        case "tls":
            return {
                type: "tls",
                certificateAndKey: { secretName, certificate: auth.certificateKey, key: auth.privateKeyKey },
            };
        case "aws-msk-iam":
            return { type: "custom", sasl: true, config: { ...mskIamProperties } };
        default:
            return {
                type: auth.type,
                username: auth.username,
                passwordSecret: { secretName, password: auth.passwordKey },
            };
    }
}

/** A volume of the stack file as the release's CRD takes it. */
export function podVolume(
    volume: ConnectSettings["volumes"][number],
    release: StrimziRelease,
): Record<string, unknown> {
    const type = volumeTypes.find((candidate) => volume[candidate] !== undefined)!;
    let source: unknown = volume[type];
    if (type === "emptyDir" && release.emptyDirSize === "object" && volume.emptyDir?.sizeLimit !== undefined) {
        const [, amount, format] = /^([0-9.]+)(.*)$/.exec(volume.emptyDir.sizeLimit) ?? [];
        source = { ...volume.emptyDir, sizeLimit: { amount, format } };
    }
    return { name: volume.name, [type]: source };
}

/** Everything a KafkaConnect is made of. `image`, `roleArn` and `checksum` may come from other resources. */
export interface KafkaConnectInput {
    release: StrimziRelease;
    kafkaVersion: string;
    connect: ConnectSettings;
    kafka: KafkaSettings;
    secrets?: SecretsSettings;
    metrics: Pick<MetricsSettings, "exporter">;
    region?: string;
    /** The image; Strimzi's own when absent. */
    image?: unknown;
    /** The role its service account assumes; none when absent. */
    roleArn?: unknown;
    /** Truststore on the image that the whole JVM uses; the JVM's own when absent. */
    truststore?: string;
    /** Whether every plugin of the image is found by an index: one that this program builds. Default: false. */
    indexedPlugins?: boolean;
    /** Name of the ConfigMap with the exporter's rules. */
    metricsConfigMap?: string;
}

/** The `spec` of the KafkaConnect: what the settings generate, with `connect.spec` merged over it. */
export const kafkaConnectSpec = (input: KafkaConnectInput): Record<string, unknown> =>
    applyMergePatch(generatedSpec(input), input.connect.spec ?? {});

/** The `spec` without `connect.spec`. */
export function generatedSpec(input: KafkaConnectInput): Record<string, unknown> {
    const { connect, kafka, release } = input;
    const storage = storageOf(connect);
    return compact({
        version: input.kafkaVersion,
        replicas: connect.replicas,
        bootstrapServers: kafka.bootstrapServers,
        ...(release.storageFields === "spec" ? storage : {}),
        image: input.image,
        // an empty list means TLS with the JVM's own certificates
        tls: usesTls(kafka)
            ? { trustedCertificates: (kafka.tls?.trustedCertificates ?? []).map(trustedCertificate) }
            : undefined,
        authentication: authenticationOf(kafka),
        config: workerConfig(input),
        resources: connect.resources,
        jvmOptions: compact({
            "-Xms": connect.jvm.xms,
            "-Xmx": connect.jvm.xmx,
            "-XX": connect.jvm.options,
            javaSystemProperties: systemProperties(input),
        }),
        logging: connect.logging,
        rack: connect.rack,
        metricsConfig: input.metricsConfigMap
            ? {
                  type: "jmxPrometheusExporter",
                  valueFrom: { configMapKeyRef: { name: input.metricsConfigMap, key: metricsKey } },
              }
            : undefined,
        template: template(input),
    });
}

/** A trusted certificate as Strimzi has it: one key of the Secret, or all that match a pattern. */
const trustedCertificate = ({
    secretName,
    certificate,
    pattern,
}: NonNullable<KafkaSettings["tls"]>["trustedCertificates"][number]): Record<string, string> =>
    pattern === undefined ? { secretName, certificate } : { secretName, pattern };

/** Properties of the JVM, the user's own over the platform's. */
function systemProperties({ connect, truststore }: KafkaConnectInput): { name: string; value: string }[] {
    // no password: it holds public certificates, and the JVM reads it without one
    const platform = truststore ? { "javax.net.ssl.trustStore": truststore } : {};
    return Object.entries({ ...platform, ...connect.jvm.systemProperties }).map(([name, value]) => ({ name, value }));
}

function template({ connect, kafka, metrics, release, roleArn }: KafkaConnectInput): Record<string, unknown> {
    const mounts = kafkaSecretMounts(kafka);
    const annotations = {
        ...(metrics.exporter ? { "prometheus.io/scrape": "true", "prometheus.io/port": String(metricsPort) } : {}),
        ...connect.annotations,
    };
    return compact({
        pod: compact({
            metadata: compact({ labels: connect.labels, annotations }),
            affinity: connect.affinity,
            tolerations: connect.tolerations,
            topologySpreadConstraints: connect.topologySpreadConstraints,
            priorityClassName: connect.priorityClassName,
            imagePullSecrets: connect.imagePullSecrets.map((name) => ({ name })),
            volumes: [
                ...connect.volumes.map((volume) => podVolume(volume, release)),
                ...mounts.map(({ name, secretName }) => ({ name, secret: { secretName } })),
            ],
        }),
        connectContainer: compact({
            env: connect.env.map((item) => compact(item)),
            volumeMounts: [
                ...connect.volumes.map(({ name, mountPath, readOnly }) => ({ name, mountPath, readOnly })),
                ...mounts.map(({ name, mountPath }) => ({ name, mountPath, readOnly: true })),
            ],
        }),
        serviceAccount:
            roleArn === undefined
                ? undefined
                : { metadata: { annotations: { "eks.amazonaws.com/role-arn": roleArn } } },
        podDisruptionBudget: { maxUnavailable: connect.maxUnavailable },
    });
}
