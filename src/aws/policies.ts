/** IAM and ECR policies as plain data. Each grants what is named and nothing beside it. */
import { partitionOf } from "../schema/awsRegions";

export interface PolicyStatement {
    Sid: string;
    Effect: "Allow";
    Action: string | string[];
    Resource?: string | string[];
    Principal?: Record<string, string | string[]>;
    Condition?: Record<string, Record<string, string | string[]>>;
}

export interface PolicyDocument {
    Version: "2012-10-17";
    Statement: PolicyStatement[];
}

/** A policy of these statements. */
export const document = (...statements: (PolicyStatement | undefined)[]): PolicyDocument => ({
    Version: "2012-10-17",
    Statement: statements.filter((statement): statement is PolicyStatement => statement !== undefined),
});

/** Characters that IAM allows for the inline policies of a role together. White space does not count. */
export const rolePolicyLimit = 10_240;

/** ARN of the IAM OIDC provider of an issuer. */
export const oidcProviderArn = (region: string, accountId: string, issuer: string): string =>
    `arn:${partitionOf(region)}:iam::${accountId}:oidc-provider/${issuer.replace(/^https:\/\//, "")}`;

/** ARN of an EKS cluster. */
export const clusterArn = (region: string, accountId: string, clusterName: string): string =>
    `arn:${partitionOf(region)}:eks:${region}:${accountId}:cluster/${clusterName}`;

/**
 * Trust of one service account of one cluster. Both conditions are exact: without `aud`, any token the cluster
 * issued for that account would do, and a pattern in `sub` would admit others.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export function irsaTrust(
    providerArn: string,
    issuer: string,
    namespace: string,
    serviceAccount: string,
): PolicyDocument {
    const host = issuer.replace(/^https:\/\//, "");
    return document({
        Sid: "ConnectServiceAccount",
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: providerArn },
        Condition: {
            StringEquals: {
                [`${host}:aud`]: "sts.amazonaws.com",
                [`${host}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
            },
        },
    });
}

/**
 * Trust of one service account of one cluster by EKS Pod Identity, which adds both and the cluster as tags of the
 * session.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export const podIdentityTrust = (eksCluster: string, namespace: string, serviceAccount: string): PolicyDocument =>
    document({
        Sid: "ConnectServiceAccount",
        Effect: "Allow",
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Principal: { Service: "pods.eks.amazonaws.com" },
        Condition: {
            StringEquals: {
                "aws:RequestTag/eks-cluster-arn": eksCluster,
                "aws:RequestTag/kubernetes-namespace": namespace,
                "aws:RequestTag/kubernetes-service-account": serviceAccount,
            },
        },
    });

/** Secrets of AWS Secrets Manager: all with a prefix, or some by their names. */
export type SecretNames = { readonly prefix: string } | { readonly names: readonly string[] };

/** Names of secrets as the end of ARNs, which have a dash and six characters after the name. */
function secretPatterns(secrets: SecretNames): string[] {
    if ("names" in secrets) return secrets.names.map((name) => `${name}-??????`);
    // `data-*` would also match the secret `data`
    return [secrets.prefix.endsWith("-") ? `${secrets.prefix}*-??????` : `${secrets.prefix}*`];
}

/** Reading of secrets, and decryption with the given keys by way of Secrets Manager only. */
export function secretsPolicy(
    region: string,
    accountId: string,
    secrets: SecretNames,
    kmsKeyArns: readonly string[],
): PolicyDocument {
    const arns = secretPatterns(secrets).map(
        (pattern) => `arn:${partitionOf(region)}:secretsmanager:${region}:${accountId}:secret:${pattern}`,
    );
    return document(
        {
            Sid: "ReadSecrets",
            Effect: "Allow",
            Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
            Resource: arns.length === 1 ? arns[0] : arns,
        },
        kmsKeyArns.length === 0
            ? undefined
            : {
                  Sid: "DecryptSecrets",
                  Effect: "Allow",
                  Action: "kms:Decrypt",
                  Resource: [...kmsKeyArns],
                  Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
              },
    );
}

/**
 * Policy of an ECR repository from which other accounts pull; their own roles need the same rights.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
 */
export const ecrPull = (partition: string, accountIds: readonly string[]): PolicyDocument =>
    document({
        Sid: "Pull",
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Principal: { AWS: accountIds.map((id) => `arn:${partition}:iam::${id}:root`) },
    });

/**
 * Keeps the newest tagged images. Untagged ones are not expired by number: Connect refers to an image by digest, and
 * one that lost its tag may be the one that runs.
 */
export function ecrLifecycle(keepImages: number): object {
    return {
        rules: [
            {
                rulePriority: 1,
                description: `keep the newest ${keepImages} tagged images`,
                selection: {
                    tagStatus: "tagged",
                    tagPatternList: ["*"],
                    countType: "imageCountMoreThan",
                    countNumber: keepImages,
                },
                action: { type: "expire" },
            },
        ],
    };
}
