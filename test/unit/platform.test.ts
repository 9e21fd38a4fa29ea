import assert from "node:assert/strict";
import type { SynthResult } from "../../src/synth/synth";
import { objectsOfKind, onlyOfKind } from "../../src/synth/synth";
import { strimziVersions } from "../../src/release/releases";
import {
    assertIssues,
    eks,
    evaluated,
    evaluatedWhole,
    minimal,
    postgresConnector,
    stackFile,
    withConnectors,
    type Raw,
} from "../support/stacks";

const types = (evaluation: SynthResult): string[] =>
    [...new Set(evaluation.resources.filter(({ custom }) => custom).map(({ type }) => type))].sort();
const ofType = (evaluation: SynthResult, type: string) =>
    evaluation.resources.filter((resource) => resource.type === type);
const connectOf = (evaluation: SynthResult) => onlyOfKind(evaluation, "KafkaConnect");

describe("the platform", () => {
    it("of a minimal stack contains the operator, its CRDs and a Connect cluster, and no AWS or Docker resources", async () => {
        const evaluation = await evaluatedWhole(minimal());
        assert.deepEqual(types(evaluation), [
            "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
            "kubernetes:core/v1:ConfigMap",
            "kubernetes:core/v1:Namespace",
            "kubernetes:helm.sh/v3:Release",
            "kubernetes:kafka.strimzi.io/v1:KafkaConnect",
            "pulumi:providers:kubernetes",
        ]);
        const { spec } = connectOf(evaluation);
        for (const absent of ["image", "authentication", "tls"]) assert.equal(spec[absent], undefined, absent);
        for (const absent of ["serviceAccount", "connectContainer"])
            assert.equal(spec.template[absent], undefined, absent);
        assert.equal(spec.config["config.providers"], undefined);
        assert.equal(evaluation.outputs.roleArn, undefined);
        assert.equal(evaluation.outputs.imageDigest, undefined);
    });

    it("of every stack file contains its connectors, their Connect cluster, and outputs for other teams", async () => {
        for (const stack of ["local", "dev", "prod"]) {
            const connectors = (stackFile(stack).connectors as unknown[]).length;
            const evaluation = await evaluatedWhole(stackFile(stack), stack);
            assert.equal(objectsOfKind(evaluation, "KafkaConnector").length, connectors);
            assert.equal(evaluation.outputs.connectClusterName, "data-kafka-connect-cluster");
            assert.equal((evaluation.outputs.connectors as unknown[]).length, connectors);
            assert.doesNotMatch(JSON.stringify(evaluation.outputs), /undefined|\[object/);
        }
    });

    it("orders CRDs, operator, Connect cluster and connectors", async () => {
        const evaluation = await evaluatedWhole(stackFile("dev"), "dev");
        const dependenciesOf = (type: string) =>
            ofType(evaluation, type).map(({ dependencies }) => dependencies.join("\n"));
        const [release] = dependenciesOf("kubernetes:helm.sh/v3:Release");
        assert.match(release, /CustomResourceDefinition::kafkaconnects\.kafka\.strimzi\.io/);
        assert.match(release, /Namespace::kafka-connect/);
        assert.match(
            dependenciesOf("kubernetes:kafka.strimzi.io/v1:KafkaConnect")[0],
            /Release::strimzi-operator-release/,
        );
        for (const connector of dependenciesOf("kubernetes:kafka.strimzi.io/v1:KafkaConnector"))
            assert.match(connector, /KafkaConnect::data-kafka-connect-cluster/);
    });

    it("names the resources of each component after the component, and makes them its children", async () => {
        const evaluation = await evaluated(stackFile("prod"), "prod");
        const parents = new Map(evaluation.resources.map(({ urn, name, custom }) => [urn, { name, custom }]));
        for (const resource of evaluation.resources.filter(
            ({ custom, type }) => custom && type !== "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
        )) {
            const parent = parents.get(resource.parent);
            if (parent && !parent.custom && resource.parent.includes("kafka-connect-platform:index:"))
                assert.ok(resource.name.startsWith(parent.name), `${resource.name} under ${parent.name}`);
        }
    });

    it("protects and retains only stateful resources, and only if the stack sets `protect`", async () => {
        const guarded = (evaluation: SynthResult) =>
            evaluation.resources.filter(({ protect }) => protect).map(({ type }) => type);
        assert.deepEqual(guarded(await evaluatedWhole(stackFile("dev"), "dev")), []);
        const inProd = guarded(await evaluatedWhole(stackFile("prod"), "prod"));
        for (const type of [
            "aws:ecr/repository:Repository",
            "aws:amp/workspace:Workspace",
            "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
        ])
            assert.ok(inProd.includes(type), type);
        assert.ok(!inProd.includes("kubernetes:kafka.strimzi.io/v1:KafkaConnect"));
    });

    it("retains the CRDs when the stack is destroyed, whatever `protect` is", async () => {
        const crds = ofType(
            await evaluatedWhole(minimal()),
            "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
        );
        assert.ok(crds.length >= 10 && crds.every(({ retainOnDelete }) => retainOnDelete));
    });

    it("calls no AWS data source if the stack file contains every value", async () => {
        const answered = JSON.stringify(
            (await evaluated(stackFile("prod"), "prod")).resources.map(({ inputs }) => inputs),
        );
        assert.doesNotMatch(answered, /<account id>|<cluster /);
    });

    it("refuses credentials of another account, and creates nothing in Kubernetes before it knows the account", async () => {
        const evaluation = await evaluated(minimal({ eks, secrets: { prefix: "data_" } }));
        const [aws] = ofType(evaluation, "pulumi:providers:aws");
        assert.equal(aws.inputs.allowedAccountIds, JSON.stringify([eks.accountId]));
        assert.equal(aws.inputs.skipRequestingAccountId, undefined);
        for (const kubernetes of ofType(evaluation, "pulumi:providers:kubernetes"))
            assert.deepEqual(kubernetes.dependencies, [aws.urn]);
    });

    it("has an AWS provider, which requires credentials, only where something uses AWS", async () => {
        const providersOf = async (more: Raw) => ofType(await evaluated(minimal(more)), "pulumi:providers:aws").length;
        const named = { ...eks, context: "data" };
        assert.equal(await providersOf({ eks: named, secrets: { provider: "file" } }), 0);
        assert.equal(await providersOf({ eks: named, secrets: { prefix: "data_" } }), 1);
        assert.equal(await providersOf({ eks, secrets: { provider: "file" } }), 1);
    });

    it("creates nothing that the stack file leaves to other stacks", async () => {
        const evaluation = await evaluated(
            minimal({
                strimzi: { install: false, crds: false, createNamespace: false },
                connect: { createNamespace: false },
                metrics: { exporter: false },
            }),
        );
        assert.deepEqual(
            types(evaluation).filter((type) => type.startsWith("kubernetes:")),
            ["kubernetes:kafka.strimzi.io/v1:KafkaConnect"],
        );
        const { spec } = connectOf(evaluation);
        assert.equal(spec.metricsConfig, undefined);
        assert.equal(spec.template.pod, undefined);
    });

    it("disables the provider's await logic for Strimzi's resources, which the program awaits itself", async () => {
        for (const wait of [true, false]) {
            const evaluation = await evaluated({ ...withConnectors(postgresConnector()), connect: { wait } });
            for (const { metadata } of [connectOf(evaluation), onlyOfKind(evaluation, "KafkaConnector")])
                assert.equal(metadata.annotations?.["pulumi.com/skipAwait"], "true");
        }
    });
});

describe("the Connect cluster", () => {
    it("reads secrets through the config provider of the stack, with the IAM role of its service account", async () => {
        const evaluation = await evaluated(minimal({ eks, secrets: { prefix: "data_kafka_connect_" } }));
        const { spec } = connectOf(evaluation);
        assert.equal(spec.config["config.providers"], "secretManager");
        assert.equal(
            spec.config["config.providers.secretManager.class"],
            "io.confluent.csid.config.provider.aws.SecretsManagerConfigProvider",
        );
        assert.equal(spec.config["config.providers.secretManager.param.aws.region"], "ap-northeast-2");
        assert.equal(spec.config["config.providers.secretManager.param.secret.prefix"], "data_kafka_connect_");
        // under metadata.annotations: beside it, where examples in circulation have it, Kubernetes drops it
        assert.deepEqual(spec.template.serviceAccount, {
            metadata: { annotations: { "eks.amazonaws.com/role-arn": "<data-kafka-connect-cluster-access-role.arn>" } },
        });
    });

    it("trusts the image's truststore if it has one, unless the user's JVM properties set another", async () => {
        const properties = async (raw: Raw) => connectOf(await evaluated(raw)).spec.jvmOptions?.javaSystemProperties;
        const build = { registry: "localhost:5000/x" };
        const trust = { name: "javax.net.ssl.trustStore", value: "/opt/kafka/custom-truststore.jks" };
        assert.deepEqual((await properties(minimal({ image: { build } })))[0], trust);
        assert.equal(await properties(minimal()), undefined);
        const own = await properties(
            minimal({
                image: { build },
                connect: { jvm: { systemProperties: { "javax.net.ssl.trustStore": "/mnt/own.jks" } } },
            }),
        );
        assert.equal(own[0].value, "/mnt/own.jks");
    });

    it("exports metrics with the exporter's rules in a ConfigMap", async () => {
        const evaluation = await evaluated(minimal());
        const { spec } = connectOf(evaluation);
        // all three keys under metricsConfig, where a wrong indentation puts them beside it
        assert.deepEqual(spec.metricsConfig, {
            type: "jmxPrometheusExporter",
            valueFrom: { configMapKeyRef: { name: "data-kafka-connect-cluster-metrics", key: "metrics-config.yml" } },
        });
        assert.deepEqual(spec.template.pod.metadata.annotations, {
            "prometheus.io/scrape": "true",
            "prometheus.io/port": "9404",
        });
        assert.match(onlyOfKind(evaluation, "ConfigMap").data!["metrics-config.yml"], /kafka_connect_worker/);
    });

    it("allows access to its REST API from the namespaces in the stack file, and creates no NetworkPolicy without any", async () => {
        const evaluation = await evaluated(
            minimal({
                connect: {
                    allowFrom: [{ namespace: "redpanda", podLabels: { app: "console" } }, { namespace: "ops" }],
                },
            }),
        );
        const { spec } = onlyOfKind(evaluation, "NetworkPolicy");
        assert.deepEqual(spec.podSelector.matchLabels, {
            "strimzi.io/cluster": "data-kafka-connect-cluster",
            "strimzi.io/kind": "KafkaConnect",
            "strimzi.io/name": "data-kafka-connect-cluster-connect",
        });
        assert.deepEqual(spec.ingress, [
            {
                from: [
                    {
                        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "redpanda" } },
                        podSelector: { matchLabels: { app: "console" } },
                    },
                    { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ops" } } },
                ],
                ports: [{ port: 8083, protocol: "TCP" }],
            },
        ]);
        assert.equal(objectsOfKind(await evaluated(minimal()), "NetworkPolicy").length, 0);
    });

    it("sets its group and topics in the fields of each Strimzi API version", async () => {
        const specOf = async (version: string) => connectOf(await evaluated(minimal({ strimzi: { version } }))).spec;
        const old = await specOf("0.45.0");
        assert.equal(old.groupId, undefined);
        assert.equal(old.config["group.id"], "data-kafka-connect-cluster");
        assert.equal(old.config["offset.storage.topic"], "data-kafka-connect-cluster-offsets");
        const now = await specOf("1.2.0");
        assert.equal(now.groupId, "data-kafka-connect-cluster");
        assert.equal(now.offsetStorageTopic, "data-kafka-connect-cluster-offsets");
        assert.equal(now.config["group.id"], undefined);
    });

    it("sets the size of an emptyDir volume in the field of each Strimzi API version", async () => {
        const connect = {
            volumes: [{ name: "scratch", mountPath: "/mnt/scratch", readOnly: false, emptyDir: { sizeLimit: "2Gi" } }],
        };
        const volume = async (version: string) =>
            connectOf(await evaluated(minimal({ strimzi: { version }, connect }))).spec.template.pod.volumes[0]
                .emptyDir;
        assert.deepEqual(await volume("0.45.0"), { sizeLimit: { amount: "2", format: "Gi" } });
        assert.deepEqual(await volume("1.2.0"), { sizeLimit: "2Gi" });
    });

    const logins: [string, Raw, unknown, unknown][] = [
        ["none", { bootstrapServers: "k:9092" }, undefined, undefined],
        ["public TLS", { bootstrapServers: "k:9094", tls: {} }, { trustedCertificates: [] }, undefined],
        [
            "mutual TLS",
            {
                bootstrapServers: "k:9093",
                tls: { trustedCertificates: [{ secretName: "ca" }] },
                authentication: { type: "tls", secretName: "u" },
            },
            { trustedCertificates: [{ secretName: "ca", certificate: "ca.crt" }] },
            { type: "tls", certificateAndKey: { secretName: "u", certificate: "user.crt", key: "user.key" } },
        ],
        [
            "a password",
            { bootstrapServers: "k:9092", authentication: { type: "plain", username: "n", secretName: "u" } },
            undefined,
            { type: "plain", username: "n", passwordSecret: { secretName: "u", password: "password" } },
        ],
    ];
    for (const [what, kafka, tls, authentication] of logins) {
        it(`logs in to Kafka with ${what}`, async () => {
            const { spec } = connectOf(await evaluated({ kafka }));
            assert.deepEqual(spec.tls, tls);
            assert.deepEqual(spec.authentication, authentication);
        });
    }

    it("has the path and the permissions boundary of the stack's role, and the stack's tags on AWS resources", async () => {
        const boundary = "arn:aws:iam::123456789012:policy/boundary";
        const own = { rolePath: "/teams/data/", permissionsBoundaryArn: boundary, tags: { team: "data" } };
        const evaluation = await evaluated(minimal({ eks: { ...eks, ...own }, secrets: { prefix: "data_" } }));
        const [role] = ofType(evaluation, "aws:iam/role:Role");
        assert.equal(role.inputs.path, "/teams/data/");
        assert.equal(role.inputs.permissionsBoundary, boundary);
        const [provider] = ofType(evaluation, "pulumi:providers:aws");
        const { tags } = JSON.parse(provider.inputs.defaultTags as string) as { tags: unknown };
        assert.deepEqual(tags, { team: "data", environment: "test", project: "kafka-connect-platform" });
    });

    it("gets its role by EKS Pod Identity, before the workers start and without an annotation or OIDC provider", async () => {
        const { oidcIssuer: _oidcIssuer, ...cluster } = eks;
        const evaluation = await evaluated(
            minimal({ eks: { ...cluster, identity: "pod-identity" }, secrets: { prefix: "data_" } }),
        );
        const [association] = ofType(evaluation, "aws:eks/podIdentityAssociation:PodIdentityAssociation");
        assert.equal(association.inputs.clusterName, eks.clusterName);
        assert.equal(association.inputs.namespace, "kafka-connect");
        assert.equal(association.inputs.serviceAccount, "data-kafka-connect-cluster-connect");
        const [connect] = evaluation.resources.filter(({ inputs }) => inputs.kind === "KafkaConnect");
        assert.ok(connect.dependencies.includes(association.urn));
        assert.equal(connectOf(evaluation).spec.template.serviceAccount, undefined);
        assert.doesNotMatch(JSON.stringify(evaluation.resources), /oidc/i);
    });

    it("rejects rights by connector that exceed the size of a role's policies", () => {
        const connectors = Array.from({ length: 120 }, (_, index) => ({
            ...postgresConnector(),
            source: { instance: `orders-database-of-team-${index}`, database: "orders", table: "orders" },
        }));
        const stack = (permissions: string) =>
            minimal({ eks: { ...eks, permissions }, secrets: { prefix: "data_" }, connectors });
        assertIssues(stack("declared-connectors"), [["KCP_INVALID_VALUE", "eks.permissions"]]);
        assertIssues(stack("any-connector"), []);
    });

    it("logs in to MSK by IAM, with a role for that cluster only", async () => {
        const clusterArn = "arn:aws:kafka:ap-northeast-2:123456789012:cluster/data/1-2";
        const evaluation = await evaluated({
            eks,
            kafka: { bootstrapServers: "b:9098", authentication: { type: "aws-msk-iam", clusterArn } },
        });
        const { spec } = connectOf(evaluation);
        assert.deepEqual(spec.tls, { trustedCertificates: [] });
        assert.equal(spec.authentication.type, "custom");
        assert.equal(spec.authentication.sasl, true);
        assert.equal(spec.authentication.config["sasl.mechanism"], "AWS_MSK_IAM");
        const [policy, ...others] = ofType(evaluation, "aws:iam/rolePolicy:RolePolicy");
        assert.equal(others.length, 0);
        for (const { Resource } of JSON.parse(policy.inputs.policy as string).Statement)
            assert.match(
                Resource,
                /^arn:aws:kafka:ap-northeast-2:123456789012:(cluster|topic|group|transactional-id)\/data\/1-2/,
            );
    });
});

describe("a connector", () => {
    for (const version of strimziVersions) {
        it(`is a KafkaConnector of the API version of Strimzi ${version}`, async () => {
            const resource = onlyOfKind(
                await evaluated({
                    ...withConnectors(postgresConnector({ state: "paused", autoRestart: { maxRestarts: 7 } })),
                    strimzi: { version },
                }),
                "KafkaConnector",
            );
            assert.equal(
                resource.apiVersion,
                version === "0.45.0" ? "kafka.strimzi.io/v1beta2" : "kafka.strimzi.io/v1",
            );
            assert.equal(resource.spec.state, "paused");
            assert.deepEqual(resource.spec.autoRestart, { enabled: true, maxRestarts: 7 });
        });
    }
});
