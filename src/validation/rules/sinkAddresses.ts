/** Addresses of the HTTP and JDBC sinks that the client cannot use, or that are of another server than meant. */
import type { ResolvedConnector } from "../../connectors/template";
import { isTimeZone } from "../../util/timeZone";
import { didYouMean } from "../../util/nearest";
import { invalid, isReference, type Finding, type PluginRule } from "./rule";

/** A value with a name in place of each reference. */
const withoutReferences = (value: unknown): string => String(value ?? "").replace(/\$\{[^}]*\}/g, "x");

/** Java's URI has no braces and blanks, and no client sends what follows #. */
function checkHttpUrl({ config }: ResolvedConnector): Finding[] {
    return ["http.url", "oauth2.access.token.url"].flatMap((key): Finding[] => {
        const url = withoutReferences(config[key]);
        if (!/^https?:\/\//i.test(url)) return [];
        const character = /[{}\s<>"^`|\\]/.exec(url)?.[0];
        if (character !== undefined) {
            const what = character === "{" ? "the plugin fills no placeholders in it, and " : "";
            return [invalid(key, `contains ${JSON.stringify(character)}: ${what}the task fails`)];
        }
        return url.includes("#") ? [invalid(key, "contains #; what follows it is never sent", true)] : [];
    });
}

const checkTokenUrl = ({ config }: ResolvedConnector): Finding[] =>
    config["http.url"] !== undefined && config["http.url"] === config["oauth2.access.token.url"]
        ? [invalid("http.url", "is the address of the tokens too (oauth2.access.token.url)", true)]
        : [];

const brazeHost = /^https?:\/\/([^/:]+)/i;

/** Braze has a host for its REST API beside those of the dashboard and the SDKs. */
function checkBraze({ config }: ResolvedConnector): Finding[] {
    const key = "http.url";
    const host = brazeHost.exec(String(config[key] ?? ""))?.[1].toLowerCase() ?? "";
    if (!/(^|\.)braze\.(com|eu)$/.test(host)) return [];
    if (/^(dashboard|sdk)[-.]/.test(host))
        return [invalid(key, `expected the REST endpoint, rest.INSTANCE.braze.com, received ${host}`)];
    return String(config[key]).startsWith("http://")
        ? [invalid(key, "sends the API key without encryption; write https://", true)]
        : [];
}

/** Databases by the name of their driver, with the port that they have by default. */
const databases: Readonly<Record<string, number>> = {
    postgresql: 5432,
    mysql: 3306,
    mariadb: 3306,
    sqlserver: 1433,
    oracle: 1521,
};

const hostPort = /^jdbc:(\w+):(?:thin:@)?\/\/([^/;?]*?)(?::(\d+))?([/;?].*)?$/;

/** Names in capitals stand for what has to be filled in. */
const placeholder = /^(HOST|HOSTNAME|SERVER|DB|DATABASE|DBNAME|DB_NAME|YOUR[-_]\w+)$/;

function checkJdbcUrl({ config }: ResolvedConnector): Finding[] {
    const key = "connection.url";
    const [, driver, host, port, rest = ""] = hostPort.exec(withoutReferences(config[key])) ?? [];
    if (driver === undefined || host === undefined) return [];
    const other = Object.entries(databases).find(([name, known]) => known === Number(port) && name !== driver);
    const own = databases[driver];
    if (other && own !== undefined && other[1] !== own)
        return [invalid(key, `${port} is the port of ${other[0]}; that of ${driver} is ${own}`, true)];
    const database = rest.replace(/^\//, "").replace(/[?;].*$/, "");
    const left = [host, database].find((name) => placeholder.test(name));
    if (left !== undefined) return [invalid(key, `${left} looks like a placeholder`, true)];
    const needsPath = ["postgresql", "mysql", "mariadb"].includes(driver);
    if (!needsPath || database !== "") return [];
    const consequence = driver === "postgresql" ? "the one with the user's name is used" : "no table is found";
    return [invalid(key, `names no database, and ${consequence}; write it after the port, such as /shop`, true)];
}

/** Dialects of Hibernate by the driver's name. */
const dialects: readonly [dialect: RegExp, drivers: readonly string[]][] = [
    [/\.(MySQL|MariaDB)\w*Dialect$/, ["mysql", "mariadb"]],
    [/\.PostgreSQL\w*Dialect$/, ["postgresql", "redshift"]],
    [/\.SQLServer\w*Dialect$/, ["sqlserver"]],
    [/\.Oracle\w*Dialect$/, ["oracle"]],
];

function checkDialect({ config }: ResolvedConnector): Finding[] {
    const key = "hibernate.dialect";
    const driver = hostPort.exec(withoutReferences(config["connection.url"]))?.[1];
    const drivers = dialects.find(([dialect]) => dialect.test(String(config[key] ?? "")))?.[1];
    return driver === undefined || drivers === undefined || drivers.includes(driver) || !(driver in databases)
        ? []
        : [invalid(key, `is the dialect of another database than that of connection.url, ${driver}`, true)];
}

/** Java's names of zones besides those of the tz database: offsets and short ones. */
const offset = /^(Z|UTC|GMT|UT|((UTC|GMT|UT)?[+-]\d{1,2}(:?\d{2}){0,2}))$/;

const checkTimeZone = ({ config }: ResolvedConnector): Finding[] =>
    ["use.time.zone", "database.time_zone"]
        .filter((key) => config[key] !== undefined && !isReference(config[key]))
        .filter((key) => !isTimeZone(String(config[key])) && !offset.test(String(config[key])))
        .map((key) => invalid(key, `expected a time zone such as Europe/Berlin, received "${String(config[key])}"`));

const naming: Readonly<Record<string, string>> = {
    "column.naming.strategy": "io.debezium.connector.jdbc.naming.DefaultColumnNamingStrategy",
    "collection.naming.strategy": "io.debezium.sink.naming.DefaultCollectionNamingStrategy",
};

const checkNaming = ({ config }: ResolvedConnector): Finding[] =>
    Object.entries(naming)
        .filter(([key, own]) => config[key] !== undefined && config[key] !== own)
        .filter(([key, own]) => didYouMean(String(config[key]), [own]) !== "")
        .map(([key, own]) => invalid(key, `is probably misspelt${didYouMean(String(config[key]), [own])}`, true));

/** The sink gets at most as many records at once as its consumer polls. */
function checkBatch({ config }: ResolvedConnector): Finding[] {
    const key = "consumer.override.max.poll.records";
    const [batch, polled] = [Number(config["batch.size"] ?? 500), Number(config[key])];
    return polled > 0 && batch >= polled * 2
        ? [invalid(key, `limits a batch to ${polled} rows; batch.size is ${batch}`, true)]
        : [];
}

const http = /^io\.aiven\.kafka\.connect\.http\./;
const jdbc = /^io\.debezium\.connector\.jdbc\./;

export const sinkAddressRules: readonly PluginRule[] = [
    { classes: http, check: checkHttpUrl },
    { classes: http, check: checkTokenUrl },
    { classes: http, check: checkBraze },
    { classes: /\.JdbcSinkConnector$/, check: checkJdbcUrl },
    { classes: jdbc, check: checkDialect },
    { classes: jdbc, check: checkTimeZone },
    { classes: jdbc, check: checkNaming },
    { classes: jdbc, check: checkBatch },
];
