/** Options of a PostgreSQL source for its replication slot, its publication and its heartbeat. */
import { z } from "zod";
import { issue, type Issue } from "../schema/issues";
import { boolean, oneOf, string } from "../schema/primitives";
import type { ConnectorConfig } from "./template";

const identifier = () => string("an identifier of at most 63 characters of a-z, 0-9 and _", /^[a-z0-9_]{1,63}$/);

/** Prefix of the heartbeat's messages in the write-ahead log. */
const messagePrefix = "dbz-heartbeat";

/**
 * The default heartbeat statement: a message in the write-ahead log, without a table. The slot advances only with
 * events of the publication or such messages: a heartbeat record alone confirms nothing to PostgreSQL. All versions of
 * the plugin run the statement, whereas `lsn.flush.mode` exists from Debezium 3.4 on and moves the slot ahead of the
 * offsets. The first argument is false because a transactional message can lose changes after a restart (dbz#2058).
 */
export const heartbeatStatement = `SELECT pg_logical_emit_message(false, '${messagePrefix}', 'heartbeat')`;

/** The options. */
export const replicationShape = {
    slotName: identifier()
        .optional()
        .describe(
            "Replication slot. Default: derived from the name. It remains when the connector is deleted, and then " +
                "keeps the write-ahead log until the disk is full: drop it",
        ),
    slotFailover: boolean()
        .default(false)
        .describe(
            "Whether the slot is synchronized to standby servers, so that it survives a failover. Needs " +
                "PostgreSQL 17 " +
                "or newer and `sync_replication_slots` on the standby",
        ),
    slotMismatch: oneOf(["fail", "trust-slot", "trust-greater", "ignore"])
        .default("fail")
        .describe(
            "What happens at a start when the slot is ahead of the stored offset, because it was created again or " +
                "advanced: `fail` stops the task, as changes are lost; `trust-slot` and `trust-greater` continue " +
                "from " +
                "the slot without them; `ignore` does not compare. A slot behind the offset is no loss: it is " +
                "advanced " +
                "(`fail`, `trust-greater`). Needs Debezium 3.4 or newer; older versions ignore it",
        ),
    slotDropOnStop: boolean()
        .default(false)
        .describe(
            "Whether the connector drops the slot whenever it stops, restarts included. Changes made until the next " +
                "start are then lost; for development only",
        ),
    reselect: boolean()
        .optional()
        .describe(
            "Whether values that a change does not contain are read from the table: PostgreSQL leaves large " +
                "(TOASTed) values that an UPDATE does not change out of its log, and Debezium writes " +
                "`__debezium_unavailable_value` in their place. Costs a query for each such change, and the value is " +
                "the current one. Needs a primary key. `false` states that the tables have REPLICA IDENTITY FULL, " +
                "and that no warning about it is needed",
        ),
    publicationName: identifier().optional().describe("Publication. Default: derived from the name"),
    publicationAutocreate: oneOf(["filtered", "disabled"])
        .default("filtered")
        .describe(
            "Who creates the publication: the connector, for its tables only (`filtered`), or you, beforehand " +
                "(`disabled`), for a role without the right CREATE",
        ),
    heartbeatQuery: z
        .union([string("an SQL statement"), z.literal(false)], { error: "an SQL statement, or false for none" })
        .default(heartbeatStatement)
        .describe(
            "SQL statement that is run with each heartbeat and advances the slot. Without one, PostgreSQL keeps the " +
                "write-ahead log of all other tables while the captured ones have no changes. A statement that " +
                "writes " +
                "a table needs that table to be captured. `false` for none: on a standby, which cannot run it, or on " +
                "PostgreSQL 13 and older, which does not send messages; set `lsn.flush.mode: " +
                "connector_and_driver` in " +
                "`config` instead",
        ),
};

/** `replicationShape` as it is parsed. */
export interface ReplicationOptions {
    slotName?: string;
    slotFailover: boolean;
    slotMismatch: keyof typeof mismatchStrategies;
    slotDropOnStop: boolean;
    reselect?: boolean;
    publicationName?: string;
    publicationAutocreate: string;
    heartbeatQuery: string | false;
    heartbeatSeconds: number;
    config: ConnectorConfig;
}

const mismatchStrategies = {
    fail: "trust_offset",
    "trust-slot": "trust_slot",
    "trust-greater": "trust_greater_lsn",
    ignore: "no_validation",
} as const;

/** Null values are not read again: a change contains those. */
const reselectConfig: ConnectorConfig = {
    "post.processors": "reselector",
    "reselector.type": "io.debezium.processors.reselect.ReselectColumnsPostProcessor",
    "reselector.reselect.unavailable.values": true,
    "reselector.reselect.null.values": false,
};

/** The configuration of slot, publication and heartbeat. */
export function replicationConfig(options: ReplicationOptions, slot: string, publication: string): ConnectorConfig {
    const { heartbeatQuery, heartbeatSeconds, slotFailover, slotDropOnStop } = options;
    return {
        // the plugin's default, decoderbufs, is not part of PostgreSQL and not available on RDS
        "plugin.name": "pgoutput",
        "slot.name": slot,
        "publication.name": publication,
        "publication.autocreate.mode": options.publicationAutocreate,
        "offset.mismatch.strategy": mismatchStrategies[options.slotMismatch],
        ...(slotFailover ? { "slot.failover": true } : {}),
        ...(options.reselect ? reselectConfig : {}),
        ...(slotDropOnStop ? { "slot.drop.on.stop": true } : {}),
        ...(heartbeatQuery !== false && heartbeatSeconds > 0 ? heartbeatConfig(heartbeatQuery, options.config) : {}),
    };
}

/** Without the exclusion, each message would also become a record of the topic `PREFIX.message`. */
function heartbeatConfig(query: string, overrides: ConnectorConfig): ConnectorConfig {
    const includes = overrides["message.prefix.include.list"] !== undefined;
    return {
        "heartbeat.action.query": query,
        ...(query === heartbeatStatement && !includes ? { "message.prefix.exclude.list": messagePrefix } : {}),
    };
}

/** The table that a statement writes, as `SCHEMA.TABLE`. */
function writtenTable(statement: string): string | undefined {
    const match =
        /^\s*(?:insert\s+into|update(?:\s+only)?|delete\s+from(?:\s+only)?|merge\s+into)\s+("[^"]+"|\w+)(?:\s*\.\s*("[^"]+"|\w+))?/i.exec(
            statement,
        );
    if (!match) return undefined;
    const [first, second] = [match[1], match[2]].map((name) =>
        name?.startsWith('"') ? name.slice(1, -1) : name?.toLowerCase(),
    );
    return second ? `${first}.${second}` : `public.${first}`;
}

/**
 * A heartbeat statement that writes a table which is not captured advances nothing: its changes are not in the
 * publication. A publication that you create can contain the table, so that it is not checked.
 *
 * @param captures whether the source captures a table, by its name with the schema
 */
export function heartbeatIssues(
    { heartbeatQuery, publicationAutocreate }: ReplicationOptions,
    captures: (table: string) => boolean,
): Issue[] {
    const table = heartbeatQuery === false ? undefined : writtenTable(heartbeatQuery);
    if (table === undefined || publicationAutocreate === "disabled" || captures(table)) return [];
    return [
        issue(
            "KCP_CONFLICTING_SETTINGS",
            ["heartbeatQuery"],
            `writes ${table}, which the source does not capture: the publication does not contain it and the slot ` +
                "would not advance. Capture the table too, or remove heartbeatQuery: its default needs no table",
        ),
    ];
}
