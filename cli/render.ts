/** Writes a stack as files: `kcp render`. */
import * as fs from "fs";
import * as path from "path";
import { loadStack } from "../src/stack/loadStack";
import { readStack } from "../src/stack/stackFile";
import { renderedFiles } from "../src/synth/renderedFiles";
import { synth } from "../src/synth/synth";
import { chooseStack, type StackOptions } from "./support/chooseStack";
import { shownPath } from "./support/userPaths";

/** Options of `kcp render`. */
export interface RenderOptions extends StackOptions {
    /** Absolute path of the folder to write to. */
    out: string;
    json?: boolean;
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

/** Renders a stack and prints its summary and the next step; with --json, the folder and the names of the files. */
export async function render(options: RenderOptions): Promise<void> {
    const { stack, file } = chooseStack(options);
    const raw = readStack(stack, file);
    // reports every error of the file with its line, which the program itself cannot do for --file
    loadStack(raw, stack, file);
    const files = renderedFiles(await synth(stack, raw));
    writeFiles(options.out, files);
    if (options.json) {
        console.log(JSON.stringify({ stack, out: options.out, files: [...files.keys()] }, null, 2));
        return;
    }
    const folder = shownPath(options.out);
    console.log(`${files.get("summary.txt")}\n${files.size} files in ${folder}.`);
    console.log(`Next: kubectl apply --dry-run=server --validate=strict -f ${path.join(folder, "kubernetes")}`);
}
