/** The sandbox as a user starts it. */
import { spawn, type ChildProcess } from "node:child_process";
import * as path from "node:path";
import { projectFolder } from "../../src/util/project";

const command = [path.join(projectFolder, "cli", "kcp.js"), "sandbox"];

/** A process that runs a sandbox, and what it has printed so far. */
export class SandboxProcess {
    output = "";
    readonly ended: Promise<number | null>;

    constructor(readonly child: ChildProcess) {
        for (const stream of [this.child.stdout!, this.child.stderr!])
            stream.on("data", (data) => (this.output += data));
        this.ended = new Promise((resolve) => this.child.once("exit", resolve));
    }

    async prints(pattern: RegExp, timeoutMs = 300_000): Promise<RegExpExecArray> {
        const end = Date.now() + timeoutMs;
        for (;;) {
            const match = pattern.exec(this.output);
            if (match) return match;
            if (Date.now() > end || this.child.exitCode !== null)
                throw new Error(`the sandbox did not print ${pattern}:\n${this.output}`);
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
    }

    /** Ends it, where it has not ended already. */
    async stop(): Promise<void> {
        if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill("SIGINT");
        await this.ended;
    }
}

/** A sandbox without a terminal. */
export class Sandbox extends SandboxProcess {
    constructor(...args: string[]) {
        super(spawn(process.execPath, [...command, ...args], { cwd: projectFolder, stdio: ["pipe", "pipe", "pipe"] }));
    }
}

/** Where and how a sandbox runs in a terminal. */
export interface TerminalOptions {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    /** Command before it, such as `unshare --net`. */
    readonly prefix?: string;
}

/** A sandbox in a pseudo-terminal of 80 columns, in which keys are typed. */
export class TerminalSandbox extends SandboxProcess {
    constructor(args: readonly string[], { cwd, env, prefix = "" }: TerminalOptions) {
        const line = [process.execPath, ...command, ...args].map((part) => `'${part}'`).join(" ");
        super(
            spawn("script", ["-qefc", `stty cols 80 rows 24; ${prefix} ${line}`, "/dev/null"], {
                cwd,
                env: { ...process.env, ...env },
                stdio: ["pipe", "pipe", "pipe"],
            }),
        );
    }

    type(keys: string): void {
        this.child.stdin!.write(keys);
    }
}
