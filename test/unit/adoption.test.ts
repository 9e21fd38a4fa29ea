import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { readCluster } from "../../src/import/readCluster";
import { synth } from "../../src/synth/synth";
import { importObjects, kafkaConnect, kafkaConnector } from "../support/imports";
import { issuesOf, minimal } from "../support/stacks";

const connector = { connectorTemplate: "raw", name: "orders", class: "com.example.Source" };
const stack = minimal({ connect: { name: "legacy" }, connectors: [connector] });

describe("adopt", () => {
    it("gives listed objects a provider that takes over, and no other", async () => {
        const adopt = ["KafkaConnect/legacy", "KafkaConnector/orders"];
        const { resources } = await synth("test", { ...stack, adopt });
        const taking = resources
            .filter(
                ({ type, provider }) => !type.includes("CustomResourceDefinition") && /kubernetes-crds/.test(provider),
            )
            .map(({ inputs }) => `${String(inputs.kind)}/${(inputs.metadata as { name: string }).name}`);
        assert.deepEqual(taking, adopt);
    });

    it("rejects an object that the stack does not declare, with the nearest one", () => {
        assert.deepEqual(issuesOf({ ...stack, adopt: ["KafkaConnector/order"] }), ["KCP_UNUSED_SETTING adopt[0]"]);
        assert.deepEqual(issuesOf({ ...stack, adopt: ["Namespace/kafka-connect", "KafkaConnector/orders"] }), []);
        assert.deepEqual(issuesOf({ ...stack, adopt: ["orders"] }), ["KCP_INVALID_VALUE adopt[0]"]);
    });

    it("is written by an import for each object, with a warning for each tool that manages one", async () => {
        const { raw, notes } = await importObjects([
            kafkaConnect({ config: { "group.id": "g" } }, { annotations: { "meta.helm.sh/release-name": "shop" } }),
            kafkaConnector({ class: "com.example.Source", tasksMax: 1, config: {} }),
        ]);
        assert.deepEqual(raw.adopt, ["KafkaConnect/old-connect", "KafkaConnector/orders"]);
        assert.match(notes.map(({ message }) => message).join("\n"), /Helm release shop .* helm\.sh\/resource-policy/);
    });
});

/** A kubeconfig of a server that answers everything with a status. */
async function clusterThat(answers: (url: string) => [status: number, body: unknown]) {
    const server = http.createServer((request, response) => {
        const [status, body] = answers(request.url!);
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { server, kubeconfig: kubeconfigOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`) };
}
const kubeconfigOf = (server: string): string =>
    JSON.stringify({
        clusters: [{ name: "c", cluster: { server, "insecure-skip-tls-verify": true } }],
        contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
        users: [{ name: "u", user: {} }],
        "current-context": "c",
    });

describe("an import from a cluster", () => {
    it("reports with one sentence a cluster that does not answer", async () => {
        await assert.rejects(
            readCluster({ kubeconfig: kubeconfigOf("http://127.0.0.1:9") }, "data"),
            /^Error: The cluster cannot be read: the API server http:\/\/127\.0\.0\.1:9 does not answer \(ECONNREFUSED\)\.$/,
        );
    });

    it("reports with one sentence a cluster without rights, without CRDs, and a kubeconfig that is none", async () => {
        const forbidden = { message: 'kafkaconnects is forbidden: User "ci" cannot list resource' };
        const refusing = await clusterThat(() => [403, forbidden]);
        await assert.rejects(
            readCluster({ kubeconfig: refusing.kubeconfig }, "data"),
            /User "ci" cannot list resource/,
        );
        refusing.server.close();
        const empty = await clusterThat(() => [404, { message: "not found" }]);
        await assert.rejects(readCluster({ kubeconfig: empty.kubeconfig }, "data"), /has no CRDs of Strimzi\.$/);
        empty.server.close();
        await assert.rejects(readCluster({ kubeconfig: "clusters: [" }, "data"), /the kubeconfig cannot be read/);
    });
});
