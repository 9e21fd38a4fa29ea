/** Expected records against those that arrived, as differences that a person reads. Pure. */
import type { ExpectedRecord } from "../../connectors/expectations";
import { isObject } from "../../util/data";

/** A record as it was read: key and value decoded, without the schema that a converter adds. */
export interface ReceivedRecord {
    readonly topic: string;
    readonly key: unknown;
    /** Null for a tombstone. */
    readonly value: unknown;
}

const shown = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value));

/** A line of a difference, in columns: the field, what is expected, what was received. */
const difference = (field: string, expected: unknown, received: unknown): string =>
    `${field.padEnd(28)} expected ${shown(expected).padEnd(18)} received ${shown(received)}`;

/** Where a value differs from what is expected. Fields that are not named can be there too, unless `exact`. */
function valueDifferences(field: string, expected: unknown, received: unknown, exact: boolean): string[] {
    if (isObject(expected) && isObject(received)) {
        const further = exact ? Object.keys(received).filter((name) => !(name in expected)) : [];
        return [
            ...Object.entries(expected).flatMap(([name, value]) =>
                valueDifferences(`${field}.${name}`, value, received[name], exact),
            ),
            ...further.map((name) => difference(`${field}.${name}`, undefined, received[name])),
        ];
    }
    return JSON.stringify(expected) === JSON.stringify(received) ? [] : [difference(field, expected, received)];
}

/** The field at a path such as after.email; undefined where there is none. */
const fieldAt = (value: unknown, path: string): unknown =>
    path.split(".").reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), value);

/** Where a record differs from what is expected; empty where it does not. */
export function recordDifferences(expected: ExpectedRecord, received: ReceivedRecord): string[] {
    const { topic, key, value, tombstone, absent } = expected;
    const isTombstone = received.value === null;
    return [
        ...(topic === undefined || topic === received.topic ? [] : [difference("topic", topic, received.topic)]),
        ...(key === undefined ? [] : valueDifferences("key", key, received.key, true)),
        ...(tombstone && !isTombstone ? [difference("value", null, received.value)] : []),
        ...(!tombstone && isTombstone ? [`${"value".padEnd(28)} expected a value, received a tombstone`] : []),
        ...(value === undefined || isTombstone ? [] : valueDifferences("value", value, received.value, false)),
        ...absent
            .filter((path) => fieldAt(received.value, path) !== undefined)
            .map((path) => difference(`value.${path}`, undefined, fieldAt(received.value, path))),
    ];
}

const subject = ({ topic, key, tombstone }: ExpectedRecord): string =>
    [tombstone ? "a tombstone" : "a record", topic && `of ${topic}`, key !== undefined && `with key ${shown(key)}`]
        .filter(Boolean)
        .join(" ");

/** The differences of all records, one by one in their order; empty where the contract is kept. */
export function contractDifferences(
    expected: readonly ExpectedRecord[],
    received: readonly ReceivedRecord[],
    within: number,
): string[] {
    const lines = expected.flatMap((record, index) => {
        const arrived = received[index];
        if (!arrived) return [`record ${index + 1}: expected ${subject(record)}, received nothing within ${within} s`];
        const found = recordDifferences(record, arrived);
        return found.length === 0
            ? []
            : [`record ${index + 1} of ${arrived.topic}`, ...found.map((line) => `  ${line}`)];
    });
    const content = (value: unknown): string => (value === null ? "a tombstone" : `value ${shown(value)}`);
    const further = received
        .slice(expected.length)
        .map(({ topic, key, value }) => `unexpected record of ${topic}: key ${shown(key)}, ${content(value)}`);
    return [...lines, ...further];
}
