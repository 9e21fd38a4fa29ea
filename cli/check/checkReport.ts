/** The result of a check. Pure. */
import { formatIssue, type Issue } from "../../src/schema/issues";
import type { Finding } from "../../src/local/pluginValidation";
import { plural } from "../../src/util/plural";

/** An issue with its line in the stack file. */
type Located = Issue & { line?: number };

export interface Result {
    stack: string;
    connectors: number;
    /** Connectors whose class no plugin of the worker has. */
    unchecked: string[];
    findings: (Finding & { line?: number })[];
    /** With --connect: what is probably wrong in the databases, and those that were not asked. */
    databases?: { warnings: readonly Located[]; unchecked: readonly string[] };
    /** With --kubeconfig: what is probably wrong with the KafkaConnectors of the cluster. */
    cluster?: { warnings: readonly Located[] };
}

export const faultsIn = (result: Result): Result["findings"] =>
    result.findings.filter(({ unreachable }) => !unreachable);

/** The result as Markdown, for a terminal and for a comment on a pull request. */
export function markdown(result: Result): string {
    const issues = faultsIn(result);
    const offline = new Set(
        result.findings
            .filter(({ unreachable }) => unreachable)
            .map(({ path, file }) => `${file} ${path[0]} ${path[1]}`),
    ).size;
    const checked = result.connectors - result.unchecked.length;
    const summary = `${plural(checked, "connector")} checked by their plugins, ${plural(issues.length, "issue")}`;
    const lines = [
        `### ${issues.length === 0 ? "✅" : "❌"} \`${result.stack}\`: ${summary}`,
        ...issues.map((issue) => `- ${formatIssue(issue, issue.line).replace(/\n/g, " ")}`),
        ...[...(result.databases?.warnings ?? []), ...(result.cluster?.warnings ?? [])].map(
            (warning) => `- warning: ${formatIssue(warning, warning.line).replace(/\n/g, " ")}`,
        ),
        ...result.unchecked.map((name) => `- not checked: ${name}`),
        ...(result.databases?.unchecked ?? []).map((text) => `- not checked: ${text}`),
        ...(offline > 0 && !result.databases
            ? [`\nNo database is reached from here: logins of ${plural(offline, "connector")} were not checked.`]
            : []),
    ];
    return lines.join("\n");
}
