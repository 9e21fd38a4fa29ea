/** The sandbox as a person uses it, in a pseudo-terminal. Needs Java, Maven and util-linux. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { cacheFolder } from "../../src/local/cacheFolder";
import { projectFolder } from "../../src/util/project";
import { skipUnlessAvailable } from "./requirements";
import { Sandbox, TerminalSandbox } from "./sandboxRun";

/** A home that cannot be written, and a cache with what was downloaded earlier. */
function environment(folder: string): Record<string, string> {
    const cache = path.join(folder, "cache", path.basename(cacheFolder()));
    fs.mkdirSync(cache, { recursive: true });
    for (const entry of fs.readdirSync(cacheFolder()))
        fs.symlinkSync(path.join(cacheFolder(), entry), path.join(cache, entry));
    fs.rmSync(path.join(cache, "sandbox-history"), { force: true });
    const home = path.join(folder, "home");
    fs.writeFileSync(home, "");
    return { HOME: path.join(home, "me"), XDG_CACHE_HOME: path.dirname(cache), NO_COLOR: "1", TERM: "xterm-256color" };
}

/** Lines whose length depends on names and paths, which are printed whole, and those that were typed. */
const isVariable = (line: string): boolean => /[├└│]|public\.|the logs:|psql|http:|shop=>/.test(line);

describe("the sandbox in a terminal", function () {
    this.timeout(300_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "terminal-"));
    const file = path.join(projectFolder, "Pulumi.local.yaml");
    let sandbox: TerminalSandbox | undefined;

    before(async function () {
        skipUnlessAvailable(this, "java", "maven", "script");
        // fills the cache
        const first = new Sandbox("--once");
        assert.equal(await first.ended, 0, first.output);
    });
    afterEach(() => sandbox?.stop());

    it("edits lines, keeps a history, and needs 80 columns, no color, no home and no certain folder", async () => {
        sandbox = new TerminalSandbox(["--file", file], { cwd: folder, env: environment(fs.mkdtempSync(folder)) });
        await sandbox.prints(/Ctrl-C stops everything/);
        await sandbox.prints(/customers {2}snapshot/);
        sandbox.type("\\d\r");
        await sandbox.prints(/customers\r?\n[^]*shop=> /);
        sandbox.type("INSERT INTO customers (name, email)\r");
        await sandbox.prints(/shop-> /);
        sandbox.type("VALUES ('Park', 'park@example.com');\r");
        await sandbox.prints(/public\.customers {2}insert {2}\{"id":4,"name":"Park"/);
        const before = sandbox.output.length;
        sandbox.type("DELETE FROM customers WHERE id = 5");
        // Backspace, and another number
        sandbox.type("\u007f4;\r");
        await sandbox.prints(/public\.customers {2}delete {2}key \{"id":4\}/);
        // the arrow up brings the line back
        sandbox.type("\u001b[A\r");
        await sandbox.prints(/DELETE 1[^]*DELETE 0/);
        assert.match(sandbox.output.slice(before), /DELETE FROM customers WHERE id = 4;/);
        sandbox.type("\\q\r");
        assert.equal(await sandbox.ended, 0, sandbox.output);
        const lines = sandbox.output.split(/\r?\n/);
        assert.doesNotMatch(sandbox.output, /\u001b\[\d*;?\d*m/, "a color");
        const [tooLong] = lines.filter((line) => line.length > 80 && !isVariable(line));
        assert.equal(tooLong, undefined);
    });

    it("needs no network when everything was downloaded earlier", async function () {
        skipUnlessAvailable(this, "networkNamespace");
        sandbox = new TerminalSandbox(["--once", "--file", file], {
            cwd: folder,
            env: environment(fs.mkdtempSync(folder)),
            prefix: "unshare --net sh -c 'ip link set lo up && exec \"$@\"' sh",
        });
        assert.equal(await sandbox.ended, 0, sandbox.output);
        assert.match(sandbox.output, /public\.orders {2}snapshot/);
    });

    it("ends at Ctrl-C with 130", async () => {
        sandbox = new TerminalSandbox(["--file", file], { cwd: folder, env: environment(fs.mkdtempSync(folder)) });
        await sandbox.prints(/Ctrl-C stops everything/);
        sandbox.type("\u0003");
        assert.equal(await sandbox.ended, 130, sandbox.output);
    });
});
