import assert from "node:assert/strict";
import { schemaAt, violations } from "../../src/release/crdValidation";
import { schemaOf } from "../../src/release/crds";

const spec = (kind: string) => schemaAt(schemaOf("1.2.0", kind)!, ["spec"]);
const connect = {
    replicas: 1,
    bootstrapServers: "kafka:9092",
    groupId: "connect",
    configStorageTopic: "configs",
    offsetStorageTopic: "offsets",
    statusStorageTopic: "status",
};

/** The violations of a KafkaConnect's spec with the given fields, each as one line. */
const found = (fields: Record<string, unknown>): string[] =>
    violations(spec("KafkaConnect"), { ...connect, ...fields }).map(
        ({ path, message }) => `${path.join(".")}: ${message}`,
    );
const inContainer = (env: unknown) => ({ template: { connectContainer: { env } } });

describe("the check against a CRD", () => {
    it("accepts a valid spec and an absent value", () => {
        assert.deepEqual(found({}), []);
        assert.deepEqual(violations(spec("KafkaConnect"), undefined), []);
    });

    it("reports an unknown field with the nearest spelling, at any depth", () => {
        assert.deepEqual(found({ bootstrapServer: "kafka:9092" }), [
            'bootstrapServer: unknown field; did you mean "bootstrapServers"?',
        ]);
        const term = { topologykey: "zone" };
        const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
        assert.deepEqual(found({ template: { pod: { affinity } } }), [
            "template.pod.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution.0.topologykey: " +
                'unknown field; did you mean "topologyKey"?',
        ]);
    });

    it("accepts any field where the CRD keeps unknown fields", () => {
        assert.deepEqual(found({ config: { anything: { nested: 1 } } }), []);
    });

    it("reports a missing required field", () => {
        assert.deepEqual(found({ groupId: undefined }), ["groupId: required; expected a value"]);
    });

    it("reports one error for a value of the wrong type", () => {
        assert.deepEqual(found({ replicas: "3" }), ["replicas: expected an integer, received a string"]);
        assert.deepEqual(found({ metricsConfig: { type: 1 } }), [
            "metricsConfig.type: expected a string, received a number; quote it",
        ]);
    });

    it("accepts an integer or a string for a quantity, and nothing else", () => {
        assert.deepEqual(found({ resources: { limits: { cpu: 1, memory: "1Gi" } } }), []);
        assert.deepEqual(found({ resources: { limits: { cpu: true } } }), [
            "resources.limits.cpu: expected an integer or a string, received a boolean",
        ]);
    });

    it("honours enum, pattern, minimum, maximum and minItems", () => {
        assert.deepEqual(found({ metricsConfig: { type: "jmx" } }), [
            'metricsConfig.type: expected one of jmxPrometheusExporter, strimziMetricsReporter, received "jmx"',
        ]);
        assert.deepEqual(found({ jvmOptions: { "-Xmx": "1gg" } }), [
            'jvmOptions.-Xmx: expected a heap size such as 512m or 2g, received "1gg"',
        ]);
        assert.deepEqual(
            violations(spec("KafkaTopic"), { replicas: 40000, partitions: 0 }).map(({ message }) => message),
            ["expected at least 1, received 0", "expected at most 32767, received 40000"],
        );
        const noListener = { kafka: { listeners: [] } };
        assert.deepEqual(
            violations(spec("Kafka"), noListener).map(({ message }) => message),
            ["expected at least 1 item, received 0"],
        );
    });

    it("reports a choice once, with what was given", () => {
        assert.deepEqual(found(inContainer([{ name: "A" }])), [
            "template.connectContainer.env.0: expected exactly one of value, valueFrom, received none of them",
        ]);
        assert.deepEqual(found(inContainer([{ name: "A", value: "a", valueFrom: { secretKeyRef: {} } }])), [
            "template.connectContainer.env.0: expected exactly one of value, valueFrom, received value, valueFrom",
        ]);
        assert.deepEqual(found(inContainer([{ name: "A", valueFrom: {} }])), [
            "template.connectContainer.env.0.valueFrom: " +
                "expected exactly one of secretKeyRef, configMapKeyRef, received none of them",
        ]);
    });

    it("reports every violation at once", () => {
        assert.equal(found({ replicas: "3", klass: 1, tls: { trustedCertificates: [{}] } }).length, 4);
    });
});
