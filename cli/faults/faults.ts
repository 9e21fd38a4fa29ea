/** Breaks a running source in many ways and counts what is lost: `kcp faults`. */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { interruption } from "../../src/local/interrupted";
import { Processes } from "../../src/local/processes";
import { Progress } from "../../src/local/progress";
import { projectFolder } from "../../src/util/project";
import { hintFor } from "../../src/util/nearest";
import { UsageError } from "../support/errors";
import { exitCodes, type ExitCode } from "../support/exitCodes";
import { faultsPage } from "./page";
import { startRig } from "./rig";
import { runScenario, type Outcome } from "./runScenario";
import { scenarios, type Scenario } from "./scenarios";

/** Options of `kcp faults`. */
export interface FaultsOptions {
    /** Names of scenarios. */
    only?: string[];
    /** Those of `.ci/nightly`. */
    nightly?: boolean;
    /** File for the page. */
    out?: string;
    json?: boolean;
}

/** The chosen scenarios. */
export function chooseScenarios({ only, nightly }: FaultsOptions): Scenario[] {
    const names = scenarios.map(({ name }) => name);
    const unknown = only?.find((name) => !names.includes(name));
    if (unknown !== undefined) throw new UsageError(`no scenario "${unknown}"${hintFor(unknown, names)}`);
    return scenarios.filter((item) => (only ? only.includes(item.name) : !nightly || item.nightly));
}

/** Runs the scenarios. Exits with 1 when one that the defaults cover has lost a change. */
export async function faults(options: FaultsOptions): Promise<ExitCode> {
    const chosen = chooseScenarios(options);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kafka-connect-faults-"));
    fs.chmodSync(folder, 0o711);
    const processes = new Processes(folder);
    const progress = new Progress(Date.now(), options.json ? console.error : console.log);
    progress.release();
    const outcomes: Outcome[] = [];
    const interrupted = interruption();
    interrupted.catch(() => undefined);
    try {
        const rig = await Promise.race([startRig(processes, (text) => progress.say(text)), interrupted]);
        progress.say(rig.pluginVersion);
        for (const scenario of chosen) {
            const outcome = await Promise.race([runScenario(rig, scenario), interrupted]);
            outcomes.push(outcome);
            if (options.out) fs.writeFileSync(options.out, faultsPage(outcomes, scenarios, rig.pluginVersion));
            const { sent, arrived, lost, skipped, duplicated, outOfOrder, ghosts, reported, error } = outcome;
            progress.say(
                `${scenario.name}: ${sent} sent, ${arrived} arrived, ${lost} lost, ${skipped} skipped, ` +
                    `${duplicated} duplicated, ${outOfOrder} out of order, ${ghosts} ghosts; ` +
                    `reported by ${reported.join("; ") || "nothing"}` +
                    (error ? `; ${error}` : ""),
            );
        }
        if (options.json) console.log(JSON.stringify({ version: rig.pluginVersion, outcomes }, null, 2));
        rig.network.stop();
    } finally {
        await processes.stop();
        if (process.env.KCP_DEBUG)
            fs.cpSync(path.join(folder, "logs"), path.join(projectFolder, "rendered", "faults"), { recursive: true });
        fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
    const covered = new Set(scenarios.filter((item) => item.isCovered).map(({ name }) => name));
    const broken = outcomes.some(({ scenario, lost, error }) => error || (covered.has(scenario) && lost > 0));
    return broken ? exitCodes.failed : exitCodes.ok;
}
