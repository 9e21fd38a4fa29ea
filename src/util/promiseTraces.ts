/**
 * Pulumi's SDK keeps a stack trace for each promise that it makes, some twenty per resource, to report promises that
 * never end. Collecting and formatting them takes a tenth of an evaluation.
 */
import { createRequire } from "node:module";

type MakePromise = (promise: Promise<unknown>, context: unknown) => Promise<unknown>;

/** What is replaced of Pulumi's SDK, which has no setting for it. */
interface Debuggable {
    debuggablePromise?: MakePromise;
}

const replaced = new WeakSet<MakePromise>();

/**
 * Leaves the stack traces of Pulumi's promises out, unless PULUMI_DEBUG_PROMISE_LEAKS asks for them. Those of errors
 * stay as they are.
 */
export function skipPromiseTraces(): void {
    const sdk = createRequire(__filename)("@pulumi/pulumi/runtime/debuggable.js") as Debuggable;
    const { debuggablePromise } = sdk;
    if (process.env.PULUMI_DEBUG_PROMISE_LEAKS || !debuggablePromise || replaced.has(debuggablePromise)) return;
    const withoutTrace: MakePromise = (promise, context) => {
        const limit = Error.stackTraceLimit;
        Error.stackTraceLimit = 0;
        try {
            return debuggablePromise(promise, context);
        } finally {
            Error.stackTraceLimit = limit;
        }
    };
    replaced.add(withoutTrace);
    sdk.debuggablePromise = withoutTrace;
}
