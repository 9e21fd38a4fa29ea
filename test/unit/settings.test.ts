import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadStack } from "../../src/stack/loadStack";
import { SettingsError } from "../../src/schema/issues";
import {
    assertIssues,
    eks,
    messagesOf,
    minimal,
    mysqlConnector,
    settingsFrom,
    stackFile,
    withConnectors,
    type ExpectedIssues,
    type Raw,
} from "../support/stacks";

describe("the settings of a stack", () => {
    it("requires only the bootstrap servers and has defaults for the rest", () => {
        const settings = settingsFrom(minimal());
        assert.equal(settings.connect.name, "data-kafka-connect-cluster");
        assert.equal(settings.strimzi.version, "1.2.0");
        assert.equal(settings.strimzi.kafkaVersion, "4.3.1");
        assert.equal(settings.environment, "test");
        assert.equal(settings.secrets, undefined);
        assert.deepEqual(settings.connectors, []);
    });

    it("reads the engine's empty defaults as omitted sections", () => {
        assert.equal(settingsFrom(minimal({ secrets: {}, image: {}, environment: "", eks: {} })).secrets, undefined);
    });

    it("cannot be changed after loading", () => {
        const settings = settingsFrom(withConnectors(mysqlConnector()));
        assert.throws(() => Object.assign(settings.connect, { replicas: 9 }), TypeError);
        assert.throws(() => Object.assign(settings.connectors[0].config, { x: 1 }), TypeError);
    });

    it("reports all issues at once", () => {
        assertIssues({ conect: {}, protect: "no", kafka: { brokers: "3" }, connectors: [{}] }, [
            ["KCP_UNKNOWN_SETTING", "conect"],
            ["KCP_INVALID_VALUE", "protect"],
            ["KCP_INVALID_VALUE", "kafka.brokers"],
            ["KCP_MISSING_SETTING", "connectors[0].connectorTemplate"],
        ]);
    });

    it("reports a misspelt setting once, with the line of the stack file", () => {
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "settings-"));
        fs.writeFileSync(
            path.join(folder, "Pulumi.x.yaml"),
            [
                "config:",
                "  kafka-connect-platform:kafka:",
                "    bootstrapServers: kafka:9092",
                "  kafka-connect-platform:secrets: { provider: file }",
                "  kafka-connect-platform:connectors:",
                "    - connectorTemplate: debeziumMysqlSourceConnector",
                "      source:",
                "        instance: a",
                "        database: b",
                "        tabel: c",
            ].join("\n"),
        );
        const raw = withConnectors({
            connectorTemplate: "debeziumMysqlSourceConnector",
            source: { instance: "a", database: "b", tabel: "c" },
        });
        assert.throws(
            () => loadStack(raw, "x", path.join(folder, "Pulumi.x.yaml")),
            (error: SettingsError) => {
                assert.equal(
                    error.message,
                    "Pulumi.x.yaml has 1 error:\n" +
                        '  connectors[0].source.tabel (line 10): unknown setting; did you mean "table"? [KCP_UNKNOWN_SETTING]',
                );
                return true;
            },
        );
        fs.rmSync(folder, { recursive: true });
    });

    it("never prints a secret", () => {
        const printed = messagesOf(
            minimal({
                secrets: { provider: "file", password: "hunter2" },
                kafka: { bootstrapServers: "kafka://me:hunter2@host" },
                connectors: [
                    mysqlConnector({ config: { "database.password": "hunter2", "some.secret": ["hunter2"] } }),
                ],
            }),
        ).join("\n");
        assert.doesNotMatch(printed, /hunter2/);
        assert.match(printed, /database\.password/);
    });

    const cases: [string, Raw, ExpectedIssues][] = [
        ["missing bootstrap servers", {}, [["KCP_MISSING_SETTING", "kafka.bootstrapServers"]]],
        [
            "bootstrap servers without a port",
            { kafka: { bootstrapServers: "kafka" } },
            [["KCP_INVALID_VALUE", "kafka.bootstrapServers"]],
        ],
        ["a misspelt section", minimal({ conect: {} }), [["KCP_UNKNOWN_SETTING", "conect"]]],
        ["a string in place of a section", minimal({ eks: "data" }), [["KCP_INVALID_VALUE", "eks"]]],
        ["an unknown version", minimal({ strimzi: { version: "0.45" } }), [["KCP_INVALID_VALUE", "strimzi.version"]]],
        [
            "a Kafka version that Strimzi does not support",
            minimal({ strimzi: { kafkaVersion: "3.9.0" } }),
            [["KCP_INVALID_VALUE", "strimzi.kafkaVersion"]],
        ],
        ["too many replicas", minimal({ connect: { replicas: 101 } }), [["KCP_INVALID_VALUE", "connect.replicas"]]],
        [
            "a fraction of a replica",
            minimal({ connect: { replicas: 1.5 } }),
            [["KCP_INVALID_VALUE", "connect.replicas"]],
        ],
        ["a name with capitals", minimal({ connect: { name: "Data" } }), [["KCP_INVALID_VALUE", "connect.name"]]],
        [
            "a worker option that Strimzi sets",
            minimal({ connect: { config: { "group.id": "x" } } }),
            [["KCP_MANAGED_SETTING", 'connect.config."group.id"']],
        ],
        [
            "a family of worker options that Strimzi sets",
            minimal({ connect: { config: { "ssl.keystore.location": "x" } } }),
            [["KCP_MANAGED_SETTING", 'connect.config."ssl.keystore.location"']],
        ],
        [
            "a misspelt Kubernetes field",
            minimal({ connect: { affinity: { nodeAffinty: {} } } }),
            [["KCP_INVALID_KUBERNETES_FIELD", "connect.affinity.nodeAffinty"]],
        ],
        [
            "a misspelt volume field",
            minimal({ connect: { volumes: [{ name: "a", mountPath: "/mnt/a", secret: { name: "x" } }] } }),
            [["KCP_INVALID_KUBERNETES_FIELD", "connect.volumes[0].secret.name"]],
        ],
        [
            "a volume mounted outside /mnt",
            minimal({ connect: { volumes: [{ name: "a", mountPath: "/etc/a", secret: { secretName: "x" } }] } }),
            [["KCP_INVALID_VALUE", "connect.volumes[0].mountPath"]],
        ],
        [
            "a volume of two types",
            minimal({
                connect: { volumes: [{ name: "a", mountPath: "/mnt/a", secret: { secretName: "x" }, emptyDir: {} }] },
            }),
            [["KCP_INVALID_VALUE", "connect.volumes[0]"]],
        ],
        [
            "a duplicate environment variable",
            minimal({
                connect: {
                    env: [
                        { name: "A", value: "1" },
                        { name: "A", value: "2" },
                    ],
                },
            }),
            [["KCP_DUPLICATE_NAME", "connect.env[1].name"]],
        ],
        [
            "an environment variable with value and valueFrom",
            minimal({
                connect: { env: [{ name: "A", value: "1", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }] },
            }),
            [["KCP_INVALID_VALUE", "connect.env[0]"]],
        ],
        [
            "REST access for every pod",
            minimal({ connect: { allowFrom: [{}] } }),
            [["KCP_BROAD_ACCESS", "connect.allowFrom[0]"]],
        ],
        [
            "an image without a tag or digest",
            minimal({ image: { existing: "registry/a" } }),
            [["KCP_INVALID_VALUE", "image.existing"]],
        ],
        [
            "an image without a cluster for its registry",
            minimal({ image: { build: {} } }),
            [
                ["KCP_MISSING_SETTING", "eks.clusterName"],
                ["KCP_MISSING_SETTING", "eks.region"],
            ],
        ],
        [
            "a build context without a manifest",
            minimal({ image: { build: { registry: "localhost:5000/x", context: "docker/nothing" } } }),
            [["KCP_INVALID_IMAGE_CONTEXT", "image.build.context"]],
        ],
        [
            "secrets without a prefix",
            minimal({ eks, secrets: { provider: "aws-secrets-manager" } }),
            [["KCP_MISSING_SETTING", "secrets.prefix"]],
        ],
        [
            "a prefix of secrets without a separator",
            minimal({ eks, secrets: { prefix: "data" } }),
            [["KCP_INVALID_VALUE", "secrets.prefix"]],
        ],
        [
            "an alias in place of a KMS key",
            minimal({ eks, secrets: { prefix: "data_", kmsKeyArns: ["alias/x"] } }),
            [["KCP_INVALID_VALUE", "secrets.kmsKeyArns[0]"]],
        ],
        [
            "an account id without quotes",
            minimal({ eks: { accountId: 123456789012 } }),
            [["KCP_INVALID_VALUE", "eks.accountId"]],
        ],
        [
            "a workspace with one subnet",
            minimal({ eks, metrics: { workspace: "new", subnetIds: ["subnet-0a1b2c31"] } }),
            [["KCP_INVALID_VALUE", "metrics.subnetIds"]],
        ],
        [
            "an existing workspace without its ARN",
            minimal({ eks, metrics: { workspace: "existing", subnetIds: ["subnet-0a1b2c31", "subnet-0a1b2c32"] } }),
            [["KCP_MISSING_SETTING", "metrics.workspaceArn"]],
        ],
        [
            "alerts without a workspace",
            minimal({ metrics: { alerts: true } }),
            [["KCP_UNUSED_SETTING", "metrics.alerts"]],
        ],
        [
            "authentication without a user name",
            minimal({
                kafka: { bootstrapServers: "k:9092", authentication: { type: "scram-sha-512", secretName: "s" } },
            }),
            [["KCP_MISSING_SETTING", "kafka.authentication.username"]],
        ],
        [
            "IAM authentication on a Strimzi version without it",
            minimal({
                eks,
                strimzi: { version: "0.45.0" },
                kafka: {
                    bootstrapServers: "k:9098",
                    authentication: {
                        type: "aws-msk-iam",
                        clusterArn: "arn:aws:kafka:ap-northeast-2:123456789012:cluster/a/b",
                    },
                },
            }),
            [["KCP_UNSUPPORTED_BY_VERSION", "kafka.authentication.type"]],
        ],
        ["connectors that are not an array", minimal({ connectors: {} }), [["KCP_INVALID_VALUE", "connectors"]]],
    ];
    for (const [what, raw, expected] of cases) it(`reports ${what}`, () => assertIssues(raw, expected));

    it("accepts the worker options of a managed family that Strimzi accepts", () => {
        assertIssues(minimal({ connect: { config: { "ssl.protocol": "TLSv1.3" } } }), []);
    });

    it("accepts every stack file of the repository", () => {
        for (const stack of ["local", "dev", "prod"]) assert.ok(loadStack(stackFile(stack), stack));
    });
});
