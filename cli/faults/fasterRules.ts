/**
 * The platform's alert rules on a faster clock, so that a scenario of a minute shows what happens in twenty. Pure.
 */
import type { RuleGroup } from "../../src/metrics/alerts/ruleFiles";

/** How many times faster the clock is. */
export const clockFactor = 20;

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const faster = (duration: string): string =>
    duration.replace(/^(\d+)([smhd])$/, (_, count: string, unit: string) =>
        count === "0" ? "0s" : `${(Number(count) * unitMs[unit]) / clockFactor}ms`,
    );

/** An expression whose windows, steps and offsets are shorter. */
const fasterExpression = (expr: string): string =>
    expr
        .replace(
            /\[(\d+[smhd])(?::(\d+[smhd]))?\]/g,
            (_, window: string, step?: string) => `[${faster(window)}${step ? `:${faster(step)}` : ""}]`,
        )
        .replace(/\boffset (\d+[smhd])/g, (_, duration: string) => `offset ${faster(duration)}`);

/** The rules with shorter windows and durations. */
export const fasterRules = (groups: readonly RuleGroup[]): RuleGroup[] =>
    groups.map(({ name, rules }) => ({
        name,
        rules: rules.map((rule) => ({ ...rule, expr: fasterExpression(rule.expr), for: faster(rule.for) })),
    }));
