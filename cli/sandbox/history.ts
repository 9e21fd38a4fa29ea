/** The lines that were typed at the prompt, kept between runs. */
import * as fs from "fs";
import * as path from "path";
import { cacheFolder } from "../../src/local/cacheFolder";

const keptLines = 500;

const historyFile = (): string => path.join(cacheFolder(), "sandbox-history");

/** The lines of earlier runs, newest first, as readline takes them. */
export function readHistory(): string[] {
    try {
        return fs.readFileSync(historyFile(), "utf8").split("\n").filter(Boolean).reverse();
    } catch {
        return [];
    }
}

/** Keeps the newest lines. A history that cannot be written is no reason to fail. */
export function writeHistory(newestFirst: readonly string[]): void {
    try {
        const lines = newestFirst.slice(0, keptLines).reverse();
        fs.writeFileSync(historyFile(), lines.map((line) => `${line}\n`).join(""), { mode: 0o600 });
    } catch {
        // it is missed, and nothing else
    }
}
