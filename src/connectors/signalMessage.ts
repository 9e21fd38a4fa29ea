/** The message that asks Debezium for an incremental snapshot. Pure. */
import { literalPattern } from "./names";

/** Key and value of a record of the signals' topic. Debezium takes only records with its topic prefix as key. */
export const snapshotSignal = (id: string, topicPrefix: string, items: readonly string[]) => ({
    key: topicPrefix,
    value: JSON.stringify({
        id,
        type: "execute-snapshot",
        data: { type: "INCREMENTAL", "data-collections": items },
    }),
});

/** A name such as public.orders as Debezium expects it: a regular expression. */
export const literalItem = (table: string): string => table.split(".").map(literalPattern).join(".");
