import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { cached, removeLeftovers } from "../../src/local/cache";
import { cacheFolder, cacheNotice } from "../../src/local/cacheFolder";
import { folderProblem, recordFolder } from "../../src/local/fileChecksums";
import { downloadIn, downloadProgress } from "../../src/local/mavenDownloads";
import { projectFolder } from "../../src/util/project";

describe("the cache of downloads", () => {
    const { XDG_CACHE_HOME } = process.env;
    let folder: string;
    beforeEach(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "cache-"));
        process.env.XDG_CACHE_HOME = folder;
    });
    afterEach(() => {
        fs.rmSync(folder, { recursive: true });
        if (XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME;
        else process.env.XDG_CACHE_HOME = XDG_CACHE_HOME;
    });

    it("fills an entry once", async () => {
        let fills = 0;
        const fill = async (target: string) => fs.writeFileSync(path.join(target, "a"), String(++fills));
        const entry = await cached("kind/name", fill);
        assert.equal(await cached("kind/name", fill), entry);
        assert.equal(fs.readFileSync(path.join(entry, "a"), "utf8"), "1");
        assert.deepEqual(fs.readdirSync(path.dirname(entry)), ["name"]);
    });

    it("keeps nothing when filling fails", async () => {
        await assert.rejects(
            cached("kind/name", () => Promise.reject(new Error("no network"))),
            /no network/,
        );
        assert.deepEqual(fs.readdirSync(path.join(cacheFolder(), "kind")), []);
        assert.ok(!fs.existsSync(path.join(cacheFolder(), "lock")));
    });

    it("fills a damaged entry again, and reports the damaged file", async () => {
        const said: string[] = [];
        const options = {
            verify: (entry: string) => folderProblem(path.join(entry, "jars")),
            say: (text: string) => said.push(text),
        };
        const fill = async (target: string) => {
            fs.mkdirSync(path.join(target, "jars"));
            fs.writeFileSync(path.join(target, "jars", "a.jar"), "good");
            await recordFolder(path.join(target, "jars"));
        };
        const entry = await cached("kind/name", fill, options);
        fs.writeFileSync(path.join(entry, "jars", "a.jar"), "evil");
        await cached("kind/name", fill, options);
        assert.equal(fs.readFileSync(path.join(entry, "jars", "a.jar"), "utf8"), "good");
        assert.match(said.join(), /a\.jar is not what was downloaded/);
    });

    it("removes what an interrupted run left, and nothing of a run that goes on", () => {
        const kind = path.join(folder, "kind");
        // no process has the largest possible id
        for (const name of [`a.partial-${process.pid}-x`, "a.partial-4194305-x", "a.partial-old", "a"])
            fs.mkdirSync(path.join(kind, name), { recursive: true });
        removeLeftovers(kind);
        assert.deepEqual(fs.readdirSync(kind), ["a", `a.partial-${process.pid}-x`]);
    });

    it("is filled by one of two processes that start at once", async () => {
        const program = `
            require("tsx/cjs");
            const { cached } = require("${projectFolder}/src/local/cache");
            cached("kind/name", async (target) => {
                console.log("filled");
                await new Promise((resolve) => setTimeout(resolve, 500));
            }).then(() => console.log("used"));`;
        const outputs = await Promise.all(
            [1, 2].map(
                () =>
                    new Promise<string>((resolve) => {
                        const child = spawn(process.execPath, ["-e", program], { cwd: projectFolder });
                        let output = "";
                        for (const stream of [child.stdout, child.stderr])
                            stream.on("data", (data) => (output += data));
                        child.once("close", () => resolve(output));
                    }),
            ),
        );
        assert.equal(outputs.join("").match(/filled/g)?.length, 1, outputs.join("\n"));
        assert.equal(outputs.join("").match(/used/g)?.length, 2, outputs.join("\n"));
    });

    it("is in another folder when the preferred one cannot be written", () => {
        process.env.XDG_CACHE_HOME = "/dev/null";
        assert.ok(cacheFolder().startsWith(os.tmpdir()));
        assert.match(cacheNotice()!, /^\/dev\/null\/kafka-connect-platform cannot be written; downloads are kept in /);
    });
});

describe("the progress of a download", () => {
    const line = "Downloaded from central: https://x.example/a/b/plugin-1.tar.gz (5.3 MB at 2.1 MB/s)";

    it("reads file and bytes from what Maven prints", () => {
        assert.deepEqual(downloadIn(line), { file: "plugin-1.tar.gz", bytes: 5.3e6 });
        assert.equal(downloadIn("Downloading from central: https://x.example/a.jar"), undefined);
    });

    it("is reported at intervals, in bytes and files", () => {
        const said: string[] = [];
        let time = 0;
        const onLine = downloadProgress((text) => said.push(text), 1000, () => time); // prettier-ignore
        onLine(line);
        time = 1500;
        onLine(line);
        assert.deepEqual(said, ["downloaded 10.6 MB in 2 files, last plugin-1.tar.gz"]);
    });
});
