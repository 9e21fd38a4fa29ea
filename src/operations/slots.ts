/** Replication slots of a PostgreSQL server: who owns them, how far they are behind, and how one is dropped. */
import type { ResolvedConnector } from "../connectors/template";
import { withPostgres } from "../local/postgresClient";
import { pause } from "../util/pause";
import type { Step } from "./plan";

/** A logical replication slot. */
export interface Slot {
    readonly name: string;
    readonly database: string;
    readonly active: boolean;
    /** `reserved`, `extended`, `unreserved` or `lost`. */
    readonly walStatus: string;
    /** Bytes of WAL that the reader has not confirmed. */
    readonly behindBytes: number;
    /** Bytes of WAL that the server keeps for it. */
    readonly retainedBytes: number;
    readonly confirmedLsn: string | null;
}

/** A slot with the connector that declares it. */
export interface SlotReport extends Slot {
    /** Undefined when no connector of the stack declares it: it is another stack's, or left behind. */
    readonly owner?: string;
}

const query = `
    SELECT slot_name AS name, database, active, COALESCE(wal_status, 'lost') AS "walStatus",
        COALESCE(pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn), 0)::float8 AS "behindBytes",
        COALESCE(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)::float8 AS "retainedBytes",
        confirmed_flush_lsn::text AS "confirmedLsn"
    FROM pg_replication_slots WHERE slot_type = 'logical' ORDER BY slot_name`;

/** The logical slots of the server, which is given by its address; the password may be in PGPASSWORD. */
export const readSlots = (url: string): Promise<Slot[]> =>
    withPostgres({ connectionString: url }, async (client) => (await client.query<Slot>(query)).rows);

/** The connectors of a stack that read from a database, by their slots. */
const ownersOf = (connectors: readonly ResolvedConnector[]): Map<string, string> =>
    new Map(
        connectors.flatMap(({ name, config }) =>
            config["slot.name"] === undefined ? [] : [[`${config["database.dbname"]}/${config["slot.name"]}`, name]],
        ),
    );

/** Each slot with its owner. */
export function slotReports(slots: readonly Slot[], connectors: readonly ResolvedConnector[]): SlotReport[] {
    const owners = ownersOf(connectors);
    return slots.map((slot) => ({ ...slot, owner: owners.get(`${slot.database}/${slot.name}`) }));
}

/** Connectors that read from one of these databases and whose slot does not exist. */
export function missingSlots(
    slots: readonly Slot[],
    connectors: readonly ResolvedConnector[],
    databases: readonly string[],
): string[] {
    const existing = new Set(slots.map(({ database, name }) => `${database}/${name}`));
    return [...ownersOf(connectors)]
        .filter(([key]) => databases.includes(key.split("/")[0]) && !existing.has(key))
        .map(([key, owner]) => `${key.split("/")[1]} of ${owner}`);
}

/** A log sequence number, such as `0/1B88388`, as an integer: Debezium's offsets have it so. */
const lsnNumber = (lsn: string): number => {
    const [high, low] = lsn.split("/").map((part) => parseInt(part, 16));
    return high * 2 ** 32 + low;
};

/**
 * Why a PostgreSQL source could not continue at an offset; undefined when it can. A slot does not go back: Debezium
 * then fails with "no longer available on the server".
 */
export function offsetBehindSlot(offset: Readonly<Record<string, unknown>> | null, slot: Slot): string | undefined {
    const lsn = Number(offset?.lsn_commit ?? offset?.lsn ?? NaN);
    if (slot.confirmedLsn === null || !(lsn < lsnNumber(slot.confirmedLsn))) return undefined;
    return (
        `the offset (lsn ${lsn}) is before the one that slot ${slot.name} has confirmed ` +
        `(${lsnNumber(slot.confirmedLsn)}): the WAL between them is gone, and the connector would fail. ` +
        "Save offsets after the connector is stopped, or take a new snapshot"
    );
}

/** Why a slot must not be dropped; undefined when it may. */
export function dropRefusal(slot: SlotReport | undefined, name: string, owned: boolean): string | undefined {
    if (!slot) return `there is no slot ${name}`;
    if (slot.active) return `slot ${name} is active: something reads it`;
    if (slot.owner && !owned)
        return `slot ${name} belongs to ${slot.owner}; stop the connector and add --owned to drop it anyway`;
    return undefined;
}

/**
 * Drops a slot after a second look: it must be inactive both times, and unread in between.
 *
 * @param url address of the server; the slot is dropped from its own database
 */
export function dropSlot(url: string, slot: SlotReport, secondLookSeconds: number): Step {
    const address = new URL(url);
    address.pathname = `/${slot.database}`;
    return {
        text: `look at slot ${slot.name} again after ${secondLookSeconds} s, and drop it; this cannot be undone`,
        run: async () => {
            await pause(secondLookSeconds * 1000);
            const again = (await readSlots(url)).find(({ name }) => name === slot.name);
            if (!again) throw new Error("it no longer exists");
            if (again.active || again.confirmedLsn !== slot.confirmedLsn)
                throw new Error("something has read from it since the first look");
            await withPostgres({ connectionString: address.href }, (client) =>
                client.query("SELECT pg_drop_replication_slot($1)", [slot.name]),
            );
        },
    };
}
