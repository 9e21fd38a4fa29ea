/** Converters that connectors take from the workers, where they set none, with all of their keys. */
import type { ResolvedConnector } from "../connectors/template";
import type { ConnectSettings } from "../schema/connect";
import { issue, type Issue } from "../schema/issues";
import { stringConverters } from "./rules/debezium";
import { checkJdbcSchemas } from "./rules/sinks";

type Config = Readonly<Record<string, unknown>>;

const parts = ["key", "value"] as const;

/** The converter of a workers' configuration, with its keys; the platform's where it is not set. */
function converterOf(worker: Config, part: "key" | "value"): ResolvedConnector["config"] {
    const name = `${part}.converter`;
    const written = Object.entries(worker).filter(([key]) => key === name || key.startsWith(`${name}.`));
    return {
        [name]: "org.apache.kafka.connect.json.JsonConverter",
        ...(Object.fromEntries(written) as ResolvedConnector["config"]),
    };
}

/**
 * The connectors with the workers' converters where they set none. As they are where another stack, or `connect.spec`,
 * decides what the workers have.
 */
export function withWorkerConverters(
    connectors: readonly ResolvedConnector[],
    connect: ConnectSettings | undefined,
): readonly ResolvedConnector[] {
    if (!connect?.install || connect.use || connect.spec?.config !== undefined) return connectors;
    const byPart = { key: converterOf(connect.config, "key"), value: converterOf(connect.config, "value") };
    return connectors.map((connector) => {
        const missing = parts.filter((part) => connector.config[`${part}.converter`] === undefined);
        if (missing.length === 0) return connector;
        const inherited = Object.assign({}, ...missing.map((part) => byPart[part])) as ResolvedConnector["config"];
        return { ...connector, config: { ...inherited, ...connector.config } };
    });
}

const debezium = /^io\.debezium\.connector\.(mysql|mariadb|postgresql|mongodb|sqlserver|oracle)\./;

/** What is wrong with a connector's converters that are the workers'. Its own are checked when it is resolved. */
export function workerConverterIssues(
    connectors: readonly ResolvedConnector[],
    connect: ConnectSettings | undefined,
): { issues: Issue[]; warnings: Issue[] } {
    const issues: Issue[] = [];
    const warnings: Issue[] = [];
    for (const [at, connector] of withWorkerConverters(connectors, connect).entries()) {
        const own = connectors[at].config;
        const findings = [
            ...(debezium.test(connector.class) ? stringConverters(connector) : []),
            ...(connector.class.endsWith(".JdbcSinkConnector") ? checkJdbcSchemas(connector) : []),
        ].filter(({ key }) => own[key] === undefined);
        for (const { code, key, message, isWarning } of findings)
            (isWarning ? warnings : issues).push(
                issue(
                    code,
                    ["connectors", connector.index],
                    `${key} is not set, and that of the workers is used: ${message}`,
                ),
            );
    }
    return { issues, warnings };
}
