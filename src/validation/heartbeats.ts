/** PostgreSQL sources without a heartbeat. */
import type { ResolvedConnector } from "../connectors/template";
import { issue, type Issue } from "../schema/issues";

/** Warnings for the PostgreSQL sources that have no heartbeat. */
export const heartbeatWarnings = (connectors: readonly ResolvedConnector[]): Issue[] =>
    connectors
        .filter(
            ({ class: className, config }) =>
                className.endsWith(".PostgresConnector") && Number(config["heartbeat.interval.ms"] ?? 0) === 0,
        )
        .map((connector) =>
            issue(
                "KCP_NO_HEARTBEAT",
                connector.settingPath("heartbeat.interval.ms"),
                "there is no heartbeat: while this table is quiet and others are not, " +
                    "PostgreSQL keeps the write-ahead log for the replication slot until the disk is full",
            ),
        );
