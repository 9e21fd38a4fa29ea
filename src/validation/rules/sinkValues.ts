/** Values of the HTTP, BigQuery and JDBC sinks that others of their keys contradict, and that no server accepts. */
import { matchesTopic } from "../../connectors/topicItems";
import type { ResolvedConnector } from "../../connectors/template";
import { didYouMean } from "../../util/nearest";
import { duplicates } from "../../util/data";
import { listItems } from "../../util/listItems";
import { isReference, requiredKeys, type Finding, type PluginRule } from "./rule";

type Config = ResolvedConnector["config"];

const warning = (key: string, message: string, code: Finding["code"] = "KCP_INVALID_CONFIG_VALUE"): Finding => ({
    code,
    key,
    message,
    isWarning: true,
});

const isTrue = (value: unknown): boolean => String(value).toLowerCase() === "true";

/** Numbers below which a plugin rejects the connector, or has no use for them. */
const least: Readonly<Record<string, number>> = {
    "batch.size": 1,
    "flush.max.retries": 0,
    "flush.retry.delay.ms": 0,
    "connection.pool.min_size": 1,
    "connection.pool.max_size": 1,
    "batch.max.size": 1,
    "max.retries": 0,
    threadPoolSize: 1,
};

const checkNumbers = ({ class: className, config }: ResolvedConnector): Finding[] =>
    Object.entries(least)
        .filter(([key, number]) => config[key] !== undefined && Number(config[key]) < number)
        .map(([key, number]) => ({
            code: "KCP_INVALID_CONFIG_VALUE",
            key,
            message: `expected at least ${number}, received ${String(config[key])}`,
            // its own validation accepts any number
            isWarning: isDebeziumJdbc.test(className),
        }));

function checkJdbcPool({ config }: ResolvedConnector): Finding[] {
    const key = "connection.pool.min_size";
    const [smallest, largest] = [Number(config[key] ?? 5), Number(config["connection.pool.max_size"] ?? 32)];
    return smallest > largest
        ? [
              {
                  code: "KCP_CONFLICTING_SETTINGS",
                  key,
                  message: `${smallest} is above connection.pool.max_size, ${largest}`,
                  isWarning: true,
              },
          ]
        : [];
}

/** Names of columns, without their table. */
function checkKeyFields({ config }: ResolvedConnector): Finding[] {
    const key = "primary.key.fields";
    if (config[key] === undefined || isReference(config[key])) return [];
    const fields = listItems(config[key]);
    const dotted = fields.find((field) => field.includes("."));
    if (dotted !== undefined) return [warning(key, `expected names of fields, received ${dotted} with a dot`)];
    const [repeated] = duplicates(fields);
    return repeated === undefined ? [] : [warning(key, `lists ${fields[repeated]} twice; remove one`)];
}

/** Fields of topics, `TOPIC:FIELD`, of which the sink reads none. */
const checkFieldLists = ({ config }: ResolvedConnector): Finding[] =>
    ["field.include.list", "field.exclude.list"].flatMap((key): Finding[] => {
        const topics = listItems(config.topics);
        const expression = config["topics.regex"];
        const isRead = (topic: string) =>
            expression === undefined ? topics.includes(topic) : matchesTopic(String(expression), topic);
        const unread = listItems(config[key])
            .filter((item) => item.includes(":"))
            .map((item) => item.split(":")[0].trim())
            .find((topic) => !isRead(topic));
        return unread === undefined
            ? []
            : [
                  warning(
                      key,
                      `unused: the sink does not read the topic ${unread}${didYouMean(unread, topics)}`,
                      "KCP_UNUSED_SETTING",
                  ),
              ];
    });

/** Two topics whose rows get into one table because dots become underscores. */
function checkSharedTables({ config }: ResolvedConnector, key: string): Finding[] {
    const topics = listItems(config.topics);
    const tables = topics.map((topic) => topic.replace(/[^A-Za-z0-9_]/g, "_"));
    const [second] = duplicates(tables);
    if (second === undefined || topics[second] === topics[tables.indexOf(tables[second])]) return [];
    const first = topics[tables.indexOf(tables[second])];
    return [warning(key, `${first} and ${topics[second]} are both written to the table ${tables[second]}`)];
}

