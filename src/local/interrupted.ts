/** The user stopped the command: Ctrl-C, or a signal. */
export class Interrupted extends Error {
    constructor() {
        super("interrupted");
    }
}

/** Rejects with Interrupted at the first signal that asks this process to end. */
export const interruption = (): Promise<never> =>
    new Promise((_, reject) => {
        for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
            process.once(signal, () => reject(new Interrupted()));
    });
