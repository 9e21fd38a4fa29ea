import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { synth } from "../../src/synth/synth";
import { renderedFiles } from "../../src/synth/renderedFiles";
import { projectFolder } from "../../src/util/project";
import { readStack, stackNames } from "../../src/stack/stackFile";
import { sha256 } from "../../src/util/data";

/**
 * What every stack file and example renders, byte for byte, as recorded in `golden/rendered`. A change that is meant is
 * recorded with `UPDATE_GOLDEN=1 npx mocha test/golden.test.ts`, and its reason goes into `golden/CHANGES.md`.
 */
const recorded = path.join(__dirname, "..", "golden", "rendered");
const examples = path.join(projectFolder, "examples");
const update = process.env.UPDATE_GOLDEN === "1";

/** Rendered stacks by the name of their folder. */
const sources: [name: string, stack: string, file?: string][] = [
    ...stackNames().map((stack): [string, string] => [stack, stack]),
    ...fs
        .readdirSync(examples)
        .filter((file) => file.endsWith(".yaml"))
        .map((file): [string, string, string] => [
            `example-${file.replace(/\.yaml$/, "")}`,
            "example",
            path.join(examples, file),
        ]),
];

/** The rendered files; the CRDs, which are copies of files of this repository, as their digests. */
async function rendered(stack: string, file?: string): Promise<Map<string, string>> {
    const files = renderedFiles(await synth(stack, readStack(stack, file)));
    const isCrd = (name: string) => name.startsWith("kubernetes/customresourcedefinition_");
    const digests = [...files].filter(([name]) => isCrd(name)).map(([name, text]) => `${sha256(text)}  ${name}\n`);
    return new Map([
        ...[...files].filter(([name]) => !isCrd(name)),
        ["customresourcedefinitions.sha256", digests.join("")],
    ]);
}

function recordedFiles(folder: string): Map<string, string> {
    if (!fs.existsSync(folder)) return new Map();
    const names = fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
    return new Map(names.map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]));
}

describe("rendered stacks", () => {
    for (const [name, stack, file] of sources) {
        it(`${name} renders what is recorded`, async () => {
            const folder = path.join(recorded, name);
            const received = await rendered(stack, file);
            if (update) {
                fs.rmSync(folder, { recursive: true, force: true });
                for (const [target, text] of received) {
                    fs.mkdirSync(path.dirname(path.join(folder, target)), { recursive: true });
                    fs.writeFileSync(path.join(folder, target), text);
                }
            }
            const expected = recordedFiles(folder);
            assert.deepEqual([...received.keys()].sort(), [...expected.keys()].sort());
            for (const [target, text] of received) assert.equal(text, expected.get(target), `${name}/${target}`);
        });
    }

    it("have no recorded folder that no stack renders", () => {
        assert.deepEqual(fs.readdirSync(recorded).sort(), sources.map(([name]) => name).sort());
    });
});
