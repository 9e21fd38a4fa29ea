/** The ledger of a scenario: every change that the database committed, against the records that arrived. Pure. */

/** A change of a row: its key, its operation and the version of the row. */
export interface Change {
    readonly id: number;
    readonly operation: "c" | "u" | "d";
    /** Version of the row: 0 when it is inserted, 1 after the first update. A deletion has that of the deleted row. */
    readonly version: number;
}

/** A record as it arrived: a change, or a row of a snapshot. */
export interface ArrivedRecord {
    readonly id: number;
    readonly operation: string;
    /** Undefined for a deletion, which has the key only. */
    readonly version?: number;
}

/** What became of the changes. */
export interface Balance {
    readonly sent: number;
    readonly arrived: number;
    /** Changes that did not arrive, of rows whose last state did not either. */
    readonly lost: number;
    /** Changes that did not arrive, of rows whose last state did: a repeated snapshot shows only that. */
    readonly skipped: number;
    /** Records that repeat one that had arrived. */
    readonly duplicated: number;
    /** Records with an older version than one of the same key before them, which do not only repeat it. */
    readonly outOfOrder: number;
    /** Rows that the records say exist, and the table does not have. */
    readonly ghosts: number;
}

const keyOf = ({ id, operation, version }: ArrivedRecord): string =>
    operation === "d" ? `${id} d` : `${id} ${version ?? ""}`;

/** The last state of each row that the records describe: its version, or undefined for a deleted one. */
function finalRows(records: readonly ArrivedRecord[]): Map<number, number | undefined> {
    const rows = new Map<number, number | undefined>();
    for (const { id, operation, version } of records) rows.set(id, operation === "d" ? undefined : version);
    return rows;
}

/**
 * Compares the two.
 *
 * @param changes what was committed, in its order
 * @param records what arrived, in the order of the topic's one partition
 */
export function balance(changes: readonly Change[], records: readonly ArrivedRecord[]): Balance {
    const seen = new Set<string>();
    const newest = new Map<number, number>();
    let [duplicated, outOfOrder] = [0, 0];
    for (const record of records) {
        const key = keyOf(record);
        const rank = record.operation === "d" ? Infinity : (record.version ?? 0);
        if (seen.has(key)) duplicated += 1;
        else if (rank < (newest.get(record.id) ?? -1)) outOfOrder += 1;
        seen.add(key);
        newest.set(record.id, Math.max(rank, newest.get(record.id) ?? -1));
    }
    const [expected, described] = [finalRows(changes), finalRows(records)];
    const missing = changes.filter((change) => !seen.has(keyOf(change)));
    const lost = missing.filter(({ id }) => expected.get(id) !== described.get(id)).length;
    const ghosts = [...described].filter(
        ([id, version]) => version !== undefined && expected.get(id) === undefined,
    ).length;
    const skipped = missing.length - lost;
    return { sent: changes.length, arrived: records.length, lost, skipped, duplicated, outOfOrder, ghosts };
}
