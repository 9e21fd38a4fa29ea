/** Where downloads are kept between runs: outside the project, shared by all its checkouts, safe to delete. */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";

/** The cache folder: `$XDG_CACHE_HOME/kafka-connect-platform`, by default in `~/.cache`. */
export const cacheFolder = (): string =>
    path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"), "kafka-connect-platform");

/**
 * A folder of the cache, filled once: `fill` gets an empty folder, which takes its place only when `fill` has succeeded, so
 * that an interrupted run leaves nothing half done and two runs at once do not disturb each other.
 */
export async function cached(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
    const folder = path.join(cacheFolder(), name);
    if (fs.existsSync(folder)) return folder;
    fs.mkdirSync(path.dirname(folder), { recursive: true });
    const partial = fs.mkdtempSync(`${folder}.partial-`);
    try {
        await fill(partial);
        fs.renameSync(partial, folder);
    } catch (error) {
        fs.rmSync(partial, { recursive: true, force: true });
        // another run was faster: what it made is as good
        if (!fs.existsSync(folder)) throw error;
    }
    return folder;
}
