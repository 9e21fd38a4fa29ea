/** Writes a stack as files: npm run render -- --stack dev --out DIR */
import * as fs from "fs";
import * as path from "path";
import { parseArgs } from "util";
import { synth } from "../src/synth/synth";
import { knownStack, readStack, stackNames } from "../src/stack/stackFile";
import { renderedFiles } from "../src/synth/renderedFiles";

const usage = `Usage: npm run render -- --stack NAME --out DIR
Evaluates the program without engine, cluster or credentials and writes every object as a file.

  --stack NAME   the stack: ${stackNames().join(", ")}
  --out DIR      where to; what an earlier render left there is replaced, other files are not touched
  --help         this text`;

/** Names of the files an earlier render wrote, so that it can be replaced without touching anything else. */
const listFile = ".rendered";

/** Writes the files and removes those of an earlier render that are no more. Returns how many were written. */
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

async function main(): Promise<void> {
    const { values } = parseArgs({
        options: { stack: { type: "string" }, out: { type: "string" }, help: { type: "boolean", default: false } },
    });
    if (values.help) return console.log(usage);
    const stack = knownStack(values.stack);
    if (!values.out) throw new Error("--out: got nothing, wants a folder");
    const out = path.resolve(values.out);
    const evaluation = await synth(stack, readStack(stack));
    const files = renderedFiles(evaluation);
    const count = writeFiles(out, files);
    console.log(
        `${files.get("summary.txt")}\n${count} files in ${values.out}. Next: kubectl apply --dry-run=server --validate=strict -f ${path.join(values.out, "kubernetes")}`,
    );
}

if (require.main === module) {
    main().catch((error: Error) => {
        console.error(error.message);
        process.exitCode = 1;
    });
}
