/** The result of a check, for a terminal, for a pull request and for programs. Pure. */
import { formatIssue } from "../../src/schema/issues";
import type { Finding } from "../../src/local/pluginValidation";

export interface Result {
    stack: string;
    connectors: number;
    /** Connectors whose class no plugin of the worker has. */
    unchecked: string[];
    findings: (Finding & { line?: number })[];
}

export const faultsIn = (result: Result): Result["findings"] =>
    result.findings.filter(({ unreachable }) => !unreachable);

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** Markdown, fit for a comment on a pull request. */
export function markdown(result: Result): string {
    const issues = faultsIn(result);
    const offline = new Set(result.findings.filter(({ unreachable }) => unreachable).map(({ path }) => path[1])).size;
    const checked = result.connectors - result.unchecked.length;
    const lines = [
        `### ${issues.length === 0 ? "✅" : "❌"} \`${result.stack}\`: ${plural(checked, "connector")} checked by their plugins, ${plural(issues.length, "issue")}`,
        ...issues.map((issue) => `- ${formatIssue(issue, issue.line).replace(/\n/g, " ")}`),
        ...result.unchecked.map((name) => `- not checked: ${name}`),
        ...(offline > 0
            ? [
                  `\nDatabases are not reached from here, so the logins of ${plural(offline, "connector")} and what the databases say were not checked.`,
              ]
            : []),
    ];
    return lines.join("\n");
}
