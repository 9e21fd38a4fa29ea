/**
 * The Strimzi releases from 0.45.0 on, each with what changed since the release before it. Sources: Strimzi's
 * CHANGELOG.md, kafka-versions.yaml, bridge.version, the CRDs and KafkaConnectConfigurationBuilder of each tag.
 */

/** The facts of one Strimzi release that the platform depends on. */
export interface StrimziRelease {
    /** Version of the operator, its Helm chart and its images. */
    readonly version: string;
    /**
     * Version whose CRDs the checks use: the release itself where its CRDs are in `crds/`, otherwise the nearest one.
     */
    readonly crds: "0.45.0" | "0.51.0" | "1.2.0";
    /** API version of the Strimzi resources. Releases 0.49 to 0.51 serve both; `v1beta2` was removed in 1.0.0. */
    readonly apiVersion: "kafka.strimzi.io/v1beta2" | "kafka.strimzi.io/v1";
    /** Kafka versions that the operator runs, oldest first. The last one is the default. */
    readonly kafkaVersions: readonly string[];
    /** Where Connect's group id and storage topics are: fields of `spec` in v1, keys of `spec.config` in v1beta2. */
    readonly storageFields: "spec" | "config";
    /** How the size of an emptyDir is written: as an object of amount and format before 0.49, as a quantity since. */
    readonly emptyDirSize: "object" | "quantity";
    /** Whether clients support `authentication.type: custom`, which SASL mechanisms such as AWS_MSK_IAM need. */
    readonly customAuthentication: boolean;
    /** Whether a KafkaConnector can select a version of its plugin (`spec.version`; Kafka 4.1, KIP-891). */
    readonly pluginVersions: boolean;
    /** Config providers that the operator declares on every Connect worker, so that connectors can refer to them. */
    readonly configProviders: readonly string[];
    /** Whether a Kafka resource needs annotations for KRaft and node pools, which are the default since 0.48. */
    readonly kraftAnnotations: boolean;
    /** Version of the HTTP bridge that belongs to the release (its file `bridge.version`). */
    readonly bridgeVersion: string;
    /**
     * Port of the bridge's health and metrics endpoints: a port for management since bridge 1.0, before it the API's
     * port.
     */
    readonly bridgeManagementPort: number;
    /** Oldest Kubernetes version that the release supports, as the minor version: 30 for 1.30. */
    readonly oldestKubernetes: number;
    /**
     * Kubernetes minor version from which the operator fails to detect the Kubernetes version, so that it must be
     * set: the client library of 0.45.0 fails on the field `emulationMajor`, which Kubernetes 1.33 added. Absent in
     * later releases.
     */
    readonly needsKubernetesVersionFrom?: number;
}

const first: StrimziRelease = {
    version: "0.45.0",
    crds: "0.45.0",
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
    oldestKubernetes: 25,
    needsKubernetesVersionFrom: 33,
};

type Changes = Pick<StrimziRelease, "version"> & Partial<StrimziRelease>;

const later: readonly Changes[] = [
    {
        version: "0.45.1",
        kafkaVersions: ["3.8.0", "3.8.1", "3.9.0", "3.9.1"],
        bridgeVersion: "0.31.2",
        needsKubernetesVersionFrom: undefined,
    },
    { version: "0.45.2", kafkaVersions: ["3.8.0", "3.8.1", "3.9.0", "3.9.1", "3.9.2"] },
    // ZooKeeper and MirrorMaker 1 removed
    {
        version: "0.46.0",
        kafkaVersions: ["3.9.0", "4.0.0"],
        bridgeVersion: "0.32.0",
        configProviders: ["strimzienv", "strimzifile", "strimzidir"],
    },
    { version: "0.46.1" },
    {
        version: "0.47.0",
        kafkaVersions: ["3.9.0", "3.9.1", "4.0.0"],
        configProviders: ["strimzienv", "strimzifile", "strimzidir", "strimzisecrets"],
    },
    {
        version: "0.48.0",
        kafkaVersions: ["4.0.0", "4.1.0"],
        customAuthentication: true,
        kraftAnnotations: false,
        bridgeVersion: "0.33.1",
        oldestKubernetes: 27,
    },
    // API v1 added
    {
        version: "0.49.0",
        crds: "0.51.0",
        apiVersion: "kafka.strimzi.io/v1",
        kafkaVersions: ["4.0.0", "4.0.1", "4.1.0", "4.1.1"],
        storageFields: "spec",
        emptyDirSize: "quantity",
        pluginVersions: true,
    },
    { version: "0.49.1" },
    { version: "0.50.0" },
    { version: "0.50.1" },
    { version: "0.51.0", kafkaVersions: ["4.1.0", "4.1.1", "4.2.0"], oldestKubernetes: 30 },
    // API v1beta2 removed
    {
        version: "1.0.0",
        crds: "1.2.0",
        kafkaVersions: ["4.1.0", "4.1.1", "4.1.2", "4.2.0"],
        bridgeVersion: "1.0.0",
        bridgeManagementPort: 8081,
    },
    { version: "1.0.1" },
    { version: "1.1.0", kafkaVersions: ["4.2.0", "4.2.1", "4.3.0"] },
    { version: "1.2.0", kafkaVersions: ["4.2.0", "4.2.1", "4.3.0", "4.3.1"], bridgeVersion: "1.1.0" },
];

/** The complete facts of every release, oldest first. */
export const releaseTable: readonly StrimziRelease[] = later.reduce<StrimziRelease[]>(
    (releases, changes) => [...releases, { ...releases[releases.length - 1], ...changes }],
    [first],
);
