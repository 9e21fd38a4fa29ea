/** Whether an item of one of Debezium's lists can match one of the captured tables, or a column of one. */
import { withoutEscapes } from "../../connectors/names";
import { expressionItems, isLiteral, literalPrefix, matchesTable } from "../../connectors/tablePatterns";
import { alternatives } from "../../connectors/topicItems";
import type { ResolvedConnector } from "../../connectors/template";
import { isReference } from "./rule";

/** The include list of tables, and that of what contains them, by connector class. */
const includeLists: readonly [classes: RegExp, tables: string, containers: string][] = [
    [/\.(MySqlConnector|MariaDbConnector)$/, "table.include.list", "database.include.list"],
    [/\.PostgresConnector$/, "table.include.list", "schema.include.list"],
    [/\.MongoDbConnector$/, "collection.include.list", "database.include.list"],
];

/** The key of a connector's include list of tables. */
export const includeListOf = (className: string): string | undefined =>
    includeLists.find(([classes]) => classes.test(className))?.[1];

/**
 * The tables that a Debezium source captures, as regular expressions of CONTAINER.TABLE. Undefined where it captures
 * everything, or where the list is not known.
 */
export function capturedPatterns({ class: className, config }: ResolvedConnector): string[] | undefined {
    const [, tables, containers] = includeLists.find(([classes]) => classes.test(className)) ?? [];
    if (tables === undefined || containers === undefined) return undefined;
    const written = expressionItems(config[tables]);
    const patterns = written.length > 0 ? written : expressionItems(config[containers]).map((name) => `${name}\\..*`);
    return patterns.length === 0 || patterns.some(isReference) ? undefined : patterns;
}

/** Whether two strings have a common beginning as long as the shorter one. A dot can stand for any character. */
function beginAlike(one: string, other: string): boolean {
    const length = Math.min(one.length, other.length);
    return [...one.slice(0, length).toLowerCase()].every((character, at) => {
        const opposite = other[at].toLowerCase();
        return character === opposite || character === "." || opposite === ".";
    });
}

/** The names of a table that the name of a column can begin with: each part before a dot. */
function tablesOfColumn(column: string): string[] {
    const parts = column.split(".");
    return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("."));
}

/** Whether an item, a regular expression of tables, can match a table of the patterns. True where it is not known. */
export const canMatchTable = (item: string, patterns: readonly string[]): boolean =>
    alternatives(item).some((part) =>
        isLiteral(part)
            ? matchesTable(patterns, withoutEscapes(part))
            : patterns.some((pattern) =>
                  isLiteral(pattern)
                      ? beginAlike(literalPrefix(part), withoutEscapes(pattern))
                      : beginAlike(literalPrefix(part), literalPrefix(pattern)),
              ),
    );

/** Whether an item, a regular expression of columns, can match a column of a table of the patterns. */
export const canMatchColumn = (item: string, patterns: readonly string[]): boolean =>
    alternatives(item).some((part) =>
        isLiteral(part)
            ? tablesOfColumn(withoutEscapes(part)).some((table) => matchesTable(patterns, table))
            : patterns.some((pattern) =>
                  beginAlike(
                      literalPrefix(part),
                      isLiteral(pattern) ? `${withoutEscapes(pattern)}.` : literalPrefix(pattern),
                  ),
              ),
    );

/** The tables of the patterns that are names, for suggestions. */
export const tableNames = (patterns: readonly string[]): string[] =>
    patterns.filter(isLiteral).map((pattern) => withoutEscapes(pattern));
