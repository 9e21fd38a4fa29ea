/**
 * Moves connectors with their offsets: stop at the source, read the offsets, create at the target without running, set
 * the offsets, resume, verify. Each step is recorded once it is done, and can be repeated.
 */
import type { StoredOffset } from "../util/connectRest";
import { pause } from "../util/pause";
import { MoveError, type ConnectSide } from "./connectSide";
import { steps, type Journal, type JournalEntry, type Step } from "./journal";
import { olderOffsets, sameOffsets } from "./offsets";
import type { PlannedConnector } from "./plan";

/** Both sides, the journal, and where progress is reported. */
export interface MoveContext {
    readonly from: ConnectSide;
    readonly to: ConnectSide;
    readonly journal: Journal;
    readonly print: (line: string) => void;
    /** Configuration at the target, where it is not that of the source. */
    readonly targetConfig?: (name: string) => Readonly<Record<string, string>> | undefined;
}

const isBefore = (entry: JournalEntry, step: Step): boolean =>
    steps.indexOf(entry.step as (typeof steps)[number]) < steps.indexOf(step as (typeof steps)[number]);

/** A connector's configuration without its name, which the target gets as the name of the connector. */
const withoutName = ({ name: _name, ...config }: Readonly<Record<string, string>>): Record<string, string> => config;

/** How often the offsets of the target are read, with a second between. */
const reads = 10;

/** Compares the offsets at the target with those that were set, which a busy worker answers with some delay. */
async function readBack(to: ConnectSide, name: string, expected: readonly StoredOffset[]): Promise<void> {
    for (let read = 1; !sameOffsets(expected, await to.offsets(name)); read++) {
        if (read === reads)
            throw new MoveError(`${name} has other offsets at the target than were set; nothing runs there yet.`);
        await pause(1000);
    }
}

/** Moves one connector, from the step that it has reached. */
async function moveOne(context: MoveContext, planned: PlannedConnector): Promise<void> {
    const { from, to, journal, print } = context;
    const { name, targetName, state } = planned;
    const entry = journal.find(name) ?? journal.add({ name, targetName, state, step: "planned" });
    const done = (step: Step, text: string, offsets?: JournalEntry["offsets"]) => {
        journal.reached(entry, step, offsets);
        print(`${name}: ${text}`);
    };
    if (isBefore(entry, "stopped")) {
        await from.stop(name);
        const offsets = await from.offsets(name);
        done("stopped", `stopped at the source, offsets of ${offsets.length} partitions read`, offsets);
    }
    const offsets = entry.offsets ?? [];
    if (isBefore(entry, "created")) {
        await to.createStopped(targetName, withoutName(context.targetConfig?.(targetName) ?? planned.config));
        done("created", "created at the target, stopped");
    }
    if (isBefore(entry, "offsets set")) {
        // a connector without offsets has read nothing, and Kafka Connect refuses an empty list
        if (offsets.length > 0) await to.setOffsets(targetName, offsets);
        await readBack(to, targetName, offsets);
        done("offsets set", "offsets set at the target and read back");
    }
    if (isBefore(entry, "resumed")) {
        if (state !== "STOPPED") await to.bring(targetName, state);
        done("resumed", `${state} at the target`);
    }
    if (isBefore(entry, "verified")) {
        const older = olderOffsets(offsets, await to.offsets(targetName));
        if (older.length > 0)
            throw new MoveError(
                `${targetName} has older offsets at the target than at the source, for ${older.join(", ")}; ` +
                    "roll back with --rollback.",
            );
        done("verified", "verified: no offset is older than at the source");
    }
}

/** Moves the connectors one after the other, so that each is stopped for a moment only. */
export async function applyMove(context: MoveContext, connectors: readonly PlannedConnector[]): Promise<void> {
    const back = context.journal.connectors.filter(({ step }) => step === "rolled back");
    if (back.length > 0)
        throw new MoveError("the journal is of a move that was rolled back; name another file with --journal.");
    for (const planned of connectors) await moveOne(context, planned);
}

/** Brings one connector back, with what it has read at the target. */
async function rollBackOne({ from, to, journal, print }: MoveContext, entry: JournalEntry): Promise<void> {
    const { name, targetName, state } = entry;
    const hasRun = !isBefore(entry, "offsets set");
    if (!isBefore(entry, "stopped") && (await to.status(targetName))) {
        await to.stop(targetName);
        // between "offsets set" and "resumed" the target can have run already
        const offsets = hasRun ? await to.offsets(targetName) : [];
        if (offsets.length > 0) {
            await from.stop(name);
            await from.setOffsets(name, offsets);
        }
    }
    await from.bring(name, state);
    journal.reached(entry, "rolled back");
    print(`${name}: ${state} at the source again, stopped at the target`);
}

/** Brings every connector of the journal back to the source. */
export async function rollBack(context: MoveContext): Promise<void> {
    const entries = context.journal.connectors.filter(({ step }) => step !== "rolled back");
    if (entries.length === 0) throw new MoveError("the journal has no connector to roll back.");
    for (const entry of [...entries].reverse()) await rollBackOne(context, entry);
}
