import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { createProgram } from "../../cli/program";
import { describeError, withFullFolder } from "../../cli/support/errors";
import { userFolder } from "../../cli/support/userPaths";
import { projectFolder } from "../../src/util/project";

const launcher = path.join(projectFolder, "cli", "kcp.js");

/** Runs the command line in a folder outside the project. */
function kcp(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const { npm_lifecycle_event: _event, INIT_CWD: _folder, ...inherited } = process.env;
    return spawnSync(process.execPath, [launcher, ...args], {
        cwd,
        encoding: "utf8",
        env: { ...inherited, NO_COLOR: "1", ...env },
    });
}

const commands = createProgram().commands.map((command) => command.name());
/** Further arguments without which a command would report something else first. */
const needed: Record<string, string[]> = {
    render: ["--out", "x"],
    diff: ["--base", "x"],
    offsets: ["show", "x"],
    slots: ["list"],
    dlq: ["list"],
    snapshot: ["x", "y"],
    statistics: ["--database", "postgres://reader@db/shop", "--out", "x"],
    plugins: ["list"],
    bench: ["synth"],
    import: ["x", "--stack", "y"],
    upgrade: ["--stack", "dev", "--to", "1.2.0"],
    move: ["--from", "http://127.0.0.1:9", "--to", "http://127.0.0.1:10"],
};

describe("the command line", function () {
    this.timeout(60_000);
    let folder: string;
    before(() => {
        folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "elsewhere-")));
    });
    after(() => fs.rmSync(folder, { recursive: true }));

    it("lists every command and the exit codes", () => {
        const { status, stdout, stderr } = kcp(folder, ["--help"]);
        assert.equal(status, 0, stderr);
        for (const command of commands) assert.match(stdout, new RegExp(`^ {2}${command} `, "m"));
        for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
        for (const code of ["0", "1", "2", "130"]) assert.match(stdout, new RegExp(`^ {2}${code} +\\w`, "m"));
    });

    it("ends without a message when nobody reads its output any more", () => {
        const piped = `"${process.execPath}" "${launcher}" --help | true; echo "\${PIPESTATUS[0]}"`;
        const { stdout, stderr } = spawnSync("bash", ["-c", piped], { cwd: folder, encoding: "utf8" });
        assert.deepEqual([stdout, stderr], ["0\n", ""]);
    });

    for (const command of commands) {
        it(`${command} --help describes the command in 80 columns, with an example, and writes nothing`, () => {
            const { status, stdout, stderr } = kcp(folder, [command, "--help"]);
            assert.equal(status, 0, stderr);
            assert.match(stdout, new RegExp(`^Usage: kcp ${command}`));
            assert.match(stdout, /Examples?:\n {2}\$ npx kcp /);
            for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
            assert.doesNotMatch(stdout, /\x1b/);
            assert.deepEqual(fs.readdirSync(folder), []);
        });

        it(`${command} rejects an unknown option in one sentence`, () => {
            const { status, stdout, stderr } = kcp(folder, [command, ...(needed[command] ?? []), "--hepl"]);
            assert.equal(status, 2);
            assert.equal(stdout, "");
            assert.match(stderr, /^kcp: unknown option '--hepl'[^\n]*\n$/);
        });
    }

    for (const command of ["sandbox", "check", "render", "diff", "smoke", "image", "status", "slots", "dlq"]) {
        it(`${command} reports a missing stack file in one sentence, with the nearest name`, () => {
            fs.writeFileSync(path.join(folder, "Pulumi.shop.yaml"), "");
            const args = [command, ...(needed[command] ?? []), "--file", "Pulumi.shpo.yaml"];
            const { status, stderr } = kcp(folder, args);
            fs.rmSync(path.join(folder, "Pulumi.shop.yaml"));
            assert.equal(status, 2);
            const expected = 'kcp: --file Pulumi.shpo.yaml: there is no such file; did you mean "Pulumi.shop.yaml"?\n';
            assert.equal(stderr, expected);
        });

        it(`${command} reports an unknown stack with the nearest name`, () => {
            const { status, stderr } = kcp(folder, [command, ...(needed[command] ?? []), "--stack", "prdo"]);
            assert.equal(status, 2);
            assert.equal(stderr, 'kcp: --stack prdo: there is no Pulumi.prdo.yaml; did you mean "prod"?\n');
        });
    }

    it("suggests the nearest command", () => {
        const { status, stderr } = kcp(folder, ["chekc"]);
        assert.equal(status, 2);
        assert.equal(stderr, "kcp: unknown command 'chekc' (Did you mean check?)\n");
    });

    it("requires a stack where there is no default", () => {
        assert.equal(kcp(folder, ["check"]).stderr, "kcp: --stack is required; the stacks are dev, local, prod\n");
    });

    it("rejects a port that is out of range", () => {
        const { status, stderr } = kcp(folder, ["sandbox", "--kafka-port", "80"]);
        assert.equal(status, 2);
        assert.match(stderr, /'--kafka-port <port>' argument '80' is invalid\. Expected a port from 1024 to 65535/);
    });

    it("reports an address of another form without the value, which can contain a password", () => {
        for (const [option, value, expected] of [
            ["--database", "shop:hunter2@db", /--database: expected postgres:\/\/USER@HOST:PORT\/DATABASE/],
            ["--connect", "hunter2", /--connect: expected http:\/\/HOST:PORT/],
        ] as const) {
            const { status, stderr } = kcp(folder, ["slots", option, value]);
            assert.equal(status, 2);
            assert.match(stderr, expected);
            assert.ok(!stderr.includes("hunter2"), stderr);
        }
        const { status, stderr } = kcp(folder, ["dlq", "--kafka", "kafka"]);
        assert.equal(status, 2);
        assert.match(stderr, /--kafka kafka: expected HOST:PORT/);
    });

    it("names the file and the line of invalid JSON", () => {
        const file = path.join(folder, "statistics.json");
        fs.writeFileSync(file, '{\n  "tables": {,}\n}\n');
        const args = ["diff", "--stack", "local", "--base", folder, "--statistics", "statistics.json"];
        const { status, stderr } = kcp(folder, args);
        fs.rmSync(file);
        assert.equal(status, 1);
        assert.match(stderr, /statistics\.json is not valid JSON: .* in line 2\n$/);
    });

    it("exits with 1 and the error's line when a stack file is wrong", () => {
        const file = path.join(folder, "wrong.yaml");
        fs.writeFileSync(file, "config:\n  kafka-connect-platform:kafak: {}\n");
        const { status, stderr } = kcp(folder, ["render", "--file", "wrong.yaml", "--out", "x"]);
        fs.rmSync(file);
        assert.equal(status, 1);
        assert.match(stderr, /^wrong\.yaml has \d errors?:\n {2}kafak \(line 2\): .*KCP_UNKNOWN_SETTING/m);
    });

    it("prints the errors of a wrong stack file as JSON with --json, without the values that it received", () => {
        const file = path.join(folder, "wrong.yaml");
        fs.writeFileSync(
            file,
            "config:\n  kafka-connect-platform:kafka:\n    bootstrapServers: [hunter2]\n    tls: hunter2\n",
        );
        for (const command of [["render", "--out", "x"], ["check"], ["policies"]]) {
            const { status, stdout, stderr } = kcp(folder, [...command, "--file", "wrong.yaml", "--json"]);
            assert.equal(status, 1, stderr);
            const { findings } = JSON.parse(stdout) as { findings: { path: string[]; line: number }[] };
            const found = findings.find((item) => item.path.join(".") === "kafka.bootstrapServers");
            assert.equal(found?.line, 3, stdout);
            assert.ok(!stdout.includes('"received"'), stdout);
        }
        fs.rmSync(file);
    });

    it("writes to the folder of --out, relative to the user's current folder, also through npm", () => {
        const below = path.join(folder, "below");
        fs.mkdirSync(below);
        const example = path.join(projectFolder, "examples", "kafka-on-minikube.yaml");
        assert.equal(kcp(below, ["render", "--file", example, "--out", "../direct"]).status, 0);
        const npm = { npm_lifecycle_event: "render", INIT_CWD: below };
        const args = ["render", "--file", example, "--out", "../npm", "--json"];
        const { status, stdout } = kcp(projectFolder, args, npm);
        assert.equal(status, 0);
        assert.equal((JSON.parse(stdout) as { out: string }).out, path.join(folder, "npm"));
        for (const out of ["direct", "npm"]) assert.ok(fs.existsSync(path.join(folder, out, "summary.txt")), out);
        for (const entry of ["below", "direct", "npm"]) fs.rmSync(path.join(folder, entry), { recursive: true });
    });

    it("reports a folder that cannot be written in one sentence", () => {
        const { status, stderr } = kcp(folder, ["render", "--stack", "local", "--out", "/dev/null/x"]);
        assert.equal(status, 1);
        assert.match(stderr, /^kcp: [^\n]*\/dev\/null[^\n]*; choose another path\n$/);
    });
});

