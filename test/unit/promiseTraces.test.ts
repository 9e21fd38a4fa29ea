import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { skipPromiseTraces } from "../../src/util/promiseTraces";

describe("stack traces of Pulumi's promises", () => {
    const requireFrom = createRequire(__filename);
    const module = requireFrom.resolve("@pulumi/pulumi/runtime/debuggable.js");
    const loaded = requireFrom.cache[module];
    let sdk: { debuggablePromise: (promise: Promise<void>, context: string) => Promise<void> };

    beforeEach(() => {
        // other tests of this process have evaluated the program, which leaves the traces out
        delete requireFrom.cache[module];
        sdk = requireFrom(module) as typeof sdk;
    });
    afterEach(() => {
        requireFrom.cache[module] = loaded;
        delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
    });

    /** The trace that the SDK keeps for a promise. */
    async function traceOf(): Promise<string | undefined> {
        const promise = Promise.resolve() as Promise<void> & { _debugStackTrace?: string };
        await sdk.debuggablePromise(promise, "context");
        return promise._debugStackTrace;
    }

    it("are left out, and those of errors are not", async () => {
        skipPromiseTraces();
        const replacement = sdk.debuggablePromise;
        skipPromiseTraces();
        assert.equal(sdk.debuggablePromise, replacement);
        assert.equal(await traceOf(), "Error");
        assert.match(new Error("failed").stack!, /^Error: failed\n\s+at .*promiseTraces\.test\.ts/);
    });

    it("are kept when PULUMI_DEBUG_PROMISE_LEAKS asks for them", async () => {
        process.env.PULUMI_DEBUG_PROMISE_LEAKS = "1";
        skipPromiseTraces();
        assert.match((await traceOf())!, /\n\s+at traceOf /);
    });
});
