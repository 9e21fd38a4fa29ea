/** Debezium's sources. */
import { recordFormat } from "../../connectors/recordFormat";
import type { ResolvedConnector } from "../../connectors/template";
import { requiredKeys, type Finding, type PluginRule } from "./rule";

/** Whether a configuration is for Debezium 1, which an image that is not built here can contain. */
const hasEarlierHistory = ({ config }: ResolvedConnector): boolean =>
    Object.keys(config).some((key) => key.startsWith("database.history"));

const asWarnings = (findings: readonly Finding[]): Finding[] =>
    findings.map((finding) => ({
        ...finding,
        message: finding.message.replace(/^required; /, "not set; "),
        isWarning: true,
    }));

/** Transforms of Debezium's change events after which the record is still a structure. */
const structures =
    /\.(ExtractNewRecordState|ExtractNewDocumentState|ByLogicalTableRouter|RegexRouter|TimestampRouter|Filter|InsertField\$\w+|ReplaceField\$\w+|MaskField\$\w+|TimestampConverter\$\w+|InsertHeader|DropHeaders|HeaderFrom\$\w+|SetSchemaMetadata\$\w+)$/;

/** StringConverter writes a structure as `Struct{id=1,…}`, which nobody can read back. */
export function stringConverters({ config }: ResolvedConnector): Finding[] {
    const types = Object.keys(config).filter((key) => /^transforms\.[^.]+\.type$/.test(key));
    // other transforms, such as the outbox's, can produce strings
    if (!types.every((key) => structures.test(String(config[key])))) return [];
    return (["value", "key"] as const)
        .filter((part) => recordFormat(config, part) === "string")
        .map((part) => ({
            code: "KCP_SILENT_CORRUPTION",
            key: `${part}.converter`,
            message:
                `StringConverter writes Debezium's ${part}s as "Struct{…}", which cannot be read back; ` +
                "use JSON or Avro",
            // a key is often only compared
            isWarning: part === "key",
        }));
}

/** Schema histories that do not outlive the worker's pod. */
const temporaryHistories: Readonly<Record<string, string>> = {
    "io.debezium.relational.history.MemorySchemaHistory": "is in memory",
    "io.debezium.storage.file.history.FileSchemaHistory": "is a file of one worker",
};

function checkHistory({ config }: ResolvedConnector): Finding[] {
    const key = "schema.history.internal";
    const reason = temporaryHistories[String(config[key])];
    if (reason === undefined) return [];
    const message = `${reason}, and the task fails when it starts again without it; use the default, a topic`;
    return [{ code: "KCP_WEAK_DURABILITY", key, message, isWarning: true }];
}

export const debeziumRules: readonly PluginRule[] = [
    { classes: /^io\.debezium\.connector\./, check: checkHistory },
    {
        classes: /^io\.debezium\.connector\.(mysql|mariadb|postgresql|mongodb)\./,
        // templates limit tasksMax themselves
        check: ({ tasksMax, template }) =>
            tasksMax > 1 && template === "raw"
                ? [
                      {
                          code: "KCP_INVALID_CONFIG_VALUE",
                          key: "tasks.max",
                          message: `expected 1, received ${tasksMax}: with more, a Debezium source runs no task`,
                      },
                  ]
                : [],
    },
    {
        classes: /^io\.debezium\.connector\.(mysql|mariadb|postgresql|mongodb|sqlserver|oracle)\./,
        check: stringConverters,
    },
    {
        classes: /^io\.debezium\.connector\.(mysql|mariadb)\./,
        check: (connector, { usesManifest = true }) =>
            connector.config["schema.history.internal"] || (!usesManifest && hasEarlierHistory(connector))
                ? []
                : requiredKeys(
                      connector,
                      ["schema.history.internal.kafka.bootstrap.servers", "schema.history.internal.kafka.topic"],
                      "the schema history has its own Kafka client, and the task fails without it",
                  ),
    },
    {
        classes: /^io\.debezium\.connector\.postgresql\./,
        check: (connector) =>
            asWarnings(
                requiredKeys(
                    connector,
                    ["plugin.name"],
                    "its default, decoderbufs, is not part of PostgreSQL or RDS; use pgoutput",
                ),
            ),
    },
    {
        classes: /^io\.debezium\.connector\.mongodb\./,
        check: (connector) =>
            asWarnings(
                requiredKeys(
                    connector,
                    ["mongodb.server.selection.timeout.ms"],
                    "with its default each validation waits 30 seconds for a server that cannot be reached; use 5000",
                ),
            ),
    },
];
