/**
 * The facts of a Strimzi release. Changing `strimzi.version` changes what the platform renders through these facts
 * alone.
 */
import { compareVersions } from "../util/compareVersions";
import { releaseTable, type StrimziRelease } from "./releaseTable";

export type { StrimziRelease } from "./releaseTable";

/** Default of `strimzi.version`. */
export const defaultStrimziVersion = "1.2.0";

/** Versions whose CRDs are in `crds/` and which the tests run, oldest first. */
export const strimziVersions: readonly string[] = ["0.45.0", "0.51.0", "1.2.0"];

/** Versions in the table, oldest first. */
export const knownStrimziVersions: readonly string[] = releaseTable.map(({ version }) => version);

/** The newest version in the table. */
export const newestKnownVersion = knownStrimziVersions[knownStrimziVersions.length - 1];

/** Whether the table has the version; otherwise its facts are those of the nearest older version. */
export const isKnownRelease = ({ version }: StrimziRelease): boolean => knownStrimziVersions.includes(version);

/** Whether the checks use the CRDs of the release itself, and the stack can own them. */
export const hasOwnCrds = (release: StrimziRelease): boolean => release.crds === release.version;

/**
 * The facts of a version. A version that is not in the table has those of the nearest older one, so that a new
 * release can be used before this table knows it.
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

/** The Kafka version of a stack: as it is written, or the one that its release runs by default. */
export const kafkaVersionOf = ({ version, kafkaVersion }: { version: string; kafkaVersion?: string }): string =>
    kafkaVersion ?? defaultKafkaVersion(strimziRelease(version));

/** Strimzi's Kafka image of a release, which runs Kafka Connect and is the base of custom images. */
export function connectBaseImage(release: StrimziRelease, kafkaVersion: string): string {
    return `quay.io/strimzi/kafka:${release.version}-kafka-${kafkaVersion}`;
}
