import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { ClusterApi, ClusterApiError } from "../../src/util/clusterApi";

describe("requests to an API server", function () {
    this.timeout(30_000);
    const answers: { status: number; body: object }[] = [];
    let requests = 0;
    let api: ClusterApi;
    const server = http.createServer((_, response) => {
        requests += 1;
        const { status, body } = answers.shift() ?? { status: 200, body: { items: [] } };
        response.writeHead(status, { "content-type": "application/json", "retry-after": "0.01" });
        response.end(JSON.stringify(body));
    });
    const postponed = { status: 429, body: { message: "storage is (re)initializing" } };

    before(async () => {
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const { port } = server.address() as AddressInfo;
        const kubeconfig = JSON.stringify({
            apiVersion: "v1",
            kind: "Config",
            "current-context": "test",
            clusters: [
                { name: "test", cluster: { server: `http://127.0.0.1:${port}`, "insecure-skip-tls-verify": true } },
            ],
            contexts: [{ name: "test", context: { cluster: "test", user: "test" } }],
            users: [{ name: "test", user: {} }],
        });
        api = await ClusterApi.connect({ kubeconfig });
    });
    beforeEach(() => {
        requests = 0;
        answers.length = 0;
    });
    after(() => server.close());

    it("are sent again while the API server initializes the storage of new CRDs", async () => {
        answers.push(postponed, postponed);
        assert.deepEqual(await api.get("/apis"), { items: [] });
        assert.equal(requests, 3);
    });

    it("fail at once for another error, with the API server's explanation", async () => {
        answers.push({ status: 403, body: { message: "kafkaconnects is forbidden" } });
        await assert.rejects(api.get("/apis"), (error: ClusterApiError) => {
            assert.equal(error.status, 403);
            assert.equal(error.message, "kafkaconnects is forbidden (GET /apis)");
            return true;
        });
        assert.equal(requests, 1);
    });

    it("fail in the end when the API server keeps postponing them", async () => {
        answers.push(...Array.from({ length: 11 }, () => postponed));
        await assert.rejects(api.get("/apis"), /storage is \(re\)initializing/);
        assert.equal(requests, 11);
    });
});
