/** Labels and annotations that Strimzi, Pulumi or the platform controls. Further cases: test/corpus/metadata.yaml. */
import assert from "node:assert/strict";
import { misspelledName } from "../../src/util/nearest";
import { issuesOf, minimal, warningsOf } from "../support/stacks";

const connectAnnotations = (annotations: Record<string, string>) => minimal({ connect: { metadata: { annotations } } });

describe("labels and annotations of resources", () => {
    it("rejects the label of another Connect cluster on a connector, and accepts it on a KafkaConnect", () => {
        const labels = { "strimzi.io/cluster": "other" };
        const connector = { connectorTemplate: "fileStreamSinkConnector", topics: ["a"], file: "/mnt/a" };
        assert.deepEqual(issuesOf(minimal({ connectors: [{ ...connector, metadata: { labels } }] })), [
            'KCP_UNUSED_SETTING connectors[0].metadata.labels."strimzi.io/cluster"',
        ]);
        assert.deepEqual(issuesOf(minimal({ connect: { metadata: { labels } } })), []);
    });

    it("rejects labels of Strimzi at any depth of a template", () => {
        const metadata = { labels: { "strimzi.io/name": "a" } };
        assert.deepEqual(issuesOf(minimal({ connect: { spec: { template: { pod: { metadata } } } } })), [
            'KCP_INVALID_VALUE connect.spec.template.pod.metadata.labels."strimzi.io/name"',
        ]);
    });

    it("rejects annotations of Pulumi whose value the platform decides, and accepts that value", () => {
        assert.deepEqual(issuesOf(connectAnnotations({ "pulumi.com/patchForce": "false" })), [
            'KCP_MANAGED_SETTING connect.metadata.annotations."pulumi.com/patchForce"',
        ]);
        assert.deepEqual(issuesOf(connectAnnotations({ "pulumi.com/patchForce": "true" })), []);
    });

    it("warns of a paused resource and of commands that the operator executes once", () => {
        assert.deepEqual(
            warningsOf(connectAnnotations({ "strimzi.io/pause-reconciliation": "true", "strimzi.io/restart": "true" })),
            [
                'KCP_CONFLICTING_SETTINGS connect.metadata.annotations."strimzi.io/restart"',
                'KCP_CONFLICTING_SETTINGS connect.metadata.annotations."strimzi.io/pause-reconciliation"',
            ],
        );
    });
});

describe("a name that is close to a known one", () => {
    it("is a misspelling where letters of a long word differ", () => {
        assert.equal(misspelledName("kafka-conect", ["strimzi", "kafka-connect"]), "kafka-connect");
        assert.equal(misspelledName("kafkaconnect", ["kafka-connect"]), "kafka-connect");
    });

    it("is another name where a short word, a number or the number of words differs", () => {
        for (const [name, known] of [
            ["team-a", "team-b"],
            ["orders-v2", "orders-v1"],
            ["shard-0012", "shard-0013"],
            ["kafka", "kafka-connect"],
            ["orders", "orders"],
        ])
            assert.equal(misspelledName(name, [known]), undefined, name);
    });
});
