/** IAM and ECR policies as plain data. Each grants what is named and nothing beside it. */
import { partitionOf } from "../schema/awsRegions";

export interface PolicyStatement {
    Sid: string;
    Effect: "Allow";
    Action: string | string[];
    Resource?: string | string[];
    Principal?: Record<string, string>;
    Condition?: Record<string, Record<string, string | string[]>>;
}

export interface PolicyDocument {
    Version: "2012-10-17";
    Statement: PolicyStatement[];
}

const document = (...statements: (PolicyStatement | undefined)[]): PolicyDocument => ({
    Version: "2012-10-17",
    Statement: statements.filter((statement): statement is PolicyStatement => statement !== undefined),
});

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

/** Reading of the secrets under one prefix, and decryption with the given keys by way of Secrets Manager only. */
export function secretsPolicy(
    region: string,
    accountId: string,
    prefix: string,
    kmsKeyArns: readonly string[],
): PolicyDocument {
    // the ARN of a secret ends in a dash and six characters: `data-*` would also match the secret `data`
    const names = prefix.endsWith("-") ? `${prefix}*-??????` : `${prefix}*`;
    return document(
        {
            Sid: "ReadSecrets",
            Effect: "Allow",
            Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
            Resource: `arn:${partitionOf(region)}:secretsmanager:${region}:${accountId}:secret:${names}`,
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
 * What a Connect cluster does on an MSK cluster with IAM authentication: its group, its topics, transactions.
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/security_iam_service-with-iam.html
 */
export function mskPolicy(clusterArn: string): PolicyDocument {
    const of = (kind: string) => `${clusterArn.replace(":cluster/", `:${kind}/`)}/*`;
    return document(
        {
            Sid: "ConnectToCluster",
            Effect: "Allow",
            Action: ["kafka-cluster:Connect", "kafka-cluster:DescribeCluster", "kafka-cluster:WriteDataIdempotently"],
            Resource: clusterArn,
        },
        {
            Sid: "Topics",
            Effect: "Allow",
            Action: [
                "kafka-cluster:AlterTopic",
                "kafka-cluster:CreateTopic",
                "kafka-cluster:DescribeTopic",
                "kafka-cluster:DescribeTopicDynamicConfiguration",
                "kafka-cluster:ReadData",
                "kafka-cluster:WriteData",
            ],
            Resource: of("topic"),
        },
        {
            Sid: "Groups",
            Effect: "Allow",
            Action: ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"],
            Resource: of("group"),
        },
        {
            Sid: "Transactions",
            Effect: "Allow",
            Action: ["kafka-cluster:AlterTransactionalId", "kafka-cluster:DescribeTransactionalId"],
            Resource: of("transactional-id"),
        },
    );
}

/**
 * What MirrorMaker does on an MSK cluster that it reads as the workers' role: it reads topics and their configuration,
 * and the offsets of consumer groups.
 */
export function mskSourcePolicy(clusterArns: readonly string[]): PolicyDocument {
    const of = (kind: string) => clusterArns.map((arn) => `${arn.replace(":cluster/", `:${kind}/`)}/*`);
    return document(
        {
            Sid: "ConnectToSources",
            Effect: "Allow",
            Action: ["kafka-cluster:Connect", "kafka-cluster:DescribeCluster"],
            Resource: [...clusterArns],
        },
        {
            Sid: "ReadTopics",
            Effect: "Allow",
            Action: [
                "kafka-cluster:DescribeTopic",
                "kafka-cluster:DescribeTopicDynamicConfiguration",
                "kafka-cluster:ReadData",
            ],
            Resource: of("topic"),
        },
        { Sid: "ReadGroups", Effect: "Allow", Action: ["kafka-cluster:DescribeGroup"], Resource: of("group") },
    );
}

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
