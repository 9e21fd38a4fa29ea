/** The sandbox as a user starts it. */
import { spawn, type ChildProcess } from "node:child_process";
import * as path from "node:path";
import { projectFolder } from "../../src/util/project";

const command = [path.join(projectFolder, "cli", "kcp.js"), "sandbox"];

/** A running sandbox and what it has printed so far. */
export class Sandbox {
    output = "";
    readonly child: ChildProcess;
    readonly ended: Promise<number | null>;

    constructor(...args: string[]) {
        this.child = spawn(process.execPath, [...command, ...args], {
            cwd: projectFolder,
            stdio: ["pipe", "pipe", "pipe"],
        });
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
