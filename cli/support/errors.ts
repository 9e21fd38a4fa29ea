/** Errors as a user reads them: one sentence and what to do, without a stack trace. */

/** The command line is wrong. Its message names the option and what it takes. */
export class UsageError extends Error {}

const advices: Record<string, (file: string) => string> = {
    ENOENT: (file) => `${file} does not exist; check the path`,
    EACCES: (file) => `no permission to use ${file}; choose another path, or change its permissions`,
    EPERM: (file) => `no permission to use ${file}; choose another path, or change its permissions`,
    EROFS: (file) => `${file} is on a read-only file system; choose another path`,
    ENOTDIR: (file) => `a part of ${file} is a file where a folder is expected; choose another path`,
    EISDIR: (file) => `${file} is a folder, expected a file`,
    EEXIST: (file) => `${file} exists already; choose another path, or remove it`,
    ENOSPC: (file) => `no space is left on the disk of ${file}; free some and run the command again`,
    ENOTFOUND: (host) => `the host ${host} is not known; check its name`,
    EAI_AGAIN: (host) => `the host ${host} cannot be looked up; check its name and the network`,
    ECONNREFUSED: (address) => `nothing listens at ${address}; check the address, and that the server runs`,
    EADDRINUSE: (address) => `${address} is in use; choose another port`,
};

const isProgrammingError = (error: Error): boolean =>
    error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;

/** An error of a full disk with the folder that is full, where it names no file: a write does not, nor does `cp`. */
export function withFullFolder(error: unknown, folder: string): unknown {
    if (!(error instanceof Error)) return error;
    const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
    const isFull = code === "ENOSPC" ? !(path ?? dest) : error.message.includes("No space left on device");
    return isFull ? Object.assign(new Error(error.message), { code: "ENOSPC", path: folder }) : error;
}

/** What to print about an error. With KCP_DEBUG=1 the stack trace follows. */
export function describeError(error: unknown, env: NodeJS.ProcessEnv = process.env): string {
    if (!(error instanceof Error)) return String(error);
    const debug = env.KCP_DEBUG ? `\n${error.stack}` : "";
    // a host with several addresses results in one error for each, and in an empty message
    if (error instanceof AggregateError && error.errors.length > 0) return describeError(error.errors[0], env);
    const { code, path, dest, address, port, hostname } = error as NodeJS.ErrnoException & {
        dest?: string;
        address?: string;
        port?: number;
        hostname?: string;
    };
    // a copy has both, and the full disk is that of the target
    const file = code === "ENOSPC" ? (dest ?? path) : (path ?? dest);
    const subject = file ?? hostname ?? (port === undefined ? undefined : `${address ?? "127.0.0.1"}:${port}`);
    const advice = code && subject ? advices[code]?.(subject) : undefined;
    if (advice) return `${advice}${debug}`;
    if (isProgrammingError(error) && !debug)
        return `${error.message}; this is a defect of kcp: run it again with KCP_DEBUG=1 and report the stack trace`;
    return `${error.message}${debug}`;
}
