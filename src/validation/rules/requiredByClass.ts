/** Keys and values without which a plugin rejects its connector, for configurations that no template makes. */
import { matchesTopic } from "../../connectors/topicItems";
import type { ResolvedConnector } from "../../connectors/template";
import { didYouMean } from "../../util/nearest";
import { listItems } from "../../util/listItems";
import { isReference, requiredKeys, unlistedValues, type Finding, type PluginRule } from "./rule";

const bigquery = "com.wepay.kafka.connect.bigquery.BigQuerySinkConnector";
const http = "io.aiven.kafka.connect.http.HttpSinkConnector";

/** The keys that a class requires. */
const required = new Map<string, readonly string[]>([
    [bigquery, ["project", "defaultDataset"]],
    [http, ["http.url", "http.authorization.type"]],
    ["org.apache.kafka.connect.file.FileStreamSourceConnector", ["topic"]],
]);

/** The values of a class's keys, both in lower case. */
const values = new Map<string, Readonly<Record<string, readonly string[]>>>([
    [
        bigquery,
        {
            keysource: ["file", "json", "application_default"],
            timepartitioningtype: ["hour", "day", "month", "year", "none"],
        },
    ],
    [http, { "http.authorization.type": ["none", "oauth2", "static", "apikey"] }],
]);

const checkRequired = (connector: ResolvedConnector): Finding[] =>
    requiredKeys(
        connector,
        // removedConfig.ts names http.url where the address is in the key of another plugin
        (required.get(connector.class) ?? []).filter((key) => key !== "http.url" || !connector.config["http.api.url"]),
        "Connect rejects the connector without it",
    );

/** The sink of Debezium checks its own configuration when its task starts. */
const checkJdbcLogin: PluginRule["check"] = (connector, { usesManifest = true }) =>
    usesManifest
        ? requiredKeys(connector, ["connection.url", "connection.username"], "the task does not start without it")
        : [];

const checkValues = ({ class: className, config }: ResolvedConnector): Finding[] =>
    Object.entries(values.get(className) ?? {}).flatMap(([name, listed]) => {
        const key = Object.keys(config).find((written) => written.toLowerCase() === name);
        if (key === undefined || isReference(config[key])) return [];
        return unlistedValues({ config }, { [key]: listed });
    });

/** Tables of topics that the sink does not read. */
function checkTableMap({ config }: ResolvedConnector): Finding[] {
    const key = "topic2TableMap";
    const topics = listItems(config.topics);
    const expression = config["topics.regex"];
    const isRead = (topic: string) =>
        expression === undefined ? topics.includes(topic) : matchesTopic(String(expression), topic);
    const unread = listItems(config[key])
        .map((item) => item.split(":")[0].trim())
        .find((topic) => !isRead(topic));
    if (unread === undefined) return [];
    const message = `unused: the sink does not read the topic ${unread}${didYouMean(unread, topics)}`;
    return [{ code: "KCP_UNUSED_SETTING", key, message, isWarning: true }];
}

export const requiredByClassRules: readonly PluginRule[] = [
    { classes: /./, check: checkRequired },
    { classes: /^io\.debezium\.connector\.jdbc\./, check: checkJdbcLogin },
    { classes: /./, check: checkValues },
    { classes: /\.BigQuerySinkConnector$/, check: checkTableMap },
];
