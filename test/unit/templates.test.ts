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
import { everyTemplate, fullest, smallest } from "../support/declarations";
import { evaluated, faultsOf, minimal, settingsFrom, type Raw } from "../support/stacks";

const plansOf = (...connectors: Raw[]) => settingsFrom({ ...everyTemplate(connectors), image: undefined }).connectors;

describe("every template", () => {
    it("has a smallest and a fullest declaration here", () => {
        for (const declarations of [smallest, fullest])
            assert.deepEqual(
                declarations
                    .map(({ connectorTemplate }) => String(connectorTemplate).replace(/^connector\./, ""))
                    .sort(),
                templates.map(({ name }) => name).sort(),
            );
    });

    for (const version of strimziVersions) {
        // what a change of a template changes is seen in the change itself: UPDATE_GOLDEN=1 npm test
        it(`gives the KafkaConnectors that are written down for Strimzi ${version}`, async () => {
            const both = [everyTemplate(smallest), everyTemplate(fullest)].map((stack) =>
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
    it("copies records of another Kafka as bytes, paused where the stack file says so", () => {
        const [plan] = plansOf({
            connectorTemplate: "connector.mirrorSourceConnector",
            version: "2025032401",
            state: "paused",
            tasksMax: 5,
            source: { instance: "backend", topic: "EVENT.SUBSCRIPTION.TOPIC" },
        });
        assert.equal(plan.name, "backendmirror-event.subscription.topic-2025032401");
        assert.deepEqual(
            [plan.state, plan.tasksMax, plan.outputTopics],
            ["paused", 5, ["backend.EVENT.SUBSCRIPTION.TOPIC"]],
        );
        for (const converter of ["key.converter", "value.converter", "header.converter"])
            assert.equal(plan.config[converter], "org.apache.kafka.connect.converters.ByteArrayConverter");
        assert.equal(plan.config.topics, "EVENT\\.SUBSCRIPTION\\.TOPIC");
        assert.equal(plan.config["source.cluster.bootstrap.servers"], "${secretManager:BACKEND:BOOTSTRAP_SERVERS}");
        assert.equal(
            plansOf({ connectorTemplate: "mirrorSourceConnector", source: { instance: "a", topic: "b" } })[0].tasksMax,
            2,
        );
    });

    it("logs MirrorMaker in to both clusters", () => {
        const kafka = {
            bootstrapServers: "kafka:9093",
            tls: {},
            authentication: { type: "scram-sha-512", username: "connect", secretName: "user" },
        };
        const { config } = settingsFrom({
            ...everyTemplate([
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
            'org.apache.kafka.common.security.plain.PlainLoginModule required username="${secretManager:BACKEND:USERNAME}" password="${secretManager:BACKEND:PASSWORD}";',
        );
        assert.equal(config["target.cluster.security.protocol"], "SASL_SSL");
        assert.match(String(config["target.cluster.sasl.jaas.config"]), /username="connect" password="\$\{kafkaFiles:/);
    });

    it("posts to Braze in batches of what Braze takes, with time for all its retries", () => {
        const [{ config }] = plansOf({
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

    it("of a sink puts what it cannot write into a dead letter queue, where it goes on", () => {
        const [{ config, inputTopics: reads }] = plansOf({
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

    it("writes Avro with the schema registry of the stack, whichever it is", () => {
        const registry = (schemaRegistry: Raw) =>
            settingsFrom(
                minimal({
                    kafka: { bootstrapServers: "k:1", schemaRegistry },
                    secrets: { provider: "file" },
                    connectors: [{ ...smallest[1], converter: "avro", keyConverter: "string" }],
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
    });

    it("takes transforms by name, with the predicates they need, and tells the topics they lead to", () => {
        const transforms = [
            { type: "unwrap" },
            { type: "extract-timestamp", config: { "field.name": "at" } },
            { type: "drop-tombstones" },
            { type: "route", config: { regex: "(.*)\\.public\\.(.*)", replacement: "$1.$2" } },
            { type: "route", config: { regex: "x", replacement: "y" } },
        ];
        const [{ config, outputTopics: topics }] = plansOf({ ...smallest[1], transforms });
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

    it("of a source writes exactly once and overrides the producer where asked", () => {
        const [{ config }] = plansOf({ ...smallest[1], exactlyOnce: true, producer: { "linger.ms": 1 } });
        assert.equal(config["exactly.once.support"], "required");
        assert.deepEqual(
            [config["producer.override.linger.ms"], config["producer.override.compression.type"]],
            [1, "lz4"],
        );
    });

    it("asks for a version of its plugin where Strimzi can", async () => {
        const of = (version: string) => ({
            ...everyTemplate([{ ...smallest[6], pluginVersion: "[4.3,5)" }]),
            image: undefined,
            strimzi: { version },
        });
        assert.equal(objectsOfKind(await evaluated(of("1.2.0")), "KafkaConnector")[0].spec.version, "[4.3,5)");
        assert.deepEqual(faultsOf(of("0.45.0")), [
            'connectors[0].pluginVersion: got "[4.3,5)", wants nothing: Strimzi 0.45.0 runs the version that the image has',
        ]);
    });
});

describe("whatever databases and topics are called", () => {
    const anyName = fc
        .string({ minLength: 1, maxLength: 64, unit: "grapheme" })
        .filter((name) => !/[\r\n]/.test(name) && name.trim() !== "");
    const names = fc.tuple(anyName, anyName, anyName);

    it("their connectors have legal and stable names, and a configuration that the checks accept", () => {
        fc.assert(
            fc.property(
                names,
                fc.stringMatching(/^[A-Za-z0-9._-]{1,80}$/).filter((name) => name !== "." && name !== ".."),
                ([instance, database, table], topic) => {
                    const declared = [
                        ...["debeziumMysqlSourceConnector", "debeziumPostgresSourceConnector"].map(
                            (connectorTemplate) => ({ connectorTemplate, source: { instance, database, table } }),
                        ),
                        {
                            connectorTemplate: "debeziumMongodbSourceConnector",
                            source: { instance, database, collection: table },
                        },
                        { connectorTemplate: "mirrorSourceConnector", source: { instance: "backend", topic } },
                        { connectorTemplate: "fileStreamSinkConnector", topics: [topic], file: "/tmp/a" },
                    ];
                    // a name with a brace or a colon is a reference's own and cannot be a secret's
                    fc.pre(!/[{}:$]/.test(instance));
                    const [once, again] = [plansOf(...declared), plansOf(...declared)];
                    for (const { name, outputTopics: topics } of once) {
                        assert.match(
                            name,
                            /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
                        );
                        for (const written of topics) assert.match(written, /^[A-Za-z0-9._-]+$/);
                    }
                    assert.equal(new Set(once.map(({ name }) => name)).size, declared.length);
                    assert.deepEqual(
                        once.map(({ name, config }) => [name, config]),
                        again.map(({ name, config }) => [name, config]),
                    );
                },
            ),
            { numRuns: 60 },
        );
    });
});
