import assert from "node:assert/strict";
import { objectsOfKind, onlyOfKind } from "../../src/synth/synth";
import { evaluated, faultsOf, type Raw } from "../support/stacks";

const main = { name: "main", image: "registry.example.com/web@sha256:0" };
const stack = (bridge: Raw = {}, more: Raw = {}): Raw => ({
    connect: { install: false, createNamespace: false },
    kafkaCluster: { name: "my-cluster", namespace: "kafka" },
    httpBridge: { main, produce: ["my-topic"], consume: ["my-topic"], groups: ["my-group"], ...bridge },
    ...more,
});
const properties = (text: string) =>
    Object.fromEntries(
        text
            .trim()
            .split("\n")
            .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );

describe("the HTTP bridge", () => {
    it("is a sidecar in a Deployment, on loopback, with probes from within, and no more rights than it needs", async () => {
        const evaluation = await evaluated(stack());
        const { metadata, spec } = onlyOfKind(evaluation, "Deployment");
        assert.equal(metadata.namespace, "kafka");
        const [first, bridge] = spec.template.spec.containers;
        assert.deepEqual(first, main);
        assert.equal(bridge.image, "quay.io/strimzi/kafka-bridge:1.1.0");
        assert.deepEqual(bridge.command, [
            "/opt/strimzi/bin/kafka_bridge_run.sh",
            "--config-file",
            "/mnt/bridge-config/bridge.properties",
        ]);
        assert.deepEqual(bridge.readinessProbe.exec.command, [
            "curl",
            "--fail",
            "--silent",
            "--max-time",
            "3",
            "http://127.0.0.1:8081/ready",
        ]);
        assert.deepEqual(bridge.securityContext, {
            allowPrivilegeEscalation: false,
            runAsNonRoot: true,
            capabilities: { drop: ["ALL"] },
            seccompProfile: { type: "RuntimeDefault" },
            readOnlyRootFilesystem: true,
        });
        assert.equal(bridge.env, undefined);
        assert.deepEqual(spec.template.spec.volumes, [
            { name: "bridge-config", configMap: { name: "bridge-sidecar-config" } },
            { name: "bridge-user", secret: { secretName: "bridge-sidecar" } },
            { name: "bridge-ca", secret: { secretName: "my-cluster-cluster-ca-cert" } },
            { name: "bridge-tmp", emptyDir: { sizeLimit: "64Mi" } },
        ]);
        const user = onlyOfKind(evaluation, "KafkaUser");
        assert.deepEqual(
            [user.metadata.name, user.metadata.namespace, user.spec.authentication.type],
            ["bridge-sidecar", "kafka", "tls"],
        );
        assert.deepEqual(user.spec.authorization.acls, [
            { resource: { type: "group", name: "my-group", patternType: "literal" }, operations: ["Read", "Describe"] },
            {
                resource: { type: "topic", name: "my-topic", patternType: "literal" },
                operations: ["Read", "Write", "Describe", "DescribeConfigs"],
            },
        ]);
        const deployment = evaluation.resources.find(({ inputs }) => inputs.kind === "Deployment")!;
        assert.ok(
            deployment.dependencies.some((urn) => urn.includes("KafkaUser")),
            "it waits for its user",
        );
    });

    it("has properties with certificates by reference, from files or from the environment", async () => {
        const config = async (certificates: string) =>
            properties(
                Object.values(
                    onlyOfKind(await evaluated(stack({ certificates }, { metrics: { exporter: false } })), "ConfigMap")
                        .data!,
                )[0],
            );
        const files = await config("directory");
        assert.equal(files["http.host"], "127.0.0.1");
        assert.equal(files["http.port"], "8080");
        assert.equal(files["http.management.port"], "8081");
        assert.equal(files["kafka.bootstrap.servers"], "my-cluster-kafka-bootstrap.kafka.svc:9093");
        assert.equal(files["kafka.ssl.keystore.key"], "${dir:/mnt/bridge-user:user.key}");
        assert.equal((await config("env"))["kafka.ssl.keystore.key"], "${env:USER_KEY}");
        const [, bridge] = onlyOfKind(await evaluated(stack({ certificates: "env" })), "Deployment").spec.template.spec
            .containers;
        assert.deepEqual(
            bridge.env.map(({ name, valueFrom }: any) => [
                name,
                valueFrom.secretKeyRef.name,
                valueFrom.secretKeyRef.key,
            ]),
            [
                ["USER_CRT", "bridge-sidecar", "user.crt"],
                ["USER_KEY", "bridge-sidecar", "user.key"],
                ["CA_CRT", "my-cluster-cluster-ca-cert", "ca.crt"],
            ],
        );
    });

    it("is the version that Strimzi ships, with its health where that version has it", async () => {
        const evaluation = await evaluated(stack({}, { strimzi: { version: "0.45.0" }, metrics: { exporter: false } }));
        const [, bridge] = onlyOfKind(evaluation, "Deployment").spec.template.spec.containers;
        assert.equal(bridge.image, "quay.io/strimzi/kafka-bridge:0.31.1");
        assert.match(bridge.livenessProbe.exec.command.at(-1), /:8080\/healthy$/);
        assert.equal(
            properties(Object.values(onlyOfKind(evaluation, "ConfigMap").data!)[0])["http.management.port"],
            undefined,
        );
    });

    it("is rolled out anew when its properties change", async () => {
        const digest = async (bridge: Raw) =>
            onlyOfKind(await evaluated(stack(bridge)), "Deployment").spec.template.metadata.annotations[
                "checksum/bridge.properties"
            ];
        assert.notEqual(await digest({}), await digest({ config: { "kafka.producer.acks": "1" } }));
        assert.equal(await digest({}), await digest({ replicas: 2 }));
    });

    it("may work with a Kafka of somebody else's, and then has no user of its own", async () => {
        const evaluation = await evaluated({
            connect: { install: false },
            strimzi: { install: false, crds: false },
            httpBridge: { main, kafka: { bootstrapServers: "k:9093", userSecret: "u", caSecret: "ca" } },
        });
        assert.equal(objectsOfKind(evaluation, "KafkaUser").length, 0);
        assert.equal(onlyOfKind(evaluation, "Deployment").spec.template.spec.volumes[1].secret.secretName, "u");
    });

    const cases: [string, Raw, string[]][] = [
        [
            "no image",
            stack({ main: { name: "x" } }),
            ["httpBridge.main.image: got nothing, wants the image of the main container"],
        ],
        [
            "no Kafka",
            { connect: { install: false }, httpBridge: { main, produce: ["a"] } },
            [
                "httpBridge.kafka: got nothing, wants a group of settings: bootstrapServers, userSecret, caSecret, as the stack has neither kafkaCluster nor kafkaAccess.cluster",
            ],
        ],
        [
            "nothing to do",
            stack({ produce: [], consume: [], groups: [] }),
            ["httpBridge.produce and consume are empty: the bridge could do nothing"],
        ],
        [
            "two Kafkas",
            stack({ kafka: { bootstrapServers: "k:9093", userSecret: "u", caSecret: "c" }, consume: [], groups: [] }),
            [
                "httpBridge.produce is given, and so is httpBridge.kafka, whose user somebody else gives its rights; leave one of the two out",
            ],
        ],
        [
            "another namespace",
            stack({ namespace: "web" }),
            [
                'httpBridge.namespace: got "web", wants kafka, the namespace of Kafka\'s users: Secrets do not cross namespaces',
            ],
        ],
        [
            "no listener for certificates",
            stack({}, { kafkaCluster: { listeners: { tls: false, scram: true } } }),
            ["httpBridge.certificates are what the bridge logs in by, and kafkaCluster.listeners.tls is false"],
        ],
        [
            "a user of its name",
            stack({}, { kafkaAccess: { users: [{ name: "bridge-sidecar" }] } }),
            [
                "kafkaAccess.users[0].name is bridge-sidecar, the user that httpBridge logs in as; its rights are httpBridge.produce and consume",
            ],
        ],
    ];
    for (const [name, raw, wanted] of cases) it(`tells of ${name}`, () => assert.deepEqual(faultsOf(raw), wanted));
});
