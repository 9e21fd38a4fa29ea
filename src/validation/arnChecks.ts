/** ARNs and names of AWS against the stack's region, partition and account. */
import { awsRegions, partitionOf } from "../schema/awsRegions";
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import { tagValue, tagValueRule } from "../schema/primitives";
import type { ParsedSections } from "../schema/sections";
import { duplicates } from "../util/data";
import { suggestionFor } from "../util/nearest";

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
        // a topic of another account or region is reached where its own policy allows it
        {
            path: ["metrics", "notifications", "topicArn"],
            arn: metrics?.notifications?.topicArn,
            region: undefined,
            shared: true,
        },
        {
            path: ["metrics", "notifications", "criticalTopicArn"],
            arn: metrics?.notifications?.criticalTopicArn,
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
        if (parts.region !== "" && !awsRegions.includes(parts.region))
            return [
                invalidValue(path, arn, "an ARN of an AWS region", { reason: suggestionFor(parts.region, awsRegions) }),
            ];
        // the owner of AWS managed policies
        const isOfAws = parts.account === "aws";
        if (eks?.accountId && parts.account !== eks.accountId && !shared && !isOfAws)
            return [invalidValue(path, arn, `an ARN of the account ${eks.accountId} (eks.accountId)`)];
        return [];
    });
}

