/**
 * The primary key of Debezium's JDBC sink, against how it writes rows. Its validation accepts all of these; the task
 * fails at the first record, or writes something else (JdbcChangeEventSink and GeneralDatabaseDialect of 3.4).
 */
import type { ResolvedConnector } from "../../connectors/template";
import { listItems } from "../../util/listItems";
import { requiredKeys, type Finding, type PluginRule } from "./rule";

const keyMode = "primary.key.mode";
const keyFields = "primary.key.fields";

const lowerCase = (value: unknown, byDefault: string): string => String(value ?? byDefault).toLowerCase();

const conflict = (key: string, message: string): Finding => ({ code: "KCP_CONFLICTING_SETTINGS", key, message });

/** What `upsert` and `update` need to find a row. */
function checkInsertMode(connector: ResolvedConnector): Finding[] {
    const { config } = connector;
    const insertMode = lowerCase(config["insert.mode"], "insert");
    const mode = lowerCase(config[keyMode], "none");
    const hasFields = listItems(config[keyFields]).length > 0;
    if (insertMode === "upsert" && config[keyMode] === undefined)
        return requiredKeys(connector, [keyMode], "insert.mode upsert finds a row by its primary key");
    if (insertMode === "upsert" && mode === "none")
        return [
            conflict(keyMode, "conflicts with insert.mode upsert: the task fails at the first record without a key"),
        ];
    if (insertMode === "update" && mode === "none")
        return [
            {
                code: "KCP_SILENT_CORRUPTION",
                key: keyMode,
                message: "with insert.mode update and no primary key, each record overwrites all rows of the table",
            },
        ];
    if (insertMode === "update" && mode === "kafka")
        return [
            conflict(keyMode, "conflicts with insert.mode update: no row has the offset of a new record as its key"),
        ];
    if (mode !== "record_value" || hasFields || insertMode === "insert") return [];
    return insertMode === "update"
        ? requiredKeys(connector, [keyFields], "without it every field is the key, and no column is left to update")
        : [
              {
                  code: "KCP_MISSING_CONFIG_KEY",
                  key: keyFields,
                  message:
                      "not set; every field of the value is the primary key, and a changed row becomes another row",
                  isWarning: true,
              },
          ];
}

/** Fields that the mode does not read. */
function checkFields({ config, template }: ResolvedConnector): Finding[] {
    const mode = lowerCase(config[keyMode], "none");
    if (listItems(config[keyFields]).length === 0 || !["none", "kafka", "record_header"].includes(mode)) return [];
    const message = `unused: ${keyMode} is ${mode}; it names fields of record_key and record_value`;
    return [{ code: "KCP_UNUSED_SETTING", key: keyFields, message, isWarning: template === "raw" }];
}

/** Connect rejects deletions without the record's key. The template reports its own option. */
const checkDelete = ({ config, overriddenKeys, template }: ResolvedConnector): Finding[] =>
    String(config["delete.enabled"]).toLowerCase() === "true" &&
    lowerCase(config[keyMode], "none") !== "record_key" &&
    (template === "raw" || overriddenKeys.includes("delete.enabled") || overriddenKeys.includes(keyMode))
        ? [conflict("delete.enabled", `conflicts with ${keyMode}: Connect rejects deletions without record_key`)]
        : [];

const checkFilters = ({ config }: ResolvedConnector): Finding[] =>
    config["field.include.list"] && config["field.exclude.list"]
        ? [conflict("field.exclude.list", "conflicts with field.include.list; the task accepts only one of the two")]
        : [];

const debeziumSink = /^io\.debezium\.connector\.jdbc\.JdbcSinkConnector$/;

export const jdbcKeyRules: readonly PluginRule[] = [checkInsertMode, checkFields, checkDelete, checkFilters].map(
    (check) => ({ classes: debeziumSink, check }),
);
