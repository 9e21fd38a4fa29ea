import assert from "node:assert/strict";
import fc from "fast-check";
import * as YAML from "yaml";
import {
    connectorName,
    truncateName,
    literalPattern,
    mysqlServerId,
    namePart,
    postgresIdentifier,
    topicName,
} from "../../src/connectors/names";
import {
    evaluated,
    faultsOf,
    minimal,
    mysqlConnector,
    postgresConnector,
    settingsFrom,
    withConnectors,
} from "../support/stacks";
import { objectsOfKind } from "../../src/synth/synth";

const templateNames =
    "debeziumMysqlSourceConnector, debeziumPostgresSourceConnector, debeziumMongodbSourceConnector, mirrorSourceConnector, mirrorCheckpointConnector, mirrorHeartbeatConnector, fileStreamSourceConnector, bigQuerySinkConnector, brazeSinkConnector, httpSinkConnector, jdbcSinkConnector, fileStreamSinkConnector, raw";

/** A values list as it was written for a Helm chart of connectors: teams paste theirs. */
const helmValues = `
connectors:
  - connectorTemplate: "connector.debeziumMysqlSourceConnector"
    version: "2025032102"
    source:
      instance: "instance"
      database: "schema"
      table: "table"
  - connectorTemplate: "connector.debeziumMysqlSourceConnector"
    version: "2025042401"
    source:
      instance: "instance2"
      database: "schema2"
      table: "table2"
`;

