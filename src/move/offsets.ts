/** Offsets of a connector as Kafka Connect's REST API has them, and their comparison. Pure. */
import type { StoredOffset } from "../util/connectRest";

/** A value whose objects have their keys in order, so that equal values have equal JSON. */
function ordered(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(ordered);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
        Object.entries(value)
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([key, item]) => [key, ordered(item)]),
    );
}

const canonical = (value: unknown): string => JSON.stringify(ordered(value));

/** Whether two lists have the same offsets for the same partitions. */
export const sameOffsets = (one: readonly StoredOffset[], other: readonly StoredOffset[]): boolean =>
    canonical(one.map(canonical).sort()) === canonical(other.map(canonical).sort());

/**
 * Fields that only grow while a connector reads: Debezium's PostgreSQL LSNs, MirrorMaker's and sinks' offsets. A MySQL
 * offset is a file and a number of bytes in it.
 */
const growing = ["lsn", "lsn_proc", "lsn_commit", "offset", "kafka_offset"];

const fileNumber = (offset: Readonly<Record<string, unknown>>): number =>
    Number(/\.(\d+)$/.exec(String(offset.file ?? ""))?.[1] ?? Number.NaN);

function isOlder(before: StoredOffset, after: StoredOffset): boolean {
    if (!before.offset) return false;
    if (!after.offset) return true;
    const [from, to] = [before.offset, after.offset];
    const files = [fileNumber(from), fileNumber(to)];
    if (files.every(Number.isFinite) && files[0] !== files[1]) return files[1] < files[0];
    const compared = files.every(Number.isFinite) ? [...growing, "pos"] : growing;
    return compared.some(
        (field) => typeof from[field] === "number" && typeof to[field] === "number" && to[field] < from[field],
    );
}

/** The partitions whose offset is missing or older than before: what a connector would read again. */
export function olderOffsets(before: readonly StoredOffset[], after: readonly StoredOffset[]): string[] {
    const current = new Map(after.map((item) => [canonical(item.partition), item]));
    return before.flatMap((item) => {
        const key = canonical(item.partition);
        const found = current.get(key);
        return !found || isOlder(item, found) ? [key] : [];
    });
}
