/** Configuration keys and values that plugins had in earlier versions (release notes of Debezium, Kafka and Aiven). */

/** Keys by what replaces them; null where nothing does. */
const removedKeys: readonly [RegExp, string | null][] = [
    [/^database\.server\.name$/, "topic.prefix"],
    [/^database\.history$/, "schema.history.internal"],
    [/^database\.history(\..+)$/, "schema.history.internal$1"],
    [/^(.+)\.whitelist$/, "$1.include.list"],
    [/^transaction\.topic$/, "topic.transaction"],
    [/^toasted\.value\.placeholder$/, "unavailable.value.placeholder"],
    [/^snapshot\.custom\.class$/, "snapshot.mode.custom.name"],
    [/^slot\.drop_on_stop$/, "slot.drop.on.stop"],
    [/^(transforms\.[^.]+)\.(drop\.tombstones|delete\.handling\.mode)$/, "$1.delete.tombstone.handling.mode"],
    [/^(sanitize\.field\.names|source\.struct\.version|snapshot\.new\.tables)$/, null],
    [/^(snapshot\.minimal\.locks|gtid\.new\.channel\.position)$/, null],
    [/^(mongodb\.members\.auto\.discover|initial\.sync\.max\.threads)$/, null],
    [/^(connect\.max\.attempts|use\.incremental\.alter\.configs)$/, null],
    [/^mongodb\.hosts$/, "mongodb.connection.string"],
    [/^mongodb\.name$/, "topic.prefix"],
    [/^(topics|groups|config\.properties)\.blacklist$/, "$1.exclude"],
    [/^(.+)\.blacklist$/, "$1.exclude.list"],
    // keys of Confluent's HTTP sink, in whose place the image has Aiven's
    [/^http\.api\.url$/, "http.url"],
    [/^(request\.method|reporter\..+)$/, null],
];

/** What replaces a key of earlier versions, as a message; undefined for a key that no earlier version had. */
export function removedKey(key: string): string | undefined {
    const entry = removedKeys.find(([pattern]) => pattern.test(key));
    if (!entry) return undefined;
    const [pattern, replacement] = entry;
    return replacement === null
        ? "removed from the plugin, which ignores the key; delete it"
        : `renamed by the plugin, which ignores this key; use ${key.replace(pattern, replacement)}`;
}

interface RemovedValue {
    readonly classes: RegExp;
    readonly key: string;
    readonly values: readonly string[];
    readonly replacement: string;
}

const removedValues: readonly RemovedValue[] = [
    { classes: /MySqlConnector$/, key: "snapshot.mode", values: ["schema_only"], replacement: "no_data" },
    { classes: /MySqlConnector$/, key: "snapshot.mode", values: ["schema_only_recovery"], replacement: "recovery" },
    { classes: /^io\.debezium\./, key: "snapshot.mode", values: ["never"], replacement: "no_data" },
    { classes: /PostgresConnector$/, key: "snapshot.mode", values: ["exported"], replacement: "initial" },
    {
        classes: /PostgresConnector$/,
        key: "plugin.name",
        values: ["wal2json", "wal2json_streaming", "wal2json_rds", "wal2json_rds_streaming"],
        replacement: "pgoutput",
    },
    {
        classes: /MongoDbConnector$/,
        key: "capture.mode",
        values: ["oplog"],
        replacement: "change_streams_update_full",
    },
];

/** The values of a configuration that earlier versions of the class had, each with what replaces it. */
export const removedValuesOf = (
    className: string,
    config: Readonly<Record<string, unknown>>,
): { key: string; value: string; replacement: string }[] =>
    removedValues
        .filter(({ classes, key, values }) => classes.test(className) && values.includes(String(config[key])))
        .map(({ key, replacement }) => ({ key, value: String(config[key]), replacement }));
