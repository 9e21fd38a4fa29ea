/** Shows, saves, sets and resets offsets: `kcp offsets`. */
import * as fs from "fs";
import * as path from "path";
import { z } from "zod";
import type { ResolvedConnector } from "../../src/connectors/template";
import {
    offsetFile,
    offsetLine,
    offsetMismatch,
    resetOffsets,
    setOffsets,
    type OffsetFile,
} from "../../src/operations/offsets";
import { runPlan, type Step } from "../../src/operations/plan";
import { offsetBehindSlot, readSlots } from "../../src/operations/slots";
import type { ConnectTarget } from "../../src/operations/target";
import { readJsonFile } from "../../src/util/jsonFile";
import { UsageError } from "../support/errors";
import { shownPath } from "../support/userPaths";
import { declaredConnector, runningStack, withTarget, type RunningStack, type TargetOptions } from "./openTarget";

/** Reads the offsets of a connector. One that is no longer declared can still be read, to move its offsets. */
const read = (target: ConnectTarget, name: string): Promise<OffsetFile> =>
    target
        .rest()
        .then((rest) => rest.offsets(name))
        .then((offsets) => ({ connector: name, savedAt: new Date().toISOString(), offsets: [...offsets] }));

/** Prints the offsets of a connector. */
export async function showOffsets(name: string, options: TargetOptions): Promise<void> {
    const file = await withTarget(options, runningStack(options), (target) => read(target, name));
    if (options.json) return console.log(JSON.stringify(file, null, 2));
    const lines = file.offsets.map(offsetLine);
    console.log(lines.length === 0 ? `${name} has no offsets` : lines.join("\n"));
}

/** Options of `kcp offsets save`. */
export interface SaveOptions extends TargetOptions {
    /** Absolute path. */
    out: string;
}

/** Writes the offsets of a connector to a file. */
export async function saveOffsets(name: string, options: SaveOptions): Promise<void> {
    const running = runningStack(options);
    const file = await withTarget(options, running, (target) => read(target, name));
    fs.mkdirSync(path.dirname(options.out), { recursive: true });
    fs.writeFileSync(options.out, `${JSON.stringify(file, null, 2)}\n`);
    running.say(`${file.offsets.length} offsets of ${name} in ${shownPath(options.out)}`);
    if (options.json) console.log(JSON.stringify(file, null, 2));
}

function readOffsetFile(file: string): OffsetFile {
    const result = offsetFile.safeParse(readJsonFile(file));
    if (result.success) return result.data;
    throw new UsageError(`${shownPath(file)} is no file of \`kcp offsets save\`: ${z.prettifyError(result.error)}`);
}

async function change(options: TargetOptions, plan: (target: ConnectTarget) => Promise<Step[]>): Promise<void> {
    const running = runningStack(options);
    const result = await withTarget(options, running, async (target) =>
        runPlan(await plan(target), options.apply === true, running.say),
    );
    if (options.json) console.log(JSON.stringify({ stack: running.stack, ...result }, null, 2));
}

/** Options of `kcp offsets set`. */
export interface SetOptions extends TargetOptions {
    /** Absolute path. */
    from: string;
}

/** Sets offsets from a file, of this connector or of the one that it replaces. */
export async function changeOffsets(name: string, options: SetOptions): Promise<void> {
    const running = runningStack(options);
    const connector = declaredConnector(running, name);
    const { offsets } = readOffsetFile(options.from);
    const mismatch = offsetMismatch(connector, offsets);
    if (mismatch) throw new UsageError(mismatch);
    const behind = await unreachableOffset(running, connector, offsets);
    if (behind) throw new UsageError(behind);
    await change(options, (target) => setOffsets(target, name, offsets));
}

/** Why the slot of a PostgreSQL source cannot serve an offset, where its database is known. */
async function unreachableOffset(
    { database }: RunningStack,
    { config }: ResolvedConnector,
    offsets: OffsetFile["offsets"],
): Promise<string | undefined> {
    const name = config["slot.name"];
    if (database === undefined || name === undefined) return undefined;
    const slot = (await readSlots(database)).find((item) => item.name === name);
    return slot && offsets.map(({ offset }) => offsetBehindSlot(offset, slot)).find(Boolean);
}

/** Deletes the offsets of a connector. */
export async function deleteOffsets(name: string, options: TargetOptions): Promise<void> {
    declaredConnector(runningStack(options), name);
    await change(options, (target) => resetOffsets(target, name));
}
