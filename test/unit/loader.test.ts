import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { projectFolder } from "../../src/util/project";

describe("loader of TypeScript", function () {
    this.timeout(60_000);
    let root: string;

    beforeEach(() => {
        root = fs.mkdtempSync(path.join(os.tmpdir(), "loader-"));
        fs.cpSync(path.join(projectFolder, "cli", "loader"), path.join(root, "cli", "loader"), { recursive: true });
        fs.mkdirSync(path.join(root, "src"));
        fs.mkdirSync(path.join(root, "node_modules"));
        for (const name of ["esbuild", "@esbuild"])
            fs.symlinkSync(path.join(projectFolder, "node_modules", name), path.join(root, "node_modules", name));
        write("src/greeting.ts", 'export const greeting: string = "hello";');
        write("index.ts", 'import { greeting } from "./src/greeting";\nconsole.log(greeting);');
    });
    afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

    const write = (file: string, content: string) => fs.writeFileSync(path.join(root, file), content);

    /** Runs index.ts in another folder. */
    function run(...flags: string[]): string {
        const loader = path.join(root, "cli", "loader", "register.js");
        const args = [...flags, "--require", loader, path.join(root, "index.ts")];
        const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: os.tmpdir(), encoding: "utf8" });
        return `${stdout}${stderr}`;
    }
    const bundle = () => path.join(root, "node_modules", ".cache", "kafka-connect-platform", "index-ts.js");

    it("compiles a file with what it imports, and again only after a change", () => {
        assert.equal(run(), "hello\n");
        const compiled = fs.statSync(bundle()).mtimeMs;
        assert.equal(run(), "hello\n");
        assert.equal(fs.statSync(bundle()).mtimeMs, compiled);

        write("src/greeting.ts", 'export const greeting: string = "HELLO";');
        assert.equal(run(), "HELLO\n");
    });

    it("compiles again when a file is gone or the bundle is damaged", () => {
        run();
        write("src/welcome.ts", 'export const welcome = "welcome";');
        write("index.ts", 'import { welcome } from "./src/welcome";\nconsole.log(welcome);');
        fs.rmSync(path.join(root, "src", "greeting.ts"));
        assert.equal(run(), "welcome\n");
        fs.truncateSync(bundle(), 100);
        assert.equal(run(), "welcome\n");
    });

    it("loads imported modules when they are used, and lets them read the files beside them", () => {
        write("src/notes.txt", "a note");
        write(
            "src/notes.ts",
            'import * as fs from "fs";\nconsole.log(fs.readFileSync(`${__dirname}/notes.txt`, "utf8"));',
        );
        write("index.ts", 'console.log("first");\nvoid import("./src/notes");');
        assert.equal(run(), "first\na note\n");
    });

    it("reports the line of a syntax error, and the lines of sources in stack traces", () => {
        write("index.ts", "const a: number = ;");
        assert.match(run(), /index\.ts cannot be compiled:[^]*index\.ts:1:18: ERROR: Unexpected ";"/);
        write("src/greeting.ts", '\nexport function fail(): never {\n    throw new Error("failed");\n}');
        write("index.ts", 'import { fail } from "./src/greeting";\nfail();');
        assert.match(run("--enable-source-maps"), /src\/greeting\.ts:3:11/);
    });

    it("reports that the packages are not installed", () => {
        fs.rmSync(path.join(root, "node_modules", "esbuild"));
        assert.match(run(), /Error: esbuild is not installed: run `npm ci`/);
    });

    it("runs where the cache cannot be written", () => {
        fs.writeFileSync(path.join(root, "node_modules", ".cache"), "");
        assert.equal(run(), "hello\n");
    });
});
