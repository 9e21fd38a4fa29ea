/** What the real plugins are asked, and what is made of their answers. Pure. */
import type { ResolvedConnector } from "../connectors/template";
import type { PrintableIssue } from "../schema/issues";

/** A finding of a plugin: an issue of the configuration, or only that a database cannot be reached from here. */
export interface Finding extends PrintableIssue {
    readonly unreachable: boolean;
}

const dummies: Record<string, string> = { INT: "1", LONG: "1", SHORT: "1", DOUBLE: "1", BOOLEAN: "true" };
const reference = /\$\{[A-Za-z][A-Za-z0-9]*:[^}]*\}/g;

/** A login of the form that Google's client reads, for nobody. */
const googleLogin = JSON.stringify({
    type: "authorized_user",
    client_id: "dummy",
    client_secret: "dummy",
    refresh_token: "dummy",
});

/**
 * The configuration with a dummy of the right type in place of each reference to a secret: validation needs neither
 * secrets nor credentials. Hosts become this machine, on a port where nothing answers, so that no database is ever
 * asked.
 */
export function withDummies(connector: ResolvedConnector, types: ReadonlyMap<string, string>): Record<string, string> {
    const dummy = (key: string): string => {
        if (/hostname$/.test(key)) return "127.0.0.1";
        if (/bootstrap\.servers$/.test(key)) return "127.0.0.1:1";
        if (/\burl$/.test(key)) return "http://127.0.0.1:1";
        if (key === "keyfile") return googleLogin;
        if (key === "mongodb.connection.string") return "mongodb://127.0.0.1:1/";
        return dummies[types.get(key) ?? ""] ?? "dummy";
    };
    const entries = Object.entries(connector.config).map(([key, value]) => [
        key,
        String(value).replace(reference, () => dummy(key)),
    ]);
    const config: Record<string, string> = {
        ...Object.fromEntries(entries),
        name: connector.name,
        "connector.class": connector.class,
        "tasks.max": String(connector.tasksMax),
    };
    if ("database.port" in config) config["database.port"] = "1";
    if ("connection.url" in config) config["connection.url"] = localJdbc(config["connection.url"]);
    return config;
}

/** A JDBC address with this machine's in place of its host and port. */
const localJdbc = (url: string): string => url.replace(/(\/\/)[^/;]*/, "$1127.0.0.1:1");

const unreachable =
    /application default credentials|unable to connect|connection (to \S+ )?refused|communications link failure|connection attempt failed|unknown ?host|timed out/i;

/**
 * What a message names besides its path: the key, unless the path ends with it, and the connector, unless the path is
 * longer.
 */
function subject(connector: ResolvedConnector, key: string, path: readonly (string | number)[]): string {
    if (path.at(-1) === key) return "";
    return path.length > 2 ? `(${key}) ` : `(${connector.name}) ${key} `;
}

/** A plugin's answer as findings, each at the setting of the stack file that caused it. */
export function findings(
    connector: ResolvedConnector,
    answer: readonly { name: string; errors: readonly string[] }[],
): Finding[] {
    return answer.flatMap(({ name, errors }) =>
        [...new Set(errors)].map((error): Finding => {
            const path = connector.settingPath(name);
            return {
                code: "KCP_PLUGIN_REJECTED",
                path,
                message: `${subject(connector, name, path)}rejected by the plugin: ${error.trim()}`,
                unreachable: unreachable.test(error),
            };
        }),
    );
}
