/** What the stack's version of Strimzi can run. */
import { strimziRelease } from "../release/releases";
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";

export function checkVersions({ strimzi, kafka }: ParsedSections): Issue[] {
    if (!strimzi) return [];
    const release = strimziRelease(strimzi.version);
    const issues: Issue[] = [];
    if (strimzi.kafkaVersion && !release.kafkaVersions.includes(strimzi.kafkaVersion))
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
