/** What Debezium's relational connectors share. */
import { z } from "zod";
import { group, oneOf, text, wholeNumber } from "../settings/kinds";
import { commonShape, converterConfig, sourceShape, topicCreationConfig, transformsConfig, type ConnectorConfig, type Platform } from "./template";

/** A reference such as `${secretManager:INSTANCE:PORT}`. */
const reference = /^\$\{[A-Za-z][A-Za-z0-9]*:[^:}]+:[^}]+\}$/;

/** A TCP port, or a reference to a secret that holds it. */
const port = () =>
    z.custom<number | string>(
        (value) => (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 65535) || (typeof value === "string" && reference.test(value)),
        { error: "a port from 1 to 65535, or a reference such as ${secretManager:INSTANCE:PORT}" },
    );

const databaseName = (what: string) => text(`the name of a ${what}, without a line break`, /^[^\r\n]+$/);

/** The options of `source` that a MySQL and a PostgreSQL source share. */
export const sourceOptions = {
    instance: databaseName("database instance").describe("Name of the database instance, as the secret is named"),
    database: databaseName("database").describe("Name of the database"),
    table: databaseName("table").describe("Name of the table"),
    port: port().optional().describe("Port of the server, or a reference to a secret. Default: the database's usual one"),
    secret: text("the name of a secret").optional().describe("Secret with the login, without the prefix. Default: the instance in upper case, for Secrets of Kubernetes in lower case with dashes"),
    hostKey: text("a key of the secret").default("HOST").describe("Key of the secret that holds the host"),
    userKey: text("a key of the secret").default("USERNAME").describe("Key of the secret that holds the user"),
    passwordKey: text("a key of the secret").default("PASSWORD").describe("Key of the secret that holds the password"),
};

/** The options beside `source` of every Debezium source. */
export const changeShape = {
    ...commonShape,
    ...sourceShape,
    topicPrefix: text("a topic prefix of letters, digits, ., _ and -", /^[A-Za-z0-9._-]{1,200}$/).optional().describe("First part of the topics' names, unique in the stack. Default: the connector's name without the version"),
    heartbeatSeconds: wholeNumber(0, 86400).default(30).describe("Seconds between heartbeats, by which the position moves on while the source is quiet; 0 for none"),
};

/** Those that the relational ones share. */
export const debeziumShape = {
    ...changeShape,
    decimals: oneOf(["precise", "string", "double"]).default("string").describe("How decimals are written: as bytes, as text or as floating point. JSON readers understand text without loss"),
};

/** `snapshot` with the modes and locking modes of one database. */
export const snapshotOptions = <const M extends readonly [string, ...string[]], const L extends readonly [string, ...string[]]>(modes: M, locking: L, defaultLocking: L[number]) =>
    group({
        mode: oneOf(modes).default("initial" as never).describe("When the connector reads the whole table first"),
        lockingMode: oneOf(locking).default(defaultLocking as never).describe("How the table is locked meanwhile"),
        fetchSize: wholeNumber(1, 1_000_000).default(10_000).describe("Rows fetched at once during the snapshot"),
    }).prefault({});

/** A reference to a key of the secret that holds a source's login. */
export function secretReference(source: { instance: string; secret?: string }, key: string, { secretProvider, secretNamespace }: Platform): string {
    // Kubernetes takes neither capitals nor underscores in a Secret's name
    const secret = secretNamespace ? `${secretNamespace}/${source.secret ?? source.instance.toLowerCase().replace(/_/g, "-")}` : (source.secret ?? source.instance.toUpperCase());
    return `\${${secretProvider ?? "secretManager"}:${secret}:${key}}`;
}

interface Declared {
    source: { instance: string; database: string; table: string; port?: string | number; secret?: string; hostKey: string; userKey: string; passwordKey: string };
    snapshot: { mode: string; lockingMode: string; fetchSize: number };
    heartbeatSeconds: number;
    decimals: string;
    converter: "json" | "json-with-schemas";
    topicCreation: Parameters<typeof topicCreationConfig>[0];
    transforms: Parameters<typeof transformsConfig>[0];
}

/** The configuration that they share; the caller adds what is the database's own. */
export function debeziumConfig(declared: Declared, topicPrefix: string, defaultPort: number, platform: Platform): ConnectorConfig {
    const { source, snapshot } = declared;
    const fromSecret = (key: string) => secretReference(source, key, platform);
    return {
        "database.hostname": fromSecret(source.hostKey),
        "database.port": source.port ?? defaultPort,
        "database.user": fromSecret(source.userKey),
        "database.password": fromSecret(source.passwordKey),
        "topic.prefix": topicPrefix,
        "snapshot.mode": snapshot.mode,
        "snapshot.locking.mode": snapshot.lockingMode,
        "snapshot.fetch.size": snapshot.fetchSize,
        "heartbeat.interval.ms": declared.heartbeatSeconds * 1000,
        "decimal.handling.mode": declared.decimals,
        ...converterConfig(declared.converter),
        ...topicCreationConfig(declared.topicCreation, platform),
        ...transformsConfig(declared.transforms),
    };
}
