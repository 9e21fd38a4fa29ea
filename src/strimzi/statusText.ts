/** What Connect and its plugins say in a status, made short, and without secrets. Pure. */

const indented = (lines: readonly string[]): string => lines.map((line) => `\n    ${line.trim()}`).join("");

/** Keys whose values are never shown. */
const secretKey =
    "[\\w.-]*(?:pass(?:word|phrase|wd)?|secret|token|credential|private|api[._-]?key|sasl\\.jaas\\.config)[\\w.-]*";
const hidden: readonly [RegExp, string][] = [
    // user and password within an address
    [/\/\/[^/\s@]*:[^/\s@]*@/g, "//(not shown)@"],
    [/AKIA[0-9A-Z]{16}/g, "(not shown)"],
    [new RegExp(`(Invalid value )[^]*?( for configuration ${secretKey})`, "gi"), "$1(not shown)$2"],
    [new RegExp(`(\\b${secretKey}"?\\s*[=:]\\s*)("[^"]*"|'[^']*'|[^\\s,;&)]+)`, "gi"), "$1(not shown)"],
];

/**
 * A status message without what looks like a secret, and without the literal values of the configuration's secret keys.
 * References such as `${secretManager:A:PASSWORD}` are resolved in the worker, so a plugin may repeat what they stand
 * for.
 */
export function redactSecrets(text: string, config: Readonly<Record<string, unknown>> = {}): string {
    const literal = Object.entries(config).flatMap(([key, value]) =>
        new RegExp(`^${secretKey}$`, "i").test(key) &&
        typeof value === "string" &&
        value.length > 3 &&
        !value.startsWith("${")
            ? [value]
            : [],
    );
    return hidden.reduce(
        (rest, [pattern, instead]) => rest.replace(pattern, instead),
        literal.reduce((rest, value) => rest.replaceAll(value, "(not shown)"), text),
    );
}

/**
 * Why Connect refused a connector: its message without the request, the list of all classes and the hint to its REST
 * API.
 */
export function rejectionReason(message: string): string {
    const text = message
        .replace(/^\w+ \S+ returned \d+ \([^)]*\): /, "")
        .replace(/, available connectors are: [^]*$/, "")
        .replace(/\n?You can also find the above list of errors at the endpoint [^]*$/, "");
    return `Connect refused it:${indented(text.split("\n").filter((line) => line.trim()))}`;
}

/** The exceptions of a Java stack trace, outermost first, without the places in the code: at most so many lines. */
export function traceCauses(trace: string, most = 6): string {
    const lines = trace.split("\n").filter((line) => line.trim() && !/^\s*(at\s|\.\.\. \d+ )/.test(line));
    if (lines.length === 0) return " Connect gives no trace";
    // the innermost cause says most, so it is kept even where others have to go
    const kept = lines.length <= most ? lines : [...lines.slice(0, most - 2), "…", lines[lines.length - 1]];
    return indented(kept.map((line) => (line.length > 500 ? `${line.slice(0, 499)}…` : line)));
}
