/** Commands that restart, pause and resume connectors. */
import type { ConnectorStatus } from "../../src/util/connectRest";
import { runPlan, type Step } from "../../src/operations/plan";
import { restartConnectors, restartFailed } from "../../src/operations/restartSteps";
import { pauseAll, resumeAll } from "../../src/operations/stateSteps";
import type { ConnectTarget } from "../../src/operations/target";
import { UsageError } from "../support/errors";
import { declaredConnector, runningStack, withTarget, type RunningStack, type TargetOptions } from "./openTarget";

type Plan = (target: ConnectTarget, observed: readonly ConnectorStatus[], running: RunningStack) => Step[];

/** Shows or does what a plan says. */
async function change(
    options: TargetOptions,
    plan: Plan,
    none: string,
    note?: (target: ConnectTarget) => string | undefined,
) {
    const running = runningStack(options);
    await withTarget(options, running, async (target) => {
        const steps = plan(target, await target.connectors(), running);
        running.say(`${running.stack} in ${target.description}`);
        if (steps.length === 0) running.say(none);
        const result = await runPlan(steps, options.apply === true, running.say);
        const text = note?.(target);
        if (text && steps.length > 0) running.say(text);
        if (options.json) console.log(JSON.stringify({ stack: running.stack, ...result }, null, 2));
    });
}

/** Options of `kcp restart`. */
export interface RestartOptions extends TargetOptions {
    failed?: boolean;
}

/** Restarts connectors by their names, or what has failed. */
export async function restart(names: readonly string[], options: RestartOptions): Promise<void> {
    if (names.length > 0 === (options.failed === true))
        throw new UsageError("give the names of connectors, or --failed");
    await change(
        options,
        (target, observed, running) => {
            names.forEach((name) => declaredConnector(running, name));
            return options.failed ? restartFailed(target, observed) : restartConnectors(target, names);
        },
        "nothing has failed",
    );
}

/** Options of `kcp pause-all`. */
export interface PauseOptions extends TargetOptions {
    stop?: boolean;
}

/** Pauses every connector that runs. */
export const pauseEverything = (options: PauseOptions): Promise<void> =>
    change(
        options,
        (target, observed, { settings }) =>
            pauseAll(target, settings.connectors, observed, options.stop ? "stopped" : "paused"),
        "no connector runs",
        ({ stateNote }) => stateNote,
    );

/** Returns every connector to the state of the stack file. */
export const resumeEverything = (options: TargetOptions): Promise<void> =>
    change(
        options,
        (target, observed, { settings }) => resumeAll(target, settings.connectors, observed),
        "every connector is in the state of the stack file, or has failed (`kcp restart --failed`)",
    );
