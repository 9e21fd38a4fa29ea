/** The resources of an evaluation as a tree of text: what `pulumi up` would create. */
import type { SynthResult, SynthResource } from "./synth";

function label(resource: SynthResource): string {
    const kind =
        resource.custom && typeof resource.inputs.kind === "string"
            ? resource.inputs.kind
            : resource.type.split(":").pop()!;
    const metadata = resource.inputs.metadata as { name?: string; namespace?: string } | undefined;
    const real = metadata?.name && metadata.name !== resource.name ? ` (${metadata.name})` : "";
    const marks = [resource.protect ? "protected" : "", resource.retainOnDelete ? "retained" : ""]
        .filter(Boolean)
        .join(", ");
    return `${kind} ${resource.name}${real}${marks ? `  [${marks}]` : ""}`;
}

/** Siblings that differ only in their names are shown as one line. */
const foldFrom = 6;

/** The tree, one line a resource. Long rows of CRDs are folded into one line. */
export function tree(evaluation: SynthResult): string {
    const children = new Map<string, SynthResource[]>();
    const resources = evaluation.resources.filter(({ type }) => type !== "pulumi:pulumi:Stack");
    const urns = new Set(resources.map(({ urn }) => urn));
    for (const resource of resources) {
        const parent = urns.has(resource.parent) ? resource.parent : "";
        children.set(parent, [...(children.get(parent) ?? []), resource]);
    }
    // registration is concurrent: sorted, the same program gives the same tree
    for (const items of children.values()) items.sort((a, b) => (label(a) < label(b) ? -1 : 1));
    const lines = [`kafka-connect-platform / ${evaluation.stack}`];
    const draw = (parent: string, indent: string): void => {
        const items = children.get(parent) ?? [];
        const crds = items.filter((item) => item.inputs.kind === "CustomResourceDefinition");
        const shown =
            crds.length >= foldFrom ? items.filter((item) => !crds.includes(item) || item === crds[0]) : items;
        shown.forEach((item, index) => {
            const last = index === shown.length - 1;
            const text =
                crds.length >= foldFrom && item === crds[0]
                    ? `CustomResourceDefinition × ${crds.length}${label(item)
                          .replace(/^[^[]*/, "  ")
                          .trimEnd()}`
                    : label(item);
            lines.push(`${indent}${last ? "└─ " : "├─ "}${text}`);
            draw(item.urn, `${indent}${last ? "   " : "│  "}`);
        });
    };
    draw("", "");
    return lines.join("\n");
}