describe("connectors", () => {
    it("of a Helm chart's values list have that chart's names, labels and configuration", async () => {
        const { connectors } = YAML.parse(helmValues) as { connectors: unknown[] };
        const [, second, ...rest] = objectsOfKind(
            await evaluated(minimal({ secrets: { provider: "file" }, connectors })),
            "KafkaConnector",
        ).sort((a, b) => (a.metadata.name < b.metadata.name ? 1 : -1));
        assert.equal(rest.length, 0);
        const first = objectsOfKind(
            await evaluated(minimal({ secrets: { provider: "file" }, connectors })),
            "KafkaConnector",
        ).find(({ metadata }) => metadata.name.startsWith("instance2"))!;
        assert.equal(second.metadata.name, "instance2mysql-schema2-table2-2025042401");
        assert.equal(first.metadata.labels?.["strimzi.io/cluster"], "data-kafka-connect-cluster");
        assert.equal(first.spec.class, "io.debezium.connector.mysql.MySqlConnector");
        assert.equal(first.spec.tasksMax, 1);
        assert.equal(first.spec.state, "running");
        const { config } = first.spec;
        assert.equal(config["database.hostname"], "${secretManager:INSTANCE2:HOST}");
        assert.equal(config["database.port"], 3306);
        assert.equal(config["database.include.list"], "schema2");
        assert.equal(config["table.include.list"], "schema2.table2");
    });

    it("take a version that is a number, and name what they write to", () => {
        const [plan] = settingsFrom(withConnectors(mysqlConnector({ version: 2025042401 }))).connectors;
        assert.equal(plan.name, "instance2mysql-schema2-table2-2025042401");
        assert.deepEqual(plan.outputTopics, ["instance2mysql-schema2-table2.schema2.table2"]);
    });

    it("keep topics, server id and slot when a new version takes a new snapshot, and start a schema history of its own", () => {
        const of = (version: string) =>
            settingsFrom(withConnectors(mysqlConnector({ version }), postgresConnector({ version }))).connectors;
        const [before, after] = [of("1"), of("2")];
        for (const key of ["topic.prefix", "database.server.id"])
            assert.equal(before[0].config[key], after[0].config[key]);
        for (const key of ["topic.prefix", "slot.name", "publication.name"])
            assert.equal(before[1].config[key], after[1].config[key]);
        assert.notEqual(
            before[0].config["schema.history.internal.kafka.topic"],
            after[0].config["schema.history.internal.kafka.topic"],
        );
    });

    it("of MongoDB read the connection string from the secret, and can use TLS for DocumentDB", () => {
        const [plan] = settingsFrom(
            withConnectors({
                connectorTemplate: "connector.debeziumMongodbSourceConnector",
                tls: true,
                source: { instance: "reviews", database: "reviews", collection: "product_reviews" },
            }),
        ).connectors;
        assert.equal(plan.name, "reviewsmongodb-reviews-productreviews");
        assert.equal(plan.config["mongodb.connection.string"], "${secretManager:REVIEWS:CONNECTION_STRING}");
        assert.equal(plan.config["mongodb.ssl.enabled"], true);
        assert.equal(plan.config["collection.include.list"], "reviews.product_reviews");
        assert.deepEqual(plan.outputTopics, ["reviewsmongodb-reviews-productreviews.reviews.product_reviews"]);
    });

    it("by hand have the class and configuration that are written, and nothing else", () => {
        const config = { file: "/tmp/x", topic: "t" };
        const [plan] = settingsFrom(
            withConnectors({
                connectorTemplate: "raw",
                name: "trial",
                class: "org.example.Trial",
                topics: ["t"],
                config,
                tasksMax: 3,
            }),
        ).connectors;
        assert.deepEqual(
            [plan.class, plan.config, plan.outputTopics, plan.tasksMax],
            ["org.example.Trial", config, ["t"], 3],
        );
    });

    it("let the user's configuration win", () => {
        const [plan] = settingsFrom(
            withConnectors(mysqlConnector({ config: { "max.batch.size": 99, "snapshot.mode": "no_data" } })),
        ).connectors;
        assert.equal(plan.config["max.batch.size"], 99);
        assert.equal(plan.config["snapshot.mode"], "no_data");
    });

    it("give the schema history the login that Kafka wants", () => {
        const kafka = {
            bootstrapServers: "kafka:9093",
            tls: { trustedCertificates: [{ secretName: "ca" }] },
            authentication: { type: "scram-sha-512", username: "connect", secretName: "user" },
        };
        const { config } = settingsFrom({ ...withConnectors(mysqlConnector()), kafka }).connectors[0];
        for (const client of ["producer", "consumer"]) {
            const at = (key: string) => config[`schema.history.internal.${client}.${key}`];
            assert.equal(at("security.protocol"), "SASL_SSL");
            assert.equal(
                at("sasl.jaas.config"),
                'org.apache.kafka.common.security.scram.ScramLoginModule required username="connect" password="${kafkaFiles:/mnt/kafka/user:password}";',
            );
            assert.equal(at("ssl.truststore.certificates"), "${kafkaFiles:/mnt/kafka/ca:ca.crt}");
        }
    });

    it("have no login in the schema history where Kafka wants none", () => {
        const { config } = settingsFrom(withConnectors(mysqlConnector())).connectors[0];
        assert.deepEqual(
            Object.keys(config).filter((key) => /^schema\.history\.internal\.(producer|consumer)\./.test(key)),
            [],
        );
    });

    it("name transforms and converters as asked", () => {
        const [plan] = settingsFrom(
            withConnectors(
                postgresConnector({
                    converter: "json-with-schemas",
                    transforms: [
                        {
                            name: "unwrap",
                            type: "io.debezium.transforms.ExtractNewRecordState",
                            config: { "drop.x": true },
                        },
                        { name: "b", type: "a.B" },
                    ],
                }),
            ),
        ).connectors;
        assert.equal(plan.config["value.converter.schemas.enable"], true);
        assert.equal(plan.config.transforms, "unwrap,b");
        assert.equal(plan.config["transforms.unwrap.drop.x"], true);
        assert.equal(plan.config["transforms.b.type"], "a.B");
    });

    const cases: [string, Record<string, unknown>, string[]][] = [
        [
            "no template",
            withConnectors({}),
            [`connectors[0].connectorTemplate: got nothing, wants one of ${templateNames}`],
        ],
        [
            "a misspelt template",
            withConnectors(mysqlConnector({ connectorTemplate: "connector.debeziumMySqlSourceConector" })),
            [
                `connectors[0].connectorTemplate: got "connector.debeziumMySqlSourceConector", wants one of ${templateNames}; did you mean "debeziumMysqlSourceConnector"?`,
            ],
        ],
        [
            "a misspelt option",
            withConnectors(mysqlConnector({ taskMax: 1 })),
            ['connectors[0].taskMax is not a setting; did you mean "tasksMax"?'],
        ],
        [
            "a misspelt state",
            withConnectors(mysqlConnector({ state: "pause" })),
            ['connectors[0].state: got "pause", wants one of running, paused, stopped; did you mean "paused"?'],
        ],
        [
            "more tasks than Debezium has",
            withConnectors(mysqlConnector({ tasksMax: 2 })),
            ["connectors[0].tasksMax: got 2, wants at most 1: with more, Debezium runs no task at all"],
        ],
        [
            "another Connect cluster",
            withConnectors(mysqlConnector({ connectCluster: "connect-cluster" })),
            [
                'connectors[0].connectCluster: got "connect-cluster", wants the stack\'s own Connect cluster, data-kafka-connect-cluster (connect.name)',
            ],
        ],
        [
            "a field of the resource in config",
            withConnectors(mysqlConnector({ config: { "tasks.max": 4 } })),
            ['connectors[0].config."tasks.max" is not set here but by tasksMax'],
        ],
        [
            "a literal password",
            withConnectors(mysqlConnector({ config: { "database.ssl.keystore.password": "x" } })),
            [
                'connectors[0].config."database.ssl.keystore.password" holds a literal credential, wants a reference such as ${secretManager:SECRET:KEY}',
            ],
        ],
        [
            "a misspelt key",
            withConnectors(mysqlConnector({ config: { "max.batch.sise": 1 } })),
            [
                'connectors[0].config."max.batch.sise" is not a setting of io.debezium.connector.mysql.MySqlConnector, which would ignore it; did you mean "max.batch.size"?',
            ],
        ],
        [
            "a key of an older Debezium",
            withConnectors(mysqlConnector({ config: { "database.server.name": "a" } })),
            [
                'connectors[0].config."database.server.name" is no longer the plugin\'s, which ignores it; it is called topic.prefix now',
            ],
        ],
        [
            "a family of an older Debezium",
            withConnectors(mysqlConnector({ config: { "database.history.kafka.topic": "a" } })),
            [
                'connectors[0].config."database.history.kafka.topic" is no longer the plugin\'s, which ignores it; it is called schema.history.internal.kafka.topic now',
            ],
        ],
        [
            "a blacklist",
            withConnectors(postgresConnector({ config: { "column.blacklist": "a" } })),
            [
                'connectors[0].config."column.blacklist" is no longer the plugin\'s, which ignores it; it is called column.exclude.list now',
            ],
        ],
        [
            "a key that is gone",
            withConnectors(mysqlConnector({ config: { "snapshot.minimal.locks": true } })),
            ['connectors[0].config."snapshot.minimal.locks" was removed from the plugin, which ignores it'],
        ],
        [
            "keys that are handed on",
            withConnectors(
                mysqlConnector({
                    config: {
                        "producer.override.linger.ms": 20,
                        "driver.useSSL": true,
                        transforms: "a",
                        "transforms.a.type": "x.Y",
                        "transforms.a.x": 1,
                        "topic.creation.other.include": "x",
                        "column.mask.with.12.chars": "a.b",
                        converters: "c",
                        "c.type": "x.Y",
                        "schema.history.internal.consumer.foo": 1,
                    },
                }),
            ),
            [],
        ],
        [
            "a transform without its type",
            withConnectors(mysqlConnector({ config: { transforms: "a" } })),
            ['connectors[0].config.transforms names "a", and transforms.a.type is not set: the task would fail'],
        ],
        [
            "a converter without its type",
            withConnectors(mysqlConnector({ config: { converters: "geo" } })),
            ['connectors[0].config.converters names "geo", and geo.type is not set: the task would fail'],
        ],
        [
            "an undeclared predicate",
            withConnectors(
                postgresConnector({
                    transforms: [{ name: "unwrap", type: "a.B", config: { predicate: "isTombstone" } }],
                }),
            ),
            [
                'connectors[0].config."transforms.unwrap.predicate" names the predicate "isTombstone", which predicates does not list: the task would fail',
            ],
        ],
        [
            "a cleanup policy that is none",
            withConnectors(mysqlConnector({ config: { "topic.creation.default.cleanup.policy": "compacted" } })),
            [
                'connectors[0].config."topic.creation.default.cleanup.policy" is "compacted", wants compact, delete or both: Connect would try to create the topic for ever',
            ],
        ],
        [
            "a topic group without its topics",
            withConnectors(mysqlConnector({ config: { "topic.creation.groups": "big" } })),
            [
                'connectors[0].config."topic.creation.groups" names "big", and topic.creation.big.include is not set: the connector would fail',
            ],
        ],
        [
            "half of topic creation",
            withConnectors({
                connectorTemplate: "raw",
                name: "a",
                class: "x.Y",
                config: { "topic.creation.default.partitions": 3 },
            }),
            [
                'connectors[0].config."topic.creation.default.replication.factor" is missing: with any topic creation, the connector fails without it',
            ],
        ],
        [
            "raw without class and name",
            withConnectors({ connectorTemplate: "raw" }),
            [
                "connectors[0].name: got nothing, wants a DNS name: at most 253 of a-z, 0-9, - and ., each part starting and ending with a letter or digit",
                "connectors[0].class: got nothing, wants a class name",
            ],
        ],
        [
            "a collection without a name",
            withConnectors({
                connectorTemplate: "debeziumMongodbSourceConnector",
                source: { instance: "a", database: "b" },
            }),
            ["connectors[0].source.collection: got nothing, wants the name of a collection"],
        ],
        [
            "an unknown provider",
            withConnectors(mysqlConnector({ config: { "database.user": "${vault:a:b}" } })),
            [
                'connectors[0].config."database.user" refers to the config provider "vault", which the workers do not have; they have "secretManager"',
            ],
        ],
        [
            "no provider at all",
            minimal({ connectors: [postgresConnector()] }),
            ['connectors[0] needs the config provider "secretManager", and the stack has no secrets group'],
        ],
        [
            "a table twice",
            withConnectors(mysqlConnector({ version: "1" }), mysqlConnector({ version: "2" })),
            [
                "connectors[1] has the connector name instance2mysql-schema2-table2, as has connectors[0]; give one of them another name",
            ],
        ],
        [
            "names that differ in underscores only",
            withConnectors(
                mysqlConnector({ source: { instance: "a", database: "b", table: "c_d" } }),
                mysqlConnector({ source: { instance: "a", database: "b", table: "cd" } }),
            ),
            ["connectors[1] has the connector name amysql-b-cd, as has connectors[0]; give one of them another name"],
        ],
        [
            "one topic prefix for two",
            withConnectors(mysqlConnector({ topicPrefix: "p" }), postgresConnector({ topicPrefix: "p" })),
            ["connectors[1] has the topic prefix p, as has connectors[0]; give one of them another topicPrefix"],
        ],
        [
            "one server id for two",
            withConnectors(
                mysqlConnector({ serverId: 7 }),
                mysqlConnector({ serverId: 7, source: { instance: "a", database: "b", table: "c" } }),
            ),
            ["connectors[1] has the MySQL server id 7, as has connectors[0]; give one of them another serverId"],
        ],
        [
            "one slot for two",
            withConnectors(
                postgresConnector({ slotName: "s" }),
                postgresConnector({
                    slotName: "s",
                    source: { instance: "billing", database: "billing", table: "payments" },
                }),
            ),
            [
                "connectors[1] has the replication slot s (instance billing), as has connectors[0]; give one of them another slotName",
            ],
        ],
        [
            "one slot on two instances",
            withConnectors(
                postgresConnector({ slotName: "s" }),
                postgresConnector({
                    slotName: "s",
                    source: { instance: "other", database: "billing", table: "payments" },
                }),
            ),
            [],
        ],
        [
            "a slot name PostgreSQL refuses",
            withConnectors(postgresConnector({ slotName: "My-Slot" })),
            ['connectors[0].slotName: got "My-Slot", wants an identifier of at most 63 of a-z, 0-9 and _'],
        ],
        [
            "a port that is none",
            withConnectors(postgresConnector({ source: { instance: "a", database: "b", table: "c", port: 70000 } })),
            [
                "connectors[0].source.port: got 70000, wants a port from 1 to 65535, or a reference such as ${secretManager:INSTANCE:PORT}",
            ],
        ],
    ];
    for (const [what, raw, expected] of cases) {
        it(
            `are refused with ${what}`
                .replace("are refused with one slot on two instances", "may have one slot name on two instances")
                .replace("are refused with keys that", "may have keys that"),
            () => assert.deepEqual(faultsOf(raw), expected),
        );
    }
});

