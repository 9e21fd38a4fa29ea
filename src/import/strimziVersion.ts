/** Which Strimzi version an import is checked with. */
import { knownStrimziVersions, strimziRelease, strimziVersions } from "../release/releases";
import { ImportError } from "./source";

/** Whether a version's resources have an API version. `v1beta1` and older are read as `v1beta2`. */
const hasApi = (version: string, apiVersion: string): boolean =>
    strimziRelease(version).apiVersion.endsWith("/v1") === apiVersion.endsWith("/v1");

/**
 * The version that runs the source, as far as it shows: one whose resources have its API version and that runs its
 * Kafka version. Versions whose CRDs are carried come first, the newest of them before the others.
 *
 * @param given the version that the user names
 */
export function strimziVersionFor(
    apiVersion: string | undefined,
    kafkaVersion: string | undefined,
    given?: string,
): string {
    const newestFirst = (versions: readonly string[]) => [...versions].reverse();
    const candidates = [...newestFirst(strimziVersions), ...newestFirst(knownStrimziVersions)].filter(
        (version) => !apiVersion || hasApi(version, apiVersion),
    );
    if (given) {
        if (apiVersion && !hasApi(given, apiVersion))
            throw new ImportError(`--strimzi-version: Strimzi ${given} has no resources of ${apiVersion}.`);
        return given;
    }
    const runs = (version: string) => strimziRelease(version).kafkaVersions.includes(kafkaVersion ?? "");
    return candidates.find(runs) ?? candidates[0];
}
