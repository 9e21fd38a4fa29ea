/** What each connector talks to besides Kafka, and whether this machine has it. Pure. */
import { withoutEscapes } from "../connectors/names";
import type { KubernetesObject } from "../synth/synth";
import { engines, type Engine } from "./databaseEngines";

export type ExternalSystem =
    | { kind: "database"; engine: Engine; database: string }
    /** Another Kafka cluster, by its alias, with the topics that it must have. */
    | { kind: "kafka"; alias: string; topics: string[] }
    /** An HTTP API on a port of this machine. */
    | { kind: "http"; port: number }
    | { kind: "none" };

/** Either what it talks to, or why it cannot run here. */
export type Resolution = { externalSystem: ExternalSystem } | { reason: string };

const list = (value: unknown): string[] =>
    String(value ?? "")
        .split(",")
        .filter(Boolean);

function database(engine: Engine | undefined, name: string, what: string): Resolution {
    if (!engine) return { reason: `the sandbox has no database for ${what}` };
    const why = engine.missing();
    return why ? { reason: why } : { externalSystem: { kind: "database", engine, database: name } };
}

/** The database of a sink, by its JDBC address. */
function jdbc(url: string): Resolution {
    const [, type, name] = /^jdbc:(\w+):\/\/[^/]*\/(.+)$/.exec(url) ?? [];
    const names: Record<string, string> = { mariadb: "mysql", mysql: "mysql", postgresql: "postgres" };
    const engine = engines.find((candidate) => candidate.name === names[type]);
    return database(engine, name?.replace(/[?;].*$/, "") ?? "", url);
}

/** An API of this machine. Nothing is ever posted to another. */
function http(url: string): Resolution {
    const [, port] = /^http:\/\/127\.0\.0\.1:(\d+)(\/|$)/.exec(url) ?? [];
    return port
        ? { externalSystem: { kind: "http", port: Number(port) } }
        : { reason: `it posts to ${url}; the sandbox serves http://127.0.0.1:PORT only` };
}

/** What a connector talks to here. `missingClasses` are those of plugins that are not available. */
export function resolveExternalSystem({ spec }: KubernetesObject, missingClasses: readonly string[]): Resolution {
    const { class: className, config } = spec as { class: string; config: Record<string, unknown> };
    if (missingClasses.includes(className)) return { reason: `its plugin is not available here (${className})` };
    if (/\.MirrorSourceConnector$|\.MirrorCheckpointConnector$|\.MirrorHeartbeatConnector$/.test(className)) {
        return {
            externalSystem: {
                kind: "kafka",
                alias: String(config["source.cluster.alias"]),
                // the topics of a pattern are not known
                topics: list(config.topics)
                    .map(withoutEscapes)
                    .filter((topic) => /^[A-Za-z0-9._-]+$/.test(topic)),
            },
        };
    }
    if (className.endsWith(".JdbcSinkConnector")) return jdbc(String(config["connection.url"]));
    if (className.endsWith(".HttpSinkConnector")) return http(String(config["http.url"]));
    if (className.startsWith("org.apache.kafka.connect.file.")) return { externalSystem: { kind: "none" } };
    const engine = engines.find((candidate) => candidate.class === className);
    return database(engine, engine ? engine.databaseOf(config) : "", className);
}
