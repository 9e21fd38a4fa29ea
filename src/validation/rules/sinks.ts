/** Sinks: HTTP, BigQuery and JDBC. */
import type { ResolvedConnector } from "../../connectors/template";
import { requiredKeys, type Finding, type PluginRule } from "./rule";

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

const checkJdbc = ({ config }: ResolvedConnector): Finding[] =>
    Object.entries(jdbcValues)
        .filter(([key, values]) => config[key] !== undefined && !values.includes(String(config[key]).toLowerCase()))
        .map(([key, values]) => ({
            code: "KCP_INVALID_CONFIG_VALUE",
            key,
            message: `expected one of ${values.join(", ")}, received ${JSON.stringify(config[key])}`,
        }));

export const sinkRules: readonly PluginRule[] = [
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
];
