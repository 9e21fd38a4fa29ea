/** Breaks a running source in many ways and counts what is lost: `kcp faults`. */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { interruption } from "../../src/local/interrupted";
import { Processes } from "../../src/local/processes";
import { Progress } from "../../src/local/progress";
import { onPath } from "../../src/local/tools";
import { projectFolder } from "../../src/util/project";
import { hintFor } from "../../src/util/nearest";
import { UsageError } from "../support/errors";
import { exitCodes, type ExitCode } from "../support/exitCodes";
import { faultsPage } from "./page";
import { startRig, type Rig } from "./rig";
import { runScenario, type Outcome } from "./runScenario";
import type { Scenario } from "./scenarios/scenario";
import { scenarios } from "./scenarios/scenarios";
import { inTurn } from "./schedule";
import { SmallDisk } from "./smallDisk";

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

/** PostgreSQL's log must not fill its disk by itself. */
const postgresSettings = { max_wal_size: "200MB" };

/** The chosen scenarios. */
export function chooseScenarios({ only, nightly }: FaultsOptions): Scenario[] {
    const names = scenarios.map(({ name }) => name);
    const unknown = only?.find((name) => !names.includes(name));
    if (unknown !== undefined) throw new UsageError(`no scenario "${unknown}"${hintFor(unknown, names)}`);
    return scenarios.filter((item) => (only ? only.includes(item.name) : !nightly || item.nightly));
}

/** Why a scenario cannot run here; undefined when it can. */
function whyNot({ kind, needsDisk }: Scenario, disks: Rig["disks"]): string | undefined {
    if (kind === "mysql" && !onPath("mariadbd")) return "no mariadbd on PATH";
    if (needsDisk && !(disks.postgres && disks.broker)) return "only root can mount a disk that can be filled";
    return undefined;
}

const summary = ({ sent, arrived, lost, skipped, duplicated, outOfOrder, ghosts, ...rest }: Outcome): string =>
    `${rest.scenario}: ${sent} sent, ${arrived} arrived, ${lost} lost, ${skipped} skipped, ` +
    `${duplicated} duplicated, ${outOfOrder} out of order, ${ghosts} ghosts, ${rest.seconds} s; ` +
    `reported by ${rest.reported.join("; ") || "nothing"}${rest.error ? `; ${rest.error}` : ""}`;

/** Runs the scenarios. Exits with 1 when one that the defaults cover has lost a change. */
export async function faults(options: FaultsOptions): Promise<ExitCode> {
    const chosen = chooseScenarios(options);
    const started = Date.now();
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kafka-connect-faults-"));
    fs.chmodSync(folder, 0o711);
    const processes = new Processes(folder);
    const progress = new Progress(started, options.json ? console.error : console.log);
    progress.release();
    const interrupted = interruption();
    interrupted.catch(() => undefined);
    let rig: Rig | undefined;
    const disks: { postgres?: SmallDisk; broker?: SmallDisk } = {};
    let outcomes: Outcome[] = [];
    try {
        if (chosen.some((item) => item.needsDisk)) {
            disks.postgres = await SmallDisk.mount(path.join(folder, "postgres", "data"), 1500);
            disks.broker = await SmallDisk.mount(path.join(folder, "broker", "logs"), 800);
        }
        const runnable = chosen.filter((item) => {
            const reason = whyNot(item, disks);
            if (reason) progress.say(`${item.name}: not run: ${reason}`);
            return reason === undefined;
        });
        const mariadb = runnable.some((item) => item.kind === "mysql");
        const say = (text: string) => progress.say(text);
        const starting = startRig(processes, say, { postgresSettings, mariadb, disks, alerts: true });
        const ready = (rig = await Promise.race([starting, interrupted]));
        progress.say(ready.versions);
        if (!ready.prometheus) progress.say("no prometheus on PATH: alerts are not evaluated");
        const running = inTurn(
            runnable,
            async (scenario) => {
                const outcome = await runScenario(ready, scenario);
                progress.say(summary(outcome));
                return outcome;
            },
            (done) => {
                const minutes = Math.round((Date.now() - started) / 60_000);
                if (options.out) fs.writeFileSync(options.out, faultsPage(done, scenarios, ready.versions, minutes));
            },
        );
        outcomes = await Promise.race([running, interrupted]);
        if (options.json) console.log(JSON.stringify({ versions: ready.versions, outcomes }, null, 2));
    } finally {
        await rig?.stop();
        await processes.stop();
        if (process.env.KCP_DEBUG)
            fs.cpSync(path.join(folder, "logs"), path.join(projectFolder, "rendered", "faults"), { recursive: true });
        for (const disk of Object.values(disks)) await disk?.unmount();
        fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
    const covered = new Set(scenarios.filter((item) => item.isCovered).map(({ name }) => name));
    const broken = outcomes.some(({ scenario, lost, error }) => error || (covered.has(scenario) && lost > 0));
    return broken ? exitCodes.failed : exitCodes.ok;
}
