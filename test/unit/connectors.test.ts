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
    assertIssues,
    minimal,
    mysqlConnector,
    postgresConnector,
    settingsFrom,
    withConnectors,
    type ExpectedIssues,
    type Raw,
} from "../support/stacks";
import { objectsOfKind } from "../../src/synth/synth";

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

describe("a connector", () => {
    it("of a Helm values list has the names, labels and configuration of that chart", async () => {
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

    it("accepts a version that is a number, and names the topics it writes to", () => {
        const [plan] = settingsFrom(withConnectors(mysqlConnector({ version: 2025042401 }))).connectors;
        assert.equal(plan.name, "instance2mysql-schema2-table2-2025042401");
        assert.deepEqual(plan.outputTopics, ["instance2mysql-schema2-table2.schema2.table2"]);
    });

    it("keeps topics, server id and slot in a new version, and starts a new schema history", () => {
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

    it("of MongoDB reads the connection string from the secret and can use TLS", () => {
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

    it("of the template raw has exactly the class and configuration that are written", () => {
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

    it("give the schema history the login that Kafka requires", () => {
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

    it("have no login in the schema history where Kafka requires none", () => {
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

    const cases: [string, Raw, ExpectedIssues][] = [
        ["a missing template", withConnectors({}), [["KCP_MISSING_SETTING", "connectors[0].connectorTemplate"]]],
        [
            "a misspelt template",
            withConnectors(mysqlConnector({ connectorTemplate: "connector.debeziumMySqlSourceConector" })),
            [["KCP_INVALID_VALUE", "connectors[0].connectorTemplate"]],
        ],
        [
            "a misspelt option",
            withConnectors(mysqlConnector({ taskMax: 1 })),
            [["KCP_UNKNOWN_SETTING", "connectors[0].taskMax"]],
        ],
        [
            "a misspelt state",
            withConnectors(mysqlConnector({ state: "pause" })),
            [["KCP_INVALID_VALUE", "connectors[0].state"]],
        ],
        [
            "more tasks than a Debezium source runs",
            withConnectors(mysqlConnector({ tasksMax: 2 })),
            [["KCP_INVALID_VALUE", "connectors[0].tasksMax"]],
        ],
        [
            "another Connect cluster",
            withConnectors(mysqlConnector({ connectCluster: "connect-cluster" })),
            [["KCP_INVALID_VALUE", "connectors[0].connectCluster"]],
        ],
        [
            "a field of the KafkaConnector in config",
            withConnectors(mysqlConnector({ config: { "tasks.max": 4 } })),
            [["KCP_MANAGED_SETTING", 'connectors[0].config."tasks.max"']],
        ],
        [
            "a literal password",
            withConnectors(mysqlConnector({ config: { "database.ssl.keystore.password": "x" } })),
            [["KCP_LITERAL_CREDENTIAL", 'connectors[0].config."database.ssl.keystore.password"']],
        ],
        [
            "a key of an earlier Debezium version",
            withConnectors(mysqlConnector({ config: { "database.server.name": "a" } })),
            [["KCP_REMOVED_CONFIG_KEY", 'connectors[0].config."database.server.name"']],
        ],
        [
            "a family of keys of an earlier Debezium version",
            withConnectors(mysqlConnector({ config: { "database.history.kafka.topic": "a" } })),
            [["KCP_REMOVED_CONFIG_KEY", 'connectors[0].config."database.history.kafka.topic"']],
        ],
        [
            "a renamed blacklist",
            withConnectors(postgresConnector({ config: { "column.blacklist": "a" } })),
            [["KCP_REMOVED_CONFIG_KEY", 'connectors[0].config."column.blacklist"']],
        ],
        [
            "a transform without its type",
            withConnectors(mysqlConnector({ config: { transforms: "a" } })),
            [["KCP_UNDECLARED_NAME", "connectors[0].config.transforms"]],
        ],
        [
            "a converter without its type",
            withConnectors(mysqlConnector({ config: { converters: "geo" } })),
            [["KCP_UNDECLARED_NAME", "connectors[0].config.converters"]],
        ],
        [
            "an undeclared predicate",
            withConnectors(
                postgresConnector({
                    transforms: [{ name: "unwrap", type: "a.B", config: { predicate: "isTombstone" } }],
                }),
            ),
            [["KCP_UNDECLARED_NAME", "connectors[0].transforms[0].config.predicate"]],
        ],
        [
            "an invalid cleanup policy",
            withConnectors(mysqlConnector({ config: { "topic.creation.default.cleanup.policy": "compacted" } })),
            [["KCP_INVALID_CONFIG_VALUE", 'connectors[0].config."topic.creation.default.cleanup.policy"']],
        ],
        [
            "a topic creation group without topics",
            withConnectors(mysqlConnector({ config: { "topic.creation.groups": "big" } })),
            [["KCP_UNDECLARED_NAME", 'connectors[0].config."topic.creation.groups"']],
        ],
        [
            "incomplete topic creation",
            withConnectors({
                connectorTemplate: "raw",
                name: "a",
                class: "x.Y",
                config: { "topic.creation.default.partitions": 3 },
            }),
            [["KCP_MISSING_CONFIG_KEY", 'connectors[0].config."topic.creation.default.replication.factor"']],
        ],
        [
            "raw without class and name",
            withConnectors({ connectorTemplate: "raw" }),
            [
                ["KCP_MISSING_SETTING", "connectors[0].name"],
                ["KCP_MISSING_SETTING", "connectors[0].class"],
            ],
        ],
        [
            "a collection without a name",
            withConnectors({
                connectorTemplate: "debeziumMongodbSourceConnector",
                source: { instance: "a", database: "b" },
            }),
            [["KCP_MISSING_SETTING", "connectors[0].source.collection"]],
        ],
        [
            "an unknown provider",
            withConnectors(mysqlConnector({ config: { "database.user": "${vault:a:b}" } })),
            [["KCP_UNRESOLVABLE_REFERENCE", 'connectors[0].config."database.user"']],
        ],
        [
            "a reference without a section secrets",
            minimal({ connectors: [postgresConnector()] }),
            [["KCP_UNRESOLVABLE_REFERENCE", "connectors[0]"]],
        ],
        [
            "two versions of one connector",
            withConnectors(mysqlConnector({ version: "1" }), mysqlConnector({ version: "2" })),
            [["KCP_SHARED_RESOURCE", "connectors[1]"]],
        ],
        [
            "connector names that differ only in underscores",
            withConnectors(
                mysqlConnector({ source: { instance: "a", database: "b", table: "c_d" } }),
                mysqlConnector({ source: { instance: "a", database: "b", table: "cd" } }),
            ),
            [["KCP_SHARED_RESOURCE", "connectors[1]"]],
        ],
        [
            "a topic prefix that two connectors use",
            withConnectors(mysqlConnector({ topicPrefix: "p" }), postgresConnector({ topicPrefix: "p" })),
            [["KCP_SHARED_RESOURCE", "connectors[1].topicPrefix"]],
        ],
        [
            "a server id that two connectors use",
            withConnectors(
                mysqlConnector({ serverId: 7 }),
                mysqlConnector({ serverId: 7, source: { instance: "instance2", database: "b", table: "c" } }),
            ),
            [["KCP_SHARED_RESOURCE", "connectors[1].serverId"]],
        ],
        [
            "a replication slot that two connectors use",
            withConnectors(
                postgresConnector({ slotName: "s" }),
                postgresConnector({
                    slotName: "s",
                    source: { instance: "billing", database: "billing", table: "payments" },
                }),
            ),
            [["KCP_SHARED_RESOURCE", "connectors[1].slotName"]],
        ],
        [
            "an invalid name of a replication slot",
            withConnectors(postgresConnector({ slotName: "My-Slot" })),
            [["KCP_INVALID_VALUE", "connectors[0].slotName"]],
        ],
        [
            "an invalid port",
            withConnectors(postgresConnector({ source: { instance: "a", database: "b", table: "c", port: 70000 } })),
            [["KCP_INVALID_VALUE", "connectors[0].source.port"]],
        ],
    ];
    for (const [what, raw, expected] of cases) it(`is rejected with ${what}`, () => assertIssues(raw, expected));

    it("accepts keys that are passed to clients, converters and drivers", () => {
        assertIssues(
            withConnectors(
                mysqlConnector({
                    config: {
                        "producer.override.linger.ms": 20,
                        "driver.useSSL": true,
                        transforms: "a",
                        "transforms.a.type": "x.Y",
                        "transforms.a.x": 1,
                        "topic.creation.other.include": "x",
                        "column.mask.with.12.chars": ".*\\.email",
                        converters: "c",
                        "c.type": "x.Y",
                        "schema.history.internal.consumer.foo": 1,
                    },
                }),
            ),
            [],
        );
    });

    it("accepts one slot name on two instances", () => {
        assertIssues(
            withConnectors(
                postgresConnector({ slotName: "s" }),
                postgresConnector({
                    slotName: "s",
                    source: { instance: "other", database: "billing", table: "payments" },
                }),
            ),
            [],
        );
    });
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

    it("that the rule would make equal stay different", () => {
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
