/** Addresses of databases, APIs and other Kafka clusters in a form with which the plugin's client fails. */
import type { ConnectContext, ResolvedConnector } from "../../connectors/template";
import { didYouMean } from "../../util/nearest";
import { listItems } from "../../util/listItems";
import { invalid, isReference, type Finding, type PluginRule } from "./rule";

type Config = ResolvedConnector["config"];

/** The value of a key that is written and contains no reference. */
const literal = (config: Config, key: string): string | undefined =>
    config[key] === undefined || isReference(config[key]) ? undefined : String(config[key]);

function checkHostname({ config }: ResolvedConnector, { usesManifest = true }: ConnectContext): Finding[] {
    const key = "database.hostname";
    const host = literal(config, key);
    // placeholders are reported by themselves
    if (host === undefined || host.startsWith("<") || /^[\w.-]*$/.test(host)) return [];
    if (/[/@]/.test(host)) return [invalid(key, `expected a host, received the address ${JSON.stringify(host)}`)];
    if (/^[^:]+:\d+$/.test(host))
        return [
            invalid(key, `expected a host without a port, which database.port sets; received ${JSON.stringify(host)}`),
        ];
    // the drivers read several hosts and IPv6, but Debezium rejects both since it checks the form
    const isCertain = usesManifest || /\s/.test(host);
    const message = `expected one host of letters, digits, ., _ and -, received ${JSON.stringify(host)}`;
    return [invalid(key, `${message}; Connect rejects the connector`, !isCertain)];
}

/** The default ports of servers, by what a connector expects. */
const servers: readonly [name: string, port: number, classes: RegExp][] = [
    ["PostgreSQL", 5432, /\.postgresql\./],
    ["MySQL", 3306, /\.(mysql|mariadb)\./],
    ["SQL Server", 1433, /\.sqlserver\./],
    ["Oracle", 1521, /\.oracle\./],
    ["MongoDB", 27_017, /\.mongodb\./],
    ["Kafka", 9092, /^$/],
];

function checkPort({ class: className, config }: ResolvedConnector): Finding[] {
    const key = "database.port";
    const own = servers.find(([, , classes]) => classes.test(className));
    const other = servers.find(([, port]) => port === Number(config[key]));
    if (!own || !other || own === other) return [];
    return [invalid(key, `${other[1]} is the port of ${other[0]}; that of ${own[0]} is ${own[1]}`, true)];
}

function checkConnectionString({ config }: ResolvedConnector): Finding[] {
    const key = "mongodb.connection.string";
    const address = literal(config, key);
    if (address === undefined) return [];
    if (!/^mongodb(\+srv)?:\/\//.test(address))
        return [invalid(key, "expected an address that begins with mongodb:// or mongodb+srv://")];
    return /^mongodb\+srv:\/\/[^/?]*(:\d+|,)/.test(address.replace(/^(mongodb\+srv:\/\/)[^@/]*@/, "$1"))
        ? [invalid(key, "mongodb+srv:// takes one host without a port; the driver rejects another")]
        : [];
}

/** Names of drivers of databases that JDBC sinks write to. */
const jdbcDrivers = [
    ...["postgresql", "mysql", "mariadb", "sqlserver", "oracle", "db2", "h2", "informix", "sqlite", "clickhouse"],
    ...["redshift", "snowflake", "cockroachdb", "aws-wrapper", "jtds", "sap", "vertica", "singlestore", "teradata"],
];

function checkJdbcUrl({ config }: ResolvedConnector): Finding[] {
    const key = "connection.url";
    const url = String(config[key] ?? "");
    const driver = /^jdbc:([a-z0-9-]+):/i.exec(url)?.[1];
    if (driver === undefined) return [];
    if (url !== url.trim())
        return [invalid(key, "has blanks around it, which become part of the database's name", true)];
    if (driver === "sqlserver" && /^jdbc:sqlserver:\/\/[^;/]+:\d+\//.test(url))
        return [invalid(key, "expected jdbc:sqlserver://HOST:PORT;databaseName=NAME, received a path after the port")];
    if (jdbcDrivers.includes(driver)) return [];
    const hint = didYouMean(driver, jdbcDrivers);
    return hint === "" && driver !== "mongodb"
        ? []
        : [invalid(key, `no driver has the name ${JSON.stringify(driver)}${hint}`, driver !== "postgres")];
}

function checkHttpUrl({ config }: ResolvedConnector): Finding[] {
    return ["http.url", "oauth2.access.token.url"]
        .filter((key) => !/^https?:\/\//i.test(literal(config, key) ?? "https://"))
        .map((key) => invalid(key, "expected an address that begins with https:// or http://; the connector fails"));
}

const serversKey = /^(schema\.history\.internal\.kafka|signal\.kafka|(source|target)\.cluster)\.bootstrap\.servers$/;

/** What Kafka's clients read of an address (Utils.HOST_PORT_PATTERN); the scheme is ignored. */
const hostAndPort = /^([0-9a-zA-Z\-%._]*:\/\/)?\[?[0-9a-zA-Z\-%._:]+\]?:\d+$/;

const checkServers = ({ config }: ResolvedConnector): Finding[] =>
    Object.keys(config)
        .filter((key) => serversKey.test(key))
        .flatMap((key) => {
            const malformed = listItems(literal(config, key)).find((item) => !hostAndPort.test(item));
            return malformed === undefined
                ? []
                : [
                      invalid(
                          key,
                          `expected host:port, received ${JSON.stringify(malformed)}; the client does not start`,
                      ),
                  ];
        });

const databases = /^io\.debezium\.connector\.(mysql|mariadb|postgresql|sqlserver|oracle)\./;

export const addressRules: readonly PluginRule[] = [
    { classes: databases, check: checkHostname },
    { classes: databases, check: checkPort },
    { classes: /\.MongoDbConnector$/, check: checkConnectionString },
    { classes: /\.JdbcSinkConnector$/, check: checkJdbcUrl },
    { classes: /^io\.aiven\.kafka\.connect\.http\./, check: checkHttpUrl },
    { classes: /^(io\.debezium\.connector|org\.apache\.kafka\.connect\.mirror)\./, check: checkServers },
];
