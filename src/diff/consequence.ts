/** What a change does to something that runs. */
import type { ChangedSetting } from "./changedSettings";

/** Classes of consequences, the gravest first, with the headings of reports. */
export const consequenceClasses = {
    "data-loss": "Records are lost or not read",
    snapshot: "Records are read again",
    orphan: "Left behind",
    replacement: "Replaced",
    "record-format": "Records change their form",
    "broker-roll": "Brokers restart",
    "worker-roll": "Workers restart",
    "task-restart": "Tasks restart",
    removed: "Removed",
    new: "New",
    hot: "Applied while running",
} as const;

export type ConsequenceClass = keyof typeof consequenceClasses;

/** The classes in their order. */
export const classOrder = Object.keys(consequenceClasses) as ConsequenceClass[];

/** One consequence, in a sentence. */
export interface Consequence {
    readonly class: ConsequenceClass;
    /** The object that it happens to: its kind and name. */
    readonly subject: string;
    /** The sentence, without a full stop; names in backquotes. */
    readonly text: string;
}

/** The difference of two rendered stacks. */
export interface StackDifference {
    /** Sorted by class, then by subject. */
    readonly consequences: readonly Consequence[];
    /** Settings that changed, by the object's kind and name. */
    readonly changes: readonly { readonly subject: string; readonly settings: readonly ChangedSetting[] }[];
}

/** Consequences in the order of a report. */
export const sortConsequences = (items: readonly Consequence[]): Consequence[] =>
    [...items].sort(
        (a, b) =>
            classOrder.indexOf(a.class) - classOrder.indexOf(b.class) ||
            a.subject.localeCompare(b.subject, "en") ||
            a.text.localeCompare(b.text, "en"),
    );