describe("names", () => {
    // what MySQL and PostgreSQL allow as a name: any character, dots and quotes included
    const anyName = fc
        .string({ minLength: 1, maxLength: 64, unit: "grapheme" })
        .filter((name) => !/[\r\n]/.test(name) && name.trim() !== "");

    it("of connectors are legal for Kubernetes, whatever the database is called", () => {
        fc.assert(
            fc.property(anyName, anyName, anyName, (instance, database, table) => {
                const name = connectorName([`${namePart(instance)}mysql`, namePart(database), namePart(table)]);
                assert.match(name, /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
                assert.ok(name.length <= 200);
            }),
        );
    });

    it("follow the Helm templates' rule where that gives a legal name", () => {
        fc.assert(
            fc.property(fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/), (name) =>
                assert.equal(namePart(name), name.replace(/_/g, "") || namePart(name)),
            ),
        );
    });

    it("that the rule would make alike stay different", () => {
        assert.notEqual(namePart("주문"), namePart("회원"));
        assert.notEqual(namePart("a$b"), namePart("a.b"));
    });

    it("of slots, topics and server ids are legal and stable", () => {
        fc.assert(
            fc.property(anyName, (name) => {
                assert.match(postgresIdentifier("dbz_", name), /^[a-z0-9_]{1,63}$/);
                assert.match(topicName("p", name), /^[A-Za-z0-9._-]+$/);
                const id = mysqlServerId(name);
                assert.ok(id >= 100_000 && id <= 4_294_967_295 && id === mysqlServerId(name));
            }),
        );
    });

    it("in include lists match themselves and nothing else", () => {
        fc.assert(
            fc.property(anyName, anyName, (name, other) => {
                const pattern = new RegExp(`^(?:${literalPattern(name)})$`, "u");
                assert.ok(pattern.test(name));
                assert.equal(pattern.test(other), other === name);
                assert.doesNotMatch(literalPattern(name), /,/);
            }),
        );
    });

    it("are cut to a length, and stay different", () => {
        const long = "x".repeat(300);
        assert.equal(truncateName(long, 63).length <= 63, true);
        assert.notEqual(truncateName(`${long}a`, 63), truncateName(`${long}b`, 63));
    });
});
