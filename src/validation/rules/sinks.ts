/** Sinks: HTTP, BigQuery and JDBC. */
import { recordFormat } from "../../connectors/recordFormat";
import { matchesTopic } from "../../connectors/topicItems";
import type { ResolvedConnector } from "../../connectors/template";
import { isReference, requiredKeys, unlistedValues, type Finding, type PluginRule } from "./rule";

/** The keys that each type of the HTTP sink's authorization requires. */
const httpAuthorization: Readonly<Record<string, readonly string[]>> = {
    static: ["http.headers.authorization"],
    oauth2: ["oauth2.access.token.url", "oauth2.client.id", "oauth2.client.secret"],
};

function checkHttp(connector: ResolvedConnector): Finding[] {
    const { config, overriddenKeys, template } = connector;
    const type = String(config["http.authorization.type"]);
    const missing = requiredKeys(
        connector,
        httpAuthorization[type] ?? [],
        `with http.authorization.type ${type} the connector fails to start without it`,
    );
    // the templates report their own options
    const isOwnOption = template !== "raw" && !overriddenKeys.includes("errors.tolerance");
    const cannotStart = String(config["batching.enabled"]) === "true" && config["errors.tolerance"] === "all";
    if (!cannotStart || isOwnOption) return missing;
    const message = "conflicts with errors.tolerance all; the plugin does not start with both";
    return [...missing, { code: "KCP_CONFLICTING_SETTINGS", key: "batching.enabled", message }];
}

/** Values that the JDBC sink knows. Its validation accepts any, and the task then uses the default or fails. */
const jdbcValues: Readonly<Record<string, readonly string[]>> = {
    "insert.mode": ["insert", "upsert", "update"],
    "primary.key.mode": ["none", "kafka", "record_key", "record_header", "record_value"],
    "schema.evolution": ["none", "basic"],
};

const checkJdbc = (connector: ResolvedConnector): Finding[] => unlistedValues(connector, jdbcValues);

/** The formats of records without a schema. */
const schemaless: readonly unknown[] = ["json", "string", "bytes"];

/** A JDBC sink takes columns from schemas: from that of the value and, for the primary key, from that of the key. */
export function checkJdbcSchemas({ config, template, overriddenKeys }: ResolvedConnector): Finding[] {
    const usesKey = [config["primary.key.mode"], config["pk.mode"]].includes("record_key");
    const fields = config["primary.key.fields"] ?? config["pk.fields"];
    const format = { key: recordFormat(config, "key"), value: recordFormat(config, "value") };
    // the template reports its own option
    const isOwnOption = template !== "raw" && !overriddenKeys.some((key) => key.startsWith("value.converter"));
    if (isOwnOption && schemaless.includes(format.value)) return [];
    // a string or a number as the key is one column, which the fields name
    const isOneColumn = format.key === "string" && fields !== undefined;
    const parts = [
        ...(schemaless.includes(format.value) ? ["value" as const] : []),
        ...(usesKey && schemaless.includes(format.key) && !isOneColumn ? ["key" as const] : []),
    ];
    return parts.map((part) => ({
        code: "KCP_FORMAT_MISMATCH",
        key: `${part}.converter`,
        message:
            `${format[part]} has no schema, and the JDBC sink takes ` +
            `${part === "key" ? "the primary key" : "the columns"} from it: ` +
            "the task fails at the first record. Use json-with-schemas or avro",
    }));
}

/** Connect accepts names or an expression, and no sink that would read what it could not write. */
function checkTopics({ config }: ResolvedConnector): Finding[] {
    const expression = config["topics.regex"];
    if (expression === undefined) return [];
    const queue = config["errors.deadletterqueue.topic.name"];
    const both: Finding = {
        code: "KCP_CONFLICTING_SETTINGS",
        key: "topics.regex",
        message: "conflicts with topics; Connect rejects a sink with both",
    };
    const loop: Finding = {
        code: "KCP_CONFLICTING_SETTINGS",
        key: "topics.regex",
        message: `matches the sink's own dead letter queue ${queue}; Connect rejects the connector`,
    };
    return [
        ...(config.topics === undefined ? [] : [both]),
        ...(queue !== undefined && matchesTopic(String(expression), String(queue)) ? [loop] : []),
    ];
}

/** The driver is found by the address. */
const checkJdbcUrl = ({ config }: ResolvedConnector): Finding[] => {
    const url = config["connection.url"];
    return url === undefined || isReference(url) || String(url).startsWith("jdbc:")
        ? []
        : [
              {
                  code: "KCP_INVALID_CONFIG_VALUE",
                  key: "connection.url",
                  message: "expected an address such as jdbc:postgresql://HOST/DATABASE, received one without jdbc:",
              },
          ];
};

/** Placeholders of the name of a table. */
function checkTableName({ config }: ResolvedConnector): Finding[] {
    const key = "collection.name.format";
    const unknown = [...String(config[key] ?? "").matchAll(/\$\{([^:}]*)\}/g)]
        .map(([, name]) => name)
        .find((name) => name !== "topic" && !name.startsWith("source."));
    return unknown === undefined
        ? []
        : [
              {
                  code: "KCP_INVALID_CONFIG_VALUE",
                  key,
                  message: `expected the placeholder \${topic} or \${source.FIELD}, received \${${unknown}}`,
              },
          ];
}

export const sinkRules: readonly PluginRule[] = [
    { classes: /./, check: checkTopics },
    { classes: /^io\.aiven\.kafka\.connect\.http\./, check: checkHttp },
    {
        classes: /BigQuerySinkConnector$/,
        check: (connector) =>
            connector.config.keySource === "APPLICATION_DEFAULT"
                ? []
                : requiredKeys(
                      connector,
                      ["keyfile"],
                      "without it, or keySource APPLICATION_DEFAULT, the connector fails to start",
                  ),
    },
    { classes: /\.JdbcSinkConnector$/, check: checkJdbc },
    { classes: /\.JdbcSinkConnector$/, check: checkJdbcUrl },
    { classes: /\.JdbcSinkConnector$/, check: checkJdbcSchemas },
    { classes: /^io\.debezium\.connector\.jdbc\./, check: checkTableName },
];
