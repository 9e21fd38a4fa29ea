/** Waits for the first event of each connector that has something to read. Pure, but for the time. */
import { topicMatches } from "../../src/local/changeEvents";
import { pause } from "../../src/util/pause";

/** Connectors of which an event is expected, by the topics they write to. */
export type ExpectedTopics = ReadonlyMap<string, readonly string[]>;

/** How long a connector that runs may take to its first event. */
const limitMs = 300_000;

/** Which expected connectors have been heard. */
export class FirstEvents {
    private readonly heard = new Set<string>();

    constructor(private readonly expected: ExpectedTopics) {}

    /** Records an event of a topic. */
    see(topic: string): void {
        for (const [connector, topics] of this.expected)
            if (topics.some((name) => topicMatches(name, topic))) this.heard.add(connector);
    }

    /** Connectors without an event, except those that failed. */
    missing(failed: ReadonlySet<string>): string[] {
        return [...this.expected.keys()].filter((name) => !this.heard.has(name) && !failed.has(name));
    }

    /** Resolves when one connector has been heard, has failed, or is not expected to write anything. */
    async waitFor(connector: string, failed: ReadonlySet<string>): Promise<void> {
        const end = Date.now() + limitMs;
        while (this.missing(failed).includes(connector) && Date.now() < end) await pause(50);
    }

    /** Resolves when every connector has been heard or has failed. Throws with those that are silent at the limit. */
    async wait(failed: ReadonlySet<string>, timeoutMs = limitMs): Promise<void> {
        const end = Date.now() + timeoutMs;
        while (this.missing(failed).length > 0) {
            if (Date.now() > end)
                throw new Error(
                    `no event of ${this.missing(failed).join(", ")} has arrived within ${timeoutMs / 1000} s, ` +
                        "although there is something to read; look at the worker's log",
                );
            await pause(50);
        }
    }
}
