/** Why a connector failed, from the stack trace that the worker reports. Pure. */

const longest = 600;

const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** `ConnectException: …` of `org.apache.kafka.connect.errors.ConnectException: …`. */
const withoutPackage = (line: string): string => line.replace(/^(?:[a-z]\w*\.)+(?=[A-Z])/, "");

/** The exceptions of a trace, outermost first, each with its message and without its frames. */
function exceptions(trace: string): string[] {
    const found: string[][] = [];
    for (const line of trace.split("\n")) {
        if (/^\s+(at |\.\.\. \d+ )/.test(line)) continue;
        const caused = /^Caused by: (.*)/.exec(line)?.[1];
        if (caused !== undefined || found.length === 0) found.push([caused ?? line]);
        else if (line.trim()) found[found.length - 1].push(line.trim());
    }
    return found.map((lines) => shortened(withoutPackage(lines.join(" ").trim())));
}

/** The plugin's message and the first cause, one a line. */
export function failureReason(trace: string | undefined): string[] {
    if (!trace) return ["the worker reports no reason"];
    const [message, ...causes] = exceptions(trace);
    const cause = causes.at(-1);
    return cause && cause !== message ? [message, `caused by: ${cause}`] : [message];
}
