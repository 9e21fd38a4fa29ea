/** Lines of settings in a YAML file. */
import * as YAML from "yaml";

/** Line of a node. */
export const nodeLine = (counter: YAML.LineCounter, node: unknown): number | undefined => {
    const offset = (node as YAML.Node | null | undefined)?.range?.[0];
    return offset === undefined ? undefined : counter.linePos(offset).line;
};

/** What aliases stand for, where the document is known. */
type Resolve = (node: unknown) => unknown;

/**
 * The line of a path within a YAML node: of the setting itself, or of the nearest one around it that exists. An empty
 * path is the line where the node starts. What an alias or `<<` stands for is found where it is written.
 */
export function lineIn(
    node: unknown,
    path: readonly (string | number)[],
    counter: YAML.LineCounter,
    document?: YAML.Document,
): number | undefined {
    const resolve: Resolve = (item) => (document && YAML.isAlias(item) ? item.resolve(document) : item);
    let at = resolve(node);
    let line = path.length === 0 ? nodeLine(counter, node) : undefined;
    for (const step of path) {
        const found = child(at, step, resolve);
        if (!found) break;
        line = nodeLine(counter, found.place);
        at = resolve(found.value);
    }
    return line;
}

interface Child {
    /** The node whose line is that of the setting. */
    readonly place: unknown;
    readonly value: unknown;
}

function child(node: unknown, step: string | number, resolve: Resolve): Child | undefined {
    if (YAML.isSeq(node)) {
        const item = typeof step === "number" ? node.items[step] : undefined;
        return item ? { place: item, value: item } : undefined;
    }
    if (!YAML.isMap(node)) return undefined;
    const pair = node.items.find(({ key }) => String(YAML.isScalar(key) ? key.value : key) === String(step));
    if (pair) return { place: pair.key, value: pair.value };
    const merged = node.items.filter(({ key }) => YAML.isScalar(key) && key.source === "<<");
    const sources = merged.flatMap(({ value }) => {
        const source = resolve(value);
        return YAML.isSeq(source) ? source.items.map(resolve) : [source];
    });
    return sources.map((source) => child(source, step, resolve)).find((found) => found !== undefined);
}
