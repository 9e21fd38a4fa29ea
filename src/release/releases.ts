/**
 * What differs between Strimzi releases, in one table. Every other file asks this one; moving a stack from one
 * release to another is a change of `strimzi.version` and nothing else.
 */

/** The facts of one Strimzi release that the platform depends on. */
export interface StrimziRelease {
    /** Version of the operator, its chart and its images. */
    readonly version: string;
    /** API version of every Strimzi resource. `v1beta2` was removed in 1.0.0 (Strimzi CHANGELOG). */
    readonly apiVersion: "kafka.strimzi.io/v1beta2" | "kafka.strimzi.io/v1";
    /** Kafka versions the operator runs, oldest first; the last is the default (kafka-versions.yaml). */
    readonly kafkaVersions: readonly string[];
    /** Whether group id and storage topics are fields of `spec` (v1) or keys of `spec.config` (v1beta2). */
    readonly storageFields: "spec" | "config";
    /** v1beta2 took an emptyDir's size as an object of amount and format; v1 takes a quantity. */
    readonly emptyDirSize: "object" | "quantity";
    /** Whether `authentication.type: custom` exists, which SASL mechanisms such as AWS_MSK_IAM need. */
    readonly customAuthentication: boolean;
    /** Whether a KafkaConnector can choose among versions of its plugin (`spec.version`; Kafka 4.1, KIP-891). */
    readonly pluginVersions: boolean;
    /** Config providers that the operator declares on every worker, so that connectors may refer to them. */
    readonly configProviders: readonly string[];
    /** Whether Kafka needs annotations for KRaft and node pools, which were a choice before 0.46. */
    readonly kraftAnnotations: boolean;
    /** Version of the HTTP bridge that the release ships (its `bridge.version`). */
    readonly bridgeVersion: string;
    /** Port on which the bridge tells its health and metrics: one of its own since bridge 1.0, the API's before. */
    readonly bridgeManagementPort: number;
    /**
     * Kubernetes minor version from which the operator must be told the version instead of asking: 0.45's client
     * fails on the `emulationMajor` field that Kubernetes 1.33 added. Absent where the operator copes.
     */
    readonly needsKubernetesVersionFrom?: number;
}

const releases: readonly StrimziRelease[] = [
    {
        version: "0.45.0",
        apiVersion: "kafka.strimzi.io/v1beta2",
        kafkaVersions: ["3.8.0", "3.8.1", "3.9.0"],
        storageFields: "config",
        emptyDirSize: "object",
        customAuthentication: false,
        pluginVersions: false,
        configProviders: [],
        kraftAnnotations: true,
        bridgeVersion: "0.31.1",
        bridgeManagementPort: 8080,
        needsKubernetesVersionFrom: 33,
    },
    {
        version: "1.2.0",
        apiVersion: "kafka.strimzi.io/v1",
        kafkaVersions: ["4.2.0", "4.2.1", "4.3.0", "4.3.1"],
        storageFields: "spec",
        emptyDirSize: "quantity",
        customAuthentication: true,
        pluginVersions: true,
        configProviders: ["strimzienv", "strimzifile", "strimzidir", "strimzisecrets"],
        kraftAnnotations: false,
        bridgeVersion: "1.1.0",
        bridgeManagementPort: 8081,
    },
];

/** The one place where the platform's default Strimzi version is pinned. */
export const defaultStrimziVersion = "1.2.0";

/** Versions this platform supports, oldest first: those whose CRDs it carries and its tests run. */
export const strimziVersions: readonly string[] = releases.map((release) => release.version);

/** The release of a supported version. */
export function strimziRelease(version: string): StrimziRelease {
    const release = releases.find((candidate) => candidate.version === version);
    if (!release) throw new Error(`Strimzi ${version} is not supported; supported: ${strimziVersions.join(", ")}`);
    return release;
}

/** The Kafka version a release runs when none is asked for. */
export function defaultKafkaVersion(release: StrimziRelease): string {
    return release.kafkaVersions[release.kafkaVersions.length - 1];
}

/** The image that the release runs Kafka Connect from, and that custom images start from. */
export function connectBaseImage(release: StrimziRelease, kafkaVersion: string): string {
    return `quay.io/strimzi/kafka:${release.version}-kafka-${kafkaVersion}`;
}
