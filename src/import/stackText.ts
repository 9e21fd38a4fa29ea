/** The text of a stack file that an import writes, with what needs attention as comments at its place. */
import * as YAML from "yaml";
import { project } from "../util/project";
import type { Path, Raw } from "./draft";
import type { ImportNote } from "./source";

/** Explanations of what an import writes, at the settings that need one. */
const explanations: readonly [Path, string][] = [
    [["adopt"], "what exists already and `pulumi up` takes over; without effect afterwards"],
    [["strimzi", "install"], "the operator and its CRDs are in the cluster already"],
    [
        ["kafka", "mountForConnectors"],
        "true once a connector has its own Kafka client (schema history, MirrorMaker); it restarts the workers",
    ],
    [["connect", "spec"], "what no other setting covers; null leaves out what would be generated"],
    [["metrics", "exporter"], "a metricsConfig of the source is in connect.spec"],
];

/** The node at a path, or the nearest one around it; with its key where it is in a map. */
function nodeAt(document: YAML.Document, path: Path): YAML.Node | undefined {
    let node: unknown = document.get("config", true);
    let found: YAML.Node | undefined;
    for (const [depth, step] of path.entries()) {
        const key = depth === 0 ? `${project}:${step}` : step;
        if (YAML.isMap(node)) {
            const pair = node.items.find((item) => YAML.isScalar(item.key) && String(item.key.value) === String(key));
            if (!pair) break;
            found = pair.key as YAML.Node;
            node = pair.value;
        } else if (YAML.isSeq(node) && node.items[Number(key)]) {
            node = node.items[Number(key)];
            found = node as YAML.Node;
        } else break;
    }
    return found;
}

function addComment(node: YAML.Node | undefined, text: string): void {
    if (!node) return;
    const line = ` ${text.replace(/\s+/g, " ")}`;
    if (node.commentBefore?.split("\n").includes(line)) return;
    node.commentBefore = node.commentBefore ? `${node.commentBefore}\n${line}` : line;
}

/**
 * The text.
 *
 * @param raw the sections, by name
 * @param origins where they were read
 */
export function stackText(raw: Raw, notes: readonly ImportNote[], origins: readonly string[]): string {
    const config = Object.fromEntries(Object.entries(raw).map(([name, section]) => [`${project}:${name}`, section]));
    const document = new YAML.Document({ config }, { aliasDuplicateObjects: false });
    const todo = notes.some(({ severity }) => severity === "missing");
    document.commentBefore = [
        ` Imported from ${origins.join(", ")}.`,
        ...(todo ? [" It is incomplete: what is missing is marked with MISSING."] : []),
    ].join("\n");
    for (const [path, text] of explanations)
        if (document.hasIn(["config", `${project}:${path[0]}`, ...path.slice(1)]))
            addComment(nodeAt(document, path), text);
    for (const { severity, path, message } of notes)
        if (path && severity !== "info")
            addComment(nodeAt(document, path), severity === "missing" ? `MISSING: ${message}` : message);
    return document.toString({ lineWidth: 0 });
}
