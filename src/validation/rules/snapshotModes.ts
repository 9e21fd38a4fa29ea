/** Modes of Debezium's snapshots and slots that lose changes, or with which a source does nothing (up to 3.7). */
import type { ConnectContext, ResolvedConnector } from "../../connectors/template";
import { isTimeZone } from "../../util/timeZone";
import { invalid, isReference, type Finding, type PluginRule } from "./rule";

const mode = "snapshot.mode";
const flags = "snapshot.mode.configuration.based.";

const isTrue = (value: unknown): boolean => String(value).toLowerCase() === "true";

/** All flags of `configuration_based` are false by default. */
function checkFlags({ config }: ResolvedConnector): Finding[] {
    const written = Object.keys(config).find((key) => key.startsWith(flags));
    if (String(config[mode]).trim().toLowerCase() !== "configuration_based")
        return written === undefined
            ? []
            : [
                  {
                      code: "KCP_UNUSED_SETTING",
                      key: written,
                      message: `unused: ${mode} is not configuration_based`,
                      isWarning: true,
                  },
              ];
    return isTrue(config[`${flags}start.stream`])
        ? []
        : [invalid(mode, `without ${flags}start.stream: true the source captures no changes`, true)];
}

/** It is for a source whose schema history is lost. */
const checkRecovery = ({ config }: ResolvedConnector): Finding[] =>
    config[mode] === "recovery"
        ? [
              invalid(
                  mode,
                  "is for one start, which reads the schema again: a new source has no offsets and fails with it, " +
                      "and changes of tables since the last offset are lost",
                  true,
              ),
          ]
        : [];

/** Debezium's documentation keeps it to tests. */
const checkSlot = ({ config }: ResolvedConnector): Finding[] =>
    isTrue(config["slot.drop.on.stop"])
        ? [
              {
                  code: "KCP_SILENT_CORRUPTION",
                  key: "slot.drop.on.stop",
                  message: "drops the slot at each stop, also for an upgrade: changes until the next start are lost",
                  isWarning: true,
              },
          ]
        : [];

/** Time zones of MySQL's driver, besides its two words. */
const checkTimeZone = ({ config }: ResolvedConnector): Finding[] =>
    ["database.connectionTimeZone", "database.serverTimezone"]
        .filter((key) => config[key] !== undefined && !isReference(config[key]))
        .filter((key) => {
            const zone = String(config[key]);
            return !/^(LOCAL|SERVER)$/i.test(zone) && !isTimeZone(zone) && !/^[+-]\d\d?:\d\d$|^(UTC|GMT)\b/.test(zone);
        })
        .map((key) =>
            invalid(key, `expected a time zone such as Europe/Berlin, received "${String(config[key])}"`, true),
        );

/** Clients of the schema history, which inherit nothing from the workers. */
const history = "schema.history.internal.";

function checkHistoryClients({ config, template }: ResolvedConnector, context: ConnectContext): Finding[] {
    const [producer, consumer] = ["producer", "consumer"].map((client) => `${history}${client}.security.protocol`);
    const hasOwnServers = Object.keys(config).some((key) =>
        /^schema\.history\.internal\.(producer|consumer)\.bootstrap\.servers$/.test(key),
    );
    const servers = config[`${history}kafka.bootstrap.servers`];
    const required = context.clientSecurity["security.protocol"] ?? "PLAINTEXT";
    if (template === "raw" && required !== "PLAINTEXT" && servers === context.bootstrapServers && !hasOwnServers) {
        const missing = [producer, consumer].find((key) => config[key] === undefined);
        if (missing !== undefined)
            return [
                {
                    code: "KCP_MISSING_CONFIG_KEY",
                    key: missing,
                    message:
                        `required: the Kafka of the stack expects ${required}, and the clients of the schema history ` +
                        "take nothing from the workers",
                },
            ];
    }
    const value = (key: string) => String(config[key] ?? "PLAINTEXT").toUpperCase();
    if (
        hasOwnServers ||
        [producer, consumer].some((key) => isReference(config[key])) ||
        value(producer) === value(consumer)
    )
        return [];
    const [key, other] = config[producer] === undefined ? [consumer, producer] : [producer, consumer];
    const message = `is ${value(key)}, and ${other} is ${value(other)}: one of the two clients cannot connect`;
    return [{ code: "KCP_CONFLICTING_SETTINGS", key, message }];
}

const sources = /^io\.debezium\.connector\.(?!jdbc)/;
const mysql = /\.(MySqlConnector|MariaDbConnector)$/;

export const snapshotModeRules: readonly PluginRule[] = [
    { classes: sources, check: checkFlags },
    { classes: sources, check: checkRecovery },
    { classes: /\.PostgresConnector$/, check: checkSlot },
    { classes: mysql, check: checkTimeZone },
    { classes: sources, check: checkHistoryClients },
];