describe("the folder of the user", () => {
    it("is the one that npm passes on, only when npm has started the command in the project", () => {
        const npm = { npm_lifecycle_event: "check", INIT_CWD: "/user" };
        assert.equal(userFolder(npm, projectFolder), "/user");
        assert.equal(userFolder(npm, "/elsewhere"), "/elsewhere");
        assert.equal(userFolder({}, "/elsewhere"), "/elsewhere");
    });
});

describe("an error", () => {
    it("of the system is one sentence with what to do", () => {
        const error = Object.assign(new Error("EACCES: x"), { code: "EACCES", path: "/a" });
        assert.equal(
            describeError(error, {}),
            "no permission to use /a; choose another path, or change its permissions",
        );
    });

    it("of a full disk names the file that could not be written, not the one that was read", () => {
        const error = Object.assign(new Error("ENOSPC: x"), { code: "ENOSPC", path: "/read", dest: "/written" });
        assert.match(describeError(error, {}), /^no space is left on the disk of \/written; /);
    });

    it("of a full disk names the folder where the error names no file", () => {
        const expected = /^no space is left on the disk of \/folder; /;
        for (const error of [
            Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" }),
            new Error("cp: error writing 'x': No space left on device"),
        ])
            assert.match(describeError(withFullFolder(error, "/folder"), {}), expected);
    });

    it("of the network names the host or the address", () => {
        const unknown = Object.assign(new Error("getaddrinfo ENOTFOUND db"), { code: "ENOTFOUND", hostname: "db" });
        assert.equal(describeError(unknown, {}), "the host db is not known; check its name");
        const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED", address: "::1", port: 5432 });
        const expected = "nothing listens at ::1:5432; check the address, and that the server runs";
        assert.equal(describeError(new AggregateError([refused]), {}), expected);
    });

    it("has a stack trace only with KCP_DEBUG", () => {
        const error = new Error("a");
        assert.equal(describeError(error, {}), "a");
        assert.match(describeError(error, { KCP_DEBUG: "1" }), /^a\nError: a\n +at /);
    });
});
