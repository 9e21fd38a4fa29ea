/**
 * Downloads by Maven for the cache: one after the other, with progress, also where the user's repository is
 * read-only.
 */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { copyByMaven, type Copies } from "../image/maven";
import { cacheFolder } from "./cacheFolder";

/** Receives what is to be shown of a long download. */
export type Say = (text: string) => void;

const units: Record<string, number> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 };

/** The file and the bytes of a line such as `Downloaded from central: https://…/a.jar (5.3 MB at 2 MB/s)`. */
export function downloadIn(line: string): { file: string; bytes: number } | undefined {
    const match = /Downloaded from \S+ (\S+) \(([\d.,]+) ([kMG]?B)/.exec(line);
    if (!match) return undefined;
    const [, address, amount, unit] = match;
    return { file: path.posix.basename(address), bytes: Number(amount.replace(",", ".")) * units[unit] };
}

/** Reports downloads at most once in `everyMs`, so that a slow network shows life and a fast one does not flood. */
export function downloadProgress(say: Say, everyMs = 2000, now: () => number = Date.now): (line: string) => void {
    let [files, bytes] = [0, 0];
    let last = now();
    return (line) => {
        const download = downloadIn(line);
        if (!download) return;
        files += 1;
        bytes += download.bytes;
        if (now() - last < everyMs) return;
        last = now();
        say(`downloaded ${(bytes / 1e6).toFixed(1)} MB in ${files} files, last ${download.file}`);
    };
}

/** Arguments for a separate repository, when Maven cannot write to the user's. */
function repositoryArguments(): string[] {
    if (/-Dmaven\.repo\.local/.test(`${process.env.MAVEN_OPTS} ${process.env.MAVEN_ARGS}`)) return [];
    // Java takes the home folder from the password database, not from HOME
    const { homedir } = os.userInfo();
    const used = [path.join(homedir, ".m2", "repository"), path.join(homedir, ".m2"), homedir].find((folder) =>
        fs.existsSync(folder),
    );
    try {
        if (used === undefined) throw new Error("no home folder");
        fs.accessSync(used, fs.constants.W_OK);
        return [];
    } catch {
        return [`-Dmaven.repo.local=${path.join(cacheFolder(), "maven-repository")}`];
    }
}

let previous: Promise<unknown> = Promise.resolve();

/**
 * Copies artifacts with Maven. Two Maven processes must not write to one repository at the same time, so calls queue.
 */
export function download(copies: Copies, folder: string, say: Say = () => undefined): Promise<void> {
    const run = previous.then(() =>
        copyByMaven(copies, folder, { onLine: downloadProgress(say), more: repositoryArguments() }),
    );
    previous = run.catch(() => undefined);
    return run;
}
