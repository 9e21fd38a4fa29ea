/**
 * Regular expressions: those that Java cannot read, with which Connect rejects the connector or its task fails, and
 * those that cannot select what was meant.
 */
import { expressionItems } from "../../connectors/tablePatterns";
import type { ResolvedConnector } from "../../connectors/template";
import { javaExpressionProblem } from "../../util/javaExpressions";
import { listItems } from "../../util/listItems";
import { messageKeys } from "./messageKeys";
import { invalid, isReference, type Finding, type PluginRule } from "./rule";

/** What the expressions of a key select. */
type Selected = "topics" | "tables" | "other";

interface ExpressionKey {
    readonly pattern: RegExp;
    readonly selects: Selected;
    readonly items: (value: unknown) => readonly string[];
}

/** Items as Debezium reads them: a comma within an expression is escaped. */
const unescapedItems = (value: unknown): string[] => expressionItems(value).map((item) => item.replaceAll("\\,", ","));

const whole = (value: unknown): string[] => [String(value)];

const keys: readonly ExpressionKey[] = [
    { pattern: /^topics\.regex$/, selects: "topics", items: whole },
    {
        pattern: /^transforms\.[^.]+\.(regex|topic\.regex|route\.topic\.regex|key\.field\.regex|field\.pattern)$/,
        selects: "other",
        items: whole,
    },
    { pattern: /^predicates\.[^.]+\.pattern$/, selects: "other", items: whole },
    { pattern: /^topic\.creation\.[^.]+\.(include|exclude)$/, selects: "topics", items: listItems },
    { pattern: /^(database|schema|table|collection)\.(in|ex)clude\.list$/, selects: "tables", items: unescapedItems },
    { pattern: /^column\.(include|exclude)\.list$/, selects: "tables", items: unescapedItems },
    {
        pattern: /^column\.(mask\.(with|hash)|truncate\.to|propagate\.source\.type)\b/,
        selects: "tables",
        items: unescapedItems,
    },
    {
        pattern: /^message\.key\.columns$/,
        selects: "tables",
        items: (value) => messageKeys(value).map(({ table }) => table),
    },
    { pattern: /^snapshot\.include\.collection\.list$/, selects: "tables", items: unescapedItems },
    {
        pattern:
            /^(datatype\.propagate\.source\.type|message\.prefix\.(in|ex)clude\.list|gtid\.source\.(in|ex)cludes)$/,
        selects: "other",
        items: unescapedItems,
    },
];

/** MirrorMaker's lists; `topics` of a sink has names. */
const mirrorKeys: readonly ExpressionKey[] = [
    { pattern: /^topics(\.exclude)?$/, selects: "topics", items: listItems },
    { pattern: /^groups(\.exclude)?$/, selects: "other", items: listItems },
];

/** Fields of the JDBC sink; those of MongoDB's source are names. */
const jdbcKeys: readonly ExpressionKey[] = [
    { pattern: /^field\.(include|exclude)\.list$/, selects: "other", items: unescapedItems },
];

/** Keys that have another meaning in other classes. */
function keysOf(className: string): readonly ExpressionKey[] {
    if (className.startsWith("org.apache.kafka.connect.mirror.")) return [...keys, ...mirrorKeys];
    return className.startsWith("io.debezium.connector.jdbc.") ? [...keys, ...jdbcKeys] : keys;
}

/** What is left of an expression without the parts that have a meaning: characters that stand for themselves. */
const literals = (expression: string): string =>
    expression
        .replace(
            /\\Q.*?\\E|\\[A-Za-z0-9]|\[(?:\\.|[^\]\\])*\]|\{\d+(,\d*)?\}|\(\?(<?[=!][^)]*|<\w+>|>|[a-zA-Z-]*:?)/g,
            "",
        )
        .replace(/[\\^$.|?*+(){}[\]]/g, "");

/** An anchor within a name, and conditions without the characters that they are about: both match no name. */
function impossible(expression: string): string | undefined {
    const bare = expression.replace(/\\Q.*?\\E|\\./g, "x").replace(/\[\^?\]?[^\]]*\]/g, "x");
    // with this flag, lines of a string have a begin and an end too
    if (/\(\?[a-z]*m/.test(bare)) return undefined;
    if (/\$[\w.-]/.test(bare)) return "$ is the end of a name, and nothing can follow it";
    if (/[\w-]\^/.test(bare)) return "^ is the beginning of a name, and nothing can precede it";
    return /^(\(\?<?[=!][^()]*\))+$/.test(bare)
        ? "a condition (?…) takes no characters, and expressions match whole names; add .*"
        : undefined;
}

/** Why an expression can hardly select what was meant; undefined where it can. */
function doubt(expression: string, selects: Selected, isWritten: boolean): string | undefined {
    if (expression.replace(/\\Q.*?\\E/g, "").includes("\\\\"))
        return "two backslashes stand for one in the name; YAML needs two only within double quotes";
    if (selects === "other") return undefined;
    const reason = impossible(expression);
    if (reason !== undefined) return reason;
    const glob = /^[\w.-]*[\w-]\*$/.exec(expression) && !/\.\*$/.test(expression);
    if (glob) return `* repeats the character before it; write ${expression.slice(0, -1)}.* for all that begin so`;
    if (expression !== expression.trim()) return "has blanks around it, which match nothing";
    const character = selects === "topics" ? /[^\w.-]/.exec(literals(expression))?.[0] : undefined;
    if (character !== undefined) return `no topic has the character ${JSON.stringify(character)}`;
    if (selects !== "tables") return undefined;
    if (/^\/.*\/$/.test(expression)) return "begins and ends with /, which is no part of Java's expressions";
    // the names of templates can have any characters
    if (!isWritten) return undefined;
    const separator = /[;"'`%\r\n]|\S\s\S/.exec(literals(expression))?.[0];
    if (separator === undefined) return undefined;
    return separator === "%"
        ? "% is of SQL's LIKE; write .* for any characters"
        : "expected names separated by commas, without quotes, brackets and blanks";
}

function checkItem(expression: string, key: string, selects: Selected, isWritten: boolean): Finding | undefined {
    const problem = isReference(expression) ? undefined : javaExpressionProblem(expression);
    if (problem)
        return invalid(key, `expected a regular expression, received ${JSON.stringify(expression)}, which ${problem}`);
    const reason = isReference(expression) ? undefined : doubt(expression, selects, isWritten);
    if (reason === undefined) return undefined;
    const message = `${JSON.stringify(expression)} probably selects something else than meant: ${reason}`;
    return invalid(key, message, true);
}

/** A single expression matches everything unless it contains one of these. */
const isSpecial = /[^\w.|-]/;

const check = ({ class: className, config, overriddenKeys }: ResolvedConnector): Finding[] => {
    const known = keysOf(className);
    return Object.entries(config).flatMap(([key, value]) => {
        if (typeof value !== "string" || !isSpecial.test(value)) return [];
        const read = known.find(({ pattern }) => pattern.test(key));
        if (!read) return [];
        const isWritten = overriddenKeys.includes(key);
        // one mistake in the notation of a list shows in all of its items
        const found = read.items(value).flatMap((item) => checkItem(item, key, read.selects, isWritten) ?? []);
        return found.slice(0, 1);
    });
};

export const expressionRules: readonly PluginRule[] = [{ classes: /./, check }];
