/** JSON Merge Patch (RFC 7396) on plain data: objects are merged, `null` removes, everything else is replaced. */

type Plain = Record<string, unknown>;

/** Whether a value is a plain object. Outputs of resources are not. */
export function isPlainObject(value: unknown): value is Plain {
    return value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
}

/** The target with a patch merged into it. Neither is changed. */
export function applyMergePatch(target: Readonly<Plain>, patch: Readonly<Plain>): Plain {
    const result: Plain = { ...target };
    for (const [key, value] of Object.entries(patch)) {
        if (value === null) delete result[key];
        else if (isPlainObject(value))
            result[key] = applyMergePatch(isPlainObject(result[key]) ? result[key] : {}, value);
        else result[key] = value;
    }
    return result;
}

/** Whether two values are the same data. The order of keys is of no importance, the order of items is. */
export function sameData(one: unknown, other: unknown): boolean {
    if (Array.isArray(one) && Array.isArray(other))
        return one.length === other.length && one.every((item, index) => sameData(item, other[index]));
    if (!isPlainObject(one) || !isPlainObject(other)) return Object.is(one, other);
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].every((key) => key in one && key in other && sameData(one[key], other[key]));
}

/** The smallest patch that makes `to` of `from`. Objects within are plain; `to` has no null. */
export function createMergePatch(from: Readonly<Plain>, to: Readonly<Plain>): Plain {
    const patch: Plain = {};
    for (const key of Object.keys(from)) if (!(key in to)) patch[key] = null;
    for (const [key, value] of Object.entries(to)) {
        const before = from[key];
        if (key in from && sameData(before, value)) continue;
        patch[key] = isPlainObject(value) && isPlainObject(before) ? createMergePatch(before, value) : value;
    }
    return patch;
}

/** Paths of the values in `target` that a patch replaces by others or removes. */
export function replacedPaths(target: unknown, patch: unknown, path: readonly string[] = []): string[][] {
    if (target === undefined) return [];
    if (isPlainObject(target) && isPlainObject(patch))
        return Object.keys(patch).flatMap((key) => replacedPaths(target[key], patch[key], [...path, key]));
    return sameData(target, patch) ? [] : [[...path]];
}
