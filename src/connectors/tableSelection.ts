/** The tables of a Debezium source: the items of its include list, and the topics they go to. */
import { literalPattern, topicName } from "./names";
import type { TableItem, TableTerms } from "./tableOptions";
import { expressionItems, patternTopic, writtenTopic } from "./tablePatterns";
import type { ConnectorConfig } from "./template";

/** Which tables a source reads. */
export interface TableSelection {
    /** The schema or database of the tables whose item names none. */
    container: string;
    /** The option `table` or `collection`. */
    table?: string;
    tables: readonly TableItem[];
    /** Schemas or databases of which all tables are read. */
    containers?: readonly string[] | "all";
    excluded: readonly TableItem[];
}

/** The include list's items, and the topics that their changes go to. A topic that ends in `*` is a prefix. */
export interface SelectedTables {
    patterns: string[];
    topics: string[];
}

/** An item of a selection. */
export interface Entry {
    container: string;
    /** Pattern of the table's name. */
    pattern: string;
    /** The name, for a literal one. */
    name?: string;
}

/** An item with its container; one without has the default. */
export function entryOf(item: TableItem, container: string): Entry {
    const { name, pattern, schema, database } =
        typeof item === "string" ? ({ name: item } as Exclude<TableItem, string>) : item;
    const entry = { container: schema ?? database ?? container, name };
    if (pattern === undefined) return { ...entry, pattern: literalPattern(name!) };
    return { ...entry, pattern: pattern.includes("|") ? `(?:${pattern})` : pattern };
}

/** `pattern`, but not what `excluded` matches: Debezium takes an include or an exclude list, not both. */
const without = (pattern: string, excluded: readonly string[]): string =>
    excluded.length > 0 ? `(?!(?:${excluded.join("|")})$)${pattern}` : pattern;

/** The tables that the options select. */
export function selectTables(selection: TableSelection, prefix: string): SelectedTables {
    const { container, table, tables, containers, excluded } = selection;
    const excludedEntries = excluded.map((item) => entryOf(item, container));
    const exclusionsOf = (name: string) =>
        excludedEntries.filter((entry) => entry.container === name).map(({ pattern }) => pattern);
    if (containers === "all") {
        const names = excludedEntries.map((entry) => `${literalPattern(entry.container)}\\.${entry.pattern}`);
        return { patterns: [without(".*", names)], topics: [`${topicName(prefix)}.*`] };
    }
    const items = table === undefined ? tables : [table];
    const entries = [
        ...items.map((item) => entryOf(item, container)),
        ...(containers ?? []).map((name): Entry => ({ container: name, pattern: ".*" })),
    ];
    return {
        patterns: entries.map(({ container: name, pattern, name: literal }) =>
            [literalPattern(name), literal === undefined ? without(pattern, exclusionsOf(name)) : pattern].join("."),
        ),
        topics: entries.map(({ container: name, pattern, name: literal }) =>
            literal === undefined ? patternTopic(topicName(prefix, name), pattern) : topicName(prefix, name, literal),
        ),
    };
}

/** The tables as they are captured in the end: an include list in `config` overrides the options. */
export function capturedTables(
    selection: TableSelection,
    prefix: string,
    includeList: string | number | boolean | undefined,
): SelectedTables {
    if (includeList === undefined) return selectTables(selection, prefix);
    const patterns = expressionItems(includeList);
    return { patterns, topics: patterns.map((pattern) => writtenTopic(prefix, pattern)) };
}

/** The schemas or databases that the selection names; `all` where they are not known. */
export function selectedContainers({ container, table, tables, containers }: TableSelection): string[] | "all" {
    if (containers === "all") return "all";
    const items = table === undefined ? tables : [table];
    return [...new Set([...items.map((item) => entryOf(item, container).container), ...(containers ?? [])])];
}

/** The include lists of a MySQL or MongoDB source. */
export function includeLists(selection: TableSelection, term: TableTerms["table"]): ConnectorConfig {
    const databases = selectedContainers(selection);
    return {
        ...(databases === "all" ? {} : { "database.include.list": databases.map(literalPattern).join(",") }),
        [`${term}.include.list`]: selectTables(selection, "").patterns.join(","),
    };
}
