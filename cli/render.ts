/** Writes a stack as files: `kcp render`. */
import * as fs from "fs";
import * as path from "path";
import { loadStack } from "../src/stack/loadStack";
import { readStack } from "../src/stack/stackFile";
import { readOutputs, type RawOutputs } from "../src/stack/usedOutputs";
import { argocdFolder } from "../src/synth/argocd/argocdFiles";
import { renderedFiles } from "../src/synth/renderedFiles";
import { synth, type SynthResult } from "../src/synth/synth";
import { chooseStack, type StackOptions } from "./support/chooseStack";
import { UsageError } from "./support/errors";
import { shownPath } from "./support/userPaths";

/** Options of `kcp render`. */
export interface RenderOptions extends StackOptions {
    /** Absolute path of the folder to write to. */
    out: string;
    json?: boolean;
    /** `files`: every resource as a file; `argocd`: a folder that Argo CD syncs. */
    format?: "files" | "argocd";
    /** JSON file with outputs of the stack. Only with `argocd`. */
    outputs?: string;
    /** Namespace of Argo CD. Only with `argocd`. */
    argocdNamespace?: string;
}

/** Names of the files an earlier render wrote, so that it can be replaced without touching anything else. */
const listFile = ".rendered";

/** Writes the files and removes those of an earlier render that no longer exist. Returns how many were written. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): number {
    fs.mkdirSync(folder, { recursive: true });
    const list = path.join(folder, listFile);
    const earlier = fs.existsSync(list) ? fs.readFileSync(list, "utf8").split("\n").filter(Boolean) : [];
    for (const name of earlier.filter((name) => !files.has(name))) fs.rmSync(path.join(folder, name), { force: true });
    for (const [name, text] of files) {
        fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        fs.writeFileSync(path.join(folder, name), text);
    }
    fs.writeFileSync(list, [...files.keys()].map((name) => `${name}\n`).join(""));
    return files.size;
}

function givenOutputs(file: string | undefined): RawOutputs {
    if (!file) return {};
    try {
        return readOutputs(file);
    } catch {
        throw new UsageError(`--outputs ${file}: expected a JSON object, as \`pulumi stack output --json\` prints it`);
    }
}

/** The files of the folder for Argo CD, and what it does not create. */
function filesForArgocd(evaluation: SynthResult, { outputs, argocdNamespace = "argocd" }: RenderOptions) {
    const folder = argocdFolder(evaluation, { namespace: argocdNamespace, outputs: givenOutputs(outputs) });
    if (folder.problems.length > 0)
        throw new UsageError(
            `Argo CD could not sync this stack:\n${folder.problems.map((line) => `  ${line}`).join("\n")}`,
        );
    const rest = folder.notSynced.map((name) => `  ${name}\n`).join("");
    return { files: folder.files, rest: rest && `Not created by Argo CD:\n${rest}` };
}

/** Renders a stack and prints its summary and the next step; with --json, the folder and the names of the files. */
export async function render(options: RenderOptions): Promise<void> {
    const { stack, file } = chooseStack(options);
    const raw = readStack(stack, file);
    // reports every error of the file with its line, which the program itself cannot do for --file
    const loaded = loadStack(raw, stack, file);
    const evaluation = await synth(stack, raw, { loaded });
    const argocd = options.format === "argocd" ? filesForArgocd(evaluation, options) : undefined;
    const files = argocd?.files ?? renderedFiles(evaluation);
    writeFiles(options.out, files);
    if (options.json) {
        console.log(JSON.stringify({ stack, out: options.out, files: [...files.keys()] }, null, 2));
        return;
    }
    const folder = shownPath(options.out);
    const patch = `kubectl patch configmap argocd-cm -n ${options.argocdNamespace ?? "argocd"} --patch-file`;
    if (argocd) {
        console.log(`${argocd.rest}${files.size} files in ${folder}.`);
        console.log(`Once: ${patch} ${path.join(folder, "argocd-cm.yaml")}`);
        console.log(`Next: commit the folder, and let an Application sync ${path.join(folder, "kubernetes")}`);
        return;
    }
    console.log(`${files.get("summary.txt")}\n${files.size} files in ${folder}.`);
    console.log(`Next: kubectl apply --dry-run=server --validate=strict -f ${path.join(folder, "kubernetes")}`);
}
