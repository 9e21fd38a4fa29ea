/** What the sandbox asks of a database, whichever it is. */
import * as fs from "fs";
import * as path from "path";
import { projectFolder } from "../util/project";
import type { Running } from "./processes";

/** A running server. */
export interface Database {
    readonly name: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly running: Running;
    /** Creates a database. */
    create(database: string): Promise<void>;
    /** Runs SQL in a database; returns the rows, or what was changed, as lines. */
    run(database: string, sql: string): Promise<string[]>;
}

/** `nobody`: database servers refuse to run as root. */
export const unprivileged = 65534;

/** Whether this process is root's, which has to start servers as somebody else. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/** Creates databases, each filled by `seed/KIND/NAME.sql` where there is one. */
export async function seed(server: Database, kind: string, databases: readonly string[]): Promise<void> {
    for (const database of databases) {
        await server.create(database);
        const file = path.join(projectFolder, "examples", "seed", kind, `${path.basename(database)}.sql`);
        if (fs.existsSync(file)) await server.run(database, fs.readFileSync(file, "utf8"));
    }
}
