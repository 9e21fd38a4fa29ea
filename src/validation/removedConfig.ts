/** Configuration keys and values that plugins had in earlier versions (release notes of Debezium, Kafka and Aiven). */

import type { ResolvedConnector } from "../connectors/template";

const debezium = /^io\.debezium\.connector\./;
const mirror = /^org\.apache\.kafka\.connect\.mirror\./;
const http = /^io\.aiven\.kafka\.connect\.http\./;

interface RemovedKeys {
    readonly classes: RegExp;
    readonly pattern: RegExp;
    /** Classes of the transform that the key is of. */
    readonly transforms?: RegExp;
    /** What replaces the key; undefined where nothing does. */
    readonly replacement?: string;
    /** What a key without a replacement is. */
    readonly reason?: string;
}

const removedKeys: readonly RemovedKeys[] = [
    { classes: debezium, pattern: /^database\.server\.name$/, replacement: "topic.prefix" },
    { classes: debezium, pattern: /^database\.history$/, replacement: "schema.history.internal" },
    { classes: debezium, pattern: /^database\.history(\..+)$/, replacement: "schema.history.internal$1" },
    { classes: debezium, pattern: /^(?!transforms\.)(.+)\.whitelist$/, replacement: "$1.include.list" },
    { classes: debezium, pattern: /^(?!transforms\.)(.+)\.blacklist$/, replacement: "$1.exclude.list" },
    { classes: debezium, pattern: /^transaction\.topic$/, replacement: "topic.transaction" },
    { classes: debezium, pattern: /^toasted\.value\.placeholder$/, replacement: "unavailable.value.placeholder" },
    { classes: debezium, pattern: /^snapshot\.custom\.class$/, replacement: "snapshot.mode.custom.name" },
    { classes: debezium, pattern: /^slot\.drop_on_stop$/, replacement: "slot.drop.on.stop" },
    {
        classes: /./,
        pattern: /^(transforms\.[^.]+)\.(drop\.tombstones|delete\.handling\.mode)$/,
        transforms: /\.ExtractNew(Record|Document)State$/,
        replacement: "$1.delete.tombstone.handling.mode",
    },
    { classes: debezium, pattern: /^(sanitize\.field\.names|source\.struct\.version|snapshot\.new\.tables)$/ },
    { classes: debezium, pattern: /^(snapshot\.minimal\.locks|gtid\.new\.channel\.position)$/ },
    { classes: debezium, pattern: /^(mongodb\.members\.auto\.discover|initial\.sync\.max\.threads)$/ },
    { classes: debezium, pattern: /^connect\.max\.attempts$/ },
    { classes: debezium, pattern: /^mongodb\.hosts$/, replacement: "mongodb.connection.string" },
    { classes: debezium, pattern: /^mongodb\.name$/, replacement: "topic.prefix" },
    { classes: mirror, pattern: /^use\.incremental\.alter\.configs$/ },
    { classes: mirror, pattern: /^(topics|groups|config\.properties)\.blacklist$/, replacement: "$1.exclude" },
    { classes: mirror, pattern: /^(topics|groups)\.whitelist$/, replacement: "$1" },
    { classes: http, pattern: /^http\.api\.url$/, replacement: "http.url" },
    { classes: http, pattern: /^(request\.method|reporter\..+)$/, reason: "a key of Confluent's HTTP sink" },
];

/** A key that the class does not read any more. */
export interface RemovedKey {
    readonly replacement?: string;
    readonly message: string;
}

/**
 * What replaces a key of earlier versions of a class, or of another plugin for the same system; undefined for any
 * other key.
 *
 * @param isListed whether the plugin has a key; a replacement that it lacks is not suggested
 */
export function removedKey(
    key: string,
    { class: className, config }: Pick<ResolvedConnector, "class" | "config">,
    isListed: (key: string) => boolean = () => true,
): RemovedKey | undefined {
    const transform = String(config[key.replace(/^(transforms\.[^.]+)\..*/, "$1.type")]);
    const entry = removedKeys.find(
        ({ classes, pattern, transforms }) =>
            classes.test(className) && pattern.test(key) && (transforms?.test(transform) ?? true),
    );
    if (!entry) return undefined;
    if (entry.replacement === undefined)
        return { message: `${entry.reason ?? "removed from the plugin"}, and ignored; delete it` };
    const replacement = key.replace(entry.pattern, entry.replacement);
    if (!isListed(replacement)) return undefined;
    return { replacement, message: `renamed by the plugin, which ignores this key; use ${replacement}` };
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
