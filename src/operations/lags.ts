/** How far connectors are behind: sinks by their consumer group, PostgreSQL sources by their slot. */
import type { ResolvedConnector } from "../connectors/template";
import { kafkaClient } from "../local/kafkaClient";
import { readSlots, slotReports } from "./slots";
import { plural } from "../util/plural";

/** Where lags can be read; what is missing is left out. */
export interface LagSources {
    /** Bootstrap servers of a Kafka without a login. */
    readonly kafka?: string;
    /** Address of a PostgreSQL server. */
    readonly postgres?: string;
}

/** Bytes with a unit. */
export function formatBytes(bytes: number): string {
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
    return `${(bytes / 2 ** (10 * power)).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

const groupOf = ({ name, config }: ResolvedConnector): string =>
    String(config["consumer.override.group.id"] ?? `connect-${name}`);

async function sinkLags(kafka: string, sinks: readonly ResolvedConnector[]): Promise<[string, string][]> {
    const admin = kafkaClient(kafka).admin();
    await admin.connect();
    try {
        const found: [string, string][] = [];
        for (const sink of sinks) {
            const committed = await admin.fetchOffsets({ groupId: groupOf(sink) });
            let records = 0;
            for (const { topic, partitions } of committed) {
                const ends = await admin.fetchTopicOffsets(topic);
                for (const { partition, offset } of partitions)
                    if (Number(offset) >= 0)
                        records +=
                            Number(ends.find((end) => end.partition === partition)?.high ?? offset) - Number(offset);
            }
            if (committed.length > 0) found.push([sink.name, plural(records, "record")]);
        }
        return found;
    } finally {
        await admin.disconnect();
    }
}

/** The lag of each connector whose lag can be read, by name. */
export async function readLags(
    connectors: readonly ResolvedConnector[],
    { kafka, postgres }: LagSources,
): Promise<Map<string, string>> {
    const sinks = connectors.filter(({ inputTopics }) => inputTopics.length > 0);
    const ofSinks = kafka && sinks.length > 0 ? await sinkLags(kafka, sinks) : [];
    const slots = postgres ? slotReports(await readSlots(postgres), connectors) : [];
    const ofSlots = slots.flatMap(({ owner, behindBytes }): [string, string][] =>
        owner ? [[owner, `${formatBytes(behindBytes)} of WAL`]] : [],
    );
    return new Map([...ofSinks, ...ofSlots]);
}
