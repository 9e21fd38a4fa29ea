/** Runs the command line and turns its outcome into an exit code. */
import { CommanderError } from "commander";
import { SettingsError } from "../src/schema/issues";
import { createProgram } from "./program";
import { Interrupted } from "../src/local/interrupted";
import { describeError, UsageError } from "./support/errors";
import { exitCodes } from "./support/exitCodes";

function exitCodeOf(error: unknown): number {
    if (error instanceof Interrupted) return exitCodes.interrupted;
    if (error instanceof UsageError) return exitCodes.usage;
    // help and version end the parser as well, with exit code 0
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return exitCodes.failed;
}

/** Runs a command line; returns the exit code. */
export async function run(argv: readonly string[]): Promise<number> {
    try {
        await createProgram().parseAsync(argv, { from: "user" });
        return Number(process.exitCode ?? exitCodes.ok);
    } catch (error) {
        // commander has printed its own errors, and a stack file's errors name the file first
        if (error instanceof SettingsError) {
            console.error(error.message);
            if (argv.includes("--json")) console.log(JSON.stringify({ findings: error.findings }, null, 2));
        } else if (!(error instanceof CommanderError)) console.error(`kcp: ${describeError(error)}`);
        return exitCodeOf(error);
    }
}

/**
 * Ends the process when nobody reads its output any more, as in `kcp render | head`: the reader has what it needed, and
 * the exit code of a pipeline is that of the reader. What the command started ends with it.
 */
function endWithReader(): void {
    for (const stream of [process.stdout, process.stderr])
        stream.on("error", (error: NodeJS.ErrnoException) => {
            process.exit(error.code === "EPIPE" ? exitCodes.ok : exitCodes.failed);
        });
}

/** Runs a command line and ends the process: Pulumi's SDK and open sockets would keep it alive. */
export function start(argv: readonly string[]): void {
    endWithReader();
    void run(argv).then((code) => process.exit(code));
}
