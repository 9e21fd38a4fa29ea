/** Runs scenarios: those that break what others use one after the other, the others a few at a time. */
import type { Scenario } from "./scenarios/scenario";

/** How many run at the same time. */
const atOnce = 6;

/** Runs each; the outcomes are in the order of the scenarios. */
export async function inTurn<T>(
    scenarios: readonly Scenario[],
    run: (scenario: Scenario) => Promise<T>,
    done: (outcomes: T[]) => void = () => undefined,
): Promise<T[]> {
    const outcomes = new Map<Scenario, T>();
    const ordered = () => scenarios.filter((item) => outcomes.has(item)).map((item) => outcomes.get(item)!);
    const runOne = async (scenario: Scenario) => {
        outcomes.set(scenario, await run(scenario));
        done(ordered());
    };
    for (const scenario of scenarios.filter((item) => !item.isIsolated)) await runOne(scenario);
    const waiting = scenarios.filter((item) => item.isIsolated);
    const worker = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) await runOne(next);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return ordered();
}
