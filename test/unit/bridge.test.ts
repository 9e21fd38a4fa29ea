import assert from "node:assert/strict";
import { objectsOfKind, onlyOfKind } from "../../src/synth/synth";
import { restricted } from "../../src/util/pod";
import { assertIssues, evaluated, type ExpectedIssues, type Raw } from "../support/stacks";

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
    it("keeps the security context of the main container, where it has one", async () => {
        const own = { runAsUser: 0 };
        const { spec } = onlyOfKind(await evaluated(stack({ main: { ...main, securityContext: own } })), "Deployment");
        assert.deepEqual(spec.template.spec.containers[0].securityContext, own);
    });

    it("has a disruption budget where it has several pods", async () => {
        assert.deepEqual(objectsOfKind(await evaluated(stack()), "PodDisruptionBudget"), []);
        const { spec } = onlyOfKind(await evaluated(stack({ replicas: 2 })), "PodDisruptionBudget");
        assert.equal(spec.maxUnavailable, 1);
        assert.equal(spec.selector.matchLabels["app.kubernetes.io/instance"], "bridge-sidecar");
    });

    it("is a sidecar that listens on loopback, with only the ACLs that it needs", async () => {
        const evaluation = await evaluated(stack());
        const { metadata, spec } = onlyOfKind(evaluation, "Deployment");
        assert.equal(metadata.namespace, "kafka");
        const [first, bridge] = spec.template.spec.containers;
        assert.deepEqual(first, { securityContext: restricted, ...main });
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

    it("reads certificates from files or from the environment", async () => {
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

    it("has the version that Strimzi ships, with the health endpoint of that version", async () => {
        const evaluation = await evaluated(stack({}, { strimzi: { version: "0.45.0" }, metrics: { exporter: false } }));
        const [, bridge] = onlyOfKind(evaluation, "Deployment").spec.template.spec.containers;
        assert.equal(bridge.image, "quay.io/strimzi/kafka-bridge:0.31.1");
        assert.match(bridge.livenessProbe.exec.command.at(-1), /:8080\/healthy$/);
        assert.equal(
            properties(Object.values(onlyOfKind(evaluation, "ConfigMap").data!)[0])["http.management.port"],
            undefined,
        );
    });

    it("is rolled out again when its properties change", async () => {
        const digest = async (bridge: Raw) =>
            onlyOfKind(await evaluated(stack(bridge)), "Deployment").spec.template.metadata.annotations[
                "checksum/bridge.properties"
            ];
        assert.notEqual(await digest({}), await digest({ config: { "kafka.producer.acks": "1" } }));
        assert.equal(await digest({}), await digest({ replicas: 2 }));
    });

    it("creates no user on a Kafka cluster that the stack does not manage", async () => {
        const evaluation = await evaluated({
            connect: { install: false },
            strimzi: { install: false, crds: false },
            httpBridge: { main, kafka: { bootstrapServers: "k:9093", userSecret: "u", caSecret: "ca" } },
        });
        assert.equal(objectsOfKind(evaluation, "KafkaUser").length, 0);
        assert.equal(onlyOfKind(evaluation, "Deployment").spec.template.spec.volumes[1].secret.secretName, "u");
    });

    const cases: [string, Raw, ExpectedIssues][] = [
        [
            "a main container without an image",
            stack({ main: { name: "x" } }),
            [["KCP_MISSING_SETTING", "httpBridge.main.image"]],
        ],
        [
            "a missing Kafka cluster",
            { connect: { install: false }, httpBridge: { main, produce: ["a"] } },
            [["KCP_MISSING_SETTING", "httpBridge.kafka"]],
        ],
        [
            "neither produce nor consume",
            stack({ produce: [], consume: [], groups: [] }),
            [["KCP_MISSING_SETTING", "httpBridge.produce"]],
        ],
        [
            "two Kafka clusters",
            stack({ kafka: { bootstrapServers: "k:9093", userSecret: "u", caSecret: "c" }, consume: [], groups: [] }),
            [["KCP_CONFLICTING_SETTINGS", "httpBridge.produce"]],
        ],
        [
            "another namespace than that of its user",
            stack({ namespace: "web" }),
            [["KCP_CROSS_NAMESPACE_SECRET", "httpBridge.namespace"]],
        ],
        [
            "a cluster without the listener tls",
            stack({}, { kafkaCluster: { listeners: { tls: false, scram: true } } }),
            [["KCP_MISSING_LISTENER", "httpBridge.certificates"]],
        ],
        [
            "a user of the same name",
            stack({}, { kafkaAccess: { users: [{ name: "bridge-sidecar" }] } }),
            [["KCP_DUPLICATE_NAME", "kafkaAccess.users[0].name"]],
        ],
    ];
    for (const [what, raw, expected] of cases) it(`is rejected with ${what}`, () => assertIssues(raw, expected));
});
