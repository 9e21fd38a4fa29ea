/** What AWS resources need to know: the EKS cluster, its region, and which secrets may be read. */
import type { ResolvedConnector } from "../connectors/template";
import { missingSetting, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";

/** Settings of the stack that create AWS resources or need an AWS role. */
export const awsUsers = ({
    image,
    secrets,
    metrics,
    kafka,
}: Pick<ParsedSections, "image" | "secrets" | "metrics" | "kafka">): string[] => [
    ...(image?.build?.registry === "ecr" ? ["image.build.registry"] : []),
    ...(secrets?.provider === "aws-secrets-manager" ? ["secrets"] : []),
    ...(metrics && metrics.workspace !== "none" ? ["metrics.workspace"] : []),
    ...(kafka?.authentication.type === "aws-msk-iam" ? ["kafka.authentication"] : []),
];

const descriptions = { clusterName: "the name of the EKS cluster", region: "an AWS region" } as const;

export function checkAws(sections: ParsedSections): Issue[] {
    const { eks, secrets } = sections;
    if (!eks) return [];
    const users = awsUsers(sections);
    const needed = users.length > 0 ? (["clusterName", "region"] as const) : [];
    const issues = needed
        .filter((key) => !eks[key])
        .map((key) => missingSetting(["eks", key], `${descriptions[key]}, because ${users.join(", ")} uses AWS`));
    if (users.length === 0 && eks.clusterName && !eks.region)
        issues.push(missingSetting(["eks", "region"], `${descriptions.region}, the one of eks.clusterName`));
    if (secrets?.provider === "aws-secrets-manager" && !secrets.prefix)
        issues.push(
            missingSetting(
                ["secrets", "prefix"],
                "a prefix of secret names: the workers may read only secrets with this prefix",
            ),
        );
    return issues;
}

/** MirrorMaker can log in as the workers' IAM role only where the stack creates that role. */
export function checkMskSources(connectors: readonly ResolvedConnector[], { eks, connect }: ParsedSections): Issue[] {
    const connector = connectors.find(({ mskClusterArn }) => mskClusterArn !== undefined);
    if (!connector || connect?.use) return [];
    return (["clusterName", "region"] as const)
        .filter((key) => !eks?.[key])
        .map((key) =>
            missingSetting(["eks", key], `${descriptions[key]}, because ${connector.declaredAt} logs in to MSK by IAM`),
        );
}
