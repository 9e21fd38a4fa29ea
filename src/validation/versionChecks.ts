/** What the stack's version of Strimzi can run, and how well the platform knows that version. */
import { hasOwnCrds, isKnownRelease, newestKnownVersion, strimziRelease } from "../release/releases";
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";

/** Errors about versions. For a version that is not in the table, its Kafka versions are not known and not checked. */
export function checkVersions({ strimzi, kafka }: ParsedSections): Issue[] {
    if (!strimzi) return [];
    const release = strimziRelease(strimzi.version);
    const issues: Issue[] = [];
    if (strimzi.kafkaVersion && isKnownRelease(release) && !release.kafkaVersions.includes(strimzi.kafkaVersion))
        issues.push(
            invalidValue(
                ["strimzi", "kafkaVersion"],
                strimzi.kafkaVersion,
                `a version that Strimzi ${release.version} supports (${release.kafkaVersions.join(", ")})`,
            ),
        );
    if (kafka?.authentication.type === "aws-msk-iam" && !release.customAuthentication)
        issues.push(
            issue(
                "KCP_UNSUPPORTED_BY_VERSION",
                ["kafka", "authentication", "type"],
                `Strimzi ${release.version} does not support aws-msk-iam; use another type or a newer strimzi.version`,
            ),
        );
    return issues;
}

/** Warnings about a version of Strimzi that the platform does not know, or whose CRDs it does not have. */
export function versionWarnings({ strimzi }: ParsedSections): Issue[] {
    if (!strimzi) return [];
    const release = strimziRelease(strimzi.version);
    if (hasOwnCrds(release)) return [];
    const treatment = isKnownRelease(release)
        ? "its CRDs are not part of the platform"
        : `it is not in the platform's table, which ends with ${newestKnownVersion}`;
    const crds = strimzi.crds ? " The Helm chart installs its CRDs, but never upgrades them." : "";
    return [
        issue(
            "KCP_UNVERIFIED_VERSION",
            ["strimzi", "version"],
            `Strimzi ${release.version} is not verified: ${treatment}. ` +
                `Fields are checked against the CRDs of ${release.crds}, with warnings instead of errors.${crds}`,
        ),
    ];
}
