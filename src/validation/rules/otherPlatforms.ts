/** Configurations copied from Confluent Cloud, or of the JDBC source that Confluent and Aiven publish. */
import type { ResolvedConnector } from "../../connectors/template";
import { connectorClasses } from "../pluginKeyLists";
import type { Finding, PluginRule } from "./rule";

/** Keys of managed connectors, which the service takes out before a worker reads them. */
const managedKey = /^(kafka\.(api\.(key|secret)|auth\.mode|service\.account\.id)|(in|out)put\.(data|key)\.format)$/;

/** Where the plugin's keys are recorded, configKeys.ts reports them. */
const checkManaged = ({ class: className, config }: ResolvedConnector): Finding[] =>
    connectorClasses().includes(className)
        ? []
        : Object.keys(config)
              .filter((key) => managedKey.test(key))
              .slice(0, 1)
              .map((key) => ({
                  code: "KCP_UNUSED_SETTING",
                  key,
                  message: "unused: a key of Confluent Cloud's managed connectors, which no worker reads",
                  isWarning: true,
              }));

const missing = (key: string, message: string): Finding => ({
    code: "KCP_MISSING_CONFIG_KEY",
    key,
    message: `not set; ${message}`,
    isWarning: true,
});

/** Rules of JdbcSourceConnectorConfig, of both publishers. */
function checkJdbcSource({ config }: ResolvedConnector): Finding[] {
    const mode = String(config.mode ?? "").toLowerCase();
    const filter = ["table.whitelist", "table.include.list", "table.blacklist", "table.exclude.list"].find(
        (key) => config[key],
    );
    return [
        ...(config["topic.prefix"] === undefined
            ? [missing("topic.prefix", "it begins the names of all topics, and Connect rejects the connector")]
            : []),
        ...(mode.includes("timestamp") && !config["timestamp.column.name"] && !config["timestamp.columns.mapping"]
            ? [missing("timestamp.column.name", `mode is ${mode}; Connect rejects the connector`)]
            : []),
        ...(config.query && filter !== undefined
            ? [
                  {
                      code: "KCP_CONFLICTING_SETTINGS" as const,
                      key: filter,
                      message: "conflicts with query, which selects the rows; Connect rejects the connector",
                      isWarning: true,
                  },
              ]
            : []),
    ];
}

export const otherPlatformRules: readonly PluginRule[] = [
    { classes: /./, check: checkManaged },
    { classes: /^io\.(confluent\.connect|aiven\.connect)\.jdbc\.JdbcSourceConnector$/, check: checkJdbcSource },
];
