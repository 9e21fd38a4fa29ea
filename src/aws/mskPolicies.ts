/** Rights on an MSK cluster with IAM authentication, as plain data. */
import type { Acl } from "../schema/kafkaAccess";
import { document, type PolicyDocument, type PolicyStatement } from "./policies";

type Kind = "topic" | "group" | "transactional-id";

/** ARN of a topic, group or transactional id of an MSK cluster; a name can end in `*`. */
const arnOf = (clusterArn: string, kind: Kind, name: string): string =>
    `${clusterArn.replace(":cluster/", `:${kind}/`)}/${name}`;

const connectStatement = (clusterArn: string): PolicyStatement => ({
    Sid: "ConnectToCluster",
    Effect: "Allow",
    Action: ["kafka-cluster:Connect", "kafka-cluster:DescribeCluster", "kafka-cluster:WriteDataIdempotently"],
    Resource: clusterArn,
});

/**
 * What a Connect cluster does on an MSK cluster: its group, its topics, transactions.
 *
 * @param synchronizesTopics whether MirrorMaker copies the configuration of topics
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_apachekafkaapisforamazonmskclusters.html
 */
export const mskPolicy = (clusterArn: string, synchronizesTopics = false): PolicyDocument =>
    document(
        connectStatement(clusterArn),
        {
            Sid: "Topics",
            Effect: "Allow",
            Action: [
                "kafka-cluster:AlterTopic",
                ...(synchronizesTopics ? ["kafka-cluster:AlterTopicDynamicConfiguration"] : []),
                "kafka-cluster:CreateTopic",
                "kafka-cluster:DescribeTopic",
                "kafka-cluster:DescribeTopicDynamicConfiguration",
                "kafka-cluster:ReadData",
                "kafka-cluster:WriteData",
            ],
            Resource: arnOf(clusterArn, "topic", "*"),
        },
        {
            Sid: "Groups",
            Effect: "Allow",
            Action: ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"],
            Resource: arnOf(clusterArn, "group", "*"),
        },
        {
            Sid: "Transactions",
            Effect: "Allow",
            Action: ["kafka-cluster:AlterTransactionalId", "kafka-cluster:DescribeTransactionalId"],
            Resource: arnOf(clusterArn, "transactional-id", "*"),
        },
    );

/**
 * What MirrorMaker does on an MSK cluster that it reads as the workers' role: it reads topics and their configuration,
 * and the offsets of consumer groups.
 */
export function mskSourcePolicy(clusterArns: readonly string[]): PolicyDocument {
    const of = (kind: Kind) => clusterArns.map((arn) => arnOf(arn, kind, "*"));
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

const kinds: Partial<Record<Acl["resource"], Kind>> = {
    topic: "topic",
    group: "group",
    transactionalId: "transactional-id",
};

/** Actions of MSK for the operations of Kafka that Connect needs. */
const actions: Record<Kind, Partial<Record<Acl["operations"][number], string>>> = {
    topic: {
        Alter: "AlterTopic",
        AlterConfigs: "AlterTopicDynamicConfiguration",
        Create: "CreateTopic",
        Describe: "DescribeTopic",
        DescribeConfigs: "DescribeTopicDynamicConfiguration",
        Read: "ReadData",
        Write: "WriteData",
    },
    group: { Describe: "DescribeGroup", Read: "AlterGroup" },
    "transactional-id": { Describe: "DescribeTransactionalId", Write: "AlterTransactionalId" },
};

/** The actions of each resource, as one comma-separated string. */
function actionsByArn(clusterArn: string, acls: readonly Acl[]): Map<string, string> {
    const found = new Map<string, Set<string>>();
    for (const { resource, name, operations } of acls) {
        const kind = kinds[resource];
        if (!kind || name === undefined) continue;
        const arn = arnOf(clusterArn, kind, name);
        const granted = found.get(arn) ?? new Set();
        for (const operation of operations) {
            const action = actions[kind][operation];
            if (action) granted.add(`kafka-cluster:${action}`);
        }
        found.set(arn, granted);
    }
    return new Map([...found].map(([arn, granted]) => [arn, [...granted].sort().join(",")]));
}

/** The rights of ACLs on an MSK cluster: one statement for the resources that may be used in the same way. */
export function mskPolicyOf(clusterArn: string, acls: readonly Acl[]): PolicyDocument {
    const byActions = new Map<string, string[]>();
    for (const [arn, granted] of actionsByArn(clusterArn, acls))
        byActions.set(granted, [...(byActions.get(granted) ?? []), arn]);
    const statements = [...byActions].sort().map(([granted, arns], index): PolicyStatement => ({
        Sid: `Use${index + 1}`,
        Effect: "Allow",
        Action: granted.split(","),
        Resource: arns.sort(),
    }));
    return document(connectStatement(clusterArn), ...statements);
}
