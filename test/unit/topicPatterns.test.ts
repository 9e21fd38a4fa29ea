/** Topics that sinks and mirrors select by pattern, and the logins of mirrors to the source Kafka cluster. */
import assert from "node:assert/strict";
import { matchesTopic, namesOrPrefixes, topicPrefixes } from "../../src/connectors/topicItems";
import { formatPath } from "../../src/schema/issues";
import { onlyOfKind } from "../../src/synth/synth";
import {
    assertIssues,
    eks,
    evaluated,
    issuesOf,
    minimal,
    mysqlConnector,
    postgresConnector,
    settingsFrom,
    withConnectors,
    withImage,
    type Raw,
} from "../support/stacks";

const sinks: Readonly<Record<string, Raw>> = {
    bigQuerySinkConnector: { converter: "json-with-schemas", target: { project: "data-platform", dataset: "raw" } },
    brazeSinkConnector: { endpoint: "https://rest.iad-01.braze.com", object: "attributes" },
    httpSinkConnector: { target: { name: "webhook", url: "https://example.com/in" } },
    jdbcSinkConnector: {
        converter: "json-with-schemas",
        target: { type: "postgresql", instance: "reports", database: "reports" },
    },
    fileStreamSinkConnector: { file: "/tmp/a" },
};
const file = (...topics: (string | Raw)[]): Raw => ({
    connectorTemplate: "fileStreamSinkConnector",
    file: "/tmp/a",
    topics,
});
const wholeSchema = (more: Raw = {}): Raw =>
    postgresConnector({ source: { instance: "billing", database: "billing", schemas: ["public"] }, ...more });
const warningsOf = (raw: Raw): string[] =>
    settingsFrom(withImage(raw)).warnings.map(({ code, path }) => `${code} ${formatPath(path)}`);

describe("the topics of a regular expression", () => {
    it("are a name where it matches only one, and the beginning of its matches otherwise", () => {
        for (const [expression, topics] of [
            ["orders", ["orders"]],
            ["shop\\.public\\.orders", ["shop.public.orders"]],
            ["shop\\.public\\..*", ["shop.public.*"]],
            ["shop.public", ["shop*"]],
            ["orders?", ["order*"]],
            ["orders+", ["orders*"]],
            ["a\\.x|b\\..*", ["a.x", "b.*"]],
            ["a(b|c)", ["a*"]],
            ["a[b|c]d", ["a*"]],
            ["a\\|b", ["a|b"]],
            ["(a|b)\\.x", ["*"]],
            [".*", ["*"]],
        ] as const)
            assert.deepEqual(topicPrefixes(expression), topics, expression);
    });

    it("begin with one of its prefixes, whatever it matches", () => {
        const expressions = ["ab*", "a{0,1}b", "x|y.*", "a\\.b?c", "(?:ab)+", "[ab]c", "ab|", "a+b|c?d"];
        const topics = ["a", "b", "ab", "abb", "x", "y1", "a.c", "a.bc", "abab", "bc", "aab", "d", "cd"];
        for (const expression of expressions)
            for (const topic of topics.filter((name) => matchesTopic(expression, name)))
                assert.ok(
                    topicPrefixes(expression).some((name) =>
                        name.endsWith("*") ? topic.startsWith(name.slice(0, -1)) : topic === name,
                    ),
                    `${expression} matches ${topic}`,
                );
    });

    it("include the names beside it", () => {
        assert.deepEqual(namesOrPrefixes(["a", { pattern: "b\\..*" }, { pattern: "a" }]), ["a", "b.*"]);
    });
});

