import { execFile } from "child_process";
import { promisify } from "util";
import { onPath } from "./tools";

const run = promisify(execFile);
const connectTimeoutSeconds = 10;

/** Runs a statement and returns the fields of each row. */
export type MysqlQuery = (sql: string) => Promise<string[][]>;

/**
 * A read-only client of a MySQL or MariaDB server, which is given by its address. npm has no MySQL client in this
 * project: the database's own client runs the statements. The password is in the address or in MYSQL_PWD.
 *
 * @param database default database of the statements
 */
export function mysqlClient(url: URL, database?: string): MysqlQuery {
    const command = ["mariadb", "mysql"].find(onPath);
    if (!command) throw new Error("neither mariadb nor mysql is on PATH; install a MySQL client");
    const args = [
        `--host=${url.hostname}`,
        `--port=${url.port || "3306"}`,
        "--protocol=tcp",
        `--user=${decodeURIComponent(url.username)}`,
        `--connect-timeout=${connectTimeoutSeconds}`,
        "--batch",
        "--skip-column-names",
        ...(database === undefined ? [] : [`--database=${database}`]),
    ];
    // the password by the environment, so that no process list shows it
    const password = url.password ? { MYSQL_PWD: decodeURIComponent(url.password) } : {};
    return async (sql) => {
        const { stdout } = await run(command, [...args, `--execute=SET SESSION TRANSACTION READ ONLY; ${sql}`], {
            env: { ...process.env, ...password },
        }).catch((error: Error & { stderr?: string }) => {
            throw new Error(error.stderr?.trim() || error.message);
        });
        return stdout
            .split("\n")
            .filter(Boolean)
            .map((line) => line.split("\t"));
    };
}
