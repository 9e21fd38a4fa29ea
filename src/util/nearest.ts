import { distance } from "fastest-levenshtein";

/**
 * The known word that a misspelt one most likely stands for, or undefined when none is close.
 * Close means: at most a third of the longer word's letters differ (and always up to two for words of four or more).
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
    let best: string | undefined;
    let bestDistance = Infinity;
    for (const candidate of known) {
        const steps = distance(word.toLowerCase(), candidate.toLowerCase());
        if (steps < bestDistance) [best, bestDistance] = [candidate, steps];
    }
    if (best === undefined) return undefined;
    const length = Math.max(word.length, best.length);
    return bestDistance <= Math.max(length >= 4 ? 2 : 1, Math.floor(length / 3)) ? best : undefined;
}

/** The nearest of the known names or, where none is close, all of them: what to say after an unknown name. */
export const hintFor = (name: string, known: readonly string[]): string =>
    didYouMean(name, known) || `; known here: ${known.join(", ")}`;

/** `did you mean "x"?`, or undefined when no known word is close. */
export function suggestionFor(word: string, known: readonly string[]): string | undefined {
    const hint = nearest(word, known);
    return hint === undefined ? undefined : `did you mean "${hint}"?`;
}

/** `; did you mean "x"?`, or nothing when no known word is close. */
export function didYouMean(word: string, known: readonly string[]): string {
    const suggestion = suggestionFor(word, known);
    return suggestion === undefined ? "" : `; ${suggestion}`;
}

const wordsOf = (name: string): string[] => name.split(/[-._]/);

/** Whether one name is a misspelling of another, not the name of a sibling: `team-a` and `team-b` are two names. */
function isMisspelt(name: string, other: string): boolean {
    const [words, others] = [wordsOf(name), wordsOf(other)];
    if (words.length !== others.length) return words.join("") === others.join("");
    return words.every((word, index) => {
        const known = others[index];
        if (word === known) return true;
        // digits count things: shard12 is no misspelling of shard13
        const isWord = Math.min(word.length, known.length) >= 4 && word.replace(/\D/g, "") === known.replace(/\D/g, "");
        return isWord && distance(word.toLowerCase(), known.toLowerCase()) <= 2;
    });
}

/** The name that a user chose and that another one, which is not among the names, most likely stands for. */
export const misspelledName = (name: string, known: readonly string[]): string | undefined =>
    known.includes(name) ? undefined : known.find((other) => isMisspelt(name, other));
