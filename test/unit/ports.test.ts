import assert from "node:assert/strict";
import * as net from "node:net";
import { accepts, freePort } from "../../src/local/ports";

describe("a free port", () => {
    it("is another one each time, and none that the system gives to other processes", async () => {
        const ports = await Promise.all(Array.from({ length: 300 }, freePort));
        assert.equal(new Set(ports).size, ports.length);
        // Linux begins at 32768, macOS at 49152
        for (const port of ports) assert.ok(port >= 12_000 && port < 30_000, String(port));
    });

    it("accepts connections only while a server listens", async () => {
        const port = await freePort();
        assert.equal(await accepts(port), false);
        const server = net.createServer();
        await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
        assert.equal(await accepts(port), true);
        await new Promise((resolve) => server.close(resolve));
    });
});
