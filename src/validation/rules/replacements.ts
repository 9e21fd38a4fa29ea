/**
 * Replacements of regular expressions, as Java reads them (Matcher.appendReplacement): a reference to a group that the
 * expression does not have fails the task at the first record that matches.
 */
import type { ResolvedConnector } from "../../connectors/template";
import { invalid, type Finding, type PluginRule } from "./rule";
import { transformsOf } from "./transformConfig";

/** The keys of an expression and of its replacement, by class, with Debezium's default of the expression. */
const pairs: readonly [classes: RegExp, expression: string, replacement: string, byDefault?: string][] = [
    [/^org\.apache\.kafka\.connect\.transforms\.RegexRouter$/, "regex", "replacement"],
    [/^io\.debezium\.transforms\.ByLogicalTableRouter$/, "topic.regex", "topic.replacement"],
    [/^io\.debezium\.transforms\.ByLogicalTableRouter$/, "key.field.regex", "key.field.replacement"],
    [
        /^io\.debezium\.transforms\.outbox\.EventRouter$/,
        "route.topic.regex",
        "route.topic.replacement",
        "(?<routedByValue>.*)",
    ],
];

/** The names of an expression's groups, and how many groups it has. */
function groupsOf(expression: string): { names: string[]; count: number } {
    const bare = expression.replace(/\\Q.*?(\\E|$)/g, "").replace(/\\./g, "");
    const outside = bare.replace(/\[[^\]]*\]/g, "");
    return {
        names: [...outside.matchAll(/\(\?<([A-Za-z]\w*)>/g)].map(([, name]) => name),
        count: [...outside.matchAll(/\((?!\?)|\(\?<[A-Za-z]/g)].length,
    };
}

function problem(expression: string, replacement: string): Pick<Finding, "message" | "isWarning"> | undefined {
    const { names, count } = groupsOf(expression);
    const bare = replacement.replace(/\\[^\d]/g, "");
    const name = [...bare.matchAll(/(?<!\\)\$\{(\w+)\}/g)].map(([, found]) => found).find((n) => !names.includes(n));
    if (name !== undefined)
        return { message: `refers to the group \${${name}}, which the expression does not have; the task fails` };
    // Java reads further digits only while there is such a group
    const digit = [...bare.matchAll(/(?<!\\)\$(\d)/g)].map(([, found]) => found).find((n) => Number(n) > count);
    if (digit !== undefined)
        return { message: `refers to the group $${digit}, which the expression does not have; the task fails` };
    const escaped = /\\(\d)/.exec(bare)?.[1];
    return escaped === undefined
        ? undefined
        : { message: `\\${escaped} is the digit ${escaped}; Java refers to a group by $${escaped}`, isWarning: true };
}

const check = ({ config }: ResolvedConnector): Finding[] =>
    transformsOf(config).flatMap(({ className, start, value }) =>
        pairs
            .filter(([classes]) => classes.test(className))
            .flatMap(([, expressionKey, key, byDefault]): Finding[] => {
                const expression = value(expressionKey) ?? byDefault;
                const replacement = value(key);
                if (expression === undefined || replacement === undefined || /\$\{[^}]*:/.test(expression)) return [];
                const found = problem(expression, replacement);
                return found ? [invalid(start + key, found.message, found.isWarning)] : [];
            }),
    );

export const replacementRules: readonly PluginRule[] = [{ classes: /./, check }];
