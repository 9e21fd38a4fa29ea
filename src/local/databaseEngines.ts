/** The databases that the sandbox can run, and which connectors read from them. */
import { withoutEscapes } from "../connectors/names";
import type { Database } from "./database";
import { startMariadb } from "./mariadb";
import { startPostgres } from "./postgres";
import { freePort } from "./ports";
import type { Processes } from "./processes";
import { onPath } from "./tools";

/** A kind of database server. */
export interface Engine {
    /** Name of its folder in examples/seed. */
    readonly name: "postgres" | "mysql";
    /** Class of the connectors that read from it. */
    readonly class: string;
    /** Why it cannot run on this machine, or undefined. */
    missing(): string | undefined;
    start(processes: Processes, port: number | undefined): Promise<Database>;
    /** Database that a connector reads. */
    databaseOf(config: Readonly<Record<string, unknown>>): string;
}

export const engines: readonly Engine[] = [
    {
        name: "postgres",
        class: "io.debezium.connector.postgresql.PostgresConnector",
        missing: () => undefined,
        start: async (processes, port) => startPostgres(processes, port ?? (await freePort())),
        databaseOf: (config) => String(config["database.dbname"]),
    },
    {
        name: "mysql",
        class: "io.debezium.connector.mysql.MySqlConnector",
        // Debezium 3.4's MySQL connector also reads MariaDB's binary log; no package registry has MySQL
        missing: () =>
            onPath("mariadbd")
                ? undefined
                : "it needs MariaDB, and no mariadbd is on PATH (apt-get install mariadb-server)",
        start: async (processes, port) => startMariadb(processes, port ?? (await freePort())),
        databaseOf: (config) => withoutEscapes(String(config["database.include.list"])),
    },
];
