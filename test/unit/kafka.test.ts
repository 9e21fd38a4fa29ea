import assert from "node:assert/strict";
import * as fc from "fast-check";
import { objectsOfKind, onlyOfKind, type SynthResult } from "../../src/synth/synth";
import { topicObstacle, topicResourceName } from "../../src/strimzi/kafkaTopic";
import {
    assertIssues,
    evaluated,
    evaluatedWhole,
    minimal,
    mysqlConnector,
    type ExpectedIssues,
    type Raw,
} from "../support/stacks";

/** A production cluster with dedicated controllers. */
const production: Raw = {
    name: "main",
    nodePools: [
        {
            name: "controllers",
            roles: ["controller"],
            replicas: 3,
            storage: { volumes: [{ size: "10Gi", class: "gp3" }] },
        },
        {
            name: "brokers",
            roles: ["broker"],
            replicas: 3,
            storage: {
                volumes: [
                    { size: "500Gi", class: "gp3" },
                    { size: "500Gi", class: "gp3" },
                ],
            },
            jvm: { xms: "4g", xmx: "4g" },
            resources: { requests: { memory: "8Gi" } },
        },
    ],
    listeners: { scram: true },
    rackTopologyKey: "topology.kubernetes.io/zone",
    cruiseControl: true,
};
const stack = (more: Raw = {}): Raw => ({ secrets: { provider: "file" }, kafkaCluster: { name: "main" }, ...more });
const urnOf = (evaluation: SynthResult, kind: string, name?: string) =>
    evaluation.resources.find(
        ({ inputs }) => inputs.kind === kind && (!name || (inputs.metadata as { name: string }).name === name),
    )!;
const rulesOf = (evaluation: SynthResult, user: string): string[] =>
    objectsOfKind(evaluation, "KafkaUser")
        .find(({ metadata }) => metadata.name === user)!
        .spec.authorization.acls.map(
            ({ resource, operations }: any) =>
                `${resource.type} ${resource.name}${resource.patternType === "prefix" ? "*" : ""}: ${operations.join(" ")}`,
        );

