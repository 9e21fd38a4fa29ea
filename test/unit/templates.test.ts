import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import * as YAML from "yaml";
import { templates } from "../../src/connectors/templates";
import { objectsOfKind } from "../../src/synth/synth";
import { schemaOf } from "../../src/release/crds";
import { strimziVersions } from "../../src/release/releases";
import { violations } from "../../src/release/crdValidation";
import { sortKeys } from "../../src/util/data";
import { fullDeclarations, minimalDeclarations, stackWith } from "../support/declarations";
import { evaluated, issuesOf, minimal, settingsFrom, type Raw } from "../support/stacks";

const resolve = (...connectors: Raw[]) => settingsFrom({ ...stackWith(connectors), image: undefined }).connectors;

describe("every template", () => {
    it("has a minimal and a full declaration in test/support", () => {
        for (const declarations of [minimalDeclarations, fullDeclarations])
            assert.deepEqual(
                declarations
                    .map(({ connectorTemplate }) => String(connectorTemplate).replace(/^connector\./, ""))
                    .sort(),
                templates.map(({ name }) => name).sort(),
            );
    });

    for (const version of strimziVersions) {
        // UPDATE_GOLDEN=1 npx mocha test/unit/templates.test.ts records an intended change
        it(`renders the recorded KafkaConnectors for Strimzi ${version}`, async () => {
            const both = [stackWith(minimalDeclarations), stackWith(fullDeclarations)].map((stack) =>
                evaluated({ ...stack, strimzi: { version } }),
            );
            const connectors = (
                await Promise.all(both.map(async (evaluation) => objectsOfKind(await evaluation, "KafkaConnector")))
            ).flat();
            const schema = schemaOf(version, "KafkaConnector")!;
            for (const connector of connectors)
                assert.deepEqual(violations(schema.properties!.spec, connector.spec), [], connector.metadata.name);
            const text = connectors
                .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
                .map((item) => YAML.stringify(sortKeys(item), { lineWidth: 0 }))
                .join("---\n");
            const file = path.join(__dirname, "..", "golden", `connectors-${version}.yaml`);
            if (process.env.UPDATE_GOLDEN) fs.writeFileSync(file, text);
            assert.equal(text, fs.readFileSync(file, "utf8"));
        });
    }
});

