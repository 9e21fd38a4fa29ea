/**
 * Settings of the BigQuery sink that its own validation rejects together (UpsertDeleteValidator,
 * PartitioningModeValidator and StorageWriteApiValidator of Aiven's 2.14), and those of modes that are off.
 */
import type { ConnectContext, ResolvedConnector } from "../../connectors/template";
import { recordFormat } from "../../connectors/recordFormat";
import { listItems } from "../../util/listItems";
import { didYouMean } from "../../util/nearest";
import { invalid, requiredKeys, type Finding, type PluginRule } from "./rule";

const rejected = "Connect rejects the connector";

const isTrue = (value: unknown): boolean => String(value).toLowerCase() === "true";

const conflict = (key: string, message: string, isWarning = false): Finding => ({
    code: "KCP_CONFLICTING_SETTINGS",
    key,
    message,
    isWarning,
});

/** The key of the mode that merges rows into a table; undefined where rows are only appended. */
const mergeMode = ({ config }: ResolvedConnector): string | undefined =>
    ["upsertEnabled", "deleteEnabled"].find((key) => isTrue(config[key]));

const keyField = "kafkaKeyFieldName";

function checkMerge(connector: ResolvedConnector): Finding[] {
    const { config, template, overriddenKeys } = connector;
    const mode = mergeMode(connector);
    const interval = "mergeIntervalMs";
    const threshold = "mergeRecordsThreshold";
    if (mode === undefined)
        return [interval, threshold, "intermediateTableSuffix"]
            .filter((key) => config[key] !== undefined && (template === "raw" || overriddenKeys.includes(key)))
            .slice(0, 1)
            .map((key) => ({
                code: "KCP_UNUSED_SETTING",
                key,
                message: "unused: neither upsertEnabled nor deleteEnabled is true",
                isWarning: true,
            }));
    const isOff = (key: string, byDefault: number) => Number(config[key] ?? byDefault) === -1;
    const neverMerges = isOff(interval, 60_000) && isOff(threshold, -1);
    const loads = listItems(config.enableBatchLoad);
    // the template reports its own options
    const isOwnOption = template !== "raw" && !overriddenKeys.includes(mode);
    return [
        ...(isOwnOption ? [] : requiredKeys(connector, [keyField], `${mode} is true; ${rejected}`)),
        ...(neverMerges ? [conflict(interval, `and ${threshold} cannot both be -1; ${rejected}`)] : []),
        ...(isTrue(config.useStorageWriteApi)
            ? [conflict("useStorageWriteApi", `conflicts with ${mode}; ${rejected}`)]
            : []),
        ...(loads.length > 0
            ? [conflict("enableBatchLoad", `${loads[0]} is loaded from files, which ${mode} does not merge`, true)]
            : []),
        ...(recordFormat(config, "key") === "string"
            ? [
                  conflict(
                      "key.converter",
                      `a string has no fields, and ${mode} takes the record's identity from fields of the key`,
                      true,
                  ),
              ]
            : []),
    ];
}

function checkPartitioning({ config }: ResolvedConnector, { usesManifest = true }: ConnectContext): Finding[] {
    const field = "timestampPartitionFieldName";
    const decorator = "bigQueryPartitionDecorator";
    // the default of 2.14 is true
    if (config[field] === undefined || !isTrue(config[decorator] ?? usesManifest)) return [];
    const reason = config[decorator] === undefined ? ", which is true by default: set it to false" : "";
    return [conflict(field, `conflicts with ${decorator}${reason}; ${rejected}`)];
}

/** Fields that the sink adds to the rows. */
function checkAddedFields({ config }: ResolvedConnector): Finding[] {
    const data = "kafkaDataFieldName";
    return config[data] !== undefined && config[data] === config[keyField]
        ? [conflict(data, `is ${String(config[data])}, as ${keyField}: one column cannot hold both`)]
        : [];
}

function checkStorageApi({ config }: ResolvedConnector): Finding[] {
    const usesApi = isTrue(config.useStorageWriteApi);
    if (isTrue(config.enableBatchMode) && !usesApi)
        return [conflict("enableBatchMode", `requires useStorageWriteApi; ${rejected}`)];
    return usesApi && listItems(config.enableBatchLoad).length > 0
        ? [conflict("enableBatchLoad", `conflicts with useStorageWriteApi; ${rejected}`)]
        : [];
}

/** Ranges of numbers that the plugin checks. */
const ranges: readonly [key: string, min: number, max: number][] = [
    ["queueSize", -1, Infinity],
    ["bigQueryRetry", 0, Infinity],
    ["bigQueryRetryWait", 0, Infinity],
    ["commitInterval", 15, 14_400],
    ["partitionExpirationMs", 1, Infinity],
];

const checkRanges = ({ config }: ResolvedConnector): Finding[] => [
    ...ranges
        .filter(([key, min, max]) => Number(config[key]) < min || Number(config[key]) > max)
        .map(([key, min, max]) => {
            const range = max === Infinity ? `at least ${min}` : `a number from ${min} to ${max}`;
            return invalid(key, `expected ${range}, received ${String(config[key])}; ${rejected}`);
        }),
    ...(listItems(config.clusteringPartitionFieldNames).length > 4
        ? [invalid("clusteringPartitionFieldNames", `expected at most four fields; ${rejected}`)]
        : []),
];

const retriever = "com.wepay.kafka.connect.bigquery.retrieve.IdentitySchemaRetriever";

/** A class that is nearly the plugin's own. */
function checkRetriever({ config }: ResolvedConnector): Finding[] {
    const name = String(config.schemaRetriever ?? retriever);
    const hint = name === retriever ? "" : didYouMean(name, [retriever]);
    return hint === "" ? [] : [invalid("schemaRetriever", `the plugin has no class ${name}${hint}`)];
}

export const bigQueryRules: readonly PluginRule[] = [
    checkMerge,
    checkPartitioning,
    checkAddedFields,
    checkStorageApi,
    checkRanges,
    checkRetriever,
].map((check) => ({ classes: /^com\.wepay\.kafka\.connect\.bigquery\.BigQuerySinkConnector$/, check }));
