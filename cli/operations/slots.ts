/** Lists and drops replication slots: `kcp slots`. */
import { formatBytes } from "../../src/operations/lags";
import { runPlan } from "../../src/operations/plan";
import {
    dropRefusal,
    dropSlot,
    missingSlots,
    readSlots,
    slotReports,
    type SlotReport,
} from "../../src/operations/slots";
import { columns } from "../sandbox/output";
import { exitCodes, type ExitCode } from "../support/exitCodes";
import { neededDatabase, runningStack, type RunningStack, type TargetOptions } from "./openTarget";

/** Databases whose connectors must have a slot on this server. Of a server by address only its own is known. */
const databasesOf = ({ sandbox }: RunningStack, url: string): readonly string[] =>
    sandbox?.databases.find(({ engine }) => engine === "postgres")?.databases ?? [new URL(url).pathname.slice(1)];

/** Lists the slots with their owners. Fails when a slot is lost, or a connector's slot does not exist. */
export async function listSlots(options: TargetOptions): Promise<ExitCode> {
    const running = runningStack(options);
    const url = neededDatabase(running);
    const { connectors } = running.settings;
    const slots = slotReports(await readSlots(url), connectors);
    const missing = missingSlots(slots, connectors, databasesOf(running, url));
    if (options.json) console.log(JSON.stringify({ stack: running.stack, slots, missing }, null, 2));
    else {
        const rows = slots.map(({ name, database, active, walStatus, behindBytes, retainedBytes, owner }) => [
            name,
            database,
            active ? "active" : "inactive",
            walStatus,
            formatBytes(behindBytes),
            formatBytes(retainedBytes),
            owner ?? "no connector of this stack",
        ]);
        console.log(columns([["SLOT", "DATABASE", "READER", "WAL", "BEHIND", "KEEPS", "OWNER"], ...rows]));
        for (const slot of missing) console.log(`\nmissing: slot ${slot}`);
    }
    const isBroken = missing.length > 0 || slots.some(({ walStatus }) => walStatus === "lost");
    return isBroken ? exitCodes.failed : exitCodes.ok;
}

/** Options of `kcp slots drop`. */
export interface DropOptions extends TargetOptions {
    owned?: boolean;
    secondLook: number;
}

/** Drops a slot after a second look. */
export async function removeSlot(name: string, options: DropOptions): Promise<void> {
    const running = runningStack(options);
    const url = neededDatabase(running);
    const slot = slotReports(await readSlots(url), running.settings.connectors).find((item) => item.name === name);
    const refusal = dropRefusal(slot, name, options.owned === true);
    if (refusal) throw new Error(refusal);
    const found = slot as SlotReport;
    running.say(
        `${name} of database ${found.database}: inactive, ${found.walStatus}, ` +
            `keeps ${formatBytes(found.retainedBytes)}, ` +
            `owner: ${found.owner ?? "no connector of this stack; another stack may own it"}`,
    );
    const result = await runPlan([dropSlot(url, found, options.secondLook)], options.apply === true, running.say);
    if (options.json) console.log(JSON.stringify({ stack: running.stack, slot: found, ...result }, null, 2));
}
