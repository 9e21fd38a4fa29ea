/**
 * The IAM roles of stacks, evaluated as AWS does: what their workers may do, and what they may not. Every stack file
 * and example is covered, and what they do not show: MSK, EKS Pod Identity, and the rights of declared connectors only.
 */
import assert from "node:assert/strict";
import * as path from "node:path";
import type { PolicyDocument } from "../../src/aws/policies";
import { objectsOfKind, synth, type SynthResult } from "../../src/synth/synth";
import { readStack } from "../../src/stack/stackFile";
import { projectFolder } from "../../src/util/project";
import { admits, allows, simulator, trustsPods, type IamRequest } from "../support/iamSimulator";
import { eks, minimal, mysqlConnector, type Raw } from "../support/stacks";

const region = "ap-northeast-2";
const account = eks.accountId;
const msk = `arn:aws:kafka:${region}:${account}:cluster/data/1-2`;
const mskArn = (kind: string, name: string) => `${msk.replace(":cluster/", `:${kind}/`)}/${name}`;

interface Role {
    readonly ofAccount: string;
    readonly policies: readonly PolicyDocument[];
    readonly trust: PolicyDocument;
    readonly evaluation: SynthResult;
}

async function roleOf(raw: Raw, stack = "test"): Promise<Role> {
    const strimzi = { ...(raw.strimzi as Raw | undefined), crds: false };
    const evaluation = await synth(stack, { ...raw, strimzi });
    const ofType = (type: string) => evaluation.resources.filter((resource) => resource.type === type);
    const [role] = ofType("aws:iam/role:Role");
    return {
        ofAccount: (raw.eks as { accountId?: string }).accountId ?? account,
        policies: ofType("aws:iam/rolePolicy:RolePolicy").map(({ inputs }) => JSON.parse(inputs.policy as string)),
        trust: JSON.parse(role.inputs.assumeRolePolicy as string) as PolicyDocument,
        evaluation,
    };
}

/** A secret of AWS Secrets Manager, whose ARN ends in six characters. */
const secret = (name: string, place = `${region}:${account}`) =>
    `arn:aws:secretsmanager:${place}:secret:${name}-aB3dE6`;
const reads = (...arns: string[]): IamRequest[] =>
    arns.flatMap((resource) => [
        { action: "secretsmanager:GetSecretValue", resource },
        { action: "secretsmanager:DescribeSecret", resource },
    ]);
const writes = (resource: string): IamRequest[] =>
    ["PutSecretValue", "DeleteSecret", "UpdateSecret", "RotateSecret", "PutResourcePolicy"].map((action) => ({
        action: `secretsmanager:${action}`,
        resource,
    }));
const decrypt = (resource: string, service?: string, action = "kms:Decrypt"): IamRequest => ({
    action,
    resource,
    context: service ? { "kms:ViaService": service } : {},
});
const use = (kind: string, name: string, ...actions: string[]): IamRequest[] =>
    actions.map((action) => ({
        action: `kafka-cluster:${action}`,
        resource: kind === "cluster" ? name : mskArn(kind, name),
    }));

