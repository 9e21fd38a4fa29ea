/** Small helpers on plain data. */
import { createHash } from "crypto";

/** Freezes a value and everything in it. */
export function deepFreeze<T>(value: T): T {
    if (value !== null && typeof value === "object" && !Object.isFrozen(value)) {
        Object.freeze(value);
        Object.values(value).forEach(deepFreeze);
    }
    return value;
}

/** Whether a value is an object and not an array. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
    value !== null && typeof value === "object" && !Array.isArray(value);

/** An array as it is; nothing for any other value. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** What is at a path within a value; undefined where there is nothing. */
export const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
    path.reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown> | undefined | null)?.[step], value);

/** The same data with the keys of every object sorted, so that its JSON differs only where the data differs. */
export function sortKeys<T>(value: T): T {
    if (Array.isArray(value)) return value.map(sortKeys) as T;
    if (value === null || typeof value !== "object") return value;
    const entries = Object.entries(value as Record<string, unknown>).map(
        ([key, item]) => [key, sortKeys(item)] as const,
    );
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) as T;
}

const isEmpty = (item: unknown): boolean => {
    if (item === undefined) return true;
    if (item === null || typeof item !== "object") return false;
    const prototype = Object.getPrototypeOf(item);
    return (prototype === Object.prototype || prototype === Array.prototype) && Object.keys(item).length === 0;
};

/** The object without what is undefined, an empty plain object or an empty list. */
export function compact<T extends object>(value: T): T {
    return Object.fromEntries(Object.entries(value).filter(([, item]) => !isEmpty(item))) as T;
}

/** SHA-256 of a string as lower-case hex. */
export const sha256 = (text: string | Buffer): string => createHash("sha256").update(text).digest("hex");

/** SHA-512 of a file's content as lower-case hex. */
export const sha512 = (content: Buffer): string => createHash("sha512").update(content).digest("hex");

/** Places of the items that an earlier one equals. */
export const duplicates = (items: readonly unknown[]): number[] =>
    items.flatMap((item, index) => (items.indexOf(item) < index ? [index] : []));
