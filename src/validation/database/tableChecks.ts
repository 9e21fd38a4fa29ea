/** The tables of a source against those of its database. Pure. */
import { withoutEscapes } from "../../connectors/names";
import { matchesTable } from "../../connectors/tablePatterns";
import type { ResolvedConnector } from "../../connectors/template";
import { issue, type Issue, type SettingPath } from "../../schema/issues";
import { didYouMean } from "../../util/nearest";
import { messageKeys } from "../rules/messageKeys";
import type { TableFacts } from "./facts";

/** The items of an include list. A comma within an expression is escaped. */
const itemsOf = (list: unknown): string[] =>
    String(list ?? "")
        .split(/(?<!\\),/)
        .map((item) => item.trim())
        .filter(Boolean);

/** The tables of the database that a connector captures. */
export const capturedFacts = ({ config }: ResolvedConnector, tables: readonly TableFacts[]): TableFacts[] => {
    const items = itemsOf(config["table.include.list"]);
    return items.length === 0 ? [...tables] : tables.filter(({ name }) => matchesTable(items, name));
};

/** The path of an include list's item: of the table's own line, where the stack file has one for each. */
function itemPath(connector: ResolvedConnector, index: number): SettingPath {
    const path = connector.settingPath("table.include.list");
    return typeof path.at(-1) === "number" ? [...path.slice(0, -1), index] : path;
}

/** The path of the item that selects a table. */
export function tablePath(connector: ResolvedConnector, table: string): SettingPath {
    const items = itemsOf(connector.config["table.include.list"]);
    const index = items.findIndex((item) => matchesTable([item], table));
    return itemPath(connector, Math.max(index, 0));
}

/** Tables that do not exist, or that the connector cannot read. */
export function tableChecks(connector: ResolvedConnector, tables: readonly TableFacts[]): Issue[] {
    const names = tables.map(({ name }) => name);
    const missing = itemsOf(connector.config["table.include.list"])
        .map((item, index) => ({ item, path: itemPath(connector, index) }))
        .filter(({ item }) => !names.some((name) => matchesTable([item], name)))
        .map(({ item, path }) =>
            issue(
                "KCP_DATABASE_TABLE",
                path,
                `(${connector.name}) no table of the database matches ${withoutEscapes(item)}` +
                    didYouMean(withoutEscapes(item), names),
            ),
        );
    const unreadable = capturedFacts(connector, tables)
        .filter(({ canSelect }) => !canSelect)
        .map(({ name }) =>
            issue(
                "KCP_DATABASE_RIGHTS",
                tablePath(connector, name),
                `(${connector.name}) the user cannot SELECT from ${name}`,
            ),
        );
    return [...missing, ...unreadable, ...signalTableChecks(connector, tables)];
}

function signalTableChecks(connector: ResolvedConnector, tables: readonly TableFacts[]): Issue[] {
    const name = connector.config["signal.data.collection"];
    if (name === undefined) return [];
    const path = connector.settingPath("signal.data.collection");
    const table = tables.find((item) => item.name === name);
    if (!table)
        return [issue("KCP_DATABASE_TABLE", path, `(${connector.name}) the signal table ${name} does not exist`)];
    return table.canInsert
        ? []
        : [issue("KCP_DATABASE_RIGHTS", path, `(${connector.name}) the user cannot INSERT into ${name}`)];
}

/** Captured tables without a primary key, unless `message.key.columns` names a key for them. */
export const withoutKey = (connector: ResolvedConnector, tables: readonly TableFacts[]): TableFacts[] => {
    const keyed = messageKeys(connector.config["message.key.columns"] ?? "")
        .map(({ table }) => table)
        .filter(Boolean);
    return capturedFacts(connector, tables).filter(
        ({ name, hasPrimaryKey }) => !hasPrimaryKey && !matchesTable(keyed, name),
    );
};
