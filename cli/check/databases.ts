/** Asks the databases of a stack's sources, where this machine reaches them: `kcp check --connect`. */
import type { ResolvedConnector } from "../../src/connectors/template";
import { readDatabaseFacts } from "../../src/local/databaseFacts";
import type { Issue } from "../../src/schema/issues";
import type { DatabaseFacts } from "../../src/validation/database/facts";
import { mysqlChecks, mysqlWarnings } from "../../src/validation/database/mysqlChecks";
import { postgresChecks, postgresWarnings } from "../../src/validation/database/postgresChecks";
import { hasScheme } from "../support/addresses";
import { UsageError } from "../support/errors";

/** What the databases' answers mean. */
export interface DatabaseResult {
    readonly issues: readonly Issue[];
    readonly warnings: readonly Issue[];
    /** Sources that were not checked, with the reason. */
    readonly unchecked: readonly string[];
}

const relational = /\.(PostgresConnector|MySqlConnector|MariaDbConnector)$/;

/** The environment variable with the address of a connector's database: by its instance, or by the connector's name. */
export function addressVariable({ capturedTables, name }: ResolvedConnector): string {
    const instance = capturedTables?.database.split("/")[0] ?? name;
    return `KCP_DATABASE_${instance.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}`;
}

function addressOf(connector: ResolvedConnector, given: string): string {
    const variable = addressVariable(connector);
    if (!hasScheme(given, ["postgres", "postgresql", "mysql", "mariadb"]))
        throw new UsageError(
            `${variable}: expected postgres://USER:PASSWORD@HOST:PORT or mysql://USER:PASSWORD@HOST:PORT`,
        );
    const url = new URL(given);
    const database = connector.config["database.dbname"];
    if (database !== undefined && url.pathname.length <= 1) url.pathname = `/${encodeURIComponent(String(database))}`;
    return url.href;
}

/** What the answers of a database mean for its sources. */
export function judge(
    connectors: readonly ResolvedConnector[],
    facts: DatabaseFacts,
): Omit<DatabaseResult, "unchecked"> {
    return facts.kind === "postgres"
        ? { issues: postgresChecks(connectors, facts), warnings: postgresWarnings(connectors, facts) }
        : { issues: mysqlChecks(connectors, facts), warnings: mysqlWarnings(connectors, facts) };
}

/** Asks each database once, for all of its sources. */
export async function checkDatabases(
    connectors: readonly ResolvedConnector[],
    environment: NodeJS.ProcessEnv = process.env,
): Promise<DatabaseResult> {
    const sources = connectors.filter((connector) => relational.test(connector.class));
    const byAddress = new Map<string, ResolvedConnector[]>();
    const unchecked: string[] = [];
    for (const source of sources) {
        const variable = addressVariable(source);
        const given = environment[variable];
        if (given === undefined) {
            unchecked.push(`${source.name}: its database was not asked; set ${variable} to its address`);
            continue;
        }
        const address = addressOf(source, given);
        byAddress.set(address, [...(byAddress.get(address) ?? []), source]);
    }
    const results = await Promise.all(
        [...byAddress].map(async ([address, group]) => {
            try {
                return judge(group, await readDatabaseFacts(new URL(address)));
            } catch (error) {
                // the address has a password, and the clients' messages do not
                const { message } = error as Error;
                const reason = message.split("\n").findLast((line) => line.trim() && !line.includes("Command failed"));
                unchecked.push(`${group.map(({ name }) => name).join(", ")}: its database cannot be asked: ${reason}`);
                return { issues: [], warnings: [] };
            }
        }),
    );
    return {
        issues: results.flatMap(({ issues }) => issues),
        warnings: results.flatMap(({ warnings }) => warnings),
        unchecked,
    };
}
