import assert from "node:assert/strict";
import * as fc from "fast-check";
import { objectsOfKind, onlyOfKind, type SynthResult } from "../../src/synth/synth";
import { topicObstacle, topicResourceName } from "../../src/strimzi/kafkaTopic";
import { evaluated, evaluatedWhole, faultsOf, minimal, mysqlConnector, type Raw } from "../support/stacks";

/** A production cluster: controllers and brokers apart. */
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

describe("a Kafka cluster of the stack's own", () => {
    it("of the least settings is one node that is controller and broker, with TLS, ACLs and both operators", async () => {
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

    it("for production has controllers and brokers apart, three replicas of which two are in sync, racks and Cruise Control", async () => {
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

    it("is told to be KRaft with node pools where Strimzi still leaves a choice", async () => {
        const annotations = async (version: string) =>
            onlyOfKind(await evaluated(stack({ strimzi: { version } })), "Kafka").metadata.annotations!;
        assert.equal((await annotations("0.45.0"))["strimzi.io/kraft"], "enabled");
        assert.equal((await annotations("0.45.0"))["strimzi.io/node-pools"], "enabled");
        assert.equal((await annotations("1.2.0"))["strimzi.io/kraft"], undefined);
        const old = onlyOfKind(await evaluated(stack({ strimzi: { version: "0.45.0" } })), "Kafka");
        assert.equal(old.spec.kafka.config["share.coordinator.state.topic.min.isr"], undefined);
    });

    it("is what Connect works with: address, authority, login and replicas", async () => {
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

    it("is made before what uses it and goes after it: pools, Kafka, users and topics, Connect, connectors", async () => {
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

    it("is protected and kept with its topics where the stack says so, its users are not", async () => {
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

    it("brings its alerts into the workspace where the stack has them", async () => {
        const eks = {
            clusterName: "data",
            region: "ap-northeast-2",
            accountId: "123456789012",
            oidcIssuer: "https://oidc.eks.ap-northeast-2.amazonaws.com/id/EXAMPLE",
        };
        const metrics = { workspace: "new", alerts: true, subnetIds: ["subnet-0a", "subnet-0b"] };
        const groups = async (raw: Raw) =>
            (await evaluated({ eks, metrics, ...raw })).resources
                .filter(({ type }) => type === "aws:amp/ruleGroupNamespace:RuleGroupNamespace")
                .map(({ inputs }) => inputs.name)
                .sort();
        assert.deepEqual(await groups(stack()), ["kafka-connect-test", "kafka-test"]);
        assert.deepEqual(await groups(minimal()), ["kafka-connect-test"]);
    });

    it("needs no Connect cluster", async () => {
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
    it("have names that Kubernetes takes, and tell apart what Kafka tells apart", () => {
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

    it("say retention as people do", async () => {
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

    it("may be of a cluster that Strimzi runs already", async () => {
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
        // how many replicas is for that cluster's own settings to say
        assert.equal(onlyOfKind(evaluation, "KafkaTopic").spec.replicas, undefined);
    });

    it("have rights by what they mean to do, one rule a resource", async () => {
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

    it("give it what MirrorMaker writes, keeps like the original and keeps for itself", async () => {
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

    it("give Connect's user what its own topics and its connectors touch, and nothing more", async () => {
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

    it("of a cluster without authorization have none", async () => {
        const evaluation = await evaluated(stack({ kafkaCluster: { authorization: "none" } }));
        assert.deepEqual(onlyOfKind(evaluation, "KafkaUser").spec, { authentication: { type: "tls" } });
    });

    it("refuse what Kafka cannot do to a topic", () => {
        const before = { topicName: "orders", partitions: 6, replicas: 3 };
        assert.equal(topicObstacle(before, { ...before, partitions: 12 }, false), undefined);
        assert.equal(
            topicObstacle(before, { ...before, partitions: 3 }, false),
            "the topic orders has 6 partitions and cannot have 3: Kafka takes no partition away, as its records would be lost. Keep 6, or declare another topic and move its producers",
        );
        assert.equal(
            topicObstacle(before, { ...before, replicas: 2 }, false),
            "the topic orders has 3 replicas and cannot have 2 here: without Cruise Control the topic operator moves no replicas. Set kafkaCluster.cruiseControl, or move them by kafka-reassign-partitions.sh and leave replicationFactor as it is",
        );
        assert.equal(topicObstacle(before, { ...before, replicas: 2 }, true), undefined);
        assert.match(topicObstacle(before, { ...before, topicName: "other" }, true)!, /cannot be renamed/);
    });
});

describe("faulty Kafka settings", () => {
    const user = (more: Raw) => stack({ kafkaAccess: { users: [{ name: "u", ...more }] } });
    const topics = (...list: Raw[]) => stack({ kafkaAccess: { topics: list } });
    // each with the exact words it must give
    const cases: [string, Raw, string[]][] = [
        [
            "two Kafkas",
            stack({ kafka: { bootstrapServers: "k:9092", tls: {} } }),
            [
                "kafka.bootstrapServers is given, and so is kafkaCluster, of which it follows; leave one of the two out",
                "kafka.tls is given, and so is kafkaCluster, of which it follows; leave one of the two out",
            ],
        ],
        [
            "no broker",
            stack({ kafkaCluster: { nodePools: [{ name: "a", roles: ["controller"] }] } }),
            ["kafkaCluster.nodePools has no broker; give a pool the role broker"],
        ],
        [
            "no controller",
            stack({ kafkaCluster: { nodePools: [{ name: "a", roles: ["broker"] }] } }),
            ["kafkaCluster.nodePools has no controller; give a pool the role controller"],
        ],
        [
            "two controllers",
            stack({ kafkaCluster: { nodePools: [{ name: "a", replicas: 2 }] } }),
            ["kafkaCluster.nodePools has 2 controllers, which stop when either does; wants 1, 3 or 5"],
        ],
        [
            "a pool twice",
            stack({ kafkaCluster: { nodePools: [{ name: "a" }, { name: "a", roles: ["broker"] }] } }),
            ["kafkaCluster.nodePools[1].name is a twice"],
        ],
        [
            "a role that is none",
            stack({ kafkaCluster: { nodePools: [{ name: "a", roles: ["brokr"] }] } }),
            [
                'kafkaCluster.nodePools[0].roles[0]: got "brokr", wants one of controller, broker; did you mean "broker"?',
            ],
        ],
        [
            "no listener",
            stack({ kafkaCluster: { listeners: { tls: false } } }),
            ["kafkaCluster.listeners has no listener that is on; wants tls, scram or plain"],
        ],
        [
            "a listener that is off",
            stack({ kafkaCluster: { connectBy: "scram" } }),
            ['kafkaCluster.connectBy: got "scram", wants a listener that is on; kafkaCluster.listeners.scram is false'],
        ],
        [
            "nobody with ACLs",
            stack({ kafkaCluster: { listeners: { tls: false, plain: true } } }),
            [
                'kafkaCluster.authorization: got "simple", wants none, or a listener where Connect logs in (tls, scram): on plain it is nobody, and nobody may do anything',
            ],
        ],
        [
            "more replicas than brokers",
            stack({ kafkaCluster: { replicationFactor: 3 } }),
            ["kafkaCluster.replicationFactor: got 3, wants at most the number of brokers, 1"],
        ],
        [
            "Cruise Control alone",
            stack({ kafkaCluster: { cruiseControl: true } }),
            ["kafkaCluster.cruiseControl: got true, wants two brokers or more; there is one"],
        ],
        [
            "what Strimzi sets",
            stack({ kafkaCluster: { config: { "log.dirs": "/x" } } }),
            ['kafkaCluster.config."log.dirs" is set by Strimzi, which ignores it here (prefix log.dir)'],
        ],
        [
            "another namespace",
            stack({ kafkaCluster: { namespace: "kafka" } }),
            [
                'kafkaCluster.namespace: got "kafka", wants kafka-connect, the namespace of Connect, which logs in by Secrets of this cluster: Secrets do not cross namespaces, and a copy would miss their renewal',
            ],
        ],
        [
            "a misspelt field of Kubernetes",
            stack({ kafkaCluster: { nodePools: [{ name: "a", affinity: { nodeAfinity: {} } }] } }),
            ['kafkaCluster.nodePools[0].affinity.nodeAfinity is not a field here; did you mean "nodeAffinity"?'],
        ],
        [
            "a size that is none",
            stack({ kafkaCluster: { nodePools: [{ name: "a", storage: { volumes: [{ size: "much" }] } }] } }),
            ['kafkaCluster.nodePools[0].storage.volumes[0].size: got "much", wants a quantity such as 100Gi'],
        ],
        [
            "topics of no cluster",
            minimal({ kafkaAccess: { topics: [{ name: "a" }] } }),
            [
                "kafkaAccess.cluster: got nothing, wants the name of the Kafka resource whose topics and users these are, as the stack has no kafkaCluster",
            ],
        ],
        [
            "topics of two clusters",
            stack({ kafkaAccess: { cluster: "x" } }),
            [
                "kafkaAccess.cluster is given, and so is kafkaCluster, whose topics and users these are; leave one of the two out",
            ],
        ],
        ["a topic twice", topics({ name: "a" }, { name: "a" }), ["kafkaAccess.topics[1].name is a twice"]],
        [
            "topics that Kafka takes for one",
            topics({ name: "a.b" }, { name: "a_b" }),
            ["kafkaAccess.topics[1].name is a_b, and there is a.b: Kafka takes . and _ for the same"],
        ],
        [
            "topics of one resource",
            topics({ name: "a", resource: "r" }, { name: "b", resource: "r" }),
            ["kafkaAccess.topics[1].resource is r, as that of kafkaAccess.topics[0]"],
        ],
        [
            "a topic name with a space",
            topics({ name: "a b" }),
            ['kafkaAccess.topics[0].name: got "a b", wants a topic name: at most 249 of letters, digits, ., _ and -'],
        ],
        [
            "a retention without unit",
            topics({ name: "a", retention: "7" }),
            ['kafkaAccess.topics[0].retention: got "7", wants a duration such as 30m, 12h, 7d or 2w, or forever'],
        ],
        [
            "replicas of a topic beyond the brokers",
            topics({ name: "a", replicationFactor: 3 }),
            ["kafkaAccess.topics[0].replicationFactor: got 3, wants at most the number of brokers, 1"],
        ],
        [
            "a topic nobody can write",
            topics({ name: "a", config: { "min.insync.replicas": 2 } }),
            [
                'kafkaAccess.topics[0].config."min.insync.replicas": got 2, wants at most the topic\'s replicas, 1: nothing could be written',
            ],
        ],
        [
            "a user twice",
            stack({ kafkaAccess: { users: [{ name: "u" }, { name: "u" }] } }),
            ["kafkaAccess.users[1].name is u twice"],
        ],
        [
            "Connect's own user",
            user({ name: "data-kafka-connect-cluster" }),
            [
                "kafkaAccess.users[0].name is data-kafka-connect-cluster, the user that the stack's own Connect cluster logs in as; its further rights are kafkaCluster.connectAcls",
            ],
        ],
        [
            "a login that no listener takes",
            user({ authentication: "scram-sha-512" }),
            [
                'kafkaAccess.users[0].authentication: got "scram-sha-512", wants one that a listener takes; kafkaCluster.listeners.scram is false',
            ],
        ],
        [
            "groups without topics",
            user({ groups: ["g"] }),
            ["kafkaAccess.users[0].groups are given, and nothing is consumed; consume names the topics"],
        ],
        [
            "rights that nobody checks",
            stack({ kafkaCluster: { authorization: "none" }, kafkaAccess: { users: [{ name: "u", produce: ["a"] }] } }),
            [
                "kafkaAccess.users[0] has rights, and kafkaCluster.authorization is none: the user operator refuses users with rules there",
            ],
        ],
        [
            "an operation that is none",
            user({ acls: [{ resource: "topic", name: "a", operations: ["Raed"] }] }),
            [
                'kafkaAccess.users[0].acls[0].operations[0]: got "Raed", wants one of Read, Write, Create, Delete, Alter, Describe, ClusterAction, AlterConfigs, DescribeConfigs, IdempotentWrite, All; did you mean "Read"?',
            ],
        ],
        [
            "an ACL of nothing",
            user({ acls: [{ resource: "topic", operations: ["Read"] }] }),
            ["kafkaAccess.users[0].acls[0]: got a group of settings, wants a name, but for cluster, which has none"],
        ],
        [
            "connectors without Connect",
            {
                kafkaCluster: { name: "k" },
                secrets: { provider: "file" },
                connect: { install: false },
                connectors: [mysqlConnector()],
            },
            ["connectors are given, and connect.install is false: they would have no Connect cluster to run on"],
        ],
    ];
    for (const [name, raw, wanted] of cases) it(`tell of ${name}`, () => assert.deepEqual(faultsOf(raw), wanted));
});
