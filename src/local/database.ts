/** A database server of this machine, whichever it is. */
import * as fs from "fs";
import * as path from "path";
import { projectFolder } from "../util/project";
import type { Running } from "./processes";

/** One connection to a database: transactions and settings last from one statement to the next. */
export interface SqlSession {
    /** Runs a statement; returns what to show. Throws with the server's message. */
    run(sql: string): Promise<string[]>;
    close(): Promise<void>;
}

/** A running server. */
export interface Database {
    readonly name: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly running: Running;
    /** Creates a database. */
    create(database: string): Promise<void>;
    /** Runs SQL in a database; returns the rows, or how many were changed, as lines. */
    run(database: string, sql: string): Promise<string[]>;
    /**
     * Whether a table has rows; undefined when there is no such table. The table is named as in `table.include.list`.
     */
    hasRows(database: string, table: string): Promise<boolean | undefined>;
    /** Opens a connection. */
    session(database: string): Promise<SqlSession>;
    /** Statements for the prompt: the databases of the server, the tables of a database, the columns of a table. */
    readonly catalog: { databases: string; tables: string; columns(table: string): string };
    /** The command of the database's own client, for another terminal. */
    client(database: string): string;
}

/** User id of `nobody`: database servers refuse to run as root. */
export const unprivileged = 65534;

/** Whether this process runs as root, and has to start servers as another user. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/** The file with the tables and rows of a database. */
export const seedFile = (kind: string, database: string): string =>
    path.join(projectFolder, "examples", "seed", kind, `${path.basename(database)}.sql`);

/** Creates databases, and runs the seed file of each that has one. Throws with the file when its SQL fails. */
export async function seed(server: Database, kind: string, databases: readonly string[]): Promise<void> {
    for (const database of databases) {
        await server.create(database);
        const file = seedFile(kind, database);
        if (!fs.existsSync(file)) continue;
        try {
            await server.run(database, fs.readFileSync(file, "utf8"));
        } catch (error) {
            const shown = path.relative(projectFolder, file);
            throw new Error(`${shown} cannot be run: ${(error as Error).message}. Fix the SQL and start again.`);
        }
    }
}
