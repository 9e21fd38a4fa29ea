/** The files of a rendered stack, as strings by their relative names. Pure. */
import * as YAML from "yaml";
import type { SynthResult, SynthResource } from "./synth";
import { tree } from "./tree";
import { sortKeys } from "../util/data";

/** A name as part of a file's name. */
const fileNamePart = (text: string): string => text.toLowerCase().replace(/[^a-z0-9.-]+/g, "-");

interface KubernetesInputs {
    kind?: string;
    metadata?: { name?: string; namespace?: string };
}

/**
 * `kubernetes/`, `aws/`, `docker/` or `helm/`; undefined for components and providers, which are nothing outside
 * Pulumi.
 */
function folderOf({ custom, type, inputs }: SynthResource): string | undefined {
    if (!custom || type.startsWith("pulumi:")) return undefined;
    if (type.startsWith("kubernetes:helm.sh/")) return "helm";
    if (type.startsWith("kubernetes:")) return inputs.kind ? "kubernetes" : undefined;
    return type.split(":")[0];
}

/** An object as YAML, with sorted keys. */
export const yamlText = (value: unknown): string =>
    YAML.stringify(sortKeys(value), { lineWidth: 0, aliasDuplicateObjects: false });

/** Name of the file of a Kubernetes object: `kubernetes/KIND_NAMESPACE_NAME.yaml`. */
export function objectFileName({ kind, metadata }: KubernetesInputs, fallback: string): string {
    const parts = [kind!, metadata?.namespace ?? "", metadata?.name ?? fallback].filter(Boolean).map(fileNamePart);
    return `kubernetes/${parts.join("_")}.yaml`;
}

function fileOf(resource: SynthResource, folder: string): [string, string] {
    if (folder === "kubernetes") {
        return [objectFileName(resource.inputs, resource.name), yamlText(resource.inputs)];
    }
    const content = {
        type: resource.type,
        name: resource.name,
        ...(resource.protect ? { protect: true } : {}),
        inputs: resource.inputs,
    };
    return [
        `${folder}/${fileNamePart(resource.type.split(":").pop()!)}_${fileNamePart(resource.name)}.json`,
        `${JSON.stringify(sortKeys(content), null, 2)}\n`,
    ];
}

/**
 * All files, sorted by name: one an object, `outputs.json` and `summary.txt`. Throws when two objects would share a
 * file.
 */
export function renderedFiles(evaluation: SynthResult): Map<string, string> {
    const files = new Map<string, string>([
        ["outputs.json", `${JSON.stringify(sortKeys(evaluation.outputs), null, 2)}\n`],
        ["summary.txt", `${tree(evaluation)}\n`],
    ]);
    for (const resource of evaluation.resources) {
        const folder = folderOf(resource);
        if (!folder) continue;
        const [name, text] = fileOf(resource, folder);
        if (files.has(name)) throw new Error(`two resources would be written to ${name}`);
        files.set(name, text);
    }
    return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}
