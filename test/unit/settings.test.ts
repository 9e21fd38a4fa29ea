import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadStack } from "../../src/stack/loadStack";
import { SettingsError } from "../../src/schema/issues";
import { eks, faultsOf, minimal, mysqlConnector, settingsFrom, stackFile, withConnectors } from "../support/stacks";

describe("settings", () => {
    it("need no more than Kafka's address, and have a default for the rest", () => {
        const settings = settingsFrom(minimal());
        assert.equal(settings.connect.name, "data-kafka-connect-cluster");
        assert.equal(settings.strimzi.version, "1.2.0");
        assert.equal(settings.strimzi.kafkaVersion, "4.3.1");
        assert.equal(settings.environment, "test");
        assert.equal(settings.secrets, undefined);
        assert.deepEqual(settings.connectors, []);
    });

    it("take the engine's empty defaults for what was left out", () => {
        assert.equal(settingsFrom(minimal({ secrets: {}, image: {}, environment: "", eks: {} })).secrets, undefined);
    });

    it("are frozen, deep down", () => {
        const settings = settingsFrom(withConnectors(mysqlConnector()));
        assert.throws(() => Object.assign(settings.connect, { replicas: 9 }), TypeError);
        assert.throws(() => Object.assign(settings.connectors[0].config, { x: 1 }), TypeError);
    });

    it("tell all issues at once", () => {
        assert.equal(faultsOf({ conect: {}, protect: "no", connect: { replicas: "3" }, connectors: [{}] }).length, 5);
    });

    it("tell the line of the stack file", () => {
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
                assert.match(error.message, /^Pulumi\.x\.yaml has 2 issues:/);
                assert.match(
                    error.message,
                    /connectors\[0\]\.source\.table \(line 7\): got nothing, wants the name of a table/,
                );
                assert.match(
                    error.message,
                    /connectors\[0\]\.source\.tabel \(line 10\) is not a setting; did you mean "table"\?/,
                );
                return true;
            },
        );
        fs.rmSync(folder, { recursive: true });
    });

    it("never print a secret", () => {
        const printed = faultsOf(
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

    // each faulty declaration with the exact words it must give
    const cases: [string, Record<string, unknown>, string[]][] = [
        [
            "a missing address",
            {},
            [
                "kafka.bootstrapServers: got nothing, wants host:port, several separated by commas; or kafkaCluster for a Kafka of the stack's own",
            ],
        ],
        [
            "an address without port",
            { kafka: { bootstrapServers: "kafka" } },
            ['kafka.bootstrapServers: got "kafka", wants host:port, several separated by commas'],
        ],
        ["a misspelt group", minimal({ conect: {} }), ['conect is not a setting; did you mean "connect"?']],
        [
            "a group that is a word",
            minimal({ eks: "data" }),
            [
                'eks: got "data", wants a group of settings: clusterName, region, accountId, oidcIssuer, oidcProviderArn, kubeconfig, context',
            ],
        ],
        [
            "an unknown version",
            minimal({ strimzi: { version: "0.45" } }),
            ['strimzi.version: got "0.45", wants one of 0.45.0, 1.2.0; did you mean "0.45.0"?'],
        ],
        [
            "a Kafka version of another Strimzi",
            minimal({ strimzi: { kafkaVersion: "3.9.0" } }),
            ['strimzi.kafkaVersion: got "3.9.0", wants one that Strimzi 1.2.0 runs: 4.2.0, 4.2.1, 4.3.0, 4.3.1'],
        ],
        [
            "too many replicas",
            minimal({ connect: { replicas: 101 } }),
            ["connect.replicas: got 101, wants a whole number from 1 to 100"],
        ],
        [
            "half a replica",
            minimal({ connect: { replicas: 1.5 } }),
            ["connect.replicas: got 1.5, wants a whole number from 1 to 100"],
        ],
        [
            "a name with capitals",
            minimal({ connect: { name: "Data" } }),
            [
                'connect.name: got "Data", wants a DNS name: at most 253 of a-z, 0-9, - and ., each part starting and ending with a letter or digit',
            ],
        ],
        [
            "a forbidden worker option",
            minimal({ connect: { config: { "group.id": "x" } } }),
            ['connect.config."group.id" is set by Strimzi, which ignores it here (prefix group.id)'],
        ],
        [
            "a forbidden family",
            minimal({ connect: { config: { "ssl.keystore.location": "x" } } }),
            ['connect.config."ssl.keystore.location" is set by Strimzi, which ignores it here (prefix ssl.)'],
        ],
        ["an allowed one of that family", minimal({ connect: { config: { "ssl.protocol": "TLSv1.3" } } }), []],
        [
            "a misspelt Kubernetes field",
            minimal({ connect: { affinity: { nodeAffinty: {} } } }),
            ['connect.affinity.nodeAffinty is not a field here; did you mean "nodeAffinity"?'],
        ],
        [
            "a misspelt volume field",
            minimal({ connect: { volumes: [{ name: "a", mountPath: "/mnt/a", secret: { name: "x" } }] } }),
            [
                "connect.volumes[0].secret.name is not a field here; known here: defaultMode, items, optional, secretName",
            ],
        ],
        [
            "a volume elsewhere",
            minimal({ connect: { volumes: [{ name: "a", mountPath: "/etc/a", secret: { secretName: "x" } }] } }),
            ['connect.volumes[0].mountPath: got "/etc/a", wants a path under /mnt'],
        ],
        [
            "a volume of two types",
            minimal({
                connect: { volumes: [{ name: "a", mountPath: "/mnt/a", secret: { secretName: "x" }, emptyDir: {} }] },
            }),
            [
                "connect.volumes[0]: got a group of settings, wants exactly one of secret, configMap, emptyDir, persistentVolumeClaim, csi",
            ],
        ],
        [
            "a variable twice",
            minimal({
                connect: {
                    env: [
                        { name: "A", value: "1" },
                        { name: "A", value: "2" },
                    ],
                },
            }),
            ["connect.env[1].name is A twice"],
        ],
        [
            "a variable with value and source",
            minimal({
                connect: { env: [{ name: "A", value: "1", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }] },
            }),
            ["connect.env[0]: got a group of settings, wants either value or valueFrom"],
        ],
        [
            "REST access for everyone",
            minimal({ connect: { allowFrom: [{}] } }),
            [
                "connect.allowFrom[0]: got a group of settings, wants a namespace, podLabels or both: neither would admit every pod of the Kubernetes cluster",
            ],
        ],
        [
            "an image both built and existing",
            minimal({ image: { build: { registry: "localhost:5000/x" }, existing: `a@sha256:${"0".repeat(64)}` } }),
            ["image: got a group of settings, wants either build or existing, not both"],
        ],
        [
            "an image by tag",
            minimal({ image: { existing: "a:latest" } }),
            ['image.existing: got "a:latest", wants an image by digest, such as REPOSITORY@sha256:…'],
        ],
        [
            "an image without a cluster for its registry",
            minimal({ image: { build: {} } }),
            [
                "eks.clusterName: got nothing, wants the name of the EKS cluster, which image.build.registry needs",
                "eks.region: got nothing, wants an AWS region, which image.build.registry needs",
            ],
        ],
        [
            "a build context that is none",
            minimal({ image: { build: { registry: "localhost:5000/x", context: "docker/nothing" } } }),
            ['image.build.context: got "docker/nothing", wants a folder with a plugins.json'],
        ],
        [
            "secrets without a prefix",
            minimal({ eks, secrets: { provider: "aws-secrets-manager" } }),
            [
                "secrets.prefix: got nothing, wants a prefix of the secrets' names: the role may read those and no others",
            ],
        ],
        [
            "a prefix that admits too much",
            minimal({ eks, secrets: { prefix: "data" } }),
            [
                'secrets.prefix: got "data", wants a prefix of secret names that ends in a separator, such as data_kafka_connect_',
            ],
        ],
        [
            "a key that is none",
            minimal({ eks, secrets: { prefix: "a_", kmsKeyArns: ["alias/x"] } }),
            ['secrets.kmsKeyArns[0]: got "alias/x", wants an ARN such as arn:aws:kms:REGION:ACCOUNT:key/ID'],
        ],
        [
            "an account id that YAML took for a number",
            minimal({ eks: { accountId: 123456789012 } }),
            ["eks.accountId: got 123456789012, wants an AWS account id of 12 digits"],
        ],
        [
            "a workspace with one subnet",
            minimal({ eks, metrics: { workspace: "new", subnetIds: ["subnet-1"] } }),
            [
                "metrics.subnetIds: got a list of 1, wants at least two subnets in different availability zones for the managed scraper",
            ],
        ],
        [
            "an existing workspace without its ARN",
            minimal({ eks, metrics: { workspace: "existing", subnetIds: ["subnet-1", "subnet-2"] } }),
            ["metrics.workspaceArn: got nothing, wants the ARN of the existing workspace"],
        ],
        [
            "alerts without a workspace",
            minimal({ metrics: { alerts: true } }),
            ["metrics.alerts: got true, wants a workspace to load the rules into: set metrics.workspace"],
        ],
        [
            "a login without a user",
            minimal({
                kafka: { bootstrapServers: "k:9092", authentication: { type: "scram-sha-512", secretName: "s" } },
            }),
            ["kafka.authentication.username is missing; type scram-sha-512 needs it"],
        ],
        [
            "IAM on a Strimzi without it",
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
            [
                'kafka.authentication.type: got "aws-msk-iam", wants another type, or a newer strimzi.version: Strimzi 0.45.0 has no custom authentication',
            ],
        ],
        [
            "connectors that are no list",
            minimal({ connectors: {} }),
            ["connectors: got a group of settings, wants a list of connectors"],
        ],
    ];
    for (const [what, raw, expected] of cases) {
        it(`tell of ${what}`, () => assert.deepEqual(faultsOf(raw), expected));
    }

    it("of every stack file are good", () => {
        for (const stack of ["local", "dev", "prod"]) assert.ok(loadStack(stackFile(stack), stack));
    });
});
