/** Issues of the tables of a Debezium source: options that exclude each other, and names that look like a mistake. */
import { issue, missingSetting, type Issue } from "../schema/issues";
import { duplicateIssues, excludeOptionOf, exclusionIssues } from "./tableOverlaps";
import type { TableTerms } from "./tableOptions";
import { entryOf, type TableSelection } from "./tableSelection";
import { containerIssues } from "./writtenPatterns";

/** The issues of a selection. */
export function tableIssues(selection: TableSelection, terms: TableTerms): Issue[] {
    const { container, table, tables, containers, excluded } = selection;
    const several = `${terms.table}s`;
    const exclude = excludeOptionOf(terms);
    const issues: Issue[] = [];
    const source = (...rest: (string | number)[]) => ["source", ...rest];
    if (table === undefined && tables.length === 0 && containers === undefined)
        issues.push(
            issue("KCP_MISSING_SETTING", source(terms.table), `required; or ${several} or ${terms.container}s`),
        );
    const items = table === undefined ? tables : [table];
    if (container === "" && items.some((item) => entryOf(item, "").container === ""))
        issues.push(missingSetting(source(terms.container), `the ${terms.container} of the ${several}`));
    if (table !== undefined && (tables.length > 0 || containers !== undefined))
        issues.push(
            issue(
                "KCP_CONFLICTING_SETTINGS",
                source(terms.table),
                `cannot be combined with ${several} or ${terms.container}s; add it to ${several}`,
            ),
        );
    const hasPattern = containers !== undefined || tables.some((item) => entryOf(item, "").name === undefined);
    if (excluded.length > 0 && !hasPattern)
        issues.push(
            issue("KCP_UNUSED_SETTING", source(exclude), `has no effect: ${several} has only names and no pattern`),
        );
    else issues.push(...exclusionIssues(selection, terms));
    issues.push(...duplicateIssues(selection, terms), ...containerIssues(selection, terms));
    if (table !== undefined) issues.push(...nameIssues(table, source(terms.table), terms));
    for (const [option, items] of [
        [several, tables],
        [exclude, excluded],
    ] as const)
        for (const [index, item] of items.entries())
            if (typeof item === "string") issues.push(...nameIssues(item, source(option, index), terms));
    return issues;
}

/** A name that is probably not one, with what was probably meant. */
function nameIssues(name: string, path: (string | number)[], { container, table }: TableTerms): Issue[] {
    const mistake = (message: string) => [issue("KCP_INVALID_VALUE", path, message)];
    const literal = `write { name: ${JSON.stringify(name)} } in ${table}s if this is its name`;
    const trimmed = name.trim();
    if (trimmed !== name) return mistake(`has blanks around it; expected ${JSON.stringify(trimmed)}`);
    const quoted = /^(["'`])(.+)\1$/.exec(name);
    if (quoted) return mistake(`has quotes as part of the name; expected ${JSON.stringify(quoted[2])}, or ${literal}`);
    if (name.includes(",")) {
        const names = name.split(",").map((part) => part.trim());
        return mistake(`names of ${table}s are literal; expected ${table}s: [${names.join(", ")}], or ${literal}`);
    }
    if (/[*\\|?^]/.test(name))
        return mistake(
            `names of ${table}s are literal; expected ${table}s: [{ pattern: ${JSON.stringify(name)} }], or ${literal}`,
        );
    // collections have dots in their names, tables rarely
    const [first, ...others] = name.split(".");
    if (table === "table" && others.length > 0)
        return mistake(
            `expected ${JSON.stringify(others.join("."))} with ${container}: ${JSON.stringify(first)}, or ${literal}`,
        );
    return [];
}