describe("the IAM role of the workers, as AWS evaluates it", function () {
    this.timeout(60_000);
    let using: NonNullable<Awaited<ReturnType<typeof simulator>>>;
    let probes = 0;

    before(async function () {
        const found = await simulator();
        if (!found) {
            console.log("    skipped: @cloud-copilot/iam-simulate is not installed (npm ci)");
            return this.skip();
        }
        using = found;
    });

    async function assertProbes(
        { ofAccount, policies }: Role,
        allowed: IamRequest[],
        denied: IamRequest[],
    ): Promise<void> {
        for (const [requests, expected] of [
            [allowed, true],
            [denied, false],
        ] as const)
            for (const request of requests) {
                probes += 1;
                assert.equal(await allows(using, ofAccount, policies, request), expected, JSON.stringify(request));
            }
    }

    const stacks: [name: string, stack: string, file?: string][] = [
        ["dev", "dev"],
        ["prod", "prod"],
        ["the example connect-on-eks", "example", "examples/connect-on-eks.yaml"],
        ["the example connectors-from-a-list", "example", "examples/connectors-from-a-list.yaml"],
    ];
    for (const [name, stack, file] of stacks)
        it(`of ${name} reads secrets with its prefix only, and decrypts only by way of Secrets Manager`, async () => {
            const raw = file ? readStack(stack, path.join(projectFolder, file)) : readStack(stack);
            const { prefix, kmsKeyArns = [] } = raw.secrets as { prefix: string; kmsKeyArns?: string[] };
            const { region: here, accountId } = raw.eks as { region: string; accountId?: string };
            const place = `${here}:${accountId ?? account}`;
            const keys = kmsKeyArns;
            const service = `secretsmanager.${here}.amazonaws.com`;
            const another = place.replace(here, "us-east-1");
            await assertProbes(
                await roleOf(raw, stack),
                [
                    ...reads(secret(`${prefix}orders`, place), secret(`${prefix}a/b`, place)),
                    ...keys.map((key) => decrypt(key, service)),
                ],
                [
                    ...reads(secret("orders", place), secret(`x${prefix}orders`, place)),
                    ...reads(secret(prefix.slice(0, -1), place), secret(`${prefix}orders`, another)),
                    ...reads(secret(`${prefix}orders`, `${here}:999999999999`)),
                    ...writes(secret(`${prefix}orders`, place)),
                    ...keys.map((key) => decrypt(key)),
                    ...keys.map((key) => decrypt(key, `s3.${here}.amazonaws.com`)),
                    ...keys.map((key) => decrypt(key, service, "kms:Encrypt")),
                    ...keys.map((key) => decrypt(`${key.slice(0, -1)}f`, service)),
                ],
            );
        });

    it("does not read the secret that is named like a prefix ending in a dash", () =>
        roleOf(minimal({ eks, secrets: { prefix: "data-" } })).then((role) =>
            assertProbes(role, reads(secret("data-orders")), reads(secret("data"), secret("database"))),
        ));

    const mirror = {
        connectorTemplate: "mirrorSourceConnector",
        source: { instance: "backend", topic: "EVENTS" },
    };
    const mskStack = (permissions: string): Raw => ({
        eks: { ...eks, permissions },
        kafka: { bootstrapServers: "b:9098", authentication: { type: "aws-msk-iam", clusterArn: msk } },
        secrets: { prefix: "data_" },
        connect: { name: "shop" },
        connectors: [mysqlConnector(), mirror],
    });

    it("uses every topic of its MSK cluster, and administers none", async () => {
        await assertProbes(
            await roleOf(mskStack("any-connector")),
            [
                ...use("cluster", msk, "Connect", "DescribeCluster", "WriteDataIdempotently"),
                ...use("topic", "any", "ReadData", "WriteData", "CreateTopic", "AlterTopicDynamicConfiguration"),
                ...use("group", "connect-any", "AlterGroup", "DescribeGroup"),
                ...use("transactional-id", "any", "AlterTransactionalId"),
            ],
            [
                ...use("cluster", msk, "AlterCluster", "AlterClusterDynamicConfiguration"),
                ...use("cluster", `${msk}3`, "Connect"),
                ...use("topic", "any", "DeleteTopic"),
                ...use("group", "any", "DeleteGroup"),
            ],
        );
    });

    it("alters the configuration of topics only where MirrorMaker does", async () => {
        const { connectors: _connectors, ...others } = mskStack("any-connector");
        await assertProbes(
            await roleOf(others),
            use("topic", "any", "AlterTopic"),
            use("topic", "any", "AlterTopicDynamicConfiguration"),
        );
    });

    it("of declared connectors uses only their secrets, topics and groups", async () => {
        const role = await roleOf(mskStack("declared-connectors"));
        const table = "instance2mysql-schema2-table2.schema2.table2";
        const history = objectsOfKind(role.evaluation, "KafkaConnector")
            .map(({ spec }) => spec.config["schema.history.internal.kafka.topic"] as string | undefined)
            .find((topic) => topic !== undefined)!;
        await assertProbes(
            role,
            [
                ...reads(secret("data_INSTANCE2"), secret("data_BACKEND")),
                ...use("cluster", msk, "Connect", "WriteDataIdempotently"),
                ...use("topic", table, "WriteData", "CreateTopic", "DescribeTopic"),
                ...use("topic", "shop-offsets", "ReadData", "WriteData"),
                ...use("topic", history, "ReadData", "WriteData", "DescribeTopicDynamicConfiguration"),
                ...use("topic", "backend.EVENTS", "WriteData", "AlterTopicDynamicConfiguration"),
                ...use("group", "shop", "AlterGroup", "DescribeGroup"),
            ],
            [
                ...reads(secret("data_INSTANCE"), secret("data_INSTANCE22"), secret("data_other")),
                ...use("topic", table, "ReadData", "AlterTopic", "DeleteTopic", "AlterTopicDynamicConfiguration"),
                ...use("topic", "other", "ReadData", "WriteData", "DescribeTopic", "CreateTopic"),
                ...use("topic", "shop-offsets-2", "WriteData"),
                ...use("topic", "shop-offsets", "DeleteTopic"),
                ...use("group", "connect-other", "AlterGroup", "DescribeGroup"),
                ...use("transactional-id", "connect-cluster-shop", "AlterTransactionalId"),
            ],
        );
    });

    it("of declared connectors has transactional ids with exactly-once only", async () => {
        const raw = mskStack("declared-connectors");
        await assertProbes(
            await roleOf({ ...raw, connect: { name: "shop", exactlyOnce: true } }),
            use("transactional-id", "connect-cluster-shop", "AlterTransactionalId", "DescribeTransactionalId"),
            use("transactional-id", "another", "AlterTransactionalId"),
        );
    });

    it("with EKS Pod Identity is assumed by one service account of one cluster", async () => {
        const { oidcIssuer: _oidcIssuer, ...cluster } = eks;
        const { trust } = await roleOf({
            ...mskStack("any-connector"),
            eks: { ...cluster, identity: "pod-identity" },
        });
        const context: Record<string, string> = {
            "aws:RequestTag/eks-cluster-arn": `arn:aws:eks:${region}:${account}:cluster/${eks.clusterName}`,
            "aws:RequestTag/kubernetes-namespace": "kafka-connect",
            "aws:RequestTag/kubernetes-service-account": "shop-connect",
        };
        assert.ok(await trustsPods(using, trust, context));
        for (const key of Object.keys(context)) {
            const { [key]: value, ...fewer } = context;
            probes += 2;
            assert.ok(!(await trustsPods(using, trust, { ...fewer, [key]: `${value}x` })), key);
            assert.ok(!(await trustsPods(using, trust, fewer)), key);
        }
    });

    it("lets the named accounts pull the image, and no other account, and nobody push it", async () => {
        const build = { repository: "data/connect", pullAccountIds: ["222222222222", "333333333333"] };
        const { evaluation } = await roleOf({ ...mskStack("any-connector"), image: { build } });
        const [policy] = evaluation.resources.filter(
            ({ type }) => type === "aws:ecr/repositoryPolicy:RepositoryPolicy",
        );
        const document = JSON.parse(policy.inputs.policy as string) as PolicyDocument;
        const resource = `arn:aws:ecr:${region}:${account}:repository/data/connect`;
        const actions = ["BatchCheckLayerAvailability", "BatchGetImage", "GetDownloadUrlForLayer"];
        for (const action of actions.map((name) => `ecr:${name}`)) {
            probes += 3;
            for (const id of build.pullAccountIds) assert.ok(await admits(using, document, id, { action, resource }));
            assert.ok(!(await admits(using, document, "444444444444", { action, resource })));
        }
        for (const action of ["ecr:PutImage", "ecr:BatchDeleteImage", "ecr:SetRepositoryPolicy"]) {
            probes += 1;
            assert.ok(!(await admits(using, document, "222222222222", { action, resource })), action);
        }
    });

    after(() => assert.ok(probes === 0 || probes >= 150, `${probes} probes, expected at least 150`));
});
