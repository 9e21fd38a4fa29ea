/** Change events read back from the topics. */
import { CompressionCodecs, CompressionTypes, Kafka, logLevel, type Consumer } from "kafkajs";
import { compressFrame, decompressFrame } from "lz4-napi";
import { pause } from "./ports";

// connectors compress with lz4, which kafkajs leaves to others
CompressionCodecs[CompressionTypes.LZ4] = () => ({
    compress: ({ buffer }: { buffer: Buffer }) => compressFrame(buffer),
    decompress: decompressFrame,
});

/** One record. */
export interface ChangeEvent {
    topic: string;
    /** Debezium's operation: r (read by the snapshot), c, u, d; empty where the record is none of its envelopes. */
    operation: string;
    /** The row after the change, or before a deletion, or the whole value. */
    row: unknown;
}

function decode(topic: string, value: Buffer | null): ChangeEvent | undefined {
    if (value === null) return undefined; // the tombstone after a deletion
    let parsed: any;
    try {
        parsed = JSON.parse(value.toString("utf8"));
    } catch {
        return { topic, operation: "", row: value.toString("utf8") };
    }
    const envelope = parsed?.schema && "payload" in parsed ? parsed.payload : parsed;
    return typeof envelope?.op === "string"
        ? { topic, operation: envelope.op, row: envelope.after ?? envelope.before }
        : { topic, operation: "", row: envelope };
}

/** Reads topics from their beginning, on and on, until it is stopped. Topics that do not exist yet are waited for. */
export class EventReader {
    private readonly kafka: Kafka;
    private consumer?: Consumer;
    private stopped = false;

    constructor(
        bootstrap: string,
        private readonly groupId = `sandbox-${process.pid}`,
    ) {
        this.kafka = new Kafka({
            clientId: "sandbox",
            brokers: [bootstrap],
            logLevel: logLevel.NOTHING,
            retry: { initialRetryTime: 50, retries: 20 },
        });
    }

    /** Waits until all topics are there. */
    async waitFor(topics: readonly string[], timeoutMs: number): Promise<void> {
        const admin = this.kafka.admin();
        await admin.connect();
        try {
            const end = Date.now() + timeoutMs;
            for (;;) {
                const present = await admin.listTopics();
                const missing = topics.filter((topic) => !present.includes(topic));
                if (missing.length === 0 || this.stopped) return;
                if (Date.now() > end)
                    throw new Error(
                        `no record has reached ${missing.join(", ")} within ${timeoutMs / 1000} s. Is the table there, and has it rows? (sandbox/seed)`,
                    );
                await pause(50);
            }
        } finally {
            await admin.disconnect();
        }
    }

    /** Calls `seen` with every event. */
    async read(topics: readonly string[], seen: (event: ChangeEvent) => void): Promise<void> {
        this.consumer = this.kafka.consumer({
            groupId: this.groupId,
            maxWaitTimeInMs: 100,
            sessionTimeout: 10_000,
        });
        await this.consumer.connect();
        await this.consumer.subscribe({ topics: [...topics], fromBeginning: true });
        await this.consumer.run({
            eachMessage: async ({ topic, message }) => {
                const event = decode(topic, message.value);
                if (event) seen(event);
            },
        });
    }

    async stop(): Promise<void> {
        this.stopped = true;
        await this.consumer?.disconnect().catch(() => undefined);
    }
}
