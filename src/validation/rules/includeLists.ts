/** Include lists of Debezium's sources that capture nothing: tables without schema, and containers without tables. */
import { withoutEscapes } from "../../connectors/names";
import { expressionItems, isLiteral, literalPrefix, matchesTable } from "../../connectors/tablePatterns";
import type { ResolvedConnector } from "../../connectors/template";
import { isReference, type Finding, type PluginRule } from "./rule";

interface Terms {
    readonly classes: RegExp;
    readonly container: "database" | "schema";
    readonly tables: string;
}

const terms: readonly Terms[] = [
    {
        classes: /^io\.debezium\.connector\.(mysql|mariadb)\./,
        container: "database",
        tables: "table.include.list",
    },
    { classes: /^io\.debezium\.connector\.postgresql\./, container: "schema", tables: "table.include.list" },
    { classes: /^io\.debezium\.connector\.mongodb\./, container: "database", tables: "collection.include.list" },
];

/** The schemas or databases that an item can be of: what is before each of the dots that it certainly begins with. */
function containersOf(item: string): string[] {
    const parts = (isLiteral(item) ? withoutEscapes(item) : literalPrefix(item)).split(".");
    return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("."));
}

function checkLists({ config }: ResolvedConnector, { container, tables }: Terms): Finding[] {
    const items = expressionItems(config[tables]);
    if (items.some(isReference)) return [];
    const bare = items.find((item) => isLiteral(item) && !withoutEscapes(item).includes("."));
    if (bare !== undefined) {
        const message = `${bare} matches no table: expected ${container.toUpperCase()}.${bare}, with its ${container}`;
        return [{ code: "KCP_INVALID_CONFIG_VALUE", key: tables, message }];
    }
    const key = `${container}.include.list`;
    const containers = expressionItems(config[key]);
    if (containers.length === 0 || containers.some(isReference)) return [];
    // a name can have dots, of which an expression shows only the first ones
    const isContained = (name: string) =>
        matchesTable(containers, name) || containers.some((other) => withoutEscapes(other).startsWith(`${name}.`));
    const outside = items.map(containersOf).find((names) => names.length > 0 && !names.some(isContained))?.[0];
    if (outside === undefined) return [];
    const message = `does not contain ${outside}, of which ${tables} selects tables: they are not captured`;
    return [{ code: "KCP_CONFLICTING_SETTINGS", key, message }];
}

export const includeListRules: readonly PluginRule[] = terms.map((term) => ({
    classes: term.classes,
    check: (connector) => checkLists(connector, term),
}));
