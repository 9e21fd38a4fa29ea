/**
 * Pulumi's SDK formats a stack trace for each promise that it makes, some twenty per resource, to report promises that
 * never end. Formatting them, with the lines of the sources, takes a tenth of a preview of 100 connectors.
 */

/** Formats a stack trace, as V8 calls it. */
type Format = NonNullable<typeof Error.prepareStackTrace>;

/** The function of Pulumi's SDK that keeps a stack trace for each promise (runtime/debuggable). */
const keepsTrace = "debuggablePromise";

/**
 * Leaves the stack traces of Pulumi's promises out, unless PULUMI_DEBUG_PROMISE_LEAKS asks for them. Those of errors
 * stay as they are.
 */
export function skipPromiseTraces(): void {
    if (process.env.PULUMI_DEBUG_PROMISE_LEAKS) return;
    const format: Format =
        Error.prepareStackTrace ?? ((error, frames) => [String(error), ...frames.map(String)].join("\n    at "));
    Error.prepareStackTrace = (error, frames) =>
        frames[0]?.getFunctionName() === keepsTrace ? "" : (format(error, frames) as unknown);
}
