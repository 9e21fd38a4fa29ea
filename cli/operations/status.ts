/** The connectors of a stack with states, lags and last errors: `kcp status`. */
import * as path from "path";
import { connectorReports, needsAttention, type ConnectorReport } from "../../src/operations/connectorReport";
import { readLags } from "../../src/operations/lags";
import { managedByTwo } from "../../src/operations/managers";
import { columns } from "../sandbox/output";
import { exitCodes, type ExitCode } from "../support/exitCodes";
import { runningStack, withTarget, type RunningStack, type TargetOptions } from "./openTarget";

const place = (file: string, line: number | undefined): string =>
    line === undefined ? "not in the stack file" : `${path.basename(file)}:${line}`;

/** `1 of 2 running` */
function tasksText(tasks: readonly string[]): string {
    if (tasks.length === 0) return "none";
    const states = [...new Set(tasks)];
    return states.length === 1
        ? `${tasks.length} ${states[0].toLowerCase()}`
        : states.map((state) => `${tasks.filter((task) => task === state).length} ${state.toLowerCase()}`).join(", ");
}

function printReports(file: string, reports: readonly ConnectorReport[]): void {
    console.log(
        columns([
            ["CONNECTOR", "STATE", "TASKS", "BEHIND", "DECLARED"],
            ...reports.map(({ name, state, tasks, lag, line }) => [
                name,
                state,
                tasksText(tasks),
                lag ?? "unknown",
                place(file, line),
            ]),
        ]),
    );
    for (const { name, otherManagers = [] } of reports)
        for (const manager of otherManagers) console.log(`\n${name} ${managedByTwo(manager)}`);
    for (const { name, error } of reports)
        if (error)
            console.log(`\n${name}, ${error.part} (${place(file, error.line)})\n    ${error.reason.join("\n    ")}`);
}

/** What can be read; a source that does not answer only costs its lags. */
async function lagsOf({ settings, kafka, database, say }: RunningStack): Promise<Map<string, string>> {
    try {
        return await readLags(settings.connectors, { kafka, postgres: database });
    } catch (error) {
        say(`lags cannot be read: ${(error as Error).message}`);
        return new Map();
    }
}

/** Prints the connectors. Fails when one needs somebody. */
export async function status(options: TargetOptions): Promise<ExitCode> {
    const running = runningStack(options);
    const observed = await withTarget(options, running, (target) => target.connectors());
    const lags = await lagsOf(running);
    const reports = connectorReports(running.settings.connectors, observed, lags, running.lineOf);
    if (options.json) console.log(JSON.stringify({ stack: running.stack, connectors: reports }, null, 2));
    else printReports(running.file, reports);
    return reports.some(needsAttention) ? exitCodes.failed : exitCodes.ok;
}
