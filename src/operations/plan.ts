/** What a command will do: shown first, and done only with --apply. */

/** One step. */
export interface Step {
    /** What it does, as an imperative sentence without a full stop. */
    readonly text: string;
    readonly run: () => Promise<void>;
}

/** The steps and their outcome. */
export interface PlanResult {
    readonly applied: boolean;
    readonly steps: readonly string[];
}

/**
 * Shows the steps, and with `apply` runs them in their order. The first one that fails ends the plan: its error says
 * which steps are done.
 */
export async function runPlan(
    steps: readonly Step[],
    apply: boolean,
    say: (text: string) => void,
): Promise<PlanResult> {
    const texts = steps.map(({ text }) => text);
    if (!apply) {
        texts.forEach((text) => say(`would ${text}`));
        if (steps.length > 0) say("Nothing was changed. Add --apply to do it.");
        return { applied: false, steps: texts };
    }
    for (const [index, { text, run }] of steps.entries()) {
        try {
            await run();
        } catch (error) {
            const done = index === 0 ? "nothing was done before" : `done before: ${texts.slice(0, index).join("; ")}`;
            throw new Error(`cannot ${text}: ${(error as Error).message} (${done})`);
        }
        say(`done: ${text}`);
    }
    return { applied: true, steps: texts };
}
