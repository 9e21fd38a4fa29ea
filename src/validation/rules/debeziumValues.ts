/** Values that Debezium rejects when the connector is created: they are found here before it is deployed. */
import type { ResolvedConnector } from "../../connectors/template";
import { didYouMean, nearest } from "../../util/nearest";
import { removedValuesOf } from "../removedConfig";
import { isReference, type Finding, type PluginRule } from "./rule";

/**
 * Values by key, of all Debezium's sources together, from its enumerations up to 3.7. A value that is close to none can
 * be of a newer version.
 */
const listedValues: Readonly<Record<string, readonly string[]>> = {
    "decimal.handling.mode": ["precise", "double", "string"],
    "binary.handling.mode": ["bytes", "base64", "base64-url-safe", "hex"],
    "time.precision.mode": [
        "adaptive",
        "adaptive_time_microseconds",
        "connect",
        "isostring",
        "microseconds",
        "nanoseconds",
        "structured",
    ],
    "bigint.unsigned.handling.mode": ["long", "precise"],
    "hstore.handling.mode": ["json", "map"],
    "interval.handling.mode": ["numeric", "string"],
    "event.processing.failure.handling.mode": ["fail", "warn", "skip", "ignore"],
    "inconsistent.schema.handling.mode": ["fail", "warn", "skip", "ignore"],
    "schema.name.adjustment.mode": ["none", "avro", "avro_unicode"],
    "field.name.adjustment.mode": ["none", "avro", "avro_unicode"],
    "publication.autocreate.mode": ["all_tables", "disabled", "filtered", "no_tables"],
    "plugin.name": ["pgoutput", "decoderbufs"],
    "snapshot.mode": [
        ...["always", "initial", "initial_only", "no_data", "never", "when_needed", "recovery"],
        ...["configuration_based", "custom", "schema_only", "schema_only_recovery", "exported"],
    ],
    "snapshot.locking.mode": [
        ...["minimal", "minimal_percona", "minimal_percona_no_table_locks", "minimal_at_least_once"],
        ...["extended", "none", "shared", "exclusive", "custom"],
    ],
    "database.sslmode": ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"],
    "database.ssl.mode": ["disabled", "preferred", "required", "verify_ca", "verify_identity"],
    "capture.mode": [
        ...["change_streams", "change_streams_update_full", "change_streams_with_pre_image"],
        "change_streams_update_full_with_pre_image",
    ],
    "capture.mode.full.update.type": ["lookup", "post_image"],
    "capture.scope": ["deployment", "database", "collection"],
    "cursor.oversize.handling.mode": ["fail", "skip", "split"],
    "event.converting.failure.handling.mode": ["fail", "warn", "skip"],
    "event.deserialization.failure.handling.mode": ["fail", "warn", "skip", "ignore"],
    "filters.match.mode": ["regex", "literal"],
    "guardrail.collections.limit.action": ["fail", "warn"],
    "incremental.snapshot.watermarking.strategy": ["insert_insert", "insert_delete"],
    "lsn.flush.mode": ["connector", "manual", "connector_and_driver"],
    "lsn.flush.timeout.action": ["fail", "warn", "ignore"],
    "offset.mismatch.strategy": ["no_validation", "trust_offset", "trust_slot", "trust_greater_lsn"],
    "schema.refresh.mode": ["columns_diff", "columns_diff_exclude_unchanged_toast"],
    "snapshot.isolation.mode": [
        ...["serializable", "repeatable_read", "read_committed", "read_uncommitted"],
        ...["exclusive", "snapshot"],
    ],
    "snapshot.query.mode": ["select_all", "custom"],
    "snapshot.tables.order.by.row.count": ["disabled", "ascending", "descending"],
};

const commonModes = ["always", "initial", "initial_only", "no_data", "never", "when_needed"];
const furtherModes = ["configuration_based", "custom"];
const isolations = ["serializable", "repeatable_read", "read_committed", "read_uncommitted"];

/** The values of one source, where another of Debezium's sources has further ones. */
const valuesByClass: readonly [classes: RegExp, values: Readonly<Record<string, readonly string[]>>][] = [
    [
        /\.PostgresConnector$/,
        {
            "snapshot.mode": [...commonModes, "exported", ...furtherModes],
            "snapshot.locking.mode": ["none", "shared", "custom"],
            "snapshot.isolation.mode": isolations,
        },
    ],
    [
        /\.(MySqlConnector|MariaDbConnector)$/,
        {
            "snapshot.mode": [...commonModes, "recovery", "schema_only", "schema_only_recovery", ...furtherModes],
            "snapshot.locking.mode": [
                ...["minimal", "minimal_percona", "minimal_percona_no_table_locks", "minimal_at_least_once"],
                ...["extended", "none", "custom"],
            ],
            // MySqlConnectorConfig rejects adaptive, which lost microseconds
            "time.precision.mode": [
                ...["adaptive_time_microseconds", "connect", "isostring", "microseconds", "nanoseconds"],
                "structured",
            ],
        },
    ],
    [/\.MongoDbConnector$/, { "snapshot.mode": [...commonModes, ...furtherModes] }],
    // it had MySQL's values before it had its own
    [
        /\.MariaDbConnector$/,
        {
            "database.ssl.mode": [
                ...["disable", "trust", "verify-ca", "verify-full"],
                ...["disabled", "preferred", "required", "verify_ca", "verify_identity"],
            ],
        },
    ],
];

