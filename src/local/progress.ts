/** Progress of a long command. */

/**
 * Lines of progress with the time since the start. They are held back until `release`, so that the plan comes first.
 */
export class Progress {
    private held: string[] | undefined = [];

    constructor(
        private readonly start: number,
        private readonly print: (line: string) => void = console.log,
    ) {}

    /** Adds a line. */
    say(text: string): void {
        const line = `${((Date.now() - this.start) / 1000).toFixed(1).padStart(6)} s  ${text}`;
        if (this.held) this.held.push(line);
        else this.print(line);
    }

    /** Adds a line that must not wait: what was held is printed first. */
    sayNow(text: string): void {
        this.release();
        this.say(text);
    }

    /** Prints what was held back. */
    release(): void {
        for (const line of this.held ?? []) this.print(line);
        this.held = undefined;
    }
}
