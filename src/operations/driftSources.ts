/** Reads what drift is compared with: topics, and the connectors that have offsets. */
import type { Admin } from "kafkajs";
import { ConfigResourceTypes } from "kafkajs";
import { kafkaClient } from "../local/kafkaClient";
import type { ObservedTopic } from "./drift";

/** Runs work with an admin client of a Kafka without a login. */
async function withAdmin<T>(kafka: string, work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = kafkaClient(kafka).admin();
    await admin.connect();
    try {
        return await work(admin);
    } finally {
        await admin.disconnect();
    }
}

/** The topics among these names that exist, with their configuration. */
export const readTopics = (kafka: string, names: readonly string[]): Promise<ObservedTopic[]> =>
    withAdmin(kafka, async (admin) => {
        const existing = new Set(await admin.listTopics());
        const topics = names.filter((name) => existing.has(name));
        if (topics.length === 0) return [];
        const { topics: described } = await admin.fetchTopicMetadata({ topics });
        const { resources } = await admin.describeConfigs({
            includeSynonyms: false,
            resources: topics.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
        });
        return described.map(({ name, partitions }) => ({
            name,
            partitions: partitions.length,
            config: Object.fromEntries(
                resources
                    .filter(({ resourceName }) => resourceName === name)
                    .flatMap(({ configEntries }) =>
                        configEntries.map((entry) => [entry.configName, entry.configValue]),
                    ),
            ),
        }));
    });

/** The connectors whose offsets are in Connect's offset topic and not deleted. */
export async function connectorsWithOffsets(kafka: string, offsetTopic: string): Promise<string[]> {
    const ends = await withAdmin(kafka, async (admin) =>
        (await admin.listTopics()).includes(offsetTopic) ? admin.fetchTopicOffsets(offsetTopic) : [],
    );
    const remaining = new Map(
        ends.filter(({ low, high }) => low !== high).map((end) => [end.partition, Number(end.high)]),
    );
    const found = new Map<string, boolean>();
    if (remaining.size === 0) return [];
    const consumer = kafkaClient(kafka).consumer({
        groupId: `kcp-drift-${process.pid}-${Date.now()}`,
        maxWaitTimeInMs: 100,
    });
    await consumer.connect();
    try {
        await consumer.subscribe({ topics: [offsetTopic], fromBeginning: true });
        await new Promise<void>((resolve, reject) => {
            consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
            // the last record of a compacted partition can be before its end
            consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
                if (Number(payload.lastOffset) + 1 >= (remaining.get(payload.partition) ?? 0))
                    remaining.delete(payload.partition);
                if (remaining.size === 0) resolve();
            });
            const eachMessage = async ({ message }: { message: { key: Buffer | null; value: Buffer | null } }) => {
                // a key is ["CONNECTOR", {partition}]; without a value the offset is deleted
                if (message.key) found.set(message.key.toString("utf8"), message.value !== null);
            };
            consumer.run({ autoCommit: false, eachMessage }).catch(reject);
        });
    } finally {
        await consumer.disconnect();
    }
    const keys = [...found].filter(([, exists]) => exists).map(([key]) => JSON.parse(key) as [string, unknown]);
    return [...new Set(keys.map(([name]) => name))].sort();
}
