/** Which setting of the stack file decides a key of a connector's configuration: so that a plugin's complaint has a line. */
import type { ConnectorConfig } from "../connectors/template";

type Path = (string | number)[];

/** Options that name or keep the connector and say nothing of its configuration. */
const optionsWithoutConfig = [
    "connectorTemplate",
    "config",
    "state",
    "connectCluster",
    "autoRestart",
    "tasksMax",
    "pluginVersion",
    "metadata",
    "spec",
    "unknownKeys",
];

/** Every value within a declaration, by its path. */
function leaves(value: unknown, path: Path = []): Path[] {
    if (value === null || typeof value !== "object") return [path];
    return Object.entries(value)
        .filter(([key]) => path.length > 0 || !optionsWithoutConfig.includes(key))
        .flatMap(([key, item]) => leaves(item, [...path, Array.isArray(value) ? Number(key) : key]));
}

/** Another value of the same kind: what it is does not matter, as it only has to make a difference. */
const other = (value: unknown): unknown =>
    typeof value === "number" ? value + 1 : typeof value === "boolean" ? !value : `${String(value)}x`;

/** A copy of a declaration with another value at a path. */
function changed(declaration: unknown, path: Path): unknown {
    const copy = structuredClone(declaration);
    const holder = path.slice(0, -1).reduce<any>((at, step) => at?.[step], copy);
    if (holder === undefined) return copy;
    const last = path[path.length - 1];
    holder[last] = other(holder[last]);
    return copy;
}

/**
 * The path within a declaration of the option that decides `key`: the one whose change changes the key, and the fewest others.
 * A template is a pure function, so that asking it is exact and needs no list to be kept. Empty where no written option does.
 *
 * @param declared the declaration as it is written, which says what options there are to point at
 * @param declaration the same as its schema has read it
 */
export function findSettingPath(
    key: string,
    declared: unknown,
    declaration: unknown,
    build: (declaration: any) => ConnectorConfig,
): Path {
    const before = build(declaration);
    let best: Path = [];
    let fewest = Infinity;
    for (const path of leaves(declared)) {
        let after: ConnectorConfig;
        try {
            after = build(changed(declaration, path));
        } catch {
            continue; // a word that the template knows nothing for
        }
        if (after[key] === before[key]) continue;
        const count = Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name]).length;
        if (count < fewest) [best, fewest] = [path, count];
    }
    return best;
}