describe("a template", () => {
    it("mirrors the records of another Kafka as bytes", () => {
        const [connector] = resolve({
            connectorTemplate: "connector.mirrorSourceConnector",
            version: "2025032401",
            state: "paused",
            tasksMax: 5,
            source: { instance: "backend", topic: "EVENT.SUBSCRIPTION.TOPIC" },
        });
        assert.equal(connector.name, "backendmirror-event.subscription.topic-2025032401");
        assert.deepEqual(
            [connector.state, connector.tasksMax, connector.outputTopics],
            ["paused", 5, ["backend.EVENT.SUBSCRIPTION.TOPIC"]],
        );
        for (const converter of ["key.converter", "value.converter", "header.converter"])
            assert.equal(connector.config[converter], "org.apache.kafka.connect.converters.ByteArrayConverter");
        assert.equal(connector.config.topics, "EVENT\\.SUBSCRIPTION\\.TOPIC");
        assert.equal(
            connector.config["source.cluster.bootstrap.servers"],
            "${secretManager:BACKEND:BOOTSTRAP_SERVERS}",
        );
        assert.equal(
            resolve({ connectorTemplate: "mirrorSourceConnector", source: { instance: "a", topic: "b" } })[0].tasksMax,
            2,
        );
    });

    it("configures MirrorMaker's login to both clusters", () => {
        const kafka = {
            bootstrapServers: "kafka:9093",
            tls: {},
            authentication: { type: "scram-sha-512", username: "connect", secretName: "user" },
        };
        const { config } = settingsFrom({
            ...stackWith([
                {
                    connectorTemplate: "mirrorSourceConnector",
                    source: { instance: "backend", topic: "t", tls: true, authentication: "plain" },
                },
            ]),
            kafka,
            image: undefined,
        }).connectors[0];
        assert.equal(config["source.cluster.security.protocol"], "SASL_SSL");
        assert.equal(
            config["source.cluster.sasl.jaas.config"],
            "org.apache.kafka.common.security.plain.PlainLoginModule required " +
                'username="${secretManager:BACKEND:USERNAME}" password="${secretManager:BACKEND:PASSWORD}";',
        );
        assert.equal(config["target.cluster.security.protocol"], "SASL_SSL");
        assert.match(String(config["target.cluster.sasl.jaas.config"]), /username="connect" password="\$\{kafkaFiles:/);
    });

    it("posts batches of the size that Braze accepts, with a poll interval that covers all retries", () => {
        const [{ config }] = resolve({
            connectorTemplate: "brazeSinkConnector",
            topics: ["users"],
            endpoint: "https://rest.iad-01.braze.com",
            object: "attributes",
        });
        assert.equal(config["http.url"], "https://rest.iad-01.braze.com/users/track");
        assert.equal(config["http.headers.authorization"], "Bearer ${secretManager:BRAZE:API_KEY}");
        assert.deepEqual(
            [config["batch.prefix"], config["batch.separator"], config["batch.suffix"], config["batch.max.size"]],
            ['{"attributes":[', ",", "]}", 75],
        );
        const longest =
            (Number(config["max.retries"]) + 1) * Number(config["http.timeout"]) * 1000 +
            Number(config["max.retries"]) * Number(config["retry.backoff.ms"]);
        assert.ok(Number(config["consumer.override.max.poll.interval.ms"]) > longest);
        assert.equal(
            config["predicates.recordIsTombstone.type"],
            "org.apache.kafka.connect.transforms.predicates.RecordIsTombstone",
        );
    });

    it("configures a dead letter queue for a sink that tolerates errors", () => {
        const [{ config, inputTopics: reads }] = resolve({
            connectorTemplate: "httpSinkConnector",
            topics: ["a", "b"],
            target: { name: "hook", url: "https://x.example" },
            errors: { tolerance: "all" },
        });
        assert.equal(config["errors.deadletterqueue.topic.name"], "dlq.a-and-1-more-to-hook");
        assert.equal(config["errors.deadletterqueue.context.headers.enable"], true);
        assert.equal(config["errors.deadletterqueue.topic.replication.factor"], -1);
        assert.deepEqual(reads, ["a", "b"]);
    });

    it("configures Avro for a Confluent or an Apicurio schema registry", () => {
        const registry = (schemaRegistry: Raw) =>
            settingsFrom(
                minimal({
                    kafka: { bootstrapServers: "k:1", schemaRegistry },
                    secrets: { provider: "file" },
                    connectors: [{ ...minimalDeclarations[1], converter: "avro", keyConverter: "string" }],
                }),
            ).connectors[0].config;
        const confluent = registry({ url: "https://registry.example", secret: "REGISTRY" });
        assert.equal(confluent["value.converter"], "io.confluent.connect.avro.AvroConverter");
        assert.equal(confluent["value.converter.schema.registry.url"], "https://registry.example");
        assert.equal(
            confluent["value.converter.basic.auth.user.info"],
            "${secretManager:REGISTRY:USERNAME}:${secretManager:REGISTRY:PASSWORD}",
        );
        assert.equal(confluent["key.converter"], "org.apache.kafka.connect.storage.StringConverter");
        const apicurio = registry({ type: "apicurio", url: "https://registry.example" });
        assert.equal(apicurio["value.converter"], "io.apicurio.registry.utils.converter.AvroConverter");
        assert.equal(apicurio["value.converter.apicurio.registry.url"], "https://registry.example");
        const latest = { url: "https://a", subjectNames: "record", autoRegister: false, strictCompatibility: false };
        assert.deepEqual(
            Object.entries(registry(latest)).filter(([key]) => /subject|register|latest/.test(key)),
            [
                [
                    "value.converter.key.subject.name.strategy",
                    "io.confluent.kafka.serializers.subject.RecordNameStrategy",
                ],
                [
                    "value.converter.value.subject.name.strategy",
                    "io.confluent.kafka.serializers.subject.RecordNameStrategy",
                ],
                ["value.converter.auto.register.schemas", false],
                ["value.converter.use.latest.version", true],
                ["value.converter.latest.compatibility.strict", false],
            ],
        );
        assert.throws(() => registry({ ...latest, type: "apicurio" }), /kafka\.schemaRegistry\.strictCompatibility/);
    });

    it("expands transform presets with their predicates and follows routed topics", () => {
        const transforms = [
            { type: "unwrap" },
            { type: "extract-timestamp", config: { "field.name": "at" } },
            { type: "drop-tombstones" },
            { type: "route", config: { regex: "(.*)\\.public\\.(.*)", replacement: "$1.$2" } },
            { type: "route", config: { regex: "x", replacement: "y" } },
        ];
        const [{ config, outputTopics: topics }] = resolve({ ...minimalDeclarations[1], transforms });
        assert.equal(config.transforms, "unwrap,extractTimestamp,dropTombstones,route,route2");
        assert.equal(config["transforms.unwrap.type"], "io.debezium.transforms.ExtractNewRecordState");
        assert.deepEqual(
            [config["transforms.extractTimestamp.predicate"], config["transforms.extractTimestamp.negate"]],
            ["recordIsTombstone", true],
        );
        assert.deepEqual(
            [config["transforms.dropTombstones.predicate"], config["transforms.dropTombstones.negate"]],
            ["recordIsTombstone", undefined],
        );
        assert.equal(config.predicates, "recordIsTombstone");
        assert.deepEqual(topics, ["apostgres-b-c.c"]);
    });

    it("enables exactly-once and overrides the producer of a source", () => {
        const [{ config }] = resolve({ ...minimalDeclarations[1], exactlyOnce: true, producer: { "linger.ms": 1 } });
        assert.equal(config["exactly.once.support"], "required");
        assert.deepEqual(
            [config["producer.override.linger.ms"], config["producer.override.compression.type"]],
            [1, "lz4"],
        );
    });

    it("sets the plugin version where Strimzi supports it", async () => {
        const of = (version: string) => ({
            ...stackWith([{ ...minimalDeclarations[6], pluginVersion: "[4.3,5)" }]),
            image: undefined,
            strimzi: { version },
        });
        assert.equal(objectsOfKind(await evaluated(of("1.2.0")), "KafkaConnector")[0].spec.version, "[4.3,5)");
        assert.deepEqual(issuesOf(of("0.45.0")), ["KCP_UNSUPPORTED_BY_VERSION connectors[0].pluginVersion"]);
    });
});

describe("the heartbeat of a PostgreSQL source", () => {
    const source = (options: Raw): Raw => ({ ...minimalDeclarations[1], ...options });
    const issues = (options: Raw) => issuesOf({ ...stackWith([source(options)]), image: undefined });

    it("is a message in the log by default, which does not become a record", () => {
        const [{ config }] = resolve(source({}));
        assert.match(
            String(config["heartbeat.action.query"]),
            /^SELECT pg_logical_emit_message\(false, 'dbz-heartbeat'/,
        );
        assert.equal(config["message.prefix.exclude.list"], "dbz-heartbeat");
    });

    it("leaves the prefixes to a configuration that includes its own", () => {
        const [{ config }] = resolve(source({ config: { "message.prefix.include.list": "outbox" } }));
        assert.equal(config["message.prefix.exclude.list"], undefined);
    });

    it("has no statement without heartbeats or where the declaration disables it", () => {
        for (const options of [{ heartbeatQuery: false }, { heartbeatSeconds: 0 }])
            assert.equal(resolve(source(options))[0].config["heartbeat.action.query"], undefined);
    });

    it("must not write a table that is not captured", () => {
        for (const heartbeatQuery of ["UPDATE heartbeat SET at = now()", 'insert into "Ops".beat VALUES (1)'])
            assert.deepEqual(issues({ heartbeatQuery }), ["KCP_CONFLICTING_SETTINGS connectors[0].heartbeatQuery"]);
        for (const heartbeatQuery of ["UPDATE public.c SET at = now()", "SELECT 1"])
            assert.deepEqual(issues({ heartbeatQuery }), []);
        assert.deepEqual(issues({ heartbeatQuery: "DELETE FROM beat", publicationAutocreate: "disabled" }), []);
    });
});

describe("names of databases and topics with any characters", () => {
    const anyName = fc
        .string({ minLength: 1, maxLength: 64, unit: "grapheme" })
        .filter((name) => !/[\r\n]|^(["'`]).*\1$/.test(name) && name.trim() === name);
    const names = fc.tuple(anyName, anyName, anyName);

    it("give connectors legal, stable names and a configuration without issues", () => {
        fc.assert(
            fc.property(
                names,
                fc.stringMatching(/^[A-Za-z0-9._-]{1,80}$/).filter((name) => name !== "." && name !== ".."),
                ([instance, database, table], topic) => {
                    const declared = [
                        ...["debeziumMysqlSourceConnector", "debeziumPostgresSourceConnector"].map(
                            (connectorTemplate) => ({
                                connectorTemplate,
                                source: { instance, database, tables: [{ name: table }] },
                            }),
                        ),
                        {
                            connectorTemplate: "debeziumMongodbSourceConnector",
                            source: { instance, database, collections: [{ name: table }] },
                        },
                        {
                            connectorTemplate: "mirrorSourceConnector",
                            // MirrorMaker never copies topics with a name such as __a or a-internal
                            source: { instance: "backend", topic: `t${topic}t` },
                        },
                        { connectorTemplate: "fileStreamSinkConnector", topics: [topic], file: "/tmp/a" },
                    ];
                    // a secret's name cannot contain the characters of a reference
                    fc.pre(!/[{}:$]/.test(instance));
                    const [first, second] = [resolve(...declared), resolve(...declared)];
                    for (const { name, outputTopics: topics } of first) {
                        assert.match(
                            name,
                            /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
                        );
                        for (const written of topics) assert.match(written, /^[A-Za-z0-9._-]+$/);
                    }
                    assert.equal(new Set(first.map(({ name }) => name)).size, declared.length);
                    assert.deepEqual(
                        first.map(({ name, config }) => [name, config]),
                        second.map(({ name, config }) => [name, config]),
                    );
                },
            ),
            { numRuns: 60 },
        );
    });
});
