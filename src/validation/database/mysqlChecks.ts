/** A MySQL or MariaDB server against the sources that read from it. Pure. */
import type { ResolvedConnector } from "../../connectors/template";
import { issue, type Issue } from "../../schema/issues";
import type { MysqlFacts } from "./facts";
import { tableChecks, tablePath, withoutKey } from "./tableChecks";

/** Variables of the server, the value that Debezium needs, and how to set it. */
const requiredVariables: readonly [name: string, expected: string, fix: string][] = [
    ["log_bin", "ON", "start the server with log_bin"],
    ["binlog_format", "ROW", "SET GLOBAL binlog_format = 'ROW'"],
    ["binlog_row_image", "FULL", "SET GLOBAL binlog_row_image = 'FULL'"],
];

/** Rights, each by any of its names: MariaDB has other names from 10.5 on. */
const requiredRights: readonly (readonly string[])[] = [
    ["REPLICATION SLAVE", "REPLICATION REPLICA"],
    ["REPLICATION CLIENT", "BINLOG MONITOR", "REPLICATION SLAVE ADMIN"],
];

/** The shortest retention of the binary log that covers a night. */
const shortestRetentionSeconds = 86_400;

/** What is wrong for the sources of one server. */
export const mysqlChecks = (connectors: readonly ResolvedConnector[], facts: MysqlFacts): Issue[] =>
    connectors.flatMap((connector) => [
        ...variableChecks(connector, facts),
        ...rightChecks(connector, facts),
        ...serverIdChecks(connector, facts),
        ...tableChecks(connector, facts.tables),
    ]);

function variableChecks(connector: ResolvedConnector, { variables, isMariadb }: MysqlFacts): Issue[] {
    const readOnly = String(connector.config["read.only"]) === "true";
    const needed =
        readOnly && !isMariadb
            ? [...requiredVariables, ["gtid_mode", "ON", "set gtid_mode = ON"] as const]
            : requiredVariables;
    return needed
        .filter(([name, expected]) => (variables[name] ?? "").toUpperCase() !== expected)
        .map(([name, expected, fix]) =>
            issue(
                "KCP_DATABASE_SETTING",
                connector.settingPath(name === "gtid_mode" ? "read.only" : "database.hostname"),
                `(${connector.name}) ${name} is ${variables[name] ?? "not set"}, expected ${expected}; ${fix}`,
            ),
        );
}

const rightChecks = (connector: ResolvedConnector, { rights, user }: MysqlFacts): Issue[] =>
    requiredRights
        .filter((names) => !rights.includes("ALL PRIVILEGES") && !names.some((name) => rights.includes(name)))
        .map(([name]) =>
            issue(
                "KCP_DATABASE_RIGHTS",
                connector.settingPath("database.hostname"),
                `(${connector.name}) the user ${user} lacks ${name}; GRANT ${name} ON *.* TO …`,
            ),
        );

const serverIdOf = ({ config }: ResolvedConnector): number => Number(config["database.server.id"]);

const serverIdChecks = (connector: ResolvedConnector, { variables }: MysqlFacts): Issue[] =>
    Number(variables.server_id) === serverIdOf(connector)
        ? [
              issue(
                  "KCP_DATABASE_SETTING",
                  connector.settingPath("database.server.id"),
                  `(${connector.name}) ${variables.server_id} is the server's own server_id; set another serverId`,
              ),
          ]
        : [];

/** Seconds that the server keeps its binary log; 0 for ever. MariaDB and MySQL 5.7 count days. */
function retentionSeconds({ variables }: MysqlFacts): number {
    const seconds = Number(variables.binlog_expire_logs_seconds ?? 0);
    return seconds > 0 ? seconds : Number(variables.expire_logs_days ?? 0) * 86_400;
}

/** What is only probably wrong. */
export function mysqlWarnings(connectors: readonly ResolvedConnector[], facts: MysqlFacts): Issue[] {
    const retention = retentionSeconds(facts);
    return connectors.flatMap((connector) => [
        ...(retention > 0 && retention < shortestRetentionSeconds
            ? [
                  issue(
                      "KCP_DATABASE_SETTING",
                      connector.settingPath("database.hostname"),
                      `(${connector.name}) the binary log is kept for ${Math.round(retention / 3600)} hours: a ` +
                          "source that is stopped for longer needs a new snapshot. Raise binlog_expire_logs_seconds " +
                          "(on RDS: binlog retention hours)",
                  ),
              ]
            : []),
        ...(facts.replicaIds.includes(serverIdOf(connector))
            ? [
                  issue(
                      "KCP_DATABASE_SETTING",
                      connector.settingPath("database.server.id"),
                      `(${connector.name}) a replica with the server id ${serverIdOf(connector)} is connected: ` +
                          "this connector, or another replica that the server would disconnect",
                  ),
              ]
            : []),
        ...withoutKey(connector, facts.tables).map(({ name }) =>
            issue(
                "KCP_DATABASE_KEY",
                tablePath(connector, name),
                `(${connector.name}) ${name} has no primary key: its records have no key. Set message.key.columns ` +
                    "in config",
            ),
        ),
    ]);
}
