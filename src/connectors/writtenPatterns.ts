/** Patterns of tables and names of what contains them, as a person writes them: what cannot be what was meant. */
import { issue, type Issue } from "../schema/issues";
import type { TableTerms } from "./tableOptions";
import type { TableSelection } from "./tableSelection";

/** Why a pattern can hardly select what was meant; undefined where it can. */
function doubt(pattern: string, container: string, { container: term }: TableTerms): string | undefined {
    if (pattern !== pattern.trim()) return `has blanks around it; expected ${JSON.stringify(pattern.trim())}`;
    if (/^\/.*\/$/.test(pattern)) return "begins and ends with /, which is no part of Java's expressions";
    if (pattern.startsWith("^")) return "^ never matches after the name before it: the pattern is of the whole name";
    if (pattern.startsWith("*")) return "* repeats the character before it; write .* for all names";
    if (pattern.includes("%")) return "% is of SQL's LIKE; write .* for any characters";
    const start = [`${container}.`, `${container}\\.`].find((prefix) => pattern.startsWith(prefix));
    return container !== "" && start !== undefined
        ? `expected ${JSON.stringify(pattern.slice(start.length))}: the ${term} is not part of the pattern`
        : undefined;
}

/** Patterns that select nothing, or something else than meant. */
export function patternWarnings(selection: TableSelection, terms: TableTerms): Issue[] {
    const { container, tables, excluded } = selection;
    const lists = {
        [`${terms.table}s`]: tables,
        [`exclude${terms.table === "table" ? "Tables" : "Collections"}`]: excluded,
    };
    return Object.entries(lists).flatMap(([option, items]) =>
        items.flatMap((item, index) => {
            const pattern = typeof item === "string" ? undefined : item.pattern;
            if (pattern === undefined || typeof item === "string") return [];
            const reason = doubt(pattern, item.schema ?? item.database ?? container, terms);
            return reason === undefined
                ? []
                : [issue("KCP_INVALID_VALUE", ["source", option, index, "pattern"], reason)];
        }),
    );
}

/** Names of schemas or databases that are written as patterns or lists, or with what is not part of a name. */
export function containerIssues({ containers }: TableSelection, { container, table }: TableTerms): Issue[] {
    if (containers === undefined || containers === "all") return [];
    return containers.flatMap((name, index): Issue[] => {
        const mistake = (message: string) => [issue("KCP_INVALID_VALUE", ["source", `${container}s`, index], message)];
        const trimmed = name.trim();
        if (trimmed !== name) return mistake(`has blanks around it; expected ${JSON.stringify(trimmed)}`);
        const quoted = /^(["'`])(.+)\1$/.exec(name);
        if (quoted) return mistake(`has quotes as part of the name; expected ${JSON.stringify(quoted[2])}`);
        if (name === "*" || name === ".*" || (name === "all" && containers.length === 1))
            return mistake(`is the name of one ${container}; write ${container}s: all for all of them`);
        if (name.includes(","))
            return mistake(
                `names are literal; expected one item for each ${container}: [${name.split(",").join(", ")}]`,
            );
        return /[*\\|?^]/.test(name)
            ? mistake(
                  `names of ${container}s are literal; list them, or set ${container}s: all and exclude ${table}s, ` +
                      `or set ${table}.include.list in config`,
              )
            : [];
    });
}
