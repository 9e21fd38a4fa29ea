/** Lines of settings in a YAML file. */
import * as YAML from "yaml";

/**
 * The line of a path within a YAML node: of the setting itself, or of the nearest one around it that exists. An empty
 * path is the line where the node starts.
 */
export function lineIn(
    node: unknown,
    path: readonly (string | number)[],
    counter: YAML.LineCounter,
): number | undefined {
    let at = node;
    let offset = path.length === 0 ? (node as YAML.Node | null)?.range?.[0] : undefined;
    for (const key of path) {
        if (YAML.isMap(at)) {
            const pair = at.items.find(
                (item) => String(YAML.isScalar(item.key) ? item.key.value : item.key) === String(key),
            );
            if (!pair) break;
            offset = (pair.key as YAML.Node).range?.[0];
            at = pair.value;
        } else if (YAML.isSeq(at) && typeof key === "number" && at.items[key]) {
            at = at.items[key];
            offset = (at as YAML.Node).range?.[0];
        } else break;
    }
    return offset === undefined ? undefined : counter.linePos(offset).line;
}
