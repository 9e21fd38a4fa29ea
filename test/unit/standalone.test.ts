import assert from "node:assert/strict";
import { kubernetesObjects, objectsOfKind, onlyOfKind } from "../../src/synth/synth";
import { markSecrets } from "../../src/stack/pulumiConfig";
import { standaloneFiles } from "../../src/standalone/worker";
import { evaluated, faultsOf, settingsFrom, type Raw } from "../support/stacks";

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
    it("is of its own objects alone: no operator, no CRD, no Connect cluster", async () => {
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

    it("mounts what the stack makes, and finds its properties there", async () => {
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

    it("is one, and the old one goes before the new one comes", async () => {
        const { spec } = await one("Deployment", stack());
        assert.deepEqual([spec.replicas, spec.strategy], [1, { type: "Recreate" }]);
        assert.equal((await one("PersistentVolumeClaim", stack())).spec.resources.requests.storage, "1Gi");
    });

    it("has the properties that Confluent Cloud wants, with every credential by reference", () => {
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

    it("never shows a credential: not in a rendered object, not in a issue", async () => {
        assert.doesNotMatch(JSON.stringify((await evaluated(stack())).resources), /hunter2|api-key/);
        assert.deepEqual((await secretsOf(stack())).get("file-sink-kafka-login"), {
            username: "[secret]",
            password: "[secret]",
        });
        const issues = faultsOf(stack({ credentials: { username: "api-key", password: "hunter2" } }));
        const wants =
            "wants a value of secret config (pulumi config set --secret --path …), or a Secret that exists: a credential never stands in plain config";
        assert.deepEqual(issues, [
            `standaloneConnect.credentials.username: got a value (not shown), ${wants}`,
            `standaloneConnect.credentials.password: got a value (not shown), ${wants}`,
        ]);
    });

    it("is rolled out anew when its properties, its connectors or its credentials change, and only then", async () => {
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

    it("takes what the engine decrypted for secret only where the stack file has it encrypted", () => {
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

    const cases: [string, Raw, string[]][] = [
        [
            "half a login",
            stack({ credentials: { username: secure("a") } }),
            [
                "standaloneConnect.credentials: got a value (not shown), wants either secretName, or username and password of secret config",
            ],
        ],
        [
            "avro without a registry",
            stack({ schemaRegistry: undefined }),
            [
                "standaloneConnect.schemaRegistry: got nothing, wants a group of settings: url, credentials; valueConverter is avro",
            ],
        ],
        [
            "a registry without avro",
            stack({ valueConverter: "json" }),
            [
                "standaloneConnect.schemaRegistry is given, and neither keyConverter nor valueConverter is avro, which uses it",
            ],
        ],
        [
            "a login without TLS",
            stack({ tls: false }),
            ["standaloneConnect.tls: got false, wants true where there are credentials: PLAIN sends them as they are"],
        ],
        [
            "what the platform sets",
            stack({ config: { "sasl.mechanism": "PLAIN" } }),
            ['standaloneConnect.config."sasl.mechanism" is not set here: the platform makes it of the other settings'],
        ],
        [
            "a literal credential",
            stack({ connectors: [{ name: "a", class: "X", config: { "connection.password": "hunter2" } }] }),
            [
                'standaloneConnect.connectors[0].config."connection.password" holds a literal credential, wants a reference such as ${dir:/mnt/secrets/SECRET:KEY}, SECRET listed in standaloneConnect.secrets',
            ],
        ],
        [
            "a literal login of the registry",
            stack({ config: { "value.converter.basic.auth.user.info": "a:b" } }),
            [
                'standaloneConnect.config."value.converter.basic.auth.user.info" holds a literal credential, wants a reference such as ${dir:/mnt/secrets/SECRET:KEY}, SECRET listed in standaloneConnect.secrets',
            ],
        ],
        [
            "a Secret that is not mounted",
            stack({
                connectors: [
                    { name: "a", class: "X", config: { "connection.password": "${dir:/mnt/secrets/db:password}" } },
                ],
            }),
            [
                'standaloneConnect.connectors[0].config."connection.password" refers to the Secret db, which standaloneConnect.secrets does not list',
            ],
        ],
        [
            "a connector twice",
            stack({
                connectors: [
                    { name: "a", class: "X" },
                    { name: "a", class: "X" },
                ],
            }),
            ["standaloneConnect.connectors[1].name is a twice"],
        ],
        [
            "no connector",
            stack({ connectors: [] }),
            ["standaloneConnect.connectors: got a list of 0, wants a list of one connector or more"],
        ],
    ];
    for (const [name, raw, wanted] of cases) it(`tells of ${name}`, () => assert.deepEqual(faultsOf(raw), wanted));
});
