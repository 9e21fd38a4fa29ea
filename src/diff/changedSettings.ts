/** The settings that differ between two values. Pure. */
import { isObject } from "../util/data";

/** A setting that was added, changed or removed; `undefined` on the side that does not have it. */
export interface ChangedSetting {
    /** Its keys, such as `["spec", "config", "slot.name"]`. */
    readonly path: readonly string[];
    readonly from?: unknown;
    readonly to?: unknown;
}

/** The differences of two values, by their paths. Arrays are compared as a whole. */
export function changedSettings(from: unknown, to: unknown, path: readonly string[] = []): ChangedSetting[] {
    if (isObject(from) && isObject(to)) {
        const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
        return keys.flatMap((key) => changedSettings(from[key], to[key], [...path, key]));
    }
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path, from, to }];
}

/** Whether a path begins with these keys. */
export const isBelow = ({ path }: ChangedSetting, ...keys: readonly string[]): boolean =>
    keys.every((key, index) => path[index] === key);