describe("a sink with a pattern", () => {
    it("reads by topics.regex, in every template", () => {
        for (const [connectorTemplate, options] of Object.entries(sinks)) {
            const topics = ["a.b", { pattern: "shop\\.public\\..*" }];
            const [connector] = settingsFrom(withConnectors({ connectorTemplate, ...options, topics })).connectors;
            assert.equal(connector.config["topics.regex"], "a\\.b|shop\\.public\\..*", connectorTemplate);
            assert.equal(connector.config.topics, undefined);
            assert.deepEqual(connector.inputTopics, ["a.b", "shop.public.*"]);
        }
    });

    it("has a legal name, by how the names of its topics begin", () => {
        const nameOf = (...topics: (string | Raw)[]) =>
            settingsFrom(withConnectors(file(...topics))).connectors[0].name;
        assert.equal(nameOf({ pattern: "shop\\.public\\..*" }), "shop.public-topics-to-file");
        assert.equal(nameOf("orders", { pattern: "shop\\..*" }), "orders-and-1-more-to-file");
        assert.match(nameOf({ pattern: ".*" }), /^topics-[0-9a-f]{6}-to-file$/);
        assert.match(nameOf({ pattern: "a\\..*|b\\..*" }), /^topics-[a-z0-9.-]+-to-file$/);
    });

    it("may read topics by prefix in a Kafka of the stack", async () => {
        const raw = minimal({
            secrets: { provider: "file" },
            kafka: undefined,
            kafkaCluster: { name: "main" },
            connectors: [file("orders", { pattern: "shop\\.public\\..*" })],
        });
        const { acls } = onlyOfKind(await evaluated(raw), "KafkaUser").spec.authorization as {
            acls: { resource: Raw; operations: string[] }[];
        };
        assert.deepEqual(
            acls.filter(({ operations }) => operations.join() === "Read,Describe").map(({ resource }) => resource),
            [
                { type: "group", name: "connect-orders-and-1-more-to-file", patternType: "literal" },
                { type: "group", name: "data-kafka-connect-cluster", patternType: "literal" },
                { type: "topic", name: "orders", patternType: "literal" },
                { type: "topic", name: "shop.public.", patternType: "prefix" },
            ],
        );
    });

    it("is compared with a source that captures a whole schema", () => {
        const sink = { ...file({ pattern: "billingpostgres-billing\\..*" }), converter: "json-with-schemas" };
        assertIssues(withConnectors(wholeSchema(), sink), [["KCP_FORMAT_MISMATCH", "connectors[1].converter"]]);
        // whether tables begin with `x` is not known
        const some = { ...sink, topics: [{ pattern: "billingpostgres-billing\\.public\\.x.*" }] };
        assert.deepEqual(issuesOf(withConnectors(wholeSchema(), some)), []);
    });

    it("has a warning where it matches no topic of the source that it begins with", () => {
        const reading = (pattern: string) => withConnectors(postgresConnector({ reselect: true }), file({ pattern }));
        const prefix = "billingpostgres-billing-invoices";
        assert.deepEqual(warningsOf(reading(`${prefix}\\.public\\.inv.*`)), []);
        assert.deepEqual(warningsOf(reading(`${prefix}\\.ledger\\..*`)), [
            "KCP_UNWRITTEN_TOPIC connectors[1].topics[0].pattern",
        ]);
        assert.deepEqual(warningsOf(reading("clicks\\..*")), []);
        const all = withConnectors(
            wholeSchema({ reselect: true }),
            file({ pattern: `${prefix.slice(0, 23)}\\.public\\.x.*` }),
        );
        assert.deepEqual(warningsOf(all), []);
    });

    it("has a warning where it also matches heartbeats or schema changes", () => {
        const reading = (pattern: string) => withConnectors(mysqlConnector({ topicPrefix: "shop" }), file({ pattern }));
        assert.deepEqual(warningsOf(reading("shop\\.schema2\\..*")), []);
        assert.deepEqual(warningsOf(reading(".*shop.*")), ["KCP_UNINTENDED_TOPIC connectors[1].topics[0].pattern"]);
    });

    it("cannot match its own dead letter queue, nor have topics too", () => {
        const queue = { errors: { tolerance: "all" }, deadLetterQueue: { topic: "shop.dead" } };
        const sink = { ...file({ pattern: "shop\\..*" }), ...queue };
        assertIssues(withConnectors(sink), [["KCP_CONFLICTING_SETTINGS", "connectors[0].topics[0].pattern"]]);
        const both = { ...file("a"), config: { "topics.regex": "b" } };
        assertIssues(withConnectors(both), [["KCP_CONFLICTING_SETTINGS", 'connectors[0].config."topics.regex"']]);
    });

    it("maps a matching topic to a table of BigQuery, and no other", () => {
        const options = sinks.bigQuerySinkConnector;
        const sink = (topic: string): Raw => ({
            connectorTemplate: "bigQuerySinkConnector",
            ...options,
            topics: [{ pattern: "shop\\..*" }],
            tables: [{ topic, table: "orders" }],
        });
        assert.deepEqual(issuesOf(withConnectors(sink("shop.orders"))), []);
        assertIssues(withConnectors(sink("other")), [["KCP_INVALID_VALUE", "connectors[0].tables[0].topic"]]);
    });

    it("rejects an item that is neither a name nor a pattern", () => {
        assertIssues(withConnectors(file("shop.*")), [["KCP_INVALID_VALUE", "connectors[0].topics[0]"]]);
        assertIssues(withConnectors(file({ regex: "a" })), [["KCP_INVALID_VALUE", "connectors[0].topics[0]"]]);
    });
});

