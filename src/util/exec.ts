/** Runs commands. */
import { execFile } from "child_process";
import { promisify } from "util";

const run = promisify(execFile);

/** Runs a command and returns its output. An error contains the last lines of its output. */
export async function runToEnd(command: string, args: string[], cwd: string): Promise<string> {
    try {
        return (await run(command, args, { cwd, maxBuffer: 64 << 20 })).stdout;
    } catch (error) {
        const { stdout, stderr } = error as { stdout?: string; stderr?: string };
        const end = `${stdout ?? ""}${stderr ?? ""}`.trimEnd().split("\n").slice(-20).join("\n");
        throw new Error(`${command} ${args[0]} failed:\n${end || (error as Error).message}`);
    }
}
