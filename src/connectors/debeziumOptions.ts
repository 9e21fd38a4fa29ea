/** What Debezium's sources share. */
import { z } from "zod";
import { object, oneOf, string, integer } from "../schema/primitives";
import { commonShape, reference, secretKey, secretOption } from "./commonOptions";
import { sourceConfig, sourceShape, type Source } from "./sourceOptions";
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

const databaseName = (what: string) => string(`the name of a ${what}, without a line break`, /^[^\r\n]+$/);

/** Where a database is and how to log in to it. */
export const databaseOptions = {
    instance: databaseName("database instance").describe("Name of the database instance, as the secret is named"),
    database: databaseName("database").describe("Name of the database"),
    port: port()
        .optional()
        .describe("Port of the server, or a reference to a secret. Default: the database's usual one"),
    secret: secretOption(),
    hostKey: secretKey("HOST", "the host"),
    userKey: secretKey("USERNAME", "the user"),
    passwordKey: secretKey("PASSWORD", "the password"),
};

/** The options of `source` that a MySQL and a PostgreSQL source share. */
export const sourceOptions = { ...databaseOptions, table: databaseName("table").describe("Name of the table") };

/** The options beside `source` of every Debezium source. */
export const changeShape = {
    ...commonShape,
    ...sourceShape,
    topicPrefix: string("a topic prefix of letters, digits, ., _ and -", /^[A-Za-z0-9._-]{1,200}$/)
        .optional()
        .describe(
            "First part of the topics' names, unique in the stack. Default: the connector's name without the version",
        ),
    heartbeatSeconds: integer(0, 86400)
        .default(30)
        .describe("Seconds between heartbeats, by which the position moves on while the source is quiet; 0 for none"),
};

/** Those that the relational ones share. */
export const debeziumShape = {
    ...changeShape,
    decimals: oneOf(["precise", "string", "double"])
        .default("string")
        .describe(
            "How decimals are written: as bytes, as text or as floating point. JSON readers understand text without loss",
        ),
};

/** `snapshot` with the modes and locking modes of one database. */
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
            .describe("When the connector reads the whole table first"),
        lockingMode: oneOf(locking)
            .default(defaultLocking as never)
            .describe("How the table is locked meanwhile"),
        fetchSize: integer(1, 1_000_000).default(10_000).describe("Rows fetched at once during the snapshot"),
    }).prefault({});

/** A reference to a key of the secret that holds an instance's login. */
export const loginReference = (
    source: { instance: string; secret?: string },
    key: string,
    context: ConnectContext,
): string => secretReference(context, secretNameOf(source, context), key);

/**
 * Debezium hands over what has gathered once in such a time, half a second by its own default: a change is in Kafka that much
 * sooner. Larger batches and queues were measured too; once the producer has its settings they gain a tenth, within the noise,
 * for four times the memory, so they stay Debezium's own (`npm run bench:throughput`).
 */
const pollInterval: ConnectorConfig = { "poll.interval.ms": 50 };

interface Change extends Source {
    heartbeatSeconds: number;
}

/** The configuration that all of them share, relational or not. */
export const changeConfig = (declared: Change, topicPrefix: string, context: ConnectContext): ConnectorConfig => ({
    "topic.prefix": topicPrefix,
    "heartbeat.interval.ms": declared.heartbeatSeconds * 1000,
    ...pollInterval,
    ...sourceConfig(declared, context),
});

interface Declared extends Change {
    source: {
        instance: string;
        database: string;
        table: string;
        port?: string | number;
        secret?: string;
        hostKey: string;
        userKey: string;
        passwordKey: string;
    };
    snapshot: { mode: string; lockingMode: string; fetchSize: number };
    decimals: string;
}

/** The configuration that the relational ones share; the caller adds what is the database's own. */
export function debeziumConfig(
    declared: Declared,
    topicPrefix: string,
    defaultPort: number,
    context: ConnectContext,
): ConnectorConfig {
    const { source, snapshot } = declared;
    const fromSecret = (key: string) => loginReference(source, key, context);
    return {
        "database.hostname": fromSecret(source.hostKey),
        "database.port": source.port ?? defaultPort,
        "database.user": fromSecret(source.userKey),
        "database.password": fromSecret(source.passwordKey),
        "snapshot.mode": snapshot.mode,
        "snapshot.locking.mode": snapshot.lockingMode,
        "snapshot.fetch.size": snapshot.fetchSize,
        "decimal.handling.mode": declared.decimals,
        ...changeConfig(declared, topicPrefix, context),
    };
}
