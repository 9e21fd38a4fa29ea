import assert from "node:assert/strict";
import { kubernetesObjects, objectsOfKind, onlyOfKind } from "../../src/synth/synth";
import { markSecrets } from "../../src/stack/pulumiConfig";
import { standaloneFiles } from "../../src/standalone/worker";
import { assertIssues, evaluated, messagesOf, settingsFrom, type ExpectedIssues, type Raw } from "../support/stacks";

const secure = (text: string) => ({ secure: text });
const stack = (more: Raw = {}): Raw => ({
    connect: { install: false, createNamespace: false },
    strimzi: { install: false, crds: false },
    standaloneConnect: {
        name: "file-sink",
        namespace: "connect",
        bootstrapServers: "xxxx.aws.confluent.cloud:9092",
        credentials: { username: secure("api-key"), password: secure("hunter2") },
        valueConverter: "avro",
        schemaRegistry: { url: "https://xxxx.aws.confluent.cloud", credentials: { secretName: "registry" } },
        connectors: [
            {
                name: "local-file-sink",
                class: "FileStreamSink",
                config: { topics: "orders", file: "/var/lib/connect/orders.txt" },
            },
        ],
        ...more,
    },
});
const one = async (kind: string, raw: Raw) => onlyOfKind(await evaluated(raw), kind);
const secretsOf = async (raw: Raw) =>
    new Map(
        objectsOfKind(await evaluated(raw), "Secret").map(({ metadata, stringData }) => [
            metadata.name,
            stringData as Record<string, string>,
        ]),
    );

