/** A copy of this project for the real engine, with its state in a temporary folder. */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { projectFolder } from "../../src/util/project";

/** The copy, with the commands that run on it. */
export class EngineProject {
    readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "engine-"));
    private readonly project = path.join(this.folder, "project");
    /** Directory of Pulumi.yaml. */
    readonly program: string;
    readonly stackFile: string;

    /**
     * @param stubs provider plugins by provider name
     * @param program directory of Pulumi.yaml within this project
     * @param backend folder of the states, where another project has the same
     */
    constructor(
        readonly stack: string,
        stubs: Readonly<Record<string, string>> = {},
        program = "",
        private readonly backend?: string,
    ) {
        this.program = path.join(this.project, program);
        this.stackFile = path.join(this.program, `Pulumi.${stack}.yaml`);
        fs.cpSync(projectFolder, this.project, {
            recursive: true,
            filter: (source) => !/\/(node_modules|\.git|rendered)$/.test(source),
        });
        fs.symlinkSync(path.join(projectFolder, "node_modules"), path.join(this.project, "node_modules"));
        fs.mkdirSync(path.join(this.folder, "bin"));
        // the engine writes every property of every resource to a log there, which is a third of its work with the CRDs
        fs.mkdirSync(path.join(this.folder, "home"));
        fs.writeFileSync(path.join(this.folder, "home", "logs"), "");
        for (const [provider, plugin] of Object.entries(stubs)) {
            const file = path.join(this.folder, "bin", `pulumi-resource-${provider}`);
            fs.copyFileSync(plugin, file);
            fs.chmodSync(file, 0o755);
        }
    }

    /** Runs a pulumi command on the stack; returns what it printed. */
    async pulumi(args: string[], wanted: "succeeds" | "fails" = "succeeds"): Promise<string> {
        const env = {
            ...process.env,
            PATH: `${path.join(this.folder, "bin")}${path.delimiter}${process.env.PATH}`,
            PULUMI_BACKEND_URL: `file://${this.backend ?? this.folder}`,
            PULUMI_HOME: path.join(this.folder, "home"),
            PULUMI_CONFIG_PASSPHRASE: "test",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            PULUMI_SKIP_UPDATE_CHECK: "true",
            STUB_NODE_ROOT: projectFolder,
        };
        const child = spawn("pulumi", [...args, "--stack", this.stack, "--non-interactive", "--color", "never"], {
            cwd: this.program,
            env,
            stdio: ["ignore", "pipe", "pipe"],
        });
        let output = "";
        for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
        const status = await new Promise((resolve, reject) => {
            child.once("error", reject);
            child.once("close", resolve);
        });
        assert.equal(status === 0, wanted === "succeeds", `pulumi ${args.join(" ")}\n${output}`);
        return output;
    }

    up(wanted: "succeeds" | "fails" = "succeeds", ...args: string[]): Promise<string> {
        return this.pulumi(["up", "--yes", "--skip-preview", ...args], wanted);
    }

    /** Builds the npm package of the components, and installs it for the program. */
    installPackage(): void {
        execFileSync(process.execPath, [path.join(this.project, "cli", "buildPackage.mjs")], { stdio: "inherit" });
        const modules = path.join(this.program, "node_modules");
        fs.mkdirSync(modules);
        fs.symlinkSync(this.project, path.join(modules, "kafka-connect-platform"));
    }

    remove(): void {
        fs.rmSync(this.folder, { recursive: true, force: true });
    }
}

/** The text under `Diagnostics:`. */
export const diagnostics = (output: string): string =>
    /\nDiagnostics:\n([^]*?)\n(Outputs|Resources):/.exec(output)?.[1] ?? "";

/** The lines under `Resources:`, such as `42 unchanged`. */
export const summary = (output: string): string[] =>
    (/Resources:\n((?: {4}.*\n?)+)/.exec(output)?.[1] ?? "")
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean);
