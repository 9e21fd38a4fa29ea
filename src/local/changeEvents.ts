/** Records read back from the topics. */
import type { Admin, Consumer, Kafka } from "kafkajs";
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

/** How long Kafka may not answer before a reader fails. */
const silenceMs = 120_000;

async function connected<Client extends { connect(): Promise<void> }>(client: Client): Promise<Client> {
    await client.connect();
    return client;
}

/** Reads topics from their beginning until it is stopped. Each is read from the moment it exists. */
export class EventReader {
    private readonly kafka: Kafka;
    private readonly consumers = new Set<Consumer>();
    private groups = 0;
    private stopped = false;

    constructor(
        bootstrap: string,
        private readonly groupId = `sandbox-${process.pid}`,
    ) {
        this.kafka = kafkaClient(bootstrap, { clientId: "sandbox", retry: { initialRetryTime: 50, retries: 20 } });
    }

    /**
     * Follows topics, calling `onEvent` with every event. Resolves when it follows all; of a pattern, when it is
     * stopped. Throws when Kafka has not answered for two minutes.
     */
    async follow(topics: readonly string[], onEvent: (event: ChangeEvent) => void): Promise<void> {
        const followed = new Set<string>();
        const isComplete = () => topics.every((name) => followed.has(name));
        let admin: Admin | undefined;
        let answeredAt = Date.now();
        while (!this.stopped && !isComplete()) {
            try {
                admin ??= await connected(this.kafka.admin());
                const existing = (await admin.listTopics()).filter(
                    (topic) => !followed.has(topic) && topics.some((name) => topicMatches(name, topic)),
                );
                answeredAt = Date.now();
                if (existing.length > 0) await this.consume(`${this.groupId}-${this.groups++}`, existing, onEvent);
                existing.forEach((topic) => followed.add(topic));
            } catch (error) {
                // kafkajs does not try again when a broker ends while it answers: it reads the missing answer
                await admin?.disconnect().catch(() => undefined);
                admin = undefined;
                if (Date.now() - answeredAt > silenceMs) throw error;
            }
            await pause(100);
        }
        await admin?.disconnect();
    }

    /** Reads as a member of a group, and as another one after an error that kafkajs does not try again after. */
    private async consume(groupId: string, topics: string[], onEvent: (event: ChangeEvent) => void): Promise<void> {
        const consumer = await connected(
            this.kafka.consumer({ groupId, maxWaitTimeInMs: 100, sessionTimeout: 10_000 }),
        );
        this.consumers.add(consumer);
        consumer.on(consumer.events.CRASH, ({ payload }) => {
            if (payload.restart || this.stopped) return;
            this.consumers.delete(consumer);
            void this.consumeAgain(groupId, topics, onEvent);
        });
        await consumer.subscribe({ topics, fromBeginning: true });
        await consumer.run({
            eachMessage: async ({ topic, message }) => onEvent(decodeRecord(topic, message.key, message.value)),
        });
    }

    private async consumeAgain(groupId: string, topics: string[], onEvent: (event: ChangeEvent) => void) {
        for (let again = true; again && !this.stopped;) {
            await pause(1000);
            again = await this.consume(groupId, topics, onEvent).then(
                () => false,
                () => true,
            );
        }
    }

    /** Stops reading. */
    async stop(): Promise<void> {
        this.stopped = true;
        await Promise.all([...this.consumers].map((consumer) => consumer.disconnect().catch(() => undefined)));
    }
}
