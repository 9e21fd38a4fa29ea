/** Tables of a Debezium source that are selected twice, and exclusions that exclude nothing, or everything. */
import { issue, type Issue } from "../schema/issues";
import { duplicates } from "../util/data";
import { didYouMean } from "../util/nearest";
import { isLiteral, literalPrefix, matchesTable } from "./tablePatterns";
import type { TableTerms } from "./tableOptions";
import { entryOf, type Entry, type TableSelection } from "./tableSelection";

const identityOf = ({ container, pattern }: Entry): string => JSON.stringify([container, pattern]);

const everything = /^\.[*+]$/;

/** Whether two patterns can match a common name. True where it is not known. */
function canOverlap(one: Entry, other: Entry): boolean {
    if (one.name !== undefined) return other.name === one.name || matchesTable([other.pattern], one.name);
    if (other.name !== undefined) return matchesTable([one.pattern], other.name);
    const [first, second] = [literalPrefix(one.pattern), literalPrefix(other.pattern)];
    return first.startsWith(second) || second.startsWith(first) || isLiteral(one.pattern) || isLiteral(other.pattern);
}

/** Whether an exclusion certainly covers all that a pattern selects. */
const covers = (excluded: Entry, selected: Entry): boolean =>
    excluded.pattern === selected.pattern || everything.test(excluded.pattern);

/** The patterns that a selection consists of, with those of whole containers. */
function patternsOf({ container, tables, containers }: TableSelection): Entry[] {
    const whole = containers === undefined || containers === "all" ? [] : containers;
    return [
        ...tables.map((item) => entryOf(item, container)).filter(({ name }) => name === undefined),
        ...whole.map((name): Entry => ({ container: name, pattern: ".*" })),
    ];
}

/** The same table, pattern or container twice. */
export function duplicateIssues(
    { container, tables, containers, excluded }: TableSelection,
    terms: TableTerms,
): Issue[] {
    const exclude = excludeOptionOf(terms);
    const lists: readonly [option: string, identities: string[]][] = [
        [`${terms.table}s`, tables.map((item) => identityOf(entryOf(item, container)))],
        [exclude, excluded.map((item) => identityOf(entryOf(item, container)))],
        [`${terms.container}s`, containers === undefined || containers === "all" ? [] : [...containers]],
    ];
    return lists.flatMap(([option, identities]) =>
        duplicates(identities).map((index) =>
            issue("KCP_DUPLICATE_NAME", ["source", option, index], "the same item twice; remove one"),
        ),
    );
}

/** The option of the excluded tables. */
export const excludeOptionOf = ({ table }: TableTerms): string =>
    table === "table" ? "excludeTables" : "excludeCollections";

/** Exclusions that exclude nothing of what is selected, all of it, or a table that is listed by its name. */
export function exclusionIssues(selection: TableSelection, terms: TableTerms): Issue[] {
    const { container, tables, containers, excluded } = selection;
    const selected = patternsOf(selection);
    const names = tables.map((item) => entryOf(item, container)).filter(({ name }) => name !== undefined);
    return excluded.flatMap((item, index): Issue[] => {
        const entry = entryOf(item, container);
        const at = ["source", excludeOptionOf(terms), index];
        const listed = names.find((other) => other.container === entry.container && canOverlap(other, entry));
        if (listed)
            return [
                issue(
                    "KCP_CONFLICTING_SETTINGS",
                    at,
                    `does not exclude "${listed.name}", which ${terms.table}s lists by its name; remove one of the two`,
                ),
            ];
        if (containers === "all") return [];
        const inContainer = selected.filter((other) => other.container === entry.container);
        if (inContainer.length > 0 && inContainer.every((other) => covers(entry, other)))
            return [
                issue("KCP_CONFLICTING_SETTINGS", at, `excludes all that is selected of ${entry.container}; remove it`),
            ];
        if (inContainer.some((other) => canOverlap(entry, other))) return [];
        const selectedContainers = selected.map((other) => other.container);
        const reason =
            inContainer.length > 0
                ? `no pattern selects it in ${entry.container}`
                : `no pattern selects tables of the ${terms.container} ${entry.container}` +
                  didYouMean(entry.container, selectedContainers);
        return [issue("KCP_UNUSED_SETTING", at, `has no effect: ${reason}`)];
    });
}

/** A table that is listed by its name, and that a pattern or a whole container contains too. */
export function overlapWarnings(selection: TableSelection, terms: TableTerms): Issue[] {
    const { container, tables, containers } = selection;
    const patterns = patternsOf(selection);
    return tables.flatMap((item, index): Issue[] => {
        const entry = entryOf(item, container);
        const { name } = entry;
        if (name === undefined) return [];
        const isCovered =
            containers === "all" ||
            patterns.some((other) => other.container === entry.container && matchesTable([other.pattern], name));
        return isCovered
            ? [
                  issue(
                      "KCP_DUPLICATE_NAME",
                      ["source", `${terms.table}s`, index],
                      `a pattern or ${terms.container}s selects "${name}" too; remove one of the two`,
                  ),
              ]
            : [];
    });
}