const checkJdbcTables: PluginRule["check"] = (connector) =>
    (connector.config["collection.name.format"] ?? "${topic}") === "${topic}"
        ? checkSharedTables(connector, "topics")
        : [];

const httpAuthorization = /^oauth2\.|^http\.headers\.authorization$/;

/** Keys of a login that the type of authorization does not read, and headers that the plugin sets itself. */
function checkHttp({ config }: ResolvedConnector): Finding[] {
    const type = String(config["http.authorization.type"]).toLowerCase();
    const unread = Object.keys(config).find((key) => httpAuthorization.test(key) && type === "none");
    const key = "http.headers.additional";
    const names = listItems(config[key])
        .filter((header) => header.includes(":"))
        .map((header) => header.split(":")[0].trim());
    const own = names.find(
        (name) => /^content-type$/i.test(name) || (/^authorization$/i.test(name) && type !== "none"),
    );
    const illegal = names.find((name) => !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name));
    const contentType = config["http.headers.content.type"];
    return [
        ...(unread === undefined
            ? []
            : [warning(unread, "unused: http.authorization.type is none", "KCP_UNUSED_SETTING")]),
        ...(own === undefined
            ? []
            : [warning(key, `sets ${own} a second time; use the plugin's own key for it`, "KCP_CONFLICTING_SETTINGS")]),
        ...(illegal === undefined
            ? []
            : [
                  {
                      code: "KCP_INVALID_CONFIG_VALUE" as const,
                      key,
                      message: `no header has the name ${JSON.stringify(illegal)}`,
                  },
              ]),
        ...(contentType === undefined ||
        isReference(contentType) ||
        /^[^/\s]+\/[^/\s;]+\s*(;.*)?$/.test(String(contentType))
            ? []
            : [warning("http.headers.content.type", `expected TYPE/SUBTYPE, received ${JSON.stringify(contentType)}`)]),
    ];
}

/** Keys of BigQuery's batches of files, which need a bucket, and a list of topics. */
function checkBigQuery(connector: ResolvedConnector): Finding[] {
    const { config } = connector;
    const loads = listItems(config.enableBatchLoad);
    const topics = listItems(config.topics);
    const unread = config["topics.regex"] === undefined ? loads.find((topic) => !topics.includes(topic)) : undefined;
    const gcs = ["gcsBucketName", "gcsFolderName"].find((key) => loads.length === 0 && config[key] !== undefined);
    return [
        ...(loads.length > 0
            ? requiredKeys(
                  connector,
                  ["gcsBucketName"],
                  "enableBatchLoad writes files to it; Connect rejects the connector",
              )
            : []),
        ...(unread === undefined
            ? []
            : [
                  warning(
                      "enableBatchLoad",
                      `unused: the sink does not read the topic ${unread}${didYouMean(unread, topics)}`,
                      "KCP_UNUSED_SETTING",
                  ),
              ]),
        ...(gcs === undefined ? [] : [warning(gcs, "unused: enableBatchLoad lists no topic", "KCP_UNUSED_SETTING")]),
        ...checkBigQueryTables(connector, config),
    ];
}

const checkBigQueryTables = (connector: ResolvedConnector, config: Config): Finding[] =>
    isTrue(config.sanitizeTopics) && config.topic2TableMap === undefined ? checkSharedTables(connector, "topics") : [];

const isDebeziumJdbc = /^io\.debezium\.connector\.jdbc\./;
const isHttp = /^io\.aiven\.kafka\.connect\.http\./;
const isBigQuery = /^com\.wepay\.kafka\.connect\.bigquery\.BigQuerySinkConnector$/;

export const sinkValueRules: readonly PluginRule[] = [
    {
        classes: new RegExp([isDebeziumJdbc, isHttp, isBigQuery].map(({ source }) => source).join("|")),
        check: checkNumbers,
    },
    { classes: isDebeziumJdbc, check: checkJdbcPool },
    { classes: isDebeziumJdbc, check: checkKeyFields },
    { classes: isDebeziumJdbc, check: checkFieldLists },
    { classes: isDebeziumJdbc, check: checkJdbcTables },
    { classes: isHttp, check: checkHttp },
    { classes: isBigQuery, check: checkBigQuery },
];