describe("the Kafka cluster of a stack", () => {
    it("is by default one node with TLS, ACLs and both operators", async () => {
        const evaluation = await evaluated(stack());
        assert.deepEqual(onlyOfKind(evaluation, "Kafka").spec, {
            kafka: {
                version: "4.3.1",
                listeners: [{ name: "tls", type: "internal", port: 9093, tls: true, authentication: { type: "tls" } }],
                authorization: { type: "simple" },
                config: {
                    "default.replication.factor": 1,
                    "min.insync.replicas": 1,
                    "offsets.topic.replication.factor": 1,
                    "transaction.state.log.replication.factor": 1,
                    "transaction.state.log.min.isr": 1,
                    "share.coordinator.state.topic.replication.factor": 1,
                    "share.coordinator.state.topic.min.isr": 1,
                    "auto.create.topics.enable": false,
                },
                metricsConfig: {
                    type: "jmxPrometheusExporter",
                    valueFrom: { configMapKeyRef: { name: "main-kafka-metrics", key: "metrics-config.yml" } },
                },
                template: {
                    podDisruptionBudget: { maxUnavailable: 1 },
                    pod: {
                        metadata: { annotations: { "prometheus.io/scrape": "true", "prometheus.io/port": "9404" } },
                    },
                },
            },
            entityOperator: { topicOperator: {}, userOperator: {} },
        });
        const pool = onlyOfKind(evaluation, "KafkaNodePool");
        assert.deepEqual(pool.metadata.labels!["strimzi.io/cluster"], "main");
        assert.deepEqual(pool.spec.roles, ["controller", "broker"]);
        assert.deepEqual(pool.spec.storage, {
            type: "jbod",
            volumes: [{ id: 0, type: "persistent-claim", size: "20Gi", deleteClaim: false, kraftMetadata: "shared" }],
        });
    });

    it("can have dedicated controllers, three replicas, racks and Cruise Control", async () => {
        const evaluation = await evaluated(stack({ kafkaCluster: production }));
        const { spec } = onlyOfKind(evaluation, "Kafka");
        assert.equal(spec.kafka.config["default.replication.factor"], 3);
        assert.equal(spec.kafka.config["min.insync.replicas"], 2);
        assert.deepEqual(spec.kafka.rack, { topologyKey: "topology.kubernetes.io/zone" });
        assert.deepEqual(spec.cruiseControl, {});
        assert.deepEqual(
            spec.kafka.listeners.map(({ name, port, authentication }: any) => [name, port, authentication.type]),
            [
                ["tls", 9093, "tls"],
                ["scram", 9094, "scram-sha-512"],
            ],
        );
        const [controllers, brokers] = objectsOfKind(evaluation, "KafkaNodePool").sort((a, b) =>
            a.metadata.name < b.metadata.name ? 1 : -1,
        );
        assert.deepEqual([controllers.spec.roles, controllers.spec.replicas], [["controller"], 3]);
        assert.deepEqual(
            brokers.spec.storage.volumes.map(({ id, kraftMetadata }: any) => [id, kraftMetadata]),
            [
                [0, "shared"],
                [1, undefined],
            ],
        );
        assert.deepEqual(brokers.spec.jvmOptions, { "-Xms": "4g", "-Xmx": "4g" });
    });

    it("selects KRaft and node pools by annotation where Strimzi requires it", async () => {
        const annotations = async (version: string) =>
            onlyOfKind(await evaluated(stack({ strimzi: { version } })), "Kafka").metadata.annotations!;
        assert.equal((await annotations("0.45.0"))["strimzi.io/kraft"], "enabled");
        assert.equal((await annotations("0.45.0"))["strimzi.io/node-pools"], "enabled");
        assert.equal((await annotations("1.2.0"))["strimzi.io/kraft"], undefined);
        const old = onlyOfKind(await evaluated(stack({ strimzi: { version: "0.45.0" } })), "Kafka");
        assert.equal(old.spec.kafka.config["share.coordinator.state.topic.min.isr"], undefined);
    });

    it("determines the bootstrap servers, certificates, login and replication factor of Connect", async () => {
        const { spec } = onlyOfKind(await evaluated(stack()), "KafkaConnect");
        assert.equal(spec.bootstrapServers, "main-kafka-bootstrap.kafka-connect.svc:9093");
        assert.deepEqual(spec.tls, {
            trustedCertificates: [{ secretName: "main-cluster-ca-cert", certificate: "ca.crt" }],
        });
        assert.deepEqual(spec.authentication, {
            type: "tls",
            certificateAndKey: { secretName: "data-kafka-connect-cluster", certificate: "user.crt", key: "user.key" },
        });
        assert.equal(spec.config["offset.storage.replication.factor"], 1);
        const scram = onlyOfKind(
            await evaluated(stack({ kafkaCluster: { listeners: { tls: false, scram: true } } })),
            "KafkaConnect",
        ).spec;
        assert.equal(scram.bootstrapServers, "kafka-kafka-bootstrap.kafka-connect.svc:9094");
        assert.deepEqual(scram.authentication, {
            type: "scram-sha-512",
            username: "data-kafka-connect-cluster",
            passwordSecret: { secretName: "data-kafka-connect-cluster", password: "password" },
        });
        const plain = onlyOfKind(
            await evaluated(stack({ kafkaCluster: { listeners: { tls: false, plain: true }, authorization: "none" } })),
            "KafkaConnect",
        ).spec;
        assert.deepEqual(
            [plain.bootstrapServers, plain.tls, plain.authentication],
            ["kafka-kafka-bootstrap.kafka-connect.svc:9092", undefined, undefined],
        );
    });

    it("is created before what uses it: node pools, Kafka, users and topics, Connect, connectors", async () => {
        const evaluation = await evaluatedWhole(
            stack({ kafkaAccess: { topics: [{ name: "a" }] }, connectors: [mysqlConnector()] }),
        );
        const waitsFor = (kind: string, other: string) =>
            assert.ok(
                urnOf(evaluation, kind).dependencies.includes(urnOf(evaluation, other).urn),
                `${kind} does not wait for ${other}`,
            );
        waitsFor("Kafka", "KafkaNodePool");
        for (const kind of ["KafkaTopic", "KafkaUser"]) waitsFor(kind, "Kafka");
        for (const kind of ["KafkaTopic", "KafkaUser"]) waitsFor("KafkaConnect", kind);
        waitsFor("KafkaConnector", "KafkaConnect");
        const operator = evaluation.resources.find(({ type }) => type === "kubernetes:helm.sh/v3:Release")!;
        assert.ok(urnOf(evaluation, "KafkaNodePool").dependencies.includes(operator.urn));
    });

    it("is protected and retained with its topics where the stack is protected; its users are not", async () => {
        const marks = async (protect: boolean) => {
            const evaluation = await evaluated(stack({ protect, kafkaAccess: { topics: [{ name: "a" }] } }));
            return ["Kafka", "KafkaNodePool", "KafkaTopic", "KafkaUser"].map((kind) => [
                urnOf(evaluation, kind).protect,
                urnOf(evaluation, kind).retainOnDelete,
            ]);
        };
        assert.deepEqual(await marks(true), [
            [true, true],
            [true, true],
            [true, true],
            [false, false],
        ]);
        assert.deepEqual(await marks(false), [
            [false, false],
            [false, false],
            [false, false],
            [false, false],
        ]);
    });

    it("adds its alert rules to the workspace", async () => {
        const eks = {
            clusterName: "data",
            region: "ap-northeast-2",
            accountId: "123456789012",
            oidcIssuer: "https://oidc.eks.ap-northeast-2.amazonaws.com/id/EXAMPLE",
        };
        const metrics = { workspace: "new", alerts: true, subnetIds: ["subnet-0a1b2c31", "subnet-0a1b2c32"] };
        const groups = async (raw: Raw) =>
            (await evaluated({ eks, metrics, ...raw })).resources
                .filter(({ type }) => type === "aws:amp/ruleGroupNamespace:RuleGroupNamespace")
                .map(({ inputs }) => inputs.name)
                .sort();
        assert.deepEqual(await groups(stack()), ["kafka-connect-test", "kafka-test"]);
        assert.deepEqual(await groups(minimal()), ["kafka-connect-test"]);
    });

    it("does not require a Connect cluster", async () => {
        const evaluation = await evaluated({
            kafkaCluster: { name: "main", namespace: "kafka" },
            connect: { install: false, createNamespace: false },
        });
        assert.equal(
            objectsOfKind(evaluation, "KafkaConnect").length + objectsOfKind(evaluation, "KafkaUser").length,
            0,
        );
        assert.deepEqual(
            objectsOfKind(evaluation, "Namespace")
                .map(({ metadata }) => metadata.name)
                .sort(),
            ["kafka", "strimzi"],
        );
        assert.equal(evaluation.outputs.connectClusterName, undefined);
    });
});

