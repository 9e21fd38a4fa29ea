/** The facts of a Strimzi release. Changing `strimzi.version` changes what the platform renders through these facts alone. */
import { compareVersions } from "../util/compareVersions";
import { releaseTable } from "./releaseTable";

/** The facts of one Strimzi release that the platform depends on. */
export interface StrimziRelease {
    /** Version of the operator, its Helm chart and its images. */
    readonly version: string;
    /** Version whose CRDs the checks use: the release itself where its CRDs are in `crds/`, otherwise the nearest one. */
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
    /** Port of the bridge's health and metrics endpoints: a port for management since bridge 1.0, before it the API's port. */
    readonly bridgeManagementPort: number;
    /** Oldest Kubernetes version that the release supports, as the minor version: 30 for 1.30. */
    readonly oldestKubernetes: number;
    /**
     * Kubernetes minor version from which the operator fails to detect the Kubernetes version, so that it must be set: the
     * client library of 0.45.0 fails on the field `emulationMajor`, which Kubernetes 1.33 added. Absent in later releases.
     */
    readonly needsKubernetesVersionFrom?: number;
}

/** Default of `strimzi.version`. */
export const defaultStrimziVersion = "1.2.0";

/** Versions whose CRDs are in `crds/` and which the tests run, oldest first. */
export const strimziVersions: readonly string[] = ["0.45.0", "0.51.0", "1.2.0"];

/** Versions in the table, oldest first. */
export const knownStrimziVersions: readonly string[] = releaseTable.map(({ version }) => version);

/** Whether the checks use the CRDs of the release itself, and the stack can own them. */
export const hasOwnCrds = (release: StrimziRelease): boolean => release.crds === release.version;

/**
 * The facts of a version. A version that is not in the table has those of the nearest older one, so that a new release can be
 * used before this table knows it.
 *
 * @throws an Error for a version older than the table
 */
export function strimziRelease(version: string): StrimziRelease {
    const nearest = releaseTable.findLast((release) => compareVersions(release.version, version) <= 0);
    if (!nearest)
        throw new Error(`Strimzi ${version} is not supported; the oldest version is ${knownStrimziVersions[0]}`);
    return { ...nearest, version };
}

/** The Kafka version that a release runs by default. */
export function defaultKafkaVersion(release: StrimziRelease): string {
    return release.kafkaVersions[release.kafkaVersions.length - 1];
}

/** Strimzi's Kafka image of a release, which runs Kafka Connect and is the base of custom images. */
export function connectBaseImage(release: StrimziRelease, kafkaVersion: string): string {
    return `quay.io/strimzi/kafka:${release.version}-kafka-${kafkaVersion}`;
}
