/** Values of Debezium with a form: operations, channels, keys of messages, prefixes, and tables of the server. */
import { isLiteral, literalPrefix } from "../../connectors/tablePatterns";
import type { ResolvedConnector } from "../../connectors/template";
import { didYouMean, nearest } from "../../util/nearest";
import { listItems } from "../../util/listItems";
import { messageKeys } from "./messageKeys";
import { invalid, isReference, requiredKeys, type Finding, type PluginRule } from "./rule";
import { capturedPatterns, includeListOf } from "./tableMatching";

const operations = ["none", "r", "c", "u", "d", "t"];
const changes = ["c", "u", "d"];

/** Debezium accepts letters of operations, or `none` by itself. */
function checkSkippedOperations({ config }: ResolvedConnector): Finding[] {
    const key = "skipped.operations";
    if (config[key] === undefined || isReference(config[key])) return [];
    const listed = listItems(config[key]);
    const unknown = listed.find((operation) => !operations.includes(operation));
    if (unknown !== undefined)
        return [
            invalid(
                key,
                "expected c (create), u (update), d (delete), t (truncate) or r (read), or none by itself, " +
                    `received ${JSON.stringify(unknown)}; Connect rejects the connector`,
            ),
        ];
    if (listed.includes("none") && listed.length > 1)
        return [invalid(key, "expected none by itself, received it with operations; Connect rejects the connector")];
    return changes.every((operation) => listed.includes(operation))
        ? [
              {
                  code: "KCP_SILENT_CORRUPTION",
                  key,
                  message: "skips every change of a row: after the snapshot the connector writes nothing",
                  isWarning: true,
              },
          ]
        : [];
}

/** Debezium's rule for the names of topics. */
const checkTopicNames = ({ config }: ResolvedConnector): Finding[] =>
    ["topic.prefix", "topic.heartbeat.prefix", "topic.transaction"]
        .filter((key) => config[key] !== undefined && !isReference(config[key]))
        .filter((key) => !/^[A-Za-z0-9._-]+$/.test(String(config[key])))
        .map((key) => invalid(key, `expected letters, digits, ., _ and -, received ${JSON.stringify(config[key])}`));

function checkMessageKeys({ config }: ResolvedConnector): Finding[] {
    const key = "message.key.columns";
    if (config[key] === undefined || isReference(config[key])) return [];
    const malformed = messageKeys(config[key]).find(
        ({ table, columns }) =>
            table === "" || columns.length === 0 || columns.some((column) => column === "" || column.includes(":")),
    );
    return malformed === undefined
        ? []
        : [
              invalid(
                  key,
                  "expected TABLE:COLUMN, several columns separated by commas and several tables by semicolons, " +
                      `received ${JSON.stringify(malformed.text)}; Connect rejects the connector`,
              ),
          ];
}

/** Channels that Debezium has; a plugin can add others. */
const channels: Readonly<Record<string, readonly string[]>> = {
    "signal.enabled.channels": ["source", "kafka", "file", "jmx"],
    "notification.enabled.channels": ["sink", "log", "jmx"],
};

const checkChannels = ({ config }: ResolvedConnector): Finding[] =>
    Object.entries(channels).flatMap(([key, known]) =>
        listItems(config[key])
            .filter((name) => !known.includes(name) && nearest(name, known) !== undefined)
            .map((name) =>
                invalid(
                    key,
                    `expected ${known.join(", ")}, received ${JSON.stringify(name)}${didYouMean(name, known)}`,
                ),
            ),
    );

/** What an enabled channel needs, and what does nothing while its channel is not enabled. */
function checkChannelKeys(connector: ResolvedConnector): Finding[] {
    const { config } = connector;
    const signals = listItems(config["signal.enabled.channels"] ?? "source");
    const usesKafka = signals.includes("kafka");
    const usesSink = listItems(config["notification.enabled.channels"]).includes("sink");
    const unused = (isUsed: boolean, pattern: RegExp, reason: string): Finding[] =>
        Object.keys(config)
            .filter((key) => !isUsed && pattern.test(key))
            .slice(0, 1)
            .map((key) => ({ code: "KCP_UNUSED_SETTING", key, message: `unused: ${reason}`, isWarning: true }));
    return [
        ...(usesKafka
            ? requiredKeys(
                  connector,
                  ["signal.kafka.topic", "signal.kafka.bootstrap.servers"],
                  "the channel kafka of signals has its own client, and the task fails without it",
              )
            : []),
        ...(usesSink
            ? requiredKeys(
                  connector,
                  ["notification.sink.topic.name"],
                  "the channel sink of notifications writes it; Connect rejects the connector without it",
              )
            : []),
        ...unused(usesKafka, /^signal\.(kafka|consumer)\./, "signal.enabled.channels does not contain kafka"),
        ...unused(usesSink, /^notification\.sink\./, "notification.enabled.channels does not contain sink"),
    ];
}

/** A table of signals is named with its schema or database. */
function checkSignalTable({ class: className, config }: ResolvedConnector): Finding[] {
    const key = "signal.data.collection";
    const isMysql = /\.(MySqlConnector|MariaDbConnector)$/.test(className);
    if (isMysql && !isReference(config[key]) && String(config[key] ?? "").split(".").length > 2)
        return [invalid(key, `expected DATABASE.TABLE, received ${JSON.stringify(config[key])}`, true)];
    return config[key] === undefined || isReference(config[key]) || String(config[key]).includes(".")
        ? []
        : [invalid(key, `expected a table with its schema or database, received ${JSON.stringify(config[key])}`)];
}

/** Databases and schemas of the server itself, whose tables Debezium never captures. */
const systemContainers: readonly [classes: RegExp, names: RegExp][] = [
    [/\.(MySqlConnector|MariaDbConnector)$/, /^(mysql|performance_schema|sys|information_schema)(\.|$)/i],
    [/\.PostgresConnector$/, /^(pg_catalog|information_schema)(\.|$)/i],
    [/\.MongoDbConnector$/, /^(admin|local|config)(\.|$)/],
];

function checkSystemTables(connector: ResolvedConnector): Finding[] {
    const { class: className, config } = connector;
    const [, names] = systemContainers.find(([classes]) => classes.test(className)) ?? [];
    if (!names || String(config["table.ignore.builtin"]) === "false") return [];
    const pattern = capturedPatterns(connector)?.find((item) => names.test(literalPrefix(item)));
    if (pattern === undefined) return [];
    const table = isLiteral(pattern) ? literalPrefix(pattern) : pattern;
    const tables = includeListOf(className)!;
    const key =
        config[tables] === undefined
            ? tables.replace(/^\w+/, className.includes("postgres") ? "schema" : "database")
            : tables;
    return [invalid(key, `${table} belongs to the server itself; Debezium never captures its changes`)];
}

const sources = /^io\.debezium\.connector\.(mysql|mariadb|postgresql|mongodb)\./;

export const debeziumFormRules: readonly PluginRule[] = [
    { classes: sources, check: checkSkippedOperations },
    { classes: sources, check: checkTopicNames },
    { classes: sources, check: checkMessageKeys },
    { classes: sources, check: checkChannels },
    { classes: sources, check: checkChannelKeys },
    { classes: sources, check: checkSignalTable },
    { classes: sources, check: checkSystemTables },
];
