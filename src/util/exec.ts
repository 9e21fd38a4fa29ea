/** Runs commands. */
import { spawn } from "child_process";

/** How many lines of a failed command's output its error carries. */
const keptLines = 20;

/**
 * Runs a command and returns its stdout. An error contains the last lines of its output.
 *
 * @param onLine called with every line as it is printed
 */
export function runToEnd(
    command: string,
    args: readonly string[],
    cwd: string,
    onLine: (line: string) => void = () => undefined,
): Promise<string> {
    return new Promise((resolve, reject) => {
        const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
        let [stdout, stderr] = ["", ""];
        let unfinished = "";
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
            stdout += text;
            const lines = (unfinished + text).split("\n");
            unfinished = lines.pop()!;
            lines.forEach(onLine);
        });
        child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
        child.once("error", (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
        child.once("close", (code, signal) => {
            if (code === 0) return resolve(stdout);
            const end = `${stdout}${stderr}`.trimEnd().split("\n").slice(-keptLines).join("\n");
            reject(new Error(`${command} ${args[0]} failed:\n${end || (signal ?? `exit code ${code}`)}`));
        });
    });
}
