/** MariaDB of this machine, which runs in place of MySQL. */
import { randomBytes } from "crypto";
import * as fs from "fs";
import * as path from "path";
import { isRoot, unprivileged, type Database } from "./database";
import { openMariadbSession } from "./mariadbSession";
import { accepts } from "./ports";
import type { Processes } from "./processes";
import { untilReady } from "./readiness";
import { runToEnd } from "../util/exec";

const quoted = (name: string): string => `\`${name.replace(/`/g, "``")}\``;

/**
 * Starts a server with a binary log in the sandbox's folder and waits until it accepts connections.
 *
 * @param settings settings of the server in place of the sandbox's
 */
export async function startMariadb(
    processes: Processes,
    port: number,
    settings: Readonly<Record<string, string>> = {},
): Promise<Database> {
    const home = path.join(processes.folder, "mariadb");
    const data = path.join(home, "data");
    const socket = path.join(home, "socket");
    const log = path.join(processes.folder, "logs", "mariadb.log");
    const password = randomBytes(12).toString("hex");
    fs.mkdirSync(data, { recursive: true });
    const init = path.join(home, "init.sql");
    // it is run at each start
    fs.writeFileSync(
        init,
        `CREATE USER IF NOT EXISTS 'connect'@'%' IDENTIFIED BY '${password}';\n` +
            "GRANT ALL ON *.* TO 'connect'@'%' WITH GRANT OPTION;\n",
        { mode: 0o600 },
    );
    const user = isRoot() ? { uid: unprivileged, gid: unprivileged } : {};
    // the temporary folder of a user can be closed to the one that the server runs as
    const as = { ...user, env: { TMPDIR: home } };
    if (isRoot()) await runToEnd("chown", ["-R", `${unprivileged}:${unprivileged}`, home], home);

    const install = [
        "--no-defaults",
        `--datadir=${data}`,
        "--auth-root-authentication-method=normal",
        "--skip-test-db",
    ];
    await processes.start("mariadb-install-db", {
        command: "mariadb-install-db",
        args: install,
        cwd: home,
        log,
        expectedToEnd: true,
        ...as,
    }).ended;
    const server = [
        "--no-defaults",
        `--datadir=${data}`,
        `--port=${port}`,
        "--bind-address=127.0.0.1",
        `--socket=${socket}`,
        `--pid-file=${path.join(home, "pid")}`,
        "--log-bin=binlog",
        "--binlog-format=ROW",
        "--binlog-row-image=FULL",
        "--server-id=1",
        `--init-file=${init}`,
        ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`),
    ];
    const running = processes.start("MariaDB", { command: "mariadbd", args: server, cwd: home, log, ...as });
    await untilReady(running, async () => (await accepts(port)) || undefined);
    // the password by a file, so that no process list shows it
    const login = path.join(processes.folder, "mariadb-login");
    fs.writeFileSync(
        login,
        `[client]\nuser=connect\npassword=${password}\nhost=127.0.0.1\nport=${port}\nprotocol=tcp\n`,
        { mode: 0o600 },
    );
    const run = (sql: string, database?: string) =>
        runToEnd(
            "mariadb",
            [`--defaults-file=${login}`, "--batch", "--table", "-e", sql, ...(database ? [database] : [])],
            home,
        );
    return {
        name: "MariaDB (for MySQL)",
        port,
        user: "connect",
        password,
        running,
        create: async (database) => void (await run(`CREATE DATABASE ${quoted(database)}`)),
        run: async (database, sql) => (await run(sql, database)).trimEnd().split("\n"),
        hasRows: async (database, table) => {
            const name = table.split(".").map(quoted).join(".");
            try {
                return (await run(`SELECT 1 FROM ${name} LIMIT 1`, database)).includes("1");
            } catch (error) {
                if (/ERROR (1146|1049)/.test((error as Error).message)) return undefined;
                throw error;
            }
        },
        session: async (database) => openMariadbSession(login, database, home),
        catalog: {
            databases: "SHOW DATABASES",
            tables: "SHOW TABLES",
            columns: (table) => `DESCRIBE ${table.split(".").map(quoted).join(".")}`,
        },
        client: (database) => `mariadb -h 127.0.0.1 -P ${port} -u connect -p${password} ${database}`,
    };
}
