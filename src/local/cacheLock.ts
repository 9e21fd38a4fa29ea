/** One process at a time fills the cache: two first runs would otherwise download everything twice. */
import * as fs from "fs";
import * as path from "path";
import { pause } from "../util/pause";

const heartbeatMs = 2000;
/** A lock that was not touched for so long belongs to a process that no longer runs. */
const staleMs = 30_000;

let holders = 0;
let acquiring: Promise<() => void> | undefined;

function isStale(file: string): boolean {
    try {
        const owner = Number(fs.readFileSync(file, "utf8"));
        if (Date.now() - fs.statSync(file).mtimeMs > staleMs) return true;
        if (!owner) return false;
        process.kill(owner, 0);
        return false;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "ESRCH";
    }
}

function tryToLock(file: string): boolean {
    try {
        fs.writeFileSync(file, String(process.pid), { flag: "wx" });
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (isStale(file)) {
        // renamed first: of two processes that see a stale lock, only one removes it
        const removed = `${file}.stale-${process.pid}`;
        try {
            fs.renameSync(file, removed);
            fs.rmSync(removed, { force: true });
        } catch {
            // the other process was first
        }
    }
    return false;
}

async function acquire(folder: string, waiting: () => void): Promise<() => void> {
    const file = path.join(folder, "lock");
    for (let attempt = 0; !tryToLock(file); attempt++) {
        if (attempt === 1) waiting();
        await pause(100);
    }
    const remove = () => fs.rmSync(file, { force: true });
    const heartbeat = setInterval(() => {
        const now = new Date();
        if (fs.existsSync(file)) fs.utimesSync(file, now, now);
    }, heartbeatMs);
    heartbeat.unref();
    process.once("exit", remove);
    return () => {
        clearInterval(heartbeat);
        process.removeListener("exit", remove);
        remove();
    };
}

/**
 * Runs a function while this process holds the lock of a folder. Functions of this process run at the same time.
 *
 * @param waiting called once when another process holds it
 */
export async function withCacheLock<T>(folder: string, waiting: () => void, work: () => Promise<T>): Promise<T> {
    holders++;
    acquiring ??= acquire(folder, waiting);
    try {
        await acquiring;
        return await work();
    } finally {
        holders--;
        if (holders === 0) {
            const held = acquiring;
            acquiring = undefined;
            await held.then(
                (release) => release(),
                () => undefined,
            );
        }
    }
}
