/** The state of the tables that connectors read: an empty table is no failure, a missing one is. */
import { withoutEscapes } from "../../src/connectors/names";
import * as path from "path";
import { seedFile } from "../../src/local/database";
import type { Placement, Servers } from "../../src/local/servers";
import { projectFolder } from "../../src/util/project";

/** What is known of the tables of a connector. */
export interface TableReport {
    readonly connector: string;
    /** Tables that have rows: an event is expected of each connector with one. */
    readonly filled: readonly string[];
    readonly empty: readonly string[];
    readonly missing: readonly string[];
    /** The file that creates the tables. */
    readonly seed: string;
}

/** The tables of an include list: none when an item is a pattern, because only the plugin knows what it matches. */
export function literalTables(includeList: unknown): string[] {
    const items = String(includeList ?? "")
        .split(",")
        .filter(Boolean);
    const names = items.map(withoutEscapes);
    const isLiteral = (item: string) => !/[*+?()[\]{}|^$]/.test(item.replace(/\\./g, ""));
    return items.every(isLiteral) ? names : [];
}

/** The state of the tables of each connector that reads from a database. */
export async function tableReports(placements: readonly Placement[], servers: Servers): Promise<TableReport[]> {
    const reports = placements.map(async ({ resource, externalSystem }): Promise<TableReport[]> => {
        const tables = literalTables(resource.spec.config["table.include.list"]);
        if (externalSystem.kind !== "database" || tables.length === 0) return [];
        const { engine, database } = externalSystem;
        const server = await servers.database(engine);
        const states = new Map<string, boolean | undefined>();
        for (const table of tables) states.set(table, await server.hasRows(database, table));
        const inState = (state: boolean | undefined) => tables.filter((table) => states.get(table) === state);
        return [
            {
                connector: resource.metadata.name,
                filled: inState(true),
                empty: inState(false),
                missing: inState(undefined),
                seed: path.relative(projectFolder, seedFile(engine.name, database)),
            },
        ];
    });
    return (await Promise.all(reports)).flat();
}

/** What to say about the tables, one a line. */
export const tableNotes = (reports: readonly TableReport[]): string[] =>
    reports.flatMap(({ connector, empty, missing, seed }) => [
        ...empty.map((table) => `${connector}: table ${table} is empty; insert a row to see an event`),
        ...missing.map((table) => `${connector}: table ${table} does not exist; create it in ${seed}`),
    ]);
