/** Errors as a user reads them: one sentence and what to do, without a stack trace. */

/** The command line is wrong. Its message names the option and what it takes. */
export class UsageError extends Error {}

const fileAdvice: Record<string, (file: string) => string> = {
    ENOENT: (file) => `${file} does not exist; check the path`,
    EACCES: (file) => `no permission to use ${file}; choose another path, or change its permissions`,
    EPERM: (file) => `no permission to use ${file}; choose another path, or change its permissions`,
    EROFS: (file) => `${file} is on a read-only file system; choose another path`,
    ENOTDIR: (file) => `a part of ${file} is a file where a folder is expected; choose another path`,
    EISDIR: (file) => `${file} is a folder, expected a file`,
    EEXIST: (file) => `${file} exists already; choose another path, or remove it`,
    ENOSPC: (file) => `no space is left on the disk of ${file}; free some and run the command again`,
    EADDRINUSE: (address) => `${address} is in use; choose another port`,
};

const isProgrammingError = (error: Error): boolean =>
    error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;

/** What to print about an error. With KCP_DEBUG=1 the stack trace follows. */
export function describeError(error: unknown, env: NodeJS.ProcessEnv = process.env): string {
    if (!(error instanceof Error)) return String(error);
    const debug = env.KCP_DEBUG ? `\n${error.stack}` : "";
    const { code, path, dest, address, port } = error as NodeJS.ErrnoException & {
        dest?: string;
        address?: string;
        port?: number;
    };
    // a copy has both, and the full disk is that of the target
    const file = code === "ENOSPC" ? (dest ?? path) : (path ?? dest);
    const subject = file ?? (port === undefined ? undefined : `${address ?? "127.0.0.1"}:${port}`);
    const advice = code && subject ? fileAdvice[code]?.(subject) : undefined;
    if (advice) return `${advice}${debug}`;
    if (isProgrammingError(error) && !debug)
        return `${error.message}; this is a defect of kcp: run it again with KCP_DEBUG=1 and report the stack trace`;
    return `${error.message}${debug}`;
}
