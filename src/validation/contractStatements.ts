/** Statements of contracts (`expect`) against the tables that the connector captures: records that cannot arrive. */
import { withoutEscapes } from "../connectors/names";
import { expressionItems, isLiteral, matchesTable } from "../connectors/tablePatterns";
import type { ResolvedConnector } from "../connectors/template";
import { issue, type Issue } from "../schema/issues";
import { firstFew } from "../util/firstFew";
import { isObject, valueAt } from "../util/data";
import { capturedPatterns } from "./rules/tableMatching";

const changed =
    /\b(?:insert\s+(?:ignore\s+)?into|replace\s+into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:only\s+)?([\w."`]+)/gi;

/** The tables that statements change, without quotes. */
const changedTables = (statements: readonly string[]): string[] =>
    statements.flatMap((statement) => [...statement.matchAll(changed)].map(([, name]) => name.replace(/["`]/g, "")));

/** Whether a table is captured; a name without its schema is compared with the last part of each. */
const isCaptured = (table: string, patterns: readonly string[]): boolean =>
    table.includes(".")
        ? matchesTable(patterns, table.split(".").slice(-2).join("."))
        : patterns.some(
              (pattern) =>
                  !isLiteral(pattern) ||
                  withoutEscapes(pattern).split(".").at(-1)!.toLowerCase() === table.toLowerCase(),
          );

/** Columns that the connector leaves out, by their names. */
const excludedColumns = ({ config }: ResolvedConnector): string[] =>
    expressionItems(config["column.exclude.list"])
        .filter(isLiteral)
        .map((item) => withoutEscapes(item).split(".").at(-1)!);

/** Steps whose records probably never arrive, or arrive although none is expected. */
export function contractWarnings(connector: ResolvedConnector): Issue[] {
    const { config, expect = [], index } = connector;
    const patterns = expect.length === 0 ? undefined : capturedPatterns(connector);
    if (!patterns) return [];
    const excluded = excludedColumns(connector);
    const writesAll = config.transforms === undefined && config["skipped.operations"] === undefined;
    return expect.flatMap(({ sql, records }, step): Issue[] => {
        const at = ["connectors", index, "expect", step];
        const found = (path: readonly (string | number)[], message: string) => [
            issue("KCP_CONFLICTING_SETTINGS", [...at, ...path], message),
        ];
        const tables = changedTables(sql);
        const readsOnly = sql.every((statement) => /^\s*(select|show|explain|values)\b/i.test(statement));
        if (records.length > 0 && readsOnly) return found(["sql"], "changes no row, and no record can result");
        const captured = tables.filter((table) => isCaptured(table, patterns));
        if (records.length > 0 && tables.length > 0 && captured.length === 0)
            return found(
                ["sql"],
                `changes ${firstFew(tables)}, which the connector does not capture: it captures ${firstFew(patterns)}`,
            );
        if (records.length === 0 && captured.length > 0 && writesAll && /insert/i.test(sql.join(" ")))
            return found(["records"], `expects no record, and the statement inserts into ${captured[0]}`);
        return records.flatMap(({ value }, position) => {
            const fields = [value, valueAt(value, ["after"])].flatMap((row) => (isObject(row) ? Object.keys(row) : []));
            const column = fields.find((name) => excluded.includes(name));
            return column === undefined
                ? []
                : found(["records", position, "value"], `has ${column}, which column.exclude.list leaves out`);
        });
    });
}
