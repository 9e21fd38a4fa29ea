/** What a user can hand to the sandbox that cannot work: one sentence, exit code 1, and no process that goes on. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { until } from "../../src/local/ports";
import { projectFolder } from "../../src/util/project";
import { skipUnlessAvailable } from "./requirements";
import { Sandbox } from "./sandboxRun";

const notRoot = process.getuid?.() === 0 ? undefined : "only root can mount a small disk";

/** Runs with a file system in memory as the temporary folder. */
async function withDisk(options: string, use: () => Promise<void>): Promise<void> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "disk-"));
    const before = process.env.TMPDIR;
    assert.equal(spawnSync("mount", ["-t", "tmpfs", "-o", `${options},mode=0711`, "tmpfs", folder]).status, 0);
    process.env.TMPDIR = folder;
    try {
        await use();
        const left = fs.readdirSync(folder).filter((name) => name.startsWith("kafka-connect-sandbox-"));
        assert.deepEqual(
            left.flatMap((name) => fs.readdirSync(path.join(folder, name))),
            left.map(() => "logs"),
        );
    } finally {
        process.env.TMPDIR = before;
        spawnSync("umount", ["--lazy", folder]);
    }
}

/** Waits until no process names a folder; the watchdog of the sandbox ends a moment after it. */
const noProcessOf = (folder: string): Promise<true> =>
    until(`the end of the processes of ${folder}`, 10_000, async () =>
        spawnSync("ps", ["-eo", "args"], { encoding: "utf8" }).stdout.includes(folder) ? undefined : true,
    );

/** The message of a sandbox that ends with 1 and leaves no process. */
async function failure(...args: string[]): Promise<string> {
    const sandbox = new Sandbox("--once", ...args);
    assert.equal(await sandbox.ended, 1, sandbox.output);
    const [, folder] = /The logs are kept in (\S+)\/logs/.exec(sandbox.output) ?? [];
    if (folder) {
        await noProcessOf(folder);
        fs.rmSync(folder, { recursive: true });
    }
    const [, message] = /^kcp: (.*)$/m.exec(sandbox.output) ?? [];
    assert.ok(message, sandbox.output);
    assert.doesNotMatch(sandbox.output, /^ +at .*\.(ts|js):\d+/m);
    return message;
}

describe("a sandbox that cannot run", function () {
    this.timeout(300_000);
    before(function () {
        skipUnlessAvailable(this, "java", "maven");
    });

    it("reports a port that is in use", async () => {
        const server = net.createServer();
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const { port } = server.address() as net.AddressInfo;
        try {
            assert.match(
                await failure("--postgres-port", String(port)),
                new RegExp(`^--postgres-port ${port}: something listens there already\\. Give another port`),
            );
        } finally {
            server.close();
        }
    });

    it("reports that nothing can be downloaded without a network", function () {
        skipUnlessAvailable(this, "networkNamespace");
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "offline-"));
        const kcp = path.join(projectFolder, "cli", "kcp.js");
        const { status, stderr } = spawnSync(
            "unshare",
            ["--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", process.execPath, kcp, "sandbox", "--once"],
            {
                encoding: "utf8",
                cwd: projectFolder,
                env: { ...process.env, XDG_CACHE_HOME: folder, MAVEN_OPTS: `-Dmaven.repo.local=${folder}/maven` },
            },
        );
        assert.equal(status, 1, stderr);
        assert.match(stderr, /^kcp: Maven failed: .*Check the network, or name a mirror in ~\/\.m2\/settings\.xml\.$/m);
        const left = fs.readdirSync(path.join(folder, "kafka-connect-platform"), { recursive: true, encoding: "utf8" });
        assert.deepEqual(
            left.filter((name) => name.includes(".")),
            [],
        );
    });

    it("reports a seed that is not SQL, with its file", async () => {
        const name = `unreadable${process.pid}`;
        const seed = path.join(projectFolder, "examples", "seed", "postgres", `${name}.sql`);
        const stack = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "stack-")), "x.yaml");
        const local = fs.readFileSync(path.join(projectFolder, "Pulumi.local.yaml"), "utf8");
        fs.writeFileSync(stack, local.replaceAll("database: shop", `database: ${name}`));
        fs.writeFileSync(seed, "orders: many\n");
        try {
            assert.match(
                await failure("--file", stack),
                new RegExp(`^examples/seed/postgres/${name}\\.sql cannot be run: .*syntax error.* Fix the SQL`),
            );
        } finally {
            fs.rmSync(seed);
        }
    });

    it("reports a full disk, with the folder that is full", async function () {
        skipUnlessAvailable(this, { missing: notRoot });
        await withDisk("size=20m", async () => {
            assert.match(await failure(), /^no space is left on the disk of \S*kafka-connect-sandbox-\S+; free some/);
        });
    });

    it("reports a database that cannot be started", async function () {
        skipUnlessAvailable(this, { missing: notRoot });
        // a temporary folder whose programs cannot be run, as some companies mount it
        await withDisk("size=1g,noexec", async () => {
            assert.match(await failure(), /^initdb could not be started: spawn \S+initdb EACCES/);
        });
    });
});
