import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { projectFolder } from "../../src/util/project";

const folder = path.join(projectFolder, ".github", "workflows");
const files = fs.readdirSync(folder).map((file) => path.join(folder, file));

/** What GitHub's language service says of each file. */
function lint(...paths: string[]): Record<string, string[]> {
    const tsx = path.join(projectFolder, "node_modules", "tsx", "dist", "cli.mjs");
    return JSON.parse(
        execFileSync(process.execPath, [tsx, path.join(__dirname, "..", "support", "lintWorkflows.mts"), ...paths], {
            encoding: "utf8",
        }),
    );
}

describe("workflows", () => {
    it("have nothing that GitHub would refuse", () => {
        assert.deepEqual(lint(...files), Object.fromEntries(files.map((file) => [file, []])));
    });

    it("are held to it: a planted issue is found", () => {
        const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "workflow-")), "x.yml");
        fs.writeFileSync(
            file,
            "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ github.evnt }}\n        wth: 1\n",
        );
        assert.equal(lint(file)[file].length, 2);
    });

    for (const file of files) {
        it(`${path.basename(file)} pins every action to a commit`, () => {
            const uses = [...fs.readFileSync(file, "utf8").matchAll(/uses:\s*(\S+)/g)].map(([, action]) => action);
            assert.ok(uses.length > 0);
            for (const action of uses) assert.match(action, /@[0-9a-f]{40}$/);
        });
    }
});
