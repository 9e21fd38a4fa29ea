import assert from "node:assert/strict";
import { onlyOfKind } from "../../src/synth/synth";
import { mergePodTemplate } from "../../src/util/podTemplate";
import { assertIssues, evaluated, minimal, settingsFrom, type Raw } from "../support/stacks";

const standalone = (template: Raw): Raw => ({
    connect: { install: false },
    standaloneConnect: {
        bootstrapServers: "kafka:9092",
        connectors: [{ name: "files", class: "FileStreamSink", config: { topics: "a", file: "/var/lib/connect/a" } }],
        template,
    },
});

const bridge = (template: Raw): Raw => ({
    connect: { install: false },
    httpBridge: {
        namespace: "kafka",
        main: { image: "nginx" },
        kafka: { bootstrapServers: "kafka:9093", userSecret: "bridge", caSecret: "ca" },
        template,
    },
});

const extra = {
    metadata: { labels: { team: "shop" }, annotations: { a: "b" } },
    spec: {
        hostAliases: [{ ip: "10.0.0.1", hostnames: ["kafka"] }],
        initContainers: [{ name: "wait", image: "busybox", command: ["sleep", "1"] }],
        volumes: [{ name: "shared", emptyDir: {} }],
    },
};

describe("the pod template of a standalone worker and of a bridge", () => {
    for (const [name, stack, container] of [
        ["standalone worker", standalone, "connect"],
        ["bridge", bridge, "bridge"],
    ] as const)
        it(`is merged over that of a ${name}, with containers and volumes by name`, async () => {
            const changed = { name: container, lifecycle: { preStop: { exec: { command: ["sleep", "5"] } } } };
            const containers = [changed, { name: "logs", image: "fluent-bit" }];
            const before = onlyOfKind(await evaluated(stack({})), "Deployment").spec;
            const { selector, template } = onlyOfKind(
                await evaluated(stack({ ...extra, spec: { ...extra.spec, containers } })),
                "Deployment",
            ).spec;
            assert.deepEqual(template.spec.hostAliases, extra.spec.hostAliases);
            assert.deepEqual(template.spec.initContainers, extra.spec.initContainers);
            assert.deepEqual(template.spec.volumes, [...before.template.spec.volumes, ...extra.spec.volumes]);
            const expected = before.template.spec.containers.map((item: Raw) =>
                item.name === container ? { ...item, ...changed } : item,
            );
            assert.deepEqual(template.spec.containers, [...expected, containers[1]]);
            assert.equal(template.metadata.labels.team, "shop");
            // the Deployment would no longer find its pods
            for (const [label, value] of Object.entries(selector.matchLabels))
                assert.equal(template.metadata.labels[label], value);
        });

    it("is rejected where a container has a field that Kubernetes does not know", () => {
        const containers = [{ name: "logs", imgae: "fluent-bit" }];
        assertIssues(standalone({ spec: { containers } }), [
            ["KCP_INVALID_KUBERNETES_FIELD", "standaloneConnect.template.spec.containers[0].imgae"],
        ]);
        assertIssues(bridge({ spec: { initContainers: containers } }), [
            ["KCP_INVALID_KUBERNETES_FIELD", "httpBridge.template.spec.initContainers[0].imgae"],
        ]);
    });

    it("keeps the labels by which the Deployment finds its pods, even of a program that uses the components", () => {
        const patch = { metadata: { labels: { app: "mine", team: "shop" } } };
        const merged = mergePodTemplate({ metadata: {}, spec: {} }, patch, { app: "bridge" });
        assert.deepEqual(merged.metadata, { labels: { app: "bridge", team: "shop" } });
    });

    it("is left as it is without a patch", () => {
        const template = { spec: { containers: [{ name: "a" }] } };
        assert.equal(mergePodTemplate(template, undefined, {}), template);
    });
});

describe("the spec of a Kafka cluster and of its node pools", () => {
    const template = { pod: { hostAliases: [{ ip: "10.0.0.1", hostnames: ["x"] }] } };
    const cluster = (pool: Raw, spec: Raw): Raw => ({ kafkaCluster: { nodePools: [{ name: "dual", ...pool }], spec } });

    it("is merged over what the settings generate", async () => {
        const spec = { kafkaExporter: {}, kafka: { template, rack: null }, entityOperator: { userOperator: null } };
        const stack = { ...cluster({ spec: { template } }, spec), metrics: { exporter: false } };
        const evaluation = await evaluated(stack);
        const kafka = onlyOfKind(evaluation, "Kafka").spec;
        assert.deepEqual([kafka.kafkaExporter, kafka.entityOperator], [{}, { topicOperator: {} }]);
        assert.deepEqual(kafka.kafka.template, { podDisruptionBudget: { maxUnavailable: 1 }, ...template });
        assert.deepEqual(onlyOfKind(evaluation, "KafkaNodePool").spec.template, template);
    });

    it("is rejected where the CRD has no such field, and a warning where it replaces a setting's value", () => {
        assertIssues(cluster({ spec: { storge: {} } }, { kafka: { template: { pods: {} } } }), [
            ["KCP_INVALID_KUBERNETES_FIELD", "kafkaCluster.spec.kafka.template.pods"],
            ["KCP_INVALID_KUBERNETES_FIELD", "kafkaCluster.nodePools[0].spec.storge"],
        ]);
        const { warnings } = settingsFrom(cluster({ spec: { replicas: 5 } }, {}));
        assert.deepEqual(
            warnings.map(({ code, path, message }) => [code, path.join("."), message]),
            [
                [
                    "KCP_OVERRIDDEN_FIELD",
                    "kafkaCluster.nodePools.0.spec",
                    "overrides what other settings generate: replicas (of kafkaCluster.nodePools[].replicas)",
                ],
            ],
        );
    });

    it("gives Connect's pods a template, too", async () => {
        const stack = minimal({ connect: { spec: { template } } });
        assert.deepEqual(onlyOfKind(await evaluated(stack), "KafkaConnect").spec.template.pod.hostAliases, [
            { ip: "10.0.0.1", hostnames: ["x"] },
        ]);
    });
});
