/** Dead letter queues: what is in them, and sending records back to the topics that they came from. */
import type { IHeaders, KafkaMessage } from "kafkajs";
import type { ResolvedConnector } from "../connectors/template";
import { kafkaClient } from "../local/kafkaClient";

/** A dead letter queue. */
export interface DeadLetterQueue {
    readonly connector: string;
    readonly topic: string;
    /** Records in the queue. */
    readonly records: number;
    /** Records that no replay has sent back yet. */
    readonly notReplayed: number;
    /** Exceptions of these records with their numbers, the most frequent first. */
    readonly reasons: readonly { readonly reason: string; readonly records: number }[];
}

/** The queues that a stack declares. */
export const queuesOf = (connectors: readonly ResolvedConnector[]): { connector: string; topic: string }[] =>
    connectors.flatMap(({ name, config }) => {
        const topic = config["errors.deadletterqueue.topic.name"];
        return topic ? [{ connector: name, topic: String(topic) }] : [];
    });

/** Its offsets are those of the records that were sent back, so that a second replay sends none again. */
const replayGroup = (topic: string): string => `kcp-replay-${topic}`;

const headerPrefix = "__connect.errors.";

const header = (headers: IHeaders | undefined, name: string): string | undefined =>
    headers?.[`${headerPrefix}${name}`]?.toString();

/** `DataException: Invalid JSON` */
function reasonOf({ headers }: KafkaMessage): string {
    const exception = header(headers, "exception.class.name")?.split(".").pop() ?? "no error headers";
    const message = header(headers, "exception.message");
    return message ? `${exception}: ${message.split("\n")[0].slice(0, 160)}` : exception;
}

interface Range {
    readonly partition: number;
    readonly from: number;
    readonly to: number;
    readonly low: number;
}

/** The records of each partition that were not sent back yet. */
async function rangesOf(kafka: string, topic: string): Promise<Range[] | undefined> {
    const admin = kafkaClient(kafka).admin();
    await admin.connect();
    try {
        if (!(await admin.listTopics()).includes(topic)) return undefined;
        const ends = await admin.fetchTopicOffsets(topic);
        const [committed] = await admin.fetchOffsets({ groupId: replayGroup(topic), topics: [topic] });
        return ends.map(({ partition, low, high }) => {
            const offset = Number(committed?.partitions.find((item) => item.partition === partition)?.offset ?? -1);
            return { partition, low: Number(low), from: Math.max(offset, Number(low)), to: Number(high) };
        });
    } finally {
        await admin.disconnect();
    }
}

const sizeOf = (ranges: readonly Range[]): number => ranges.reduce((sum, { from, to }) => sum + to - from, 0);

/** Reads the records of ranges in their order, with a group that commits only what `handle` has finished. */
async function readRanges(
    kafka: string,
    topic: string,
    ranges: readonly Range[],
    options: { groupId: string; commit: boolean; limit: number },
    handle: (message: KafkaMessage) => Promise<void>,
): Promise<number> {
    const expected = Math.min(options.limit, sizeOf(ranges));
    if (expected === 0) return 0;
    const consumer = kafkaClient(kafka).consumer({ groupId: options.groupId, maxWaitTimeInMs: 100 });
    let count = 0;
    await consumer.connect();
    try {
        await consumer.subscribe({ topics: [topic], fromBeginning: true });
        await new Promise<void>((resolve, reject) => {
            consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
            const eachMessage = async ({ partition, message }: { partition: number; message: KafkaMessage }) => {
                const range = ranges.find((item) => item.partition === partition);
                const offset = Number(message.offset);
                if (count >= expected || !range || offset < range.from || offset >= range.to) return;
                await handle(message);
                const next = [{ topic, partition, offset: String(offset + 1) }];
                if (options.commit) await consumer.commitOffsets(next);
                count += 1;
                if (count === expected) resolve();
            };
            consumer.run({ autoCommit: false, eachMessage }).catch(reject);
        });
    } finally {
        await consumer.disconnect();
    }
    return count;
}

/** A queue with the reasons of its records; undefined when its topic does not exist. */
export async function readQueue(
    kafka: string,
    { connector, topic }: { connector: string; topic: string },
): Promise<DeadLetterQueue | undefined> {
    const ranges = await rangesOf(kafka, topic);
    if (!ranges) return undefined;
    const reasons = new Map<string, number>();
    const options = { groupId: `kcp-list-${process.pid}-${Date.now()}`, commit: false, limit: 1000 };
    await readRanges(kafka, topic, ranges, options, async (message) => {
        const reason = reasonOf(message);
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    });
    return {
        connector,
        topic,
        records: ranges.reduce((sum, { low, to }) => sum + to - low, 0),
        notReplayed: sizeOf(ranges),
        reasons: [...reasons].map(([reason, records]) => ({ reason, records })).sort((a, b) => b.records - a.records),
    };
}

/** A record as its producer sent it: without the headers that Connect added. */
const original = ({ key, value, headers, timestamp }: KafkaMessage) => ({
    key,
    value,
    timestamp,
    headers: Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => !name.startsWith(headerPrefix))),
});

/**
 * Sends the records that were not sent back yet to the topics that they came from; returns how many. Records without
 * error headers are skipped: nothing says where they belong.
 */
export async function replayQueue(kafka: string, topic: string, limit: number): Promise<number> {
    const ranges = (await rangesOf(kafka, topic)) ?? [];
    const producer = kafkaClient(kafka).producer();
    await producer.connect();
    let sent = 0;
    try {
        await readRanges(
            kafka,
            topic,
            ranges,
            { groupId: replayGroup(topic), commit: true, limit },
            async (message) => {
                const target = header(message.headers, "topic");
                if (target === undefined) return;
                const partition = header(message.headers, "partition");
                // its former partition, so that it stays in order with records of the same key
                const place = partition === undefined ? {} : { partition: Number(partition) };
                await producer.send({ topic: target, acks: -1, messages: [{ ...original(message), ...place }] });
                sent += 1;
            },
        );
    } finally {
        await producer.disconnect();
    }
    return sent;
}