describe("a mirror with a pattern", () => {
    const mirror = (source: Raw, more: Raw = {}): Raw => ({
        connectorTemplate: "mirrorSourceConnector",
        source: { instance: "backend", ...source },
        ...more,
    });
    const configOf = (declaration: Raw) => settingsFrom(withConnectors(declaration)).connectors[0].config;

    it("excludes what MirrorMaker excludes, unless it says otherwise", () => {
        const topics = ["EVENT.A", { pattern: "ORDER\\..*" }];
        assert.equal(configOf(mirror({ topics })).topics, "EVENT\\.A,ORDER\\..*");
        assert.equal(configOf(mirror({ topics }))["topics.exclude"], undefined);
        assert.equal(configOf(mirror({ topics: ["EVENT.A"] }))["topics.exclude"], "");
        const excludeTopics = ["ORDER.OLD", { pattern: ".*\\.tmp" }];
        assert.equal(configOf(mirror({ topics, excludeTopics }))["topics.exclude"], "ORDER\\.OLD,.*\\.tmp");
        assertIssues(withConnectors(mirror({ topic: "a", excludeTopics })), [
            ["KCP_UNUSED_SETTING", "connectors[0].source.excludeTopics"],
        ]);
    });

    it("writes topics of a prefix, and cannot contain a comma", () => {
        const [connector] = settingsFrom(withConnectors(mirror({ topics: [{ pattern: "ORDER\\..*" }] }))).connectors;
        assert.deepEqual(connector.outputTopics, ["backend.ORDER.*"]);
        assert.equal(connector.name, "backendmirror-order-topics");
        assertIssues(withConnectors(mirror({ topics: [{ pattern: "a{1,2}" }] })), [
            ["KCP_INVALID_VALUE", "connectors[0].source.topics[0].pattern"],
        ]);
    });

    it("logs in with a certificate from its secret, or from a keystore", () => {
        const prefixed = (config: Raw) =>
            Object.fromEntries(
                Object.entries(config).filter(([key]) => /^source\.cluster\.(ssl|sasl|security)/.test(key)),
            );
        assert.deepEqual(prefixed(configOf(mirror({ topic: "a", authentication: "tls" }))), {
            "source.cluster.security.protocol": "SSL",
            "source.cluster.ssl.keystore.type": "PEM",
            "source.cluster.ssl.keystore.certificate.chain": "${secretManager:BACKEND:CERTIFICATE}",
            "source.cluster.ssl.keystore.key": "${secretManager:BACKEND:PRIVATE_KEY}",
        });
        const keystore = { path: "/mnt/login/keystore.p12" };
        const truststore = { path: "/mnt/login/ca.crt", type: "PEM" };
        assert.deepEqual(prefixed(configOf(mirror({ topic: "a", authentication: "tls", keystore, truststore }))), {
            "source.cluster.security.protocol": "SSL",
            "source.cluster.ssl.truststore.type": "PEM",
            "source.cluster.ssl.truststore.location": "/mnt/login/ca.crt",
            "source.cluster.ssl.keystore.type": "PKCS12",
            "source.cluster.ssl.keystore.location": "/mnt/login/keystore.p12",
            "source.cluster.ssl.keystore.password": "${secretManager:BACKEND:KEYSTORE_PASSWORD}",
        });
    });

    it("rejects options of a login that it does not use, and two truststores", () => {
        const path = "/mnt/login/store.p12";
        for (const [source, code, option] of [
            [{ keystore: { path } }, "KCP_UNUSED_SETTING", "keystore"],
            [{ tls: true, keystore: { path } }, "KCP_UNUSED_SETTING", "keystore"],
            [{ truststore: { path } }, "KCP_UNUSED_SETTING", "truststore"],
            [{ authentication: "plain", trustedCertificatesKey: "CA" }, "KCP_UNUSED_SETTING", "trustedCertificatesKey"],
            [
                { tls: true, truststore: { path }, trustedCertificatesKey: "CA" },
                "KCP_CONFLICTING_SETTINGS",
                "truststore",
            ],
            [{ authentication: "aws-msk-iam" }, "KCP_MISSING_SETTING", "clusterArn"],
        ] as const)
            assertIssues(withConnectors(mirror({ topic: "a", ...source })), [[code, `connectors[0].source.${option}`]]);
    });

    it("logs in to MSK as the workers' role, which may then read that cluster and nothing else of it", async () => {
        const clusterArn = "arn:aws:kafka:eu-west-1:123456789012:cluster/backend/0a1b-2c";
        const connector = mirror({ topic: "a", authentication: "aws-msk-iam", clusterArn });
        const stack = { ...withConnectors(connector), eks };
        const { config } = settingsFrom(stack).connectors[0];
        assert.equal(config["source.cluster.security.protocol"], "SASL_SSL");
        assert.equal(config["source.cluster.sasl.mechanism"], "AWS_MSK_IAM");
        const policies = (await evaluated(stack)).resources
            .filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy")
            .map(({ inputs }) => JSON.parse(String(inputs.policy)) as { Statement: { Action: string[] }[] });
        const statements = policies.flatMap(({ Statement }) => Statement);
        const actions = statements
            .flatMap(({ Action }) => Action)
            .filter((action) => action.startsWith("kafka-cluster:"));
        assert.ok(actions.includes("kafka-cluster:ReadData"));
        assert.deepEqual(
            actions.filter((action) => /Write|Alter|Create/.test(action)),
            [],
        );
        assertIssues(withConnectors(connector), [
            ["KCP_MISSING_SETTING", "eks.clusterName"],
            ["KCP_MISSING_SETTING", "eks.region"],
        ]);
    });
});
