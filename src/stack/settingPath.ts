/**
 * Which setting of the stack file decides a key of a connector's configuration, so that an error about the key has a
 * line.
 */
import type { ConnectorConfig } from "../connectors/template";

type Path = (string | number)[];
type Build = (declaration: unknown) => ConnectorConfig;

/** Options that never decide a key of the configuration. `config` does, by the key itself. */
const optionsWithoutKeys = [
    "connectorTemplate",
    "config",
    "state",
    "connectCluster",
    "autoRestart",
    "tasksMax",
    "pluginVersion",
    "expect",
    "metadata",
    "spec",
    "unknownKeys",
    "secretVersion",
];

/** The paths of all values that are neither objects nor arrays. */
function leafPaths(value: unknown, path: Path = []): Path[] {
    if (value === null || typeof value !== "object") return [path];
    return Object.entries(value).flatMap(([key, item]) =>
        leafPaths(item, [...path, Array.isArray(value) ? Number(key) : key]),
    );
}

/** Another value of the same type. */
function differentValue(value: unknown): unknown {
    if (typeof value === "number") return value + 1;
    if (typeof value === "boolean") return !value;
    return `${String(value)}x`;
}

/** A copy of a declaration with a different value at a path. */
function withDifferentValue(declaration: unknown, path: Path): unknown {
    const copy: unknown = structuredClone(declaration);
    const parent = path
        .slice(0, -1)
        .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], copy);
    if (parent === undefined || parent === null) return copy;
    const holder = parent as Record<string | number, unknown>;
    const last = path[path.length - 1];
    holder[last] = differentValue(holder[last]);
    return copy;
}

/** The configuration after a change, or undefined where the template cannot build it. */
function tryBuild(build: Build, declaration: unknown): ConnectorConfig | undefined {
    try {
        return build(declaration);
    } catch {
        return undefined;
    }
}

const changedKeys = (before: ConnectorConfig, after: ConnectorConfig): string[] =>
    Object.keys({ ...before, ...after }).filter((key) => before[key] !== after[key]);

/**
 * The path within a declaration of the option that decides a key: changing the option changes the key, and fewer
 * other keys than changing any other option does. A template is a pure function, so that no table of keys and options
 * has to be maintained.
 *
 * @param key the key of the configuration
 * @param declared the declaration as it is written: only what is written can be the cause
 * @param declaration the declaration as its schema parsed it
 * @param build the configuration that a declaration results in
 * @returns the path, or an empty path where no written option decides the key
 */
export function findSettingPath(key: string, declared: unknown, declaration: unknown, build: Build): Path {
    const before = build(declaration);
    let best: Path = [];
    let fewestChanges = Infinity;
    for (const path of leafPaths(declared)) {
        if (optionsWithoutKeys.includes(String(path[0]))) continue;
        const after = tryBuild(build, withDifferentValue(declaration, path));
        if (!after || after[key] === before[key]) continue;
        const changes = changedKeys(before, after).length;
        if (changes < fewestChanges) [best, fewestChanges] = [path, changes];
    }
    return best;
}
