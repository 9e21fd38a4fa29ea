import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { ConnectRest } from "../../src/util/connectRest";

type Answer = readonly [status: number, body: string];

/** Runs some work with a client of a worker that gives these answers, one for each request. */
async function withWorker<T>(answers: readonly Answer[], work: (rest: ConnectRest) => Promise<T>): Promise<T> {
    const left = [...answers];
    const server = http.createServer((_request, response) => {
        const [status, body] = left.shift()!;
        response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
        return await work(new ConnectRest(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    } finally {
        server.close();
    }
}

describe("a client of Kafka Connect's REST API", () => {
    it("sends a request again while the worker rebalances", async () => {
        const config = await withWorker(
            [
                [409, '{"message":"rebalancing"}'],
                [200, '{"a":"1"}'],
            ],
            (rest) => rest.config("orders"),
        );
        assert.deepEqual(config, { a: "1" });
    });

    it("reports the worker's message, or the request and its status where there is none", async () => {
        const refused = (answer: Answer) => withWorker([answer], (rest) => rest.config("orders"));
        await assert.rejects(refused([404, '{"message":"Connector orders not found"}']), {
            message: "Connector orders not found",
            status: 404,
        });
        await assert.rejects(refused([502, "<html>"]), {
            message: "GET /connectors/orders/config: HTTP 502",
            reason: "HTTP 502",
        });
    });

    it("has no status of a connector that the worker does not have", async () => {
        assert.equal(await withWorker([[404, "{}"]], (rest) => rest.status("orders")), undefined);
    });
});
