import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { skipPromiseTraces } from "../../src/util/promiseTraces";

describe("stack traces of promises", () => {
    const format = Error.prepareStackTrace;
    afterEach(() => {
        Error.prepareStackTrace = format;
        delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
    });

    /** Has the name of the function in Pulumi's SDK that keeps a trace for each promise. */
    const debuggablePromise = () => new Error("promise").stack;
    const failing = () => new Error("failed").stack!;

    it("are left out, and those of errors are not", () => {
        skipPromiseTraces();
        assert.equal(debuggablePromise(), "");
        assert.match(failing(), /^Error: failed\n\s+at failing .*promiseTraces\.test\.ts/);
    });

    it("are formatted when PULUMI_DEBUG_PROMISE_LEAKS asks for them", () => {
        process.env.PULUMI_DEBUG_PROMISE_LEAKS = "1";
        skipPromiseTraces();
        assert.match(debuggablePromise()!, /^Error: promise\n/);
    });

    it("are left out of the promises of Pulumi's SDK", async () => {
        const sdk = createRequire(__filename)("@pulumi/pulumi/runtime/debuggable.js") as {
            debuggablePromise: (promise: Promise<void>, context: string) => Promise<void>;
        };
        skipPromiseTraces();
        const promise = Promise.resolve() as Promise<void> & { _debugStackTrace?: string };
        await sdk.debuggablePromise(promise, "context");
        assert.equal(promise._debugStackTrace, "");
    });
});