describe("topics and users", () => {
    it("have distinct names that Kubernetes accepts", () => {
        assert.equal(topicResourceName("orders"), "orders");
        assert.equal(topicResourceName("shop.orders"), "shop.orders");
        assert.match(topicResourceName("Orders_Placed"), /^orders-placed-[0-9a-f]{8}$/);
        assert.match(topicResourceName("__consumer_offsets"), /^consumer-offsets-[0-9a-f]{8}$/);
        const names = fc.stringMatching(/^[A-Za-z0-9._-]{1,249}$/);
        fc.assert(
            fc.property(names, (name) =>
                /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(
                    topicResourceName(name),
                ),
            ),
        );
        fc.assert(fc.property(names, names, (a, b) => a === b || topicResourceName(a) !== topicResourceName(b)));
    });

    it("accept retention as durations and sizes", async () => {
        const topics = [
            { name: "a", retention: "7d", retentionSize: "10Gi", partitions: 6 },
            {
                name: "b_c",
                retention: "forever",
                cleanupPolicy: "compact,delete",
                replicationFactor: 1,
                config: { "segment.ms": 60000 },
            },
        ];
        const [a, b] = objectsOfKind(await evaluated(stack({ kafkaAccess: { topics } })), "KafkaTopic").sort((x, y) =>
            x.metadata.name < y.metadata.name ? -1 : 1,
        );
        assert.deepEqual(a.spec, {
            topicName: "a",
            partitions: 6,
            replicas: 1,
            config: { "cleanup.policy": "delete", "retention.ms": 604800000, "retention.bytes": 10737418240 },
        });
        assert.deepEqual(b.spec, {
            topicName: "b_c",
            partitions: 1,
            replicas: 1,
            config: { "cleanup.policy": "compact,delete", "retention.ms": -1, "segment.ms": 60000 },
        });
    });

    it("can belong to a cluster that another stack runs", async () => {
        const evaluation = await evaluated(
            minimal({
                kafkaAccess: {
                    cluster: "theirs",
                    namespace: "kafka",
                    topics: [{ name: "a" }],
                    users: [{ name: "u", produce: ["a"] }],
                },
            }),
        );
        for (const kind of ["KafkaTopic", "KafkaUser"]) {
            const { metadata } = onlyOfKind(evaluation, kind);
            assert.deepEqual([metadata.namespace, metadata.labels!["strimzi.io/cluster"]], ["kafka", "theirs"]);
        }
        // the number of replicas is decided by the settings of that cluster
        assert.equal(onlyOfKind(evaluation, "KafkaTopic").spec.replicas, undefined);
    });

    it("have the ACLs of their intents, one rule for each resource", async () => {
        const users = [
            { name: "app", produce: ["orders", "audit.*"], consume: ["orders"], transactionalIds: ["app-*"] },
            { name: "bridge", bridge: { produce: ["orders"], consume: ["orders"], groups: ["web"] } },
            {
                name: "theirs",
                connect: {
                    name: "their-connect",
                    produce: ["cdc.*"],
                    consume: ["orders"],
                    connectors: ["sink"],
                    exactlyOnce: true,
                },
            },
            {
                name: "raw",
                authentication: "tls",
                acls: [
                    { resource: "cluster", operations: ["DescribeConfigs"] },
                    { type: "deny", resource: "topic", name: "*", operations: ["Delete"], host: "10.0.0.1" },
                ],
                quotas: { producerByteRate: 1048576 },
            },
        ];
        const evaluation = await evaluated(stack({ kafkaAccess: { users } }));
        assert.deepEqual(rulesOf(evaluation, "app"), [
            "group app: Read Describe",
            "topic audit.*: Write Describe",
            "topic orders: Read Write Describe",
            "transactionalId app-*: Write Describe",
        ]);
        assert.deepEqual(rulesOf(evaluation, "bridge"), [
            "group web: Read Describe",
            "topic orders: Read Write Describe DescribeConfigs",
        ]);
        assert.deepEqual(rulesOf(evaluation, "theirs"), [
            "group connect-sink: Read Describe",
            "group their-connect: Read Describe",
            "topic cdc.*: Create Write Describe",
            "topic orders: Read Describe",
            "topic their-connect-configs: Create Read Write Describe DescribeConfigs",
            "topic their-connect-offsets: Create Read Write Describe DescribeConfigs",
            "topic their-connect-status: Create Read Write Describe DescribeConfigs",
            "transactionalId connect-cluster-their-connect: Write Describe",
            "transactionalId their-connect-*: Write Describe",
        ]);
        const { spec } = objectsOfKind(evaluation, "KafkaUser").find(({ metadata }) => metadata.name === "raw")!;
        assert.deepEqual(spec.authorization.acls, [
            { resource: { type: "cluster" }, operations: ["DescribeConfigs"] },
            {
                type: "deny",
                resource: { type: "topic", name: "*", patternType: "literal" },
                operations: ["Delete"],
                host: "10.0.0.1",
            },
        ]);
        assert.deepEqual(spec.quotas, { producerByteRate: 1048576 });
    });

    it("give Connect the ACLs of MirrorMaker's topics", async () => {
        const connectors = [
            { connectorTemplate: "mirrorSourceConnector", source: { instance: "backend", topic: "EVENT" } },
        ];
        const rules = rulesOf(await evaluated(stack({ connectors })), "data-kafka-connect-cluster").filter((rule) =>
            rule.includes("backend"),
        );
        assert.deepEqual(rules, [
            "topic backend.EVENT: Create Write Alter Describe DescribeConfigs AlterConfigs",
            "topic mm2-offset-syncs.backend.internal: Create Read Write Describe DescribeConfigs",
        ]);
    });

    it("grant Connect only the ACLs for its internal topics and its connectors' topics", async () => {
        const connectors = [
            mysqlConnector(),
            {
                connectorTemplate: "raw",
                name: "files",
                class: "org.apache.kafka.connect.file.FileStreamSinkConnector",
                config: {
                    topics: "orders",
                    "errors.deadletterqueue.topic.name": "files-dead",
                    "errors.deadletterqueue.topic.replication.factor": 1,
                    file: "/tmp/x",
                },
            },
        ];
        const evaluation = await evaluated(stack({ connectors, connect: { exactlyOnce: true } }));
        const own = (topic: string) => `topic ${topic}: Create Read Write Describe DescribeConfigs`;
        assert.deepEqual(rulesOf(evaluation, "data-kafka-connect-cluster"), [
            "group connect-files: Read Describe",
            "group data-kafka-connect-cluster: Read Describe",
            "group instance2mysql-schema2-table2-schemahistory: Read Describe",
            "topic __debezium-heartbeat.instance2mysql-schema2-table2: Create Write Describe",
            own("data-kafka-connect-cluster-configs"),
            own("data-kafka-connect-cluster-offsets"),
            own("data-kafka-connect-cluster-status"),
            "topic files-dead: Create Write Describe",
            "topic instance2mysql-schema2-table2.schema2.table2: Create Write Describe",
            "topic orders: Read Describe",
            own("schema-history.instance2mysql-schema2-table2"),
            "transactionalId connect-cluster-data-kafka-connect-cluster: Write Describe",
            "transactionalId data-kafka-connect-cluster-instance2mysql-schema2-table2-*: Write Describe",
        ]);
    });

    it("have no ACLs on a cluster without authorization", async () => {
        const evaluation = await evaluated(stack({ kafkaCluster: { authorization: "none" } }));
        assert.deepEqual(onlyOfKind(evaluation, "KafkaUser").spec, { authentication: { type: "tls" } });
    });

    it("reject changes of a topic that Kafka cannot make", () => {
        const before = { topicName: "orders", partitions: 6, replicas: 3 };
        assert.equal(topicObstacle(before, { ...before, partitions: 12 }, false), undefined);
        assert.equal(
            topicObstacle(before, { ...before, partitions: 3 }, false),
            "the topic orders has 6 partitions and cannot have 3: Kafka does not remove partitions, because their records would be lost. Keep 6, or declare another topic and move its producers",
        );
        assert.equal(
            topicObstacle(before, { ...before, replicas: 2 }, false),
            "the topic orders has 3 replicas and cannot have 2: without Cruise Control the topic operator moves no replicas. Set kafkaCluster.cruiseControl, or move them with kafka-reassign-partitions.sh and keep replicationFactor",
        );
        assert.equal(topicObstacle(before, { ...before, replicas: 2 }, true), undefined);
        assert.match(topicObstacle(before, { ...before, topicName: "other" }, true)!, /cannot be renamed/);
    });
});