const ownValues = new Map<string, Readonly<Record<string, readonly string[]>>>();

/** The values of a class. */
function valuesOf(className: string): Readonly<Record<string, readonly string[]>> {
    const known = ownValues.get(className);
    if (known) return known;
    const own = valuesByClass.filter(([classes]) => classes.test(className)).map(([, values]) => values);
    const all = Object.assign({ ...listedValues }, ...own) as Record<string, readonly string[]>;
    ownValues.set(className, all);
    return all;
}

/** Sources whose values are all recorded. */
const recorded = /\.(MySqlConnector|MariaDbConnector|PostgresConnector|MongoDbConnector)$/;

const checkValues = ({ class: className, config, template }: ResolvedConnector): Finding[] =>
    Object.entries(valuesOf(className)).flatMap(([key, values]): Finding[] => {
        const value = String(config[key] ?? values[0]).trim();
        if (value === "" || isReference(value) || values.includes(value.toLowerCase())) return [];
        // removedConfig.ts names what replaces it
        if (removedValuesOf(className, { [key]: value }).length > 0) return [];
        const ofOther = Object.hasOwn(listedValues, key) && listedValues[key].includes(value.toLowerCase());
        const suggestion = nearest(value, values);
        if (!ofOther && suggestion === undefined && !recorded.test(className)) return [];
        const reason = ofOther ? ", which another of Debezium's connectors has" : didYouMean(value, values);
        const message = `expected one of ${values.join(", ")}, received "${value}"${reason}`;
        // a value that is close to none can be of a newer version
        const isWarning = ofOther ? template === "raw" : suggestion === undefined;
        return [{ code: "KCP_INVALID_CONFIG_VALUE", key, message, isWarning }];
    });

/** Numbers with the range in which they work. */
const ranges: Readonly<Record<string, readonly [min: number, max: number]>> = {
    "database.port": [1, 65_535],
    "database.server.id": [1, 4_294_967_295],
    "max.batch.size": [1, 2 ** 31 - 1],
    "poll.interval.ms": [1, 2 ** 31 - 1],
    "max.queue.size.in.bytes": [0, Number.MAX_SAFE_INTEGER],
    "incremental.snapshot.chunk.size": [1, 2 ** 31 - 1],
    "snapshot.max.threads": [1, 2 ** 31 - 1],
};

const checkRanges = ({ config }: ResolvedConnector): Finding[] =>
    Object.entries(ranges)
        .filter(([key]) => config[key] !== undefined && !Number.isNaN(Number(config[key])))
        .filter(([key, [min, max]]) => Number(config[key]) < min || Number(config[key]) > max)
        .map(([key, [min, max]]) => ({
            code: "KCP_INVALID_CONFIG_VALUE",
            key,
            message: `expected a number from ${min} to ${max}, received ${String(config[key])}`,
        }));

/** Debezium puts a whole batch into its queue. */
function checkQueue({ config }: ResolvedConnector): Finding[] {
    const queue = Number(config["max.queue.size"] ?? 8192);
    const batch = Number(config["max.batch.size"] ?? 2048);
    // NaN, of a reference, is neither
    if (!(queue <= batch)) return [];
    const key = config["max.queue.size"] === undefined ? "max.batch.size" : "max.queue.size";
    const message = `expected max.queue.size (${queue}) above max.batch.size (${batch}); the connector does not start`;
    return [{ code: "KCP_INVALID_CONFIG_VALUE", key, message }];
}

/** Debezium rejects a list of what is captured beside one of what is not. */
const checkLists = ({ config }: ResolvedConnector): Finding[] =>
    ["database", "schema", "table", "collection", "column", "message.prefix"]
        .filter((name) => config[`${name}.include.list`] && config[`${name}.exclude.list`] !== undefined)
        .map((name) => ({
            code: "KCP_CONFLICTING_SETTINGS",
            key: `${name}.exclude.list`,
            message: `conflicts with ${name}.include.list; Debezium accepts only one of the two`,
        }));

/** PostgreSQL's rule for names of replication slots. */
function checkSlotName({ config }: ResolvedConnector): Finding[] {
    const slot = config["slot.name"];
    if (slot === undefined || isReference(slot) || /^[a-z0-9_]{1,63}$/.test(String(slot))) return [];
    const message =
        `expected at most 63 lower-case letters, digits and _, received ${JSON.stringify(slot)}: ` +
        "PostgreSQL refuses the replication slot";
    return [{ code: "KCP_INVALID_CONFIG_VALUE", key: "slot.name", message }];
}

/** Deleted rows stay in a compacted topic where nothing removes their keys. */
const lostDeletions = ({ config }: ResolvedConnector): Finding[] =>
    String(config["tombstones.on.delete"]) === "false" &&
    String(config["topic.creation.default.cleanup.policy"]).includes("compact")
        ? [
              {
                  code: "KCP_LOST_DELETION",
                  key: "tombstones.on.delete",
                  message:
                      "the topic is compacted, and without tombstones it keeps deleted rows forever; remove the key",
                  isWarning: true,
              },
          ]
        : [];

const sources = /^io\.debezium\.connector\.(?!jdbc)/;

export const debeziumValueRules: readonly PluginRule[] = [
    { classes: sources, check: checkValues },
    { classes: sources, check: checkRanges },
    { classes: sources, check: checkQueue },
    { classes: sources, check: checkLists },
    { classes: sources, check: lostDeletions },
    { classes: /\.PostgresConnector$/, check: checkSlotName },
];
