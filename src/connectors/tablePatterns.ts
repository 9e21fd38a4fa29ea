/** Topics of tables that a regular expression selects. Their names are not known, only how they begin. */
import { topicName, withoutEscapes } from "./names";
import { alternatives } from "./topicItems";

/** The characters with which every match of an expression begins. An unescaped dot is taken for a literal one. */
export function literalPrefix(expression: string): string {
    const start = /^(?:[A-Za-z0-9_$-]|\\[^A-Za-z0-9]|\.(?![*+?{]))*/.exec(expression)![0];
    const next = expression[start.length];
    if (alternatives(expression).length > 1) return "";
    const characters = withoutEscapes(start);
    return next !== undefined && "*?{".includes(next) ? characters.slice(0, -1) : characters;
}

/** Whether an expression matches one name only. */
export const isLiteral = (expression: string): boolean =>
    /^(?:[A-Za-z0-9_$-]|\\[^A-Za-z0-9]|\.(?![*+?{]))*$/.test(expression);

/** The items of a list of regular expressions. A comma within an expression is escaped. */
export const expressionItems = (list: unknown): string[] =>
    String(list ?? "")
        .split(/(?<!\\),/)
        .map((item) => item.trim())
        .filter(Boolean);

/** The topics of a pattern's tables: `PREFIX.SCHEMA.order_*`. */
export const patternTopic = (prefix: string, pattern: string): string =>
    `${prefix}.${topicName(literalPrefix(pattern))}*`;

/** The topic, or the prefix of topics, of an include list's item: `public.orders`, `public\.order_.*`. */
export const writtenTopic = (prefix: string, item: string): string =>
    isLiteral(item) ? topicName(prefix, literalPrefix(item)) : `${topicName(prefix, literalPrefix(item))}*`;

/** Whether one of an include list's items matches a table, `SCHEMA.NAME`. Debezium ignores the case. */
export const matchesTable = (patterns: readonly string[], table: string): boolean =>
    patterns.some((pattern) => {
        try {
            return new RegExp(`^(?:${pattern})$`, "i").test(table);
        } catch {
            return false; // syntax that only Java's regular expressions have
        }
    });
