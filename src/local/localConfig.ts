/** A connector's configuration with servers of this machine in place of those that the stack names. Pure. */
import { referencePattern } from "./secrets";

/** Where a server of this machine is, and how to log in to it. */
export interface LocalServer {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
}

/** A configuration for this machine. */
export interface LocalConfig {
    readonly config: Record<string, unknown>;
    /** Keys whose values were replaced. */
    readonly replaced: readonly string[];
}

/** Keys that decide how a connection to a database is encrypted: the servers of this machine have no TLS. */
const tlsKey = /^(database\.ssl\b|database\.ssl\.|database\.sslmode$|database\.sslrootcert$)/;
const noTls: Record<string, string> = { "database.sslmode": "disable", "database.ssl.mode": "disabled" };
/** Modes that do not insist on TLS. */
const tlsIsOptional = /^(disabled?|allow|preferred|prefer)$/;

const valuesFor = ({ host, port, user, password }: LocalServer): Record<string, string> => ({
    "database.hostname": host,
    "database.port": String(port),
    "database.user": user,
    "database.password": password,
    "connection.username": user,
    "connection.password": password,
});

/** The address with a local host and port, each only where it is no reference to a secret. */
function localUrl(url: string, server: LocalServer, isReference: (value: string) => boolean): string {
    const match = /^(jdbc:\w+:\/\/)(\$\{[^}]*\}|[^:/?]+)(?::(\$\{[^}]*\}|\d+))?(.*)$/.exec(url);
    if (!match) return url;
    const [, scheme, host, port, rest] = match;
    const localHost = isReference(host) ? host : server.host;
    const localPort = port !== undefined && isReference(port) ? port : String(server.port);
    // TLS parameters of the drivers: the servers of this machine have no TLS
    const parameters = rest.replace(/([?&])(sslmode|ssl|sslMode|useSSL|requireSSL|sslrootcert)=[^&]*/g, "$1");
    return `${scheme}${localHost}:${localPort}${parameters.replace(/[?&]+$/, "").replace(/([?&])&+/g, "$1")}`;
}

/**
 * The configuration for a database of this machine. References to secrets of `provider` stay: their files have the
 * local values.
 *
 * @param provider name of the config provider that reads the files
 */
export function localDatabaseConfig(
    config: Readonly<Record<string, unknown>>,
    server: LocalServer,
    provider: string,
): LocalConfig {
    const isReference = (value: string) => referencePattern(provider).test(value);
    const values = valuesFor(server);
    const local = (key: string, value: unknown): unknown => {
        if (tlsKey.test(key)) return tlsIsOptional.test(String(value)) ? value : noTls[key];
        if (key === "connection.url") return localUrl(String(value), server, isReference);
        return key in values && !isReference(String(value)) ? values[key] : value;
    };
    const entries = Object.entries(config).map(([key, value]) => [key, local(key, value)] as const);
    return {
        config: Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
        replaced: entries.filter(([key, value]) => String(value) !== String(config[key])).map(([key]) => key),
    };
}

/** Security of MirrorMaker's source cluster: the other Kafka of this machine has neither TLS nor logins. */
const sourceSecurity = /^source\.cluster\.(security\.protocol$|sasl\.|ssl\.)/;
const sourceServers = "source.cluster.bootstrap.servers";

/**
 * The configuration of a MirrorMaker connector whose source cluster is on this machine.
 *
 * @param provider name of the config provider whose files have the local values
 */
export function localClusterConfig(
    config: Readonly<Record<string, unknown>>,
    bootstrap: string,
    provider: string,
): LocalConfig {
    const kept = Object.entries(config).filter(([key]) => !sourceSecurity.test(key));
    const isReference = referencePattern(provider).test(String(config[sourceServers]));
    const local = { ...Object.fromEntries(kept), ...(isReference ? {} : { [sourceServers]: bootstrap }) };
    const removed = Object.keys(config).filter((key) => sourceSecurity.test(key));
    return { config: local, replaced: isReference ? removed : [...removed, sourceServers] };
}
