/** What the sandbox prints. */
import type { ChangeEvent } from "../../src/local/changeEvents";
import type { ConnectorStatus } from "../../src/util/connectRest";
import type { Database } from "../../src/local/database";
import type { KubernetesObject } from "../../src/synth/synth";

/** Rows as aligned columns. The first row is their headings. */
export function columns(rows: readonly (readonly string[])[]): string {
    const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
    const line = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column])).join("  ");
    return rows.map((row) => `  ${line(row).trimEnd()}`).join("\n");
}

/** A connector with its status; without one when the worker rejected it. */
export interface ShownConnector {
    readonly resource: KubernetesObject;
    readonly status?: ConnectorStatus;
}

const simpleName = (className: string): string => className.slice(className.lastIndexOf(".") + 1);

/** The table of connectors. Classes are shown without their package: a terminal has 80 columns. */
export function connectorTable(items: readonly ShownConnector[]): string {
    return columns([
        ["CONNECTOR", "CLASS", "STATE", "TASKS"],
        ...items.map(({ resource, status }) => [
            resource.metadata.name,
            simpleName(resource.spec.class as string),
            status?.connector.state ?? "REJECTED",
            status?.tasks.map((task) => task.state).join(", ") || "none",
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
    tombstone: "tombstone",
};

/** An event as a line: the row, and the key of a record that has no row. */
export function eventLine({ topic, operation, key, row }: ChangeEvent): string {
    const content = row === null ? `key ${JSON.stringify(key)}` : JSON.stringify(row);
    return `  ${topic}  ${operations[operation] ?? "record"}  ${content}`;
}

/** An event as one line of JSON. */
export const eventJson = ({ topic, operation, key, row }: ChangeEvent): string =>
    JSON.stringify({ topic, operation: operations[operation] ?? "record", key, row });

/** Where everything is. */
export interface Addresses {
    readonly restUrl: string;
    readonly bootstrap: string;
    readonly logs: string;
    readonly databases: readonly { server: Database; name: string }[];
}

/** What to try next. */
export function nextSteps({ restUrl, bootstrap, logs, databases }: Addresses): string {
    const clients = databases.map(({ server, name }) => `  ${server.client(name)}`);
    return [
        "",
        "Running. Try:",
        ...(databases.length > 0 ? ["  SQL here, ended by a semicolon; \\? lists the commands"] : []),
        `  curl ${restUrl}/connectors?expand=status`,
        ...clients,
        `  any Kafka client: bootstrap ${bootstrap}`,
        `  the logs: ${logs}`,
        "  in another terminal: npx kcp status, slots, offsets, restart, dlq",
        "  another connector: three lines in the stack file, its table in examples/seed",
        "Ctrl-C stops everything.",
        "",
    ].join("\n");
}
