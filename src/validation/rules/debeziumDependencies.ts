/** Keys that Debezium reads only together with others, and the replica identities that it sets. */
import type { ResolvedConnector } from "../../connectors/template";
import { listItems } from "../../util/listItems";
import { invalid, isReference, requiredKeys, type Finding, type PluginRule } from "./rule";

type Config = ResolvedConnector["config"];

interface Dependency {
    readonly key: string;
    readonly isRead: (config: Config) => boolean;
    /** Why it is not read. */
    readonly reason: string;
}

const hasMongodbTls = (config: Config): boolean => String(config["mongodb.ssl.enabled"]) === "true";
const hasMysqlTls = (config: Config): boolean => config["database.ssl.mode"] !== "disabled";
const hasPostgresTls = (config: Config): boolean => config["database.sslmode"] !== "disable";

const dependencies: readonly Dependency[] = [
    {
        key: "snapshot.mode.custom.name",
        isRead: (config) => config["snapshot.mode"] === "custom",
        reason: "snapshot.mode is not custom",
    },
    {
        key: "topic.transaction",
        isRead: (config) => String(config["provide.transaction.metadata"]) === "true",
        reason: "provide.transaction.metadata is not true",
    },
    { key: "mongodb.ssl.truststore", isRead: hasMongodbTls, reason: "mongodb.ssl.enabled is not true" },
    { key: "mongodb.ssl.keystore", isRead: hasMongodbTls, reason: "mongodb.ssl.enabled is not true" },
    { key: "database.ssl.truststore", isRead: hasMysqlTls, reason: "database.ssl.mode is disabled" },
    { key: "database.ssl.keystore", isRead: hasMysqlTls, reason: "database.ssl.mode is disabled" },
    { key: "database.sslrootcert", isRead: hasPostgresTls, reason: "database.sslmode is disable" },
    { key: "database.sslcert", isRead: hasPostgresTls, reason: "database.sslmode is disable" },
];

const checkDependencies = (connector: ResolvedConnector): Finding[] => [
    ...dependencies
        .filter(({ key, isRead }) => connector.config[key] !== undefined && !isRead(connector.config))
        .map(({ key, reason }): Finding => ({
            code: "KCP_UNUSED_SETTING",
            key,
            message: `unused: ${reason}`,
            isWarning: true,
        })),
    ...(connector.config["snapshot.mode"] === "custom"
        ? requiredKeys(
              connector,
              ["snapshot.mode.custom.name"],
              "snapshot.mode is custom; Connect rejects the connector",
          )
        : []),
];

/** Replica identities that PostgreSQL has. */
function checkReplicaIdentities({ config }: ResolvedConnector): Finding[] {
    const key = "replica.identity.autoset.values";
    if (config[key] !== undefined && String(config[key]).trim() === "")
        return [invalid(key, "expected tables with their identities, received an empty string")];
    const malformed = listItems(config[key]).find(
        (item) => !isReference(item) && !/:(DEFAULT|FULL|NOTHING|INDEX \S+)$/i.test(item),
    );
    if (malformed === undefined) return [];
    const message =
        "expected SCHEMA.TABLE:IDENTITY with DEFAULT, FULL, NOTHING or INDEX NAME, " +
        `received ${JSON.stringify(malformed)}`;
    return [{ code: "KCP_INVALID_CONFIG_VALUE", key, message }];
}

export const debeziumDependencyRules: readonly PluginRule[] = [
    { classes: /^io\.debezium\.connector\.(mysql|mariadb|postgresql|mongodb)\./, check: checkDependencies },
    { classes: /\.PostgresConnector$/, check: checkReplicaIdentities },
];
