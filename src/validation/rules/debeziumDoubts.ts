/**
 * Values of Debezium's sources that its validation accepts and that harm the database, the slot or the restart: what a
 * heartbeat's statement does, how rows are fetched, and what is confirmed to the server.
 */
import type { ConnectContext, ResolvedConnector } from "../../connectors/template";
import { listItems } from "../../util/listItems";
import { invalid, isReference, type Finding, type PluginRule } from "./rule";

const isPostgres = (className: string): boolean => className.endsWith(".PostgresConnector");

const heartbeat = "heartbeat.action.query";

/** The statement of a heartbeat, against what it is for and the database that runs it. */
function checkHeartbeat({ class: className, config }: ResolvedConnector): Finding[] {
    const statement = String(config[heartbeat] ?? "").trim();
    if (statement === "" || isReference(statement)) return [];
    if (Number(config["heartbeat.interval.ms"] ?? 0) === 0)
        return [
            {
                code: "KCP_UNUSED_SETTING",
                key: heartbeat,
                message: "unused: heartbeat.interval.ms is 0",
                isWarning: true,
            },
        ];
    if (/^(drop|alter|truncate|create)\b/i.test(statement))
        return [invalid(heartbeat, `changes tables at each heartbeat: ${statement.split(/\s/)[0]}`, true)];
    const foreign = isPostgres(className)
        ? /^replace\s+into\b|\bon\s+duplicate\s+key\b|`/i.exec(statement)
        : /\bon\s+conflict\b|::\w+|\bpg_\w+\(/i.exec(statement);
    if (foreign) return [invalid(heartbeat, `${foreign[0]} is of another database; each heartbeat fails`)];
    return isPostgres(className) && /^(select|values|show)\b/i.test(statement) && !/\w+\s*\(/.test(statement)
        ? [
              {
                  code: "KCP_NO_HEARTBEAT",
                  key: heartbeat,
                  message: "writes nothing, and a heartbeat advances the slot by what it writes; use INSERT or UPDATE",
                  isWarning: true,
              },
          ]
        : [];
}

/** Numbers with which a source stops working, each with the reason. */
const numbers: readonly [classes: RegExp, key: string, isWrong: (value: number) => boolean, message: string][] = [
    [
        /\.PostgresConnector$/,
        "snapshot.fetch.size",
        (value) => value === 0,
        "0 reads a whole table into the heap: PostgreSQL's driver then fetches all rows at once",
    ],
    [
        /./,
        "snapshot.max.threads",
        (value) => value > 64,
        "each thread of a snapshot has its own connection to the database",
    ],
    [
        /\.PostgresConnector$/,
        "status.update.interval.ms",
        (value) => value >= 60_000,
        "PostgreSQL ends a connection without a status after wal_sender_timeout, which is 60 seconds by default",
    ],
    [
        /\.(MySqlConnector|MariaDbConnector)$/,
        "database.server.id",
        (value) => value === 1,
        "1 is the default server_id of MySQL itself, which refuses a reader with its own id",
    ],
    [
        /./,
        "schema.history.internal.kafka.recovery.attempts",
        (value) => value <= 0,
        "the schema history is not read back, and the task fails when it starts again",
    ],
    [
        /\.(MySqlConnector|MariaDbConnector)$/,
        "min.row.count.to.stream.results",
        (value) => value < 0,
        "expected 0, for streaming all tables, or more",
    ],
];

const checkNumbers = ({ class: className, config }: ResolvedConnector): Finding[] =>
    numbers
        .filter(
            ([classes, key, isWrong]) =>
                classes.test(className) && config[key] !== undefined && isWrong(Number(config[key])),
        )
        .map(([, key, , message]) => invalid(key, message, true));

/** What PostgreSQL keeps while the source confirms nothing. */
const checkConfirmation = ({ config }: ResolvedConnector): Finding[] => [
    ...(String(config["flush.lsn.source"]) === "false"
        ? [
              invalid(
                  "flush.lsn.source",
                  "the source confirms nothing, and PostgreSQL keeps its log until the disk is full",
                  true,
              ),
          ]
        : []),
    ...(/\b(add|filter)-tables\b|\binclude-\w+=/.test(String(config["slot.stream.params"] ?? "")) &&
    String(config["plugin.name"]) === "pgoutput"
        ? [invalid("slot.stream.params", "has options of wal2json, which pgoutput refuses", true)]
        : []),
];

/** Publications are of pgoutput. */
const checkDecoderbufs = ({ config, overriddenKeys }: ResolvedConnector): Finding[] =>
    String(config["plugin.name"]) === "decoderbufs"
        ? overriddenKeys
              .filter((key) => key.startsWith("publication."))
              .slice(0, 1)
              .map((key) => ({
                  code: "KCP_UNUSED_SETTING",
                  key,
                  message: "unused: plugin.name is decoderbufs, which reads no publication",
                  isWarning: true,
              }))
        : [];

/** Those of user and password are compared in logins.ts. */
const server = ["database.hostname", "database.port", "database.user"];

/** One key of a secret in two places, and names with a part too many. */
function checkLogin({ class: className, config }: ResolvedConnector): Finding[] {
    const repeated = server.find(
        (key, index) =>
            isReference(config[key]) && server.slice(0, index).some((earlier) => config[earlier] === config[key]),
    );
    const database = String(config["database.dbname"] ?? "");
    return [
        ...(repeated === undefined
            ? []
            : [invalid(repeated, "is the same key of the secret as that of another part of the login", true)]),
        ...(/\.(com|net|org|io|internal|local)$/.test(database)
            ? [invalid("database.dbname", `expected a database, received ${database}, which looks like a host`, true)]
            : []),
        ...(isPostgres(className) && /\.public$/.test(database)
            ? [invalid("database.dbname", `expected a database, received ${database} with a schema`, true)]
            : []),
    ];
}

/** Debezium names the topic by topic.heartbeat.prefix since 2.0; the older key is still in its definitions. */
function checkHeartbeatTopic({ config }: ResolvedConnector): Finding[] {
    const [read, unread] = ["topic.heartbeat.prefix", "heartbeat.topics.prefix"];
    return config[unread] === undefined || config[unread] === (config[read] ?? "__debezium-heartbeat")
        ? []
        : [{ code: "KCP_UNUSED_SETTING", key: unread, message: `unused: ${read} names the topic`, isWarning: true }];
}

const checkPrefix = ({ config }: ResolvedConnector): Finding[] =>
    /^\.|\.$|\.\./.test(String(config["topic.prefix"] ?? ""))
        ? [
              invalid(
                  "topic.prefix",
                  "begins or ends in a dot, or has two: the names of topics then have two as well",
                  true,
              ),
          ]
        : [];

/** `kcp snapshot` writes the signals to the stack's Kafka. */
function checkSignals({ config, template, overriddenKeys }: ResolvedConnector, context: ConnectContext): Finding[] {
    const key = "signal.kafka.bootstrap.servers";
    if (template === "raw" || !overriddenKeys.includes(key) || isReference(config[key])) return [];
    const own = listItems(context.bootstrapServers);
    return listItems(config[key]).some((server) => own.includes(server))
        ? []
        : [invalid(key, "is another Kafka than that of the stack, to which `kcp snapshot` writes the signals", true)];
}

/** A signal table whose rows are published as those of a table. */
function checkSignalTable({ config }: ResolvedConnector): Finding[] {
    const key = "signal.data.collection";
    const table = String(config[key] ?? "");
    const captured = listItems(config["table.include.list"]).map((item) => item.replaceAll("\\.", "."));
    return table !== "" && captured.length === 1 && captured[0] === table
        ? [invalid(key, "is the only captured table; expected one for signals by itself", true)]
        : [];
}

const sources = /^io\.debezium\.connector\.(mysql|mariadb|postgresql|mongodb)\./;

export const debeziumDoubtRules: readonly PluginRule[] = [
    { classes: sources, check: checkHeartbeat },
    { classes: sources, check: checkNumbers },
    { classes: /\.PostgresConnector$/, check: checkConfirmation },
    { classes: /\.PostgresConnector$/, check: checkDecoderbufs },
    { classes: sources, check: checkLogin },
    { classes: sources, check: checkPrefix },
    { classes: sources, check: checkHeartbeatTopic },
    { classes: sources, check: checkSignals },
    { classes: sources, check: checkSignalTable },
];
