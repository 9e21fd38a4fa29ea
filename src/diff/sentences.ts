/** Parts of sentences. Pure. */
import { plural } from "../util/plural";

const mostNames = 5;

/**
 * Names in backquotes, as a list: `a`, `b` and 3 others.
 *
 * @param none what to write if there is none
 */
export function list(names: readonly string[], none = "none"): string {
    if (names.length === 0) return none;
    const shown = names.slice(0, mostNames).map((name) => `\`${name.replace(/[`\n]/g, "'")}\``);
    const rest = names.length - shown.length;
    const last = rest > 0 ? plural(rest, "other") : shown.pop()!;
    return shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}

/** A verb after a list of names: `receives` after one, `receive` after several. */
export const verb = (names: readonly string[], one: string, several: string): string =>
    names.length === 1 ? one : several;
