/** PostgreSQL sources whose replication slot does not advance while their tables are quiet. */
import type { ResolvedConnector } from "../connectors/template";
import { issue, type Issue } from "../schema/issues";

const consequence =
    "while the captured tables are quiet and others are not, PostgreSQL keeps the write-ahead log for the slot " +
    "until the disk is full";

/** Warnings for the PostgreSQL sources without a heartbeat, or whose heartbeat does not advance the slot. */
export const heartbeatWarnings = (connectors: readonly ResolvedConnector[]): Issue[] =>
    connectors
        .filter(({ class: className }) => className.endsWith(".PostgresConnector"))
        .flatMap((connector) => {
            const { config } = connector;
            const warning = (key: string, message: string) => [
                issue("KCP_NO_HEARTBEAT", connector.settingPath(key), `${message}: ${consequence}`),
            ];
            // the driver confirms the log of other tables itself, from Debezium 3.4 on
            if (config["lsn.flush.mode"] === "connector_and_driver") return [];
            if (Number(config["heartbeat.interval.ms"] ?? 0) === 0)
                return warning("heartbeat.interval.ms", "there is no heartbeat");
            return config["heartbeat.action.query"] === undefined
                ? warning(
                      "heartbeat.action.query",
                      "the heartbeat runs no statement (heartbeat.action.query), and a heartbeat record alone does " +
                          "not advance the slot",
                  )
                : [];
        });