describe("checks of Kafka settings", () => {
    const user = (more: Raw) => stack({ kafkaAccess: { users: [{ name: "u", ...more }] } });
    const topics = (...list: Raw[]) => stack({ kafkaAccess: { topics: list } });
    const cases: [string, Raw, ExpectedIssues][] = [
        [
            "kafka and kafkaCluster together",
            stack({ kafka: { bootstrapServers: "k:9092", tls: {} } }),
            [
                ["KCP_CONFLICTING_SETTINGS", "kafka.bootstrapServers"],
                ["KCP_CONFLICTING_SETTINGS", "kafka.tls"],
            ],
        ],
        [
            "node pools without a broker",
            stack({ kafkaCluster: { nodePools: [{ name: "a", roles: ["controller"] }] } }),
            [["KCP_INVALID_QUORUM", "kafkaCluster.nodePools"]],
        ],
        [
            "node pools without a controller",
            stack({ kafkaCluster: { nodePools: [{ name: "a", roles: ["broker"] }] } }),
            [["KCP_INVALID_QUORUM", "kafkaCluster.nodePools"]],
        ],
        [
            "two controllers",
            stack({ kafkaCluster: { nodePools: [{ name: "a", replicas: 2 }] } }),
            [["KCP_INVALID_QUORUM", "kafkaCluster.nodePools"]],
        ],
        [
            "a duplicate node pool",
            stack({ kafkaCluster: { nodePools: [{ name: "a" }, { name: "a", roles: ["broker"] }] } }),
            [["KCP_DUPLICATE_NAME", "kafkaCluster.nodePools[1].name"]],
        ],
        [
            "an unknown role",
            stack({ kafkaCluster: { nodePools: [{ name: "a", roles: ["brokr"] }] } }),
            [["KCP_INVALID_VALUE", "kafkaCluster.nodePools[0].roles[0]"]],
        ],
        [
            "a cluster without a listener",
            stack({ kafkaCluster: { listeners: { tls: false } } }),
            [["KCP_MISSING_LISTENER", "kafkaCluster.listeners"]],
        ],
        [
            "a listener that is not enabled",
            stack({ kafkaCluster: { connectBy: "scram" } }),
            [["KCP_MISSING_LISTENER", "kafkaCluster.connectBy"]],
        ],
        [
            "ACLs on the plain listener",
            stack({ kafkaCluster: { listeners: { tls: false, plain: true } } }),
            [["KCP_CONFLICTING_SETTINGS", "kafkaCluster.authorization"]],
        ],
        [
            "more replicas than brokers",
            stack({ kafkaCluster: { replicationFactor: 3 } }),
            [["KCP_INSUFFICIENT_BROKERS", "kafkaCluster.replicationFactor"]],
        ],
        [
            "Cruise Control with one broker",
            stack({ kafkaCluster: { cruiseControl: true } }),
            [["KCP_INSUFFICIENT_BROKERS", "kafkaCluster.cruiseControl"]],
        ],
        [
            "broker configuration that Strimzi sets",
            stack({ kafkaCluster: { config: { "log.dirs": "/x" } } }),
            [["KCP_MANAGED_SETTING", 'kafkaCluster.config."log.dirs"']],
        ],
        [
            "another namespace than that of Connect",
            stack({ kafkaCluster: { namespace: "kafka" } }),
            [["KCP_CROSS_NAMESPACE_SECRET", "kafkaCluster.namespace"]],
        ],
        [
            "a misspelt field of Kubernetes",
            stack({ kafkaCluster: { nodePools: [{ name: "a", affinity: { nodeAfinity: {} } }] } }),
            [["KCP_INVALID_KUBERNETES_FIELD", "kafkaCluster.nodePools[0].affinity.nodeAfinity"]],
        ],
        [
            "an invalid size",
            stack({ kafkaCluster: { nodePools: [{ name: "a", storage: { volumes: [{ size: "much" }] } }] } }),
            [["KCP_INVALID_VALUE", "kafkaCluster.nodePools[0].storage.volumes[0].size"]],
        ],
        [
            "topics without a cluster",
            minimal({ kafkaAccess: { topics: [{ name: "a" }] } }),
            [["KCP_MISSING_SETTING", "kafkaAccess.cluster"]],
        ],
        [
            "topics of kafkaCluster and of another cluster",
            stack({ kafkaAccess: { cluster: "x" } }),
            [["KCP_CONFLICTING_SETTINGS", "kafkaAccess.cluster"]],
        ],
        [
            "a duplicate topic",
            topics({ name: "a" }, { name: "a" }),
            [["KCP_DUPLICATE_NAME", "kafkaAccess.topics[1].name"]],
        ],
        [
            "topics that differ only in . and _",
            topics({ name: "a.b" }, { name: "a_b" }),
            [["KCP_DUPLICATE_NAME", "kafkaAccess.topics[1].name"]],
        ],
        [
            "topics with the same resource name",
            topics({ name: "a", resource: "r" }, { name: "b", resource: "r" }),
            [["KCP_DUPLICATE_NAME", "kafkaAccess.topics[1].resource"]],
        ],
        ["a topic name with a space", topics({ name: "a b" }), [["KCP_INVALID_VALUE", "kafkaAccess.topics[0].name"]]],
        [
            "a retention without a unit",
            topics({ name: "a", retention: "7" }),
            [["KCP_INVALID_VALUE", "kafkaAccess.topics[0].retention"]],
        ],
        [
            "a topic with more replicas than brokers",
            topics({ name: "a", replicationFactor: 3 }),
            [["KCP_INSUFFICIENT_BROKERS", "kafkaAccess.topics[0].replicationFactor"]],
        ],
        [
            "a topic with more in-sync replicas than replicas",
            topics({ name: "a", config: { "min.insync.replicas": 2 } }),
            [["KCP_INSUFFICIENT_BROKERS", 'kafkaAccess.topics[0].config."min.insync.replicas"']],
        ],
        [
            "a duplicate user",
            stack({ kafkaAccess: { users: [{ name: "u" }, { name: "u" }] } }),
            [["KCP_DUPLICATE_NAME", "kafkaAccess.users[1].name"]],
        ],
        [
            "a user with the name of Connect's",
            user({ name: "data-kafka-connect-cluster" }),
            [["KCP_DUPLICATE_NAME", "kafkaAccess.users[0].name"]],
        ],
        [
            "authentication that no listener has",
            user({ authentication: "scram-sha-512" }),
            [["KCP_MISSING_LISTENER", "kafkaAccess.users[0].authentication"]],
        ],
        [
            "consumer groups without topics",
            user({ groups: ["g"] }),
            [["KCP_UNUSED_SETTING", "kafkaAccess.users[0].groups"]],
        ],
        [
            "rights on a cluster without authorization",
            stack({ kafkaCluster: { authorization: "none" }, kafkaAccess: { users: [{ name: "u", produce: ["a"] }] } }),
            [["KCP_CONFLICTING_SETTINGS", "kafkaAccess.users[0]"]],
        ],
        [
            "an unknown operation",
            user({ acls: [{ resource: "topic", name: "a", operations: ["Raed"] }] }),
            [["KCP_INVALID_VALUE", "kafkaAccess.users[0].acls[0].operations[0]"]],
        ],
        [
            "an ACL without a name",
            user({ acls: [{ resource: "topic", operations: ["Read"] }] }),
            [["KCP_INVALID_VALUE", "kafkaAccess.users[0].acls[0]"]],
        ],
        [
            "connectors without a Connect cluster",
            {
                kafkaCluster: { name: "k" },
                secrets: { provider: "file" },
                connect: { install: false },
                connectors: [mysqlConnector()],
            },
            [["KCP_CONFLICTING_SETTINGS", "connectors"]],
        ],
    ];
    for (const [what, raw, expected] of cases) it(`rejects ${what}`, () => assertIssues(raw, expected));
});
