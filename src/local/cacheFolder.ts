/** Where downloads are kept between runs: outside the project, shared by its checkouts, safe to delete. */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";

const name = "kafka-connect-platform";

/** The folder for a user without a writable home. It is the user's alone: others can write to the folder around it. */
const temporary = (): string => path.join(os.tmpdir(), `${name}-${process.getuid?.() ?? os.userInfo().username}`);

/** The folders where the cache may be, in the order of preference. */
export const cacheCandidates = (env: NodeJS.ProcessEnv = process.env): string[] => [
    path.join(env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"), name),
    temporary(),
];

function isOurs(folder: string): boolean {
    const { uid } = fs.statSync(folder);
    return process.getuid === undefined || uid === process.getuid();
}

function writable(folder: string): boolean {
    try {
        fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
        fs.accessSync(folder, fs.constants.W_OK);
        return isOurs(folder) || folder !== temporary();
    } catch {
        return false;
    }
}

/** The folder that new entries go to: the first candidate that can be written. */
export function cacheFolder(): string {
    const candidates = cacheCandidates();
    const found = candidates.find(writable);
    if (found) return found;
    throw new Error(
        `no folder for downloads can be written: ${candidates.join(", ")}. ` +
            "Set XDG_CACHE_HOME to a folder that you can write.",
    );
}

/** Where an entry is; undefined when no candidate has it. A cache that can only be read is used as well. */
export const findEntry = (entry: string): string | undefined =>
    cacheCandidates()
        .map((folder) => path.join(folder, entry))
        .find((folder) => fs.existsSync(folder));

/** Why another folder than the preferred one is used, as a sentence; undefined when it is the preferred one. */
export function cacheNotice(): string | undefined {
    const [preferred] = cacheCandidates();
    const folder = cacheFolder();
    return folder === preferred ? undefined : `${preferred} cannot be written; downloads are kept in ${folder}`;
}
