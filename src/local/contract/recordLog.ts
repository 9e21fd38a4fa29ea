/** The records of some topics, in the order in which they were written to each. */
import type { Admin, Consumer, Kafka } from "kafkajs";
import { decodeContent, topicMatches } from "../changeEvents";
import { kafkaClient } from "../kafkaClient";
import { pause } from "../../util/pause";
import type { ReceivedRecord } from "./compareRecords";

/** A record with its time. */
export type TimedRecord = ReceivedRecord & { readonly timestamp: number };

/** Follows topics by name or prefix. Several topics are merged by the records' times. */
export class RecordLog {
    readonly records: TimedRecord[] = [];
    private readonly kafka: Kafka;
    private readonly consumers: Consumer[] = [];
    private readonly followed = new Set<string>();
    private admin?: Admin;
    private stopped = false;

    constructor(
        bootstrap: string,
        private readonly topics: readonly string[],
        private readonly group = `contract-${process.pid}-${Date.now()}`,
        /** What is kept of a value. */
        private readonly reduce: (value: unknown) => unknown = (value) => value,
    ) {
        this.kafka = kafkaClient(bootstrap, { clientId: "contract" });
    }

    /** Begins to follow the topics, also those that are created later. */
    async start(): Promise<void> {
        this.admin = this.kafka.admin();
        await this.admin.connect();
        void this.followNew();
    }

    private async followNew(): Promise<void> {
        while (!this.stopped) {
            const existing = await this.admin!.listTopics().catch(() => [] as string[]);
            const added = existing.filter(
                (topic) => !this.followed.has(topic) && this.topics.some((name) => topicMatches(name, topic)),
            );
            added.forEach((topic) => this.followed.add(topic));
            if (added.length > 0) await this.read(added).catch(() => undefined);
            await pause(200);
        }
    }

    private async read(topics: string[]): Promise<void> {
        const groupId = `${this.group}-${this.consumers.length}`;
        const consumer = this.kafka.consumer({ groupId, maxWaitTimeInMs: 100 });
        this.consumers.push(consumer);
        await consumer.connect();
        await consumer.subscribe({ topics, fromBeginning: true });
        await consumer.run({
            eachMessage: async ({ topic, message }) => {
                const [key, value] = [decodeContent(message.key), decodeContent(message.value)];
                this.records.push({ topic, key, value: this.reduce(value), timestamp: Number(message.timestamp) });
            },
        });
    }

    /** Waits until no record has arrived for some time. */
    async quiet(forMs: number, atMostMs = 60_000): Promise<void> {
        let [count, since] = [this.records.length, Date.now()];
        const end = Date.now() + atMostMs;
        while (Date.now() - since < forMs && Date.now() < end) {
            await pause(50);
            if (this.records.length !== count) [count, since] = [this.records.length, Date.now()];
        }
    }

    async stop(): Promise<void> {
        this.stopped = true;
        await Promise.all(this.consumers.map((consumer) => consumer.disconnect().catch(() => undefined)));
        await this.admin?.disconnect();
    }
}
