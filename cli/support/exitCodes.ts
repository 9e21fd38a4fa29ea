/** Exit codes of every command. `kcp --help` lists them. */
export const exitCodes = {
    /** The command did what was asked, and nothing is wrong. */
    ok: 0,
    /** The command found problems, or could not finish. */
    failed: 1,
    /** The command line is wrong: nothing was started. */
    usage: 2,
    /** The user stopped the command: Ctrl-C, or a signal. */
    interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
