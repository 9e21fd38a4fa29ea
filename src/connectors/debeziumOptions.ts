/** The options and the configuration that Debezium's sources share. */
import { z } from "zod";
import { object, oneOf, string, integer } from "../schema/primitives";
import { commonShape, reference, secretKey, secretOption } from "./commonOptions";
import { sourceConfig, sourceShape, type SourceOptions } from "./sourceOptions";
import { secretNameOf, secretReference, type ConnectorConfig, type ConnectContext } from "./template";

/** A TCP port, or a reference to a secret that holds it. */
const port = () =>
    z
        .custom<number | string>(
            (value) =>
                (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 65535) ||
                (typeof value === "string" && reference.test(value)),
            { error: "a port from 1 to 65535, or a reference such as ${secretManager:INSTANCE:PORT}" },
        )
        .meta({ type: ["integer", "string"], minimum: 1, maximum: 65535, pattern: reference.source });

/** One line that does not begin or end in a blank, and is not in quotes: no name that anyone means is. */
const unquotedLine = /^(?!\s|(["'`]).*\1$)[^\r\n]*[^\s]$/;

/** The name of an instance, a database or a schema. */
export const databaseName = (what: string) =>
    string(`the name of a ${what}, on one line and without blanks or quotes around it`, unquotedLine);

/** The address of a database and its login. */
export const databaseOptions = {
    instance: databaseName("database instance").describe(
        "Name of the database instance, for names and the default of `secret`",
    ),
    database: databaseName("database").describe("Name of the database"),
    port: port()
        .optional()
        .describe("Port of the server, or a reference to a secret. Default: the default of the database"),
    secret: secretOption(),
    hostKey: secretKey("HOST", "the host"),
    userKey: secretKey("USERNAME", "the user"),
    passwordKey: secretKey("PASSWORD", "the password"),
};

/** The option for one table. */
export const tableOption = (term: "table" | "collection") =>
    string(`the name of a ${term}, on one line`, /^[^\r\n]+$/)
        .optional()
        .describe(`Name of the ${term}, for a source of one`);

/** The options outside `source` of every Debezium source. */
export const changeShape = {
    ...commonShape,
    ...sourceShape,
    topicPrefix: string("a topic prefix of letters, digits, ., _ and -", /^[A-Za-z0-9._-]{1,200}$/)
        .optional()
        .describe(
            "First part of the topics' names, unique within the stack. Default: the connector's name without " +
                "the version",
        ),
    heartbeatSeconds: integer(0, 86400)
        .default(30)
        .describe(
            "Seconds between heartbeats; 0 for none. Each stores the current offset in a record of the heartbeat " +
                "topic while the captured tables have no changes. A PostgreSQL source also runs heartbeatQuery, " +
                "which advances its slot",
        ),
};

/** The options outside `source` of every relational Debezium source. */
export const debeziumShape = {
    ...changeShape,
    decimals: oneOf(["precise", "string", "double"])
        .default("string")
        .describe(
            "Type of decimals in records: `precise` is bytes, `double` can lose digits, `string` is exact " +
                "and readable in JSON",
        ),
};

/** The option `snapshot` with the modes and locking modes of one database. */
export const snapshotOptions = <
    const M extends readonly [string, ...string[]],
    const L extends readonly [string, ...string[]],
>(
    modes: M,
    locking: L,
    defaultLocking: L[number],
) =>
    object({
        mode: oneOf(modes)
            .default("initial" as never)
            .describe("When the connector reads the existing rows before it captures changes"),
        lockingMode: oneOf(locking)
            .default(defaultLocking as never)
            .describe("How tables are locked during the snapshot"),
        fetchSize: integer(1, 1_000_000).default(10_000).describe("Rows per fetch during the snapshot"),
    }).prefault({});

/** A reference to a key of the secret with an instance's login. */
export const loginReference = (
    source: { instance: string; secret?: string },
    key: string,
    context: ConnectContext,
): string => secretReference(context, secretNameOf(source, context), key);

/**
 * Debezium hands changes over once per interval. Its default is half a second, by which changes are delayed. Larger
 * batches and queues stay at Debezium's defaults: with the producer's settings they gain a tenth at most, for four
 * times the memory (`npm run bench:throughput`).
 */
const pollInterval: ConnectorConfig = { "poll.interval.ms": 50 };

/** `changeShape` as it is parsed. */
export interface ChangeOptions extends SourceOptions {
    heartbeatSeconds: number;
}

/** The configuration of every Debezium source. */
export const changeConfig = (
    options: ChangeOptions,
    topicPrefix: string,
    context: ConnectContext,
): ConnectorConfig => ({
    "topic.prefix": topicPrefix,
    "heartbeat.interval.ms": options.heartbeatSeconds * 1000,
    ...pollInterval,
    ...sourceConfig(options, context),
});

/** `debeziumShape` with `source` and `snapshot` as they are parsed. */
export interface DebeziumOptions extends ChangeOptions {
    source: {
        instance: string;
        database?: string;
        port?: string | number;
        secret?: string;
        hostKey: string;
        userKey: string;
        passwordKey: string;
    };
    snapshot: { mode: string; lockingMode: string; fetchSize: number };
    decimals: string;
}

/** The configuration of every relational Debezium source. */
export function debeziumConfig(
    options: DebeziumOptions,
    topicPrefix: string,
    defaultPort: number,
    context: ConnectContext,
): ConnectorConfig {
    const { source, snapshot } = options;
    const secretValue = (key: string) => loginReference(source, key, context);
    return {
        "database.hostname": secretValue(source.hostKey),
        "database.port": source.port ?? defaultPort,
        "database.user": secretValue(source.userKey),
        "database.password": secretValue(source.passwordKey),
        "snapshot.mode": snapshot.mode,
        "snapshot.locking.mode": snapshot.lockingMode,
        "snapshot.fetch.size": snapshot.fetchSize,
        "decimal.handling.mode": options.decimals,
        ...changeConfig(options, topicPrefix, context),
    };
}
