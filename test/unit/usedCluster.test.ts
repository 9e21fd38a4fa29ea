import assert from "node:assert/strict";
import { kubernetesObjects, synth } from "../../src/synth/synth";
import { issuesOf, minimal } from "../support/stacks";

const use = { name: "platform", namespace: "kafka-connect" };
const connectors = [{ connectorTemplate: "raw", name: "orders", class: "com.example.Source" }];

describe("a stack of connectors on the Connect cluster of another stack", () => {
    it("creates the connectors, with the other cluster's label and namespace, and nothing else", async () => {
        const evaluation = await synth("team", minimal({ connect: { use }, connectors }));
        const objects = kubernetesObjects(evaluation);
        assert.deepEqual(
            objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`),
            ["KafkaConnector kafka-connect/orders"],
        );
        assert.equal(objects[0].metadata.labels?.["strimzi.io/cluster"], "platform");
        assert.equal(evaluation.outputs.connectClusterName, "platform");
    });

    it("can give the workers access to the Secrets that its connectors refer to", async () => {
        const config = { "x.password": "${secretManager:team/orders:PASSWORD}" };
        const secrets = { provider: "kubernetes" };
        const stack = minimal({ connect: { use }, secrets, connectors: [{ ...connectors[0], config }] });
        const kinds = kubernetesObjects(await synth("team", stack)).map(({ kind }) => kind);
        assert.deepEqual(kinds.sort(), ["KafkaConnector", "Role", "RoleBinding"]);
    });

    it("rejects settings of the Connect cluster, which is the other stack's", () => {
        assert.deepEqual(issuesOf(minimal({ connect: { use, replicas: 3 }, connectors })), [
            "KCP_CONFLICTING_SETTINGS connect.replicas",
        ]);
        assert.deepEqual(issuesOf(minimal({ connect: { use: { name: "a" } }, connectors })), [
            "KCP_MISSING_SETTING connect.use.namespace",
        ]);
    });
});
