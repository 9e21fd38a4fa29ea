/** Records read back from the topics. */
import type { Consumer, Kafka } from "kafkajs";
import { pause } from "../util/pause";
import { kafkaClient } from "./kafkaClient";

/** One record. */
export interface ChangeEvent {
    topic: string;
    /** Debezium's operation: r (snapshot), c, u, d, t, m; `tombstone` for a record without a value; empty otherwise. */
    operation: string;
    /** The record's key. */
    key: unknown;
    /**
     * The row after the change, or the whole value. Of a deletion only the key is certain: Debezium fills in the
     * rest.
     */
    row: unknown;
}

/** The content of a key or a value: JSON, without the schema that the converter adds, or a string. */
export function decodeContent(part: Buffer | null): unknown {
    if (part === null) return null;
    try {
        const parsed = JSON.parse(part.toString("utf8")) as { schema?: unknown; payload?: unknown } | null;
        const withSchema = parsed !== null && typeof parsed === "object" && "schema" in parsed && "payload" in parsed;
        return withSchema ? parsed.payload : parsed;
    } catch {
        return part.toString("utf8");
    }
}

/** A record as an event. */
export function decodeRecord(topic: string, rawKey: Buffer | null, rawValue: Buffer | null): ChangeEvent {
    const key = decodeContent(rawKey);
    if (rawValue === null) return { topic, operation: "tombstone", key, row: null };
    const value = decodeContent(rawValue) as { op?: unknown; after?: unknown } | null;
    if (typeof value?.op !== "string") return { topic, operation: "", key, row: value };
    return { topic, operation: value.op, key, row: value.after ?? null };
}

/**
 * Whether a topic is the named one or, when the name ends in `*`, begins with it: the tables of a pattern are not
 * known.
 */
export const topicMatches = (name: string, topic: string): boolean =>
    name.endsWith("*") ? topic.startsWith(name.slice(0, -1)) : topic === name;

/** Reads topics from their beginning until it is stopped. Each is read from the moment it exists. */
export class EventReader {
    private readonly kafka: Kafka;
    private readonly consumers: Consumer[] = [];
    private stopped = false;

    constructor(
        bootstrap: string,
        private readonly groupId = `sandbox-${process.pid}`,
    ) {
        this.kafka = kafkaClient(bootstrap, { clientId: "sandbox", retry: { initialRetryTime: 50, retries: 20 } });
    }

    /**
     * Follows topics, calling `onEvent` with every event. Resolves when it follows all; of a pattern, when it is
     * stopped.
     */
    async follow(topics: readonly string[], onEvent: (event: ChangeEvent) => void): Promise<void> {
        const admin = this.kafka.admin();
        await admin.connect();
        try {
            const followed = new Set<string>();
            const isComplete = () => topics.every((name) => followed.has(name));
            while (!this.stopped && !isComplete()) {
                const existing = (await admin.listTopics()).filter(
                    (topic) => !followed.has(topic) && topics.some((name) => topicMatches(name, topic)),
                );
                existing.forEach((topic) => followed.add(topic));
                if (existing.length > 0) await this.read(existing, onEvent);
                await pause(100);
            }
        } finally {
            await admin.disconnect();
        }
    }

    private async read(topics: string[], onEvent: (event: ChangeEvent) => void): Promise<void> {
        const consumer = this.kafka.consumer({
            groupId: `${this.groupId}-${this.consumers.length}`,
            maxWaitTimeInMs: 100,
            sessionTimeout: 10_000,
        });
        this.consumers.push(consumer);
        await consumer.connect();
        await consumer.subscribe({ topics, fromBeginning: true });
        await consumer.run({
            eachMessage: async ({ topic, message }) => onEvent(decodeRecord(topic, message.key, message.value)),
        });
    }

    /** Stops reading. */
    async stop(): Promise<void> {
        this.stopped = true;
        await Promise.all(this.consumers.map((consumer) => consumer.disconnect().catch(() => undefined)));
    }
}
