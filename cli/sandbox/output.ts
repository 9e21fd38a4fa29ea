/** What the sandbox prints. */
import type { KubernetesObject } from "../../src/synth/synth";
import type { ConnectorStatus } from "../../src/local/connectApi";
import type { ChangeEvent } from "../../src/local/changeEvents";

/** Rows as columns of text, the first row as their heads. */
export function columns(rows: readonly (readonly string[])[]): string {
    const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
    return rows
        .map(
            (row) =>
                `  ${row
                    .map((cell, column) => cell.padEnd(widths[column]))
                    .join("  ")
                    .trimEnd()}`,
        )
        .join("\n");
}

/** The table of connectors. */
export function connectorTable(items: readonly { resource: KubernetesObject; status: ConnectorStatus }[]): string {
    return columns([
        ["CONNECTOR", "CLASS", "STATE", "TASKS"],
        ...items.map(({ resource, status }) => [
            resource.metadata.name,
            resource.spec.class as string,
            status.connector.state,
            status.tasks.map((task) => task.state).join(", ") || "none",
        ]),
    ]);
}

const operations: Record<string, string> = {
    r: "snapshot",
    c: "insert",
    u: "update",
    d: "delete",
    t: "truncate",
    m: "message",
};

/** One event as a line. */
export const eventLine = ({ topic, operation, row }: ChangeEvent): string =>
    `  ${topic}  ${operations[operation] ?? "record"}  ${JSON.stringify(row)}`;

/** What to try next. */
export function nextSteps(options: { restUrl: string; bootstrap: string; table?: string; logs: string }): string {
    return `
Running. Try:${
        options.table
            ? `
  type SQL here and watch it arrive:   UPDATE ${options.table} SET id = id;`
            : ""
    }
  ask Connect:                         curl ${options.restUrl}/connectors?expand=status
  read the topics with any client:     bootstrap ${options.bootstrap}
  read the logs:                       ${options.logs}
  add a connector:                     three lines in Pulumi.local.yaml, its table in examples/seed, and start again
Ctrl-C stops everything.
`;
}
