/** ARNs and names of AWS against the stack's region, partition and account. */
import { partitionOf } from "../schema/awsRegions";
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { duplicates } from "../util/data";

interface ArnSetting {
    readonly path: SettingPath;
    readonly arn: string;
    /** The region it has to be in; undefined for a global service. */
    readonly region: string | undefined;
    /** Whether it can be of another account. */
    readonly shared?: boolean;
}

function arnsOf({ eks, secrets, image, metrics, kafka }: ParsedSections): ArnSetting[] {
    const region = eks?.region;
    const given: (Omit<ArnSetting, "arn"> & { arn: string | undefined })[] = [
        { path: ["eks", "oidcProviderArn"], arn: eks?.oidcProviderArn, region: undefined },
        { path: ["eks", "permissionsBoundaryArn"], arn: eks?.permissionsBoundaryArn, region: undefined },
        { path: ["metrics", "workspaceArn"], arn: metrics?.workspaceArn, region },
        { path: ["image", "build", "kmsKeyArn"], arn: image?.build?.kmsKeyArn, region, shared: true },
        // a cluster of another account or region is reached through peering or private connectivity
        {
            path: ["kafka", "authentication", "clusterArn"],
            arn: kafka?.authentication.clusterArn,
            region: undefined,
            shared: true,
        },
        ...(secrets?.kmsKeyArns ?? []).map((arn, index) => ({
            path: ["secrets", "kmsKeyArns", index],
            arn,
            region: secrets?.region ?? region,
            shared: true,
        })),
    ];
    return given.flatMap((item) => (item.arn === undefined ? [] : [{ ...item, arn: item.arn }]));
}

/** Parts of an ARN: `arn:PARTITION:SERVICE:REGION:ACCOUNT:…`. */
const partsOf = (arn: string): { partition: string; region: string; account: string } => {
    const [, partition, , region, account] = arn.split(":");
    return { partition, region, account };
};

export function checkArns(sections: ParsedSections): Issue[] {
    const { eks } = sections;
    return arnsOf(sections).flatMap(({ path, arn, region, shared }): Issue[] => {
        const parts = partsOf(arn);
        const partition = eks?.region && partitionOf(eks.region);
        if (partition && parts.partition !== partition)
            return [invalidValue(path, arn, `an ARN of the partition ${partition}, that of eks.region`)];
        if (region && parts.region !== region) return [invalidValue(path, arn, `an ARN of the region ${region}`)];
        if (eks?.accountId && parts.account !== eks.accountId && !shared)
            return [invalidValue(path, arn, `an ARN of the account ${eks.accountId} (eks.accountId)`)];
        return [];
    });
}

/** Keys and clusters of another account: they work only with a policy there. */
export const arnWarnings = (sections: ParsedSections): Issue[] =>
    arnsOf(sections)
        .filter(({ arn, shared }) => {
            const { accountId } = sections.eks ?? {};
            return shared === true && accountId !== undefined && partsOf(arn).account !== accountId;
        })
        .map(({ path, arn }) =>
            issue(
                "KCP_OTHER_ACCOUNT",
                path,
                `of the account ${partsOf(arn).account}, while eks.accountId is ${sections.eks!.accountId}: ` +
                    "it works only if its own policy grants access",
            ),
        );

/** The issuer and the provider, which name the cluster's region and each other. */
export function checkOidc({ eks }: ParsedSections): Issue[] {
    if (!eks?.oidcIssuer) return [];
    const issues: Issue[] = [];
    const region = /^https:\/\/oidc\.eks\.([a-z0-9-]+)\./.exec(eks.oidcIssuer)?.[1];
    if (region && eks.region && region !== eks.region)
        issues.push(invalidValue(["eks", "oidcIssuer"], eks.oidcIssuer, `an issuer of the region ${eks.region}`));
    const provider = eks.oidcProviderArn?.split(":oidc-provider/")[1];
    if (provider && provider !== eks.oidcIssuer.replace(/^https:\/\//, ""))
        issues.push(
            invalidValue(["eks", "oidcProviderArn"], eks.oidcProviderArn, "the ARN of the provider of eks.oidcIssuer"),
        );
    return issues;
}

/** Subnets and security groups that are named twice. */
export const checkDuplicateIds = ({ metrics }: ParsedSections): Issue[] =>
    (["subnetIds", "securityGroupIds"] as const).flatMap((key) =>
        duplicates(metrics?.[key] ?? []).map((index) =>
            issue("KCP_DUPLICATE_NAME", ["metrics", key, index], "the same id twice; remove one"),
        ),
    );

/** Length that IAM allows for a role's name, less what is added to connect.name. */
const longestRoleName = 64 - "-access-role-0123456".length;

/** The name of the workers' role, which Pulumi makes from connect.name. */
export function checkRoleName({ connect, secrets, kafka }: ParsedSections): Issue[] {
    const hasRole = secrets?.provider === "aws-secrets-manager" || kafka?.authentication.clusterArn !== undefined;
    if (!connect?.install || !hasRole || connect.name.length <= longestRoleName) return [];
    return [
        invalidValue(["connect", "name"], connect.name, `at most ${longestRoleName} characters`, {
            reason: "the name of the IAM role is made from it, and IAM allows 64",
        }),
    ];
}

/** Ports at which MSK accepts a login by IAM: within the VPC, over the internet, and by way of PrivateLink. */
const isIamPort = (port: number): boolean => port === 9098 || port === 9198 || port >= 14_001;

/** Addresses of MSK brokers against the type of the login and the cluster's region. */
export function checkMskAddresses({ kafka }: ParsedSections): Issue[] {
    if (!kafka) return [];
    const { authentication, bootstrapServers } = kafka;
    const path = ["kafka", "bootstrapServers"];
    const region = authentication.clusterArn?.split(":")[3];
    return String(bootstrapServers ?? "")
        .split(",")
        .flatMap((server): Issue[] => {
            const [, brokerRegion, port] =
                /\.kafka(?:-serverless)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?:(\d+)$/.exec(server.trim()) ?? [];
            if (port === undefined) return [];
            if (authentication.type === "aws-msk-iam" && !isIamPort(Number(port)))
                return [invalidValue(path, server, "the port 9098, at which MSK accepts a login by IAM")];
            if (authentication.type !== "aws-msk-iam" && ["9098", "9198"].includes(port))
                return [
                    invalidValue(path, server, "another port", {
                        reason: "at this one MSK accepts only kafka.authentication.type aws-msk-iam",
                    }),
                ];
            return region && region !== brokerRegion
                ? [invalidValue(path, server, `brokers of the region ${region}, that of clusterArn`)]
                : [];
        });
}
