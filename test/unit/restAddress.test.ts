import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { restTarget } from "../../src/operations/restTarget";
import { restAddress } from "../../src/util/restAddress";

describe("the address of a REST API", () => {
    it("is separated from its login", () => {
        const login = `Basic ${Buffer.from("reader:p@ss").toString("base64")}`;
        assert.deepEqual(restAddress("https://reader:p%40ss@connect.example.com:8443/api/"), {
            url: "https://connect.example.com:8443/api",
            headers: { authorization: login },
        });
        assert.deepEqual(restAddress("http://127.0.0.1:8083"), { url: "http://127.0.0.1:8083", headers: {} });
        assert.deepEqual(restAddress("connect"), { url: "connect", headers: {} });
    });

    it("is printed without its login when nothing answers", async () => {
        const target = restTarget("http://reader:not-to-be-shown@127.0.0.1:1");
        assert.equal(target.description, "the worker at http://127.0.0.1:1");
        await assert.rejects(target.connectors(), (error: Error) => {
            assert.match(error.message, /^Connect does not answer at http:\/\/127\.0\.0\.1:1; /);
            return true;
        });
    });

    it("sends its login with each request", async () => {
        const received: (string | undefined)[] = [];
        const server = http.createServer((request, response) => {
            received.push(request.headers.authorization);
            response.end("{}");
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const { port } = server.address() as AddressInfo;
        try {
            assert.deepEqual(await restTarget(`http://reader:secret@127.0.0.1:${port}`).connectors(), []);
        } finally {
            server.close();
        }
        assert.deepEqual(received, [`Basic ${Buffer.from("reader:secret").toString("base64")}`]);
    });
});
