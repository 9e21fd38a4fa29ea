/** Lines of settings in a stack file. */
import * as fs from "fs";
import * as YAML from "yaml";
import { nodeLine, yamlOptions } from "./stackYaml";
import { settingNameOf } from "./settingNames";

type Line = number | undefined;

/**
 * Finds the line of a setting in a stack file: of the setting itself, or of the nearest object around it that is there.
 * Returns undefined for every path when there is no such file to read (a stack's config can come from elsewhere).
 */
export function lineFinder(file: string): (path: readonly (string | number)[]) => Line {
    if (!fs.existsSync(file)) return () => undefined;
    const counter = new YAML.LineCounter();
    const text = fs.readFileSync(file, "utf8");
    const document = YAML.parseDocument(text, { ...yamlOptions, lineCounter: counter, logLevel: "error" });
    const resolve = (node: unknown): unknown => (YAML.isAlias(node) ? node.resolve(document) : node);
    const config = document.get("config", true);
    return (settingPath) => {
        let node = resolve(config);
        let line: Line;
        for (const [depth, step] of settingPath.entries()) {
            const name = (key: string) => (depth === 0 ? (settingNameOf(key) ?? key) : key);
            const found = child(node, step, name, resolve);
            if (!found) break;
            line = nodeLine(counter, found.place);
            node = resolve(found.value);
        }
        return line;
    };
}

interface Found {
    /** The node whose line is that of the setting. */
    readonly place: unknown;
    readonly value: unknown;
}

/** The child of a node by key or index. What `<<` merges is found where it is written. */
function child(
    node: unknown,
    step: string | number,
    nameOf: (key: string) => string | undefined,
    resolve: (node: unknown) => unknown,
): Found | undefined {
    if (YAML.isSeq(node)) {
        const item = typeof step === "number" ? node.items[step] : undefined;
        return item ? { place: item, value: item } : undefined;
    }
    if (!YAML.isMap(node)) return undefined;
    const pair = node.items.find(({ key }) => nameOf(String(YAML.isScalar(key) ? key.value : key)) === String(step));
    if (pair) return { place: pair.key, value: pair.value };
    const merged = node.items.filter(({ key }) => YAML.isScalar(key) && key.source === "<<");
    const sources = merged.flatMap(({ value }) => {
        const source = resolve(value);
        return YAML.isSeq(source) ? source.items.map(resolve) : [source];
    });
    return sources.map((source) => child(source, step, nameOf, resolve)).find((found) => found !== undefined);
}