describe("a standalone worker", () => {
    it("needs no operator, no CRDs and no Connect cluster", async () => {
        const kinds = kubernetesObjects(await evaluated(stack()))
            .map(({ kind }) => kind)
            .sort();
        assert.deepEqual(kinds, [
            "Deployment",
            "Namespace",
            "NetworkPolicy",
            "PersistentVolumeClaim",
            "Secret",
            "Secret",
        ]);
    });

    it("mounts its properties and credentials", async () => {
        const { spec } = await one("Deployment", stack());
        const [container] = spec.template.spec.containers;
        assert.deepEqual(spec.template.spec.volumes, [
            { name: "properties", secret: { secretName: "file-sink-properties" } },
            { name: "kafka-login", secret: { secretName: "file-sink-kafka-login" } },
            { name: "schema-registry-login", secret: { secretName: "registry" } },
            { name: "data", persistentVolumeClaim: { claimName: "file-sink-data" } },
        ]);
        assert.deepEqual([...(await secretsOf(stack())).keys()].sort(), [
            "file-sink-kafka-login",
            "file-sink-properties",
        ]);
        assert.deepEqual(container.command, [
            "connect-standalone",
            "/mnt/properties/worker.properties",
            "/mnt/properties/connector-local-file-sink.properties",
        ]);
        assert.deepEqual(Object.keys((await secretsOf(stack())).get("file-sink-properties")!).sort(), [
            "connector-local-file-sink.properties",
            "worker.properties",
        ]);
        assert.equal(
            container.env.find(({ name }: any) => name === "CLASSPATH").value,
            "/usr/share/filestream-connectors/*",
        );
        assert.equal(container.readinessProbe.httpGet.port, 8083);
    });

    it("has one replica, which is stopped before a new one starts", async () => {
        const { spec } = await one("Deployment", stack());
        assert.deepEqual([spec.replicas, spec.strategy], [1, { type: "Recreate" }]);
        assert.equal((await one("PersistentVolumeClaim", stack())).spec.resources.requests.storage, "1Gi");
    });

    it("has the properties of Confluent Cloud, with every credential as a reference", () => {
        const files = standaloneFiles(settingsFrom(stack()).standaloneConnect!);
        const worker = files["worker.properties"];
        for (const line of [
            "bootstrap.servers=xxxx.aws.confluent.cloud:9092",
            "security.protocol=SASL_SSL",
            "sasl.mechanism=PLAIN",
            'sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="${dir:/mnt/credentials/kafka:username}" password="${dir:/mnt/credentials/kafka:password}";',
            "consumer.security.protocol=SASL_SSL",
            "consumer.auto.offset.reset=earliest",
            "producer.sasl.mechanism=PLAIN",
            "key.converter=org.apache.kafka.connect.storage.StringConverter",
            "value.converter=io.confluent.connect.avro.AvroConverter",
            "value.converter.schema.registry.url=https://xxxx.aws.confluent.cloud",
            "value.converter.basic.auth.credentials.source=USER_INFO",
            "value.converter.schema.registry.basic.auth.user.info=${dir:/mnt/credentials/schema-registry:username}:${dir:/mnt/credentials/schema-registry:password}",
            "offset.storage.file.filename=/var/lib/connect/offsets",
            "config.providers.dir.param.allowed.paths=/mnt/credentials",
        ])
            assert.ok(worker.split("\n").includes(line), `${line}\n${worker}`);
        assert.equal(
            files["connector-local-file-sink.properties"],
            "name=local-file-sink\nconnector.class=FileStreamSink\ntasks.max=1\ntopics=orders\nfile=/var/lib/connect/orders.txt\n",
        );
    });

    it("never prints a credential, neither in an object nor in an issue", async () => {
        assert.doesNotMatch(JSON.stringify((await evaluated(stack())).resources), /hunter2|api-key/);
        assert.deepEqual((await secretsOf(stack())).get("file-sink-kafka-login"), {
            username: "[secret]",
            password: "[secret]",
        });
        const plain = stack({ credentials: { username: "api-key", password: "hunter2" } });
        assertIssues(plain, [
            ["KCP_INVALID_VALUE", "standaloneConnect.credentials.username"],
            ["KCP_INVALID_VALUE", "standaloneConnect.credentials.password"],
        ]);
        assert.doesNotMatch(messagesOf(plain).join(), /hunter2|api-key/);
    });

    it("is rolled out again only when its properties, connectors or credentials change", async () => {
        const digest = async (more: Raw) =>
            (await one("Deployment", stack(more))).spec.template.metadata.annotations["checksum/config"];
        const before = await digest({});
        for (const change of [
            { config: { "offset.flush.interval.ms": 1 } },
            { connectors: [{ name: "b", class: "FileStreamSink", config: { topics: "x" } }] },
            { credentials: { username: secure("api-key"), password: secure("other") } },
        ])
            assert.notEqual(await digest(change), before);
        assert.equal(await digest({ resources: { limits: { memory: "3Gi" } } }), before);
    });

    it("marks as secret only what is encrypted in the stack file", () => {
        const written = {
            name: "a",
            credentials: { username: "plain", password: secure("v1:x") },
            list: [secure("v1:y")],
        };
        assert.deepEqual(
            markSecrets({ name: "a", credentials: { username: "plain", password: "p" }, list: ["q"] }, written),
            { name: "a", credentials: { username: "plain", password: secure("p") }, list: [secure("q")] },
        );
    });

    const cases: [string, Raw, ExpectedIssues][] = [
        [
            "a user name without a password",
            stack({ credentials: { username: secure("a") } }),
            [["KCP_INVALID_VALUE", "standaloneConnect.credentials"]],
        ],
        [
            "avro without a registry",
            stack({ schemaRegistry: undefined }),
            [["KCP_MISSING_SETTING", "standaloneConnect.schemaRegistry"]],
        ],
        [
            "a registry without avro",
            stack({ valueConverter: "json" }),
            [["KCP_UNUSED_SETTING", "standaloneConnect.schemaRegistry"]],
        ],
        ["credentials without TLS", stack({ tls: false }), [["KCP_CONFLICTING_SETTINGS", "standaloneConnect.tls"]]],
        [
            "a worker option that the platform sets",
            stack({ config: { "sasl.mechanism": "PLAIN" } }),
            [["KCP_MANAGED_SETTING", 'standaloneConnect.config."sasl.mechanism"']],
        ],
        [
            "a literal credential",
            stack({ connectors: [{ name: "a", class: "X", config: { "connection.password": "hunter2" } }] }),
            [["KCP_LITERAL_CREDENTIAL", 'standaloneConnect.connectors[0].config."connection.password"']],
        ],
        [
            "a literal credential of the registry",
            stack({ config: { "value.converter.basic.auth.user.info": "a:b" } }),
            [["KCP_LITERAL_CREDENTIAL", 'standaloneConnect.config."value.converter.basic.auth.user.info"']],
        ],
        [
            "a Secret that is not mounted",
            stack({
                connectors: [
                    { name: "a", class: "X", config: { "connection.password": "${dir:/mnt/secrets/db:password}" } },
                ],
            }),
            [["KCP_UNRESOLVABLE_REFERENCE", 'standaloneConnect.connectors[0].config."connection.password"']],
        ],
        [
            "a duplicate connector",
            stack({
                connectors: [
                    { name: "a", class: "X" },
                    { name: "a", class: "X" },
                ],
            }),
            [["KCP_DUPLICATE_NAME", "standaloneConnect.connectors[1].name"]],
        ],
        ["no connectors", stack({ connectors: [] }), [["KCP_INVALID_VALUE", "standaloneConnect.connectors"]]],
    ];
    for (const [what, raw, expected] of cases) it(`is rejected with ${what}`, () => assertIssues(raw, expected));
});
