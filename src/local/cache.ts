/** Folders of the cache, each filled once and verified on use. */
import * as fs from "fs";
import * as path from "path";
import { cacheFolder, findEntry } from "./cacheFolder";
import { withCacheLock } from "./cacheLock";

/** How entries are filled and used. */
export interface CacheOptions {
    /** What is wrong with an entry that is there, or undefined. An entry that is damaged is filled again. */
    readonly verify?: (folder: string) => Promise<string | undefined>;
    /** Reports progress. */
    readonly say?: (text: string) => void;
}

const partialMark = ".partial-";
/** Folders that this process is filling: whatever ends it, except SIGKILL, removes them. */
const filling = new Set<string>();
process.once("exit", () => {
    for (const folder of filling) fs.rmSync(folder, { recursive: true, force: true });
});

function isRunning(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}

/** Removes what interrupted runs left: the folders that a process which no longer runs was filling. */
export function removeLeftovers(folder: string): void {
    if (!fs.existsSync(folder)) return;
    for (const name of fs.readdirSync(folder)) {
        const [, owner] = name.split(partialMark);
        if (owner === undefined) continue;
        const pid = /^(\d+)-/.exec(owner)?.[1];
        if (!pid || !isRunning(Number(pid))) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
    }
}

function partialFolder(entry: string): string {
    const parent = path.dirname(entry);
    fs.mkdirSync(parent, { recursive: true });
    removeLeftovers(parent);
    const folder = fs.mkdtempSync(`${entry}${partialMark}${process.pid}-`);
    filling.add(folder);
    return folder;
}

/** The entry when it is there and intact. A damaged one is removed where that is possible. */
async function usable(name: string, { verify, say }: CacheOptions): Promise<string | undefined> {
    const folder = findEntry(name);
    if (!folder) return undefined;
    const problem = await verify?.(folder);
    if (!problem) return folder;
    say?.(`the cached ${name} is damaged (${problem}); downloading it again`);
    fs.rmSync(folder, { recursive: true, force: true });
    return undefined;
}

/**
 * Entries of the cache. Those that are missing or damaged are filled together.
 *
 * @param fill gets an empty folder for each missing entry. The folders take their places only when it has succeeded,
 * so an interrupted run leaves nothing half done.
 * @returns the folder of each entry, by name
 */
export async function cachedEntries(
    names: readonly string[],
    fill: (folders: ReadonlyMap<string, string>) => Promise<void>,
    options: CacheOptions = {},
): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    const look = async () => {
        for (const name of names.filter((item) => !found.has(item))) {
            const folder = await usable(name, options);
            if (folder) found.set(name, folder);
        }
        return found.size === new Set(names).size;
    };
    if (await look()) return found;
    const root = cacheFolder();
    const waiting = () => options.say?.("another run is filling the cache; waiting for it");
    await withCacheLock(root, waiting, async () => {
        // the run that was waited for may have filled them
        if (await look()) return;
        const missing = names.filter((name) => !found.has(name));
        const partial = new Map(missing.map((name) => [name, partialFolder(path.join(root, name))]));
        try {
            await fill(partial);
            for (const [name, folder] of partial) {
                fs.renameSync(folder, path.join(root, name));
                found.set(name, path.join(root, name));
            }
        } finally {
            for (const folder of partial.values()) {
                fs.rmSync(folder, { recursive: true, force: true });
                filling.delete(folder);
            }
        }
    });
    return found;
}

/** One entry of the cache; see cachedEntries. */
export async function cached(
    name: string,
    fill: (folder: string) => Promise<void>,
    options: CacheOptions = {},
): Promise<string> {
    const entries = await cachedEntries([name], (folders) => fill(folders.get(name)!), options);
    return entries.get(name)!;
}