/** Forms of ids that AWS generates, and that a shortened or invented one does not have. */
const generatedIds: readonly { readonly arn: RegExp; readonly id: RegExp; readonly expected: string }[] = [
    {
        arn: /:kms:.*:key\//,
        id: /:key\/([0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}|mrk-[0-9a-f]{32})$/,
        expected: "an ARN that ends in the key's id, a UUID or mrk- and 32 digits",
    },
    {
        arn: /:kafka:.*:cluster\//,
        id: /:cluster\/[^/]+\/[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}-\w+$/,
        expected: "an ARN that ends in the cluster's id, a UUID and a number such as -7",
    },
    {
        arn: /:aps:.*:workspace\//,
        id: /:workspace\/ws-[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/,
        expected: "an ARN that ends in the workspace's id, ws- and a UUID",
    },
];

const idWarnings = (sections: ParsedSections): Issue[] =>
    arnsOf(sections).flatMap(({ path, arn }) =>
        generatedIds
            .filter((form) => form.arn.test(arn) && !form.id.test(arn))
            .map(({ expected }) => invalidValue(path, arn, expected)),
    );

/** Issuers of CI systems, which issue no tokens of pods. */
const ofCi = /^(token\.actions\.githubusercontent\.com|gitlab\.com)\b/;

/** The issuer of EKS, whose id has 32 digits. */
function issuerWarnings({ eks }: ParsedSections): Issue[] {
    const issuer = eks?.oidcIssuer ?? "";
    const provider = eks?.oidcProviderArn?.split(":oidc-provider/")[1] ?? "";
    if (ofCi.test(provider))
        return [
            invalidValue(["eks", "oidcProviderArn"], eks!.oidcProviderArn, "the ARN of the EKS cluster's provider", {
                reason: "this is the one of a CI system, which issues no tokens of pods",
            }),
        ];
    if (ofCi.test(issuer.replace(/^https:\/\//, "")))
        return [
            invalidValue(["eks", "oidcIssuer"], issuer, "the issuer of the EKS cluster", {
                reason: "this is the one of a CI system, which issues no tokens of pods",
            }),
        ];
    const [, host, id] = /^https:\/\/oidc\.eks\.([^/]+)\/id\/(.+)$/.exec(issuer) ?? [];
    const isChina = eks?.region?.startsWith("cn-");
    if (host?.includes("amazonaws.com") && isChina !== undefined && isChina !== host.endsWith(".cn"))
        return [
            invalidValue(
                ["eks", "oidcIssuer"],
                issuer,
                `an issuer of ${isChina ? "amazonaws.com.cn" : "amazonaws.com"}`,
            ),
        ];
    if (id === undefined || /^[0-9A-F]{32}$/.test(id)) return [];
    return [invalidValue(["eks", "oidcIssuer"], issuer, "an issuer that ends in 32 digits and letters from A to F")];
}

/** Ids that AWS would not generate, and keys and clusters of another account, which need a policy there. */
export const arnWarnings = (sections: ParsedSections): Issue[] => [
    ...idWarnings(sections),
    ...issuerWarnings(sections),
    ...otherAccounts(sections),
    ...contextWarnings(sections),
    ...accountWarnings(sections),
];

/** An account that no one has: the placeholder of examples. */
const accountWarnings = ({ eks }: ParsedSections): Issue[] =>
    eks?.accountId === "000000000000"
        ? [
              invalidValue(["eks", "accountId"], eks.accountId, "the id of an AWS account", {
                  reason: "this is a placeholder",
              }),
          ]
        : [];

/** A context that `aws eks update-kubeconfig` named after a cluster: its ARN. */
function contextWarnings({ eks }: ParsedSections): Issue[] {
    const [, region, account, name] =
        /^arn:aws[a-z-]*:eks:([a-z0-9-]+):(\d{12}):cluster\/(.+)$/.exec(eks?.context ?? "") ?? [];
    if (!eks || name === undefined) return [];
    const { clusterName = name, region: ofStack = region, accountId = account } = eks;
    return clusterName === name && ofStack === region && accountId === account
        ? []
        : [
              invalidValue(["eks", "context"], eks.context, `a context of the cluster ${clusterName}`, {
                  reason: `it is named after the cluster ${name} in ${region}, account ${account}`,
              }),
          ];
}

const otherAccounts = (sections: ParsedSections): Issue[] =>
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

/** The provider by itself: its ARN ends in the issuer without https://. */
function providerIssues({ eks }: ParsedSections): Issue[] {
    const given = eks?.oidcProviderArn;
    const issuer = given?.split(":oidc-provider/")[1];
    if (issuer === undefined) return [];
    const at = ["eks", "oidcProviderArn"];
    if (issuer.includes("://")) return [invalidValue(at, given, "an ARN that ends in the issuer without https://")];
    const [, region, id] = /^oidc\.eks\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?(\/id\/\w+)?$/.exec(issuer) ?? [];
    if (region === undefined) return [];
    if (id === undefined) return [invalidValue(at, given, "an ARN that ends in /id/ and the id of the issuer")];
    return eks?.region && region !== eks.region
        ? [invalidValue(at, given, `a provider of the region ${eks.region}`)]
        : [];
}

/** The issuer and the provider, which name the cluster's region and each other. */
export function checkOidc(sections: ParsedSections): Issue[] {
    const { eks } = sections;
    if (!eks?.oidcIssuer) return providerIssues(sections);
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

/** Subnets, security groups and keys that are named twice. */
export function checkDuplicateIds({ metrics, secrets }: ParsedSections): Issue[] {
    const lists: [SettingPath, readonly string[]][] = [
        [["metrics", "subnetIds"], metrics?.subnetIds ?? []],
        [["metrics", "securityGroupIds"], metrics?.securityGroupIds ?? []],
        [["secrets", "kmsKeyArns"], secrets?.kmsKeyArns ?? []],
    ];
    return lists.flatMap(([path, ids]) =>
        duplicates(ids).map((index) => issue("KCP_DUPLICATE_NAME", [...path, index], "the same id twice; remove one")),
    );
}

/** Tags of the platform. */
const ownTags = ["environment", "project"];

/** Tags that AWS allows for a resource, less those of the platform. */
const mostTags = 50 - ownTags.length;

/** Tags that the platform replaces, and names that IAM, which ignores case, takes for the same. */
function sameTags(tags: Readonly<Record<string, string>>): Issue[] {
    const names = Object.keys(tags);
    const at = (name: string) => ["eks", "tags", name];
    const replaced = names.filter((name) => ownTags.includes(name));
    const others = [...ownTags, ...names.filter((name) => !ownTags.includes(name))];
    return [
        ...replaced.map((name) => issue("KCP_UNUSED_SETTING", at(name), "unused: the platform sets this tag itself")),
        ...duplicates(others.map((name) => name.toLowerCase())).map((index) => {
            const first = others.find((name) => name.toLowerCase() === others[index].toLowerCase());
            const message = `is the same name as ${first}: IAM does not distinguish upper and lower case`;
            return issue("KCP_DUPLICATE_NAME", at(others[index]), message);
        }),
    ];
}

export function checkTags({ eks, environment }: ParsedSections): Issue[] {
    const isTag = environment === undefined || eks?.clusterName === undefined || tagValue.test(environment);
    const same = [
        ...(isTag ? [] : [invalidValue(["environment"], environment, `the value of a tag: ${tagValueRule}`)]),
        ...sameTags(eks?.tags ?? {}),
    ];
    const count = Object.keys(eks?.tags ?? {}).length;
    if (count <= mostTags) return same;
    return [
        ...same,
        invalidValue(["eks", "tags"], eks?.tags, `at most ${mostTags} tags`, {
            reason: "AWS allows 50 for each resource, and the platform sets environment and project",
        }),
    ];
}

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
