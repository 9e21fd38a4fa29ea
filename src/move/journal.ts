/**
 * The journal of a move: which step each connector has reached, and the offsets that were read. With it a move that was
 * interrupted goes on where it was, and can be rolled back. It contains no credential.
 */
import * as fs from "fs";
import type { StoredOffset } from "../util/connectRest";

/** The steps of a connector, in order. Each is written once it is done. */
export const steps = ["planned", "stopped", "created", "offsets set", "resumed", "verified"] as const;

/** A step, or the end of a roll back. */
export type Step = (typeof steps)[number] | "rolled back";

/** A state of a connector that the user chose. */
export type DesiredState = "RUNNING" | "PAUSED" | "STOPPED";

/** One connector. */
export interface JournalEntry {
    /** Its name at the source. */
    readonly name: string;
    /** Its name at the target. */
    readonly targetName: string;
    /** Its state at the source before the move, which it has at the target afterwards. */
    readonly state: DesiredState;
    step: Step;
    /** Its offsets at the source after it was stopped. */
    offsets?: readonly StoredOffset[];
}

interface JournalFile {
    readonly version: 1;
    readonly from: string;
    readonly to: string;
    readonly connectors: JournalEntry[];
}

/** A journal that does not belong to this move, or cannot be read. */
export class JournalError extends Error {}

/** The journal in a file. */
export class Journal {
    private constructor(
        private readonly file: string,
        private readonly content: JournalFile,
    ) {}

    /** Reads the file; a new journal where there is none. Nothing is written yet. */
    static open(file: string, from: string, to: string): Journal {
        if (!fs.existsSync(file)) return new Journal(file, { version: 1, from, to, connectors: [] });
        let content: JournalFile;
        try {
            content = JSON.parse(fs.readFileSync(file, "utf8")) as JournalFile;
        } catch {
            throw new JournalError(`${file} is not a journal of kcp move.`);
        }
        if (content.version !== 1 || !Array.isArray(content.connectors))
            throw new JournalError(`${file} is not a journal of kcp move.`);
        if (content.from !== from || content.to !== to)
            throw new JournalError(
                `${file} is of a move from ${content.from} to ${content.to}; name another file with --journal.`,
            );
        return new Journal(file, content);
    }

    get connectors(): readonly JournalEntry[] {
        return this.content.connectors;
    }

    find(name: string): JournalEntry | undefined {
        return this.content.connectors.find((entry) => entry.name === name);
    }

    /** Adds a connector. */
    add(entry: JournalEntry): JournalEntry {
        this.content.connectors.push(entry);
        this.write();
        return entry;
    }

    /** Records that a connector has reached a step. */
    reached(entry: JournalEntry, step: Step, offsets?: readonly StoredOffset[]): void {
        entry.step = step;
        if (offsets) entry.offsets = offsets;
        this.write();
    }

    /** Replaces the file in one step, so that an interruption leaves a complete one. */
    private write(): void {
        const next = `${this.file}.next`;
        fs.writeFileSync(next, `${JSON.stringify(this.content, undefined, 2)}\n`);
        fs.renameSync(next, this.file);
    }
}
