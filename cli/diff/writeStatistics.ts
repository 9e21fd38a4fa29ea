/** Reads the sizes of tables from a database: `kcp statistics`. */
import * as fs from "fs";
import * as path from "path";
import type { Statistics } from "../../src/diff/statistics";
import { mysqlClient } from "../../src/local/mysqlClient";
import { withPostgres } from "../../src/local/postgresClient";
import { UsageError } from "../support/errors";
import { shownPath } from "../support/userPaths";
import { readStatistics } from "./diff";

/** Options of `kcp statistics`. */
export interface StatisticsOptions {
    /** Address of the database, without a password. */
    database: string;
    /** Absolute path of the file. */
    out: string;
    rowsPerSecond?: number;
    restartSeconds?: number;
}

/** A table as a database describes it: its name, rows and bytes. */
type Row = readonly [name: string, rows: number, bytes: number];

// reltuples is -1 for a table that was never analyzed
const postgresQuery = `
    SELECT n.nspname || '.' || c.relname AS name, c.reltuples::float8 AS rows, pg_table_size(c.oid)::float8 AS bytes
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND c.reltuples >= 0 AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    ORDER BY 1`;

const mysqlQuery =
    "SELECT table_name, COALESCE(table_rows, 0), COALESCE(data_length, 0) FROM information_schema.tables " +
    "WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY 1";

const postgresRows = (url: URL): Promise<Row[]> =>
    withPostgres({ connectionString: url.href }, async (client) => {
        await client.query("SET default_transaction_read_only = on");
        const { rows } = await client.query<{ name: string; rows: number; bytes: number }>(postgresQuery);
        return rows.map(({ name, rows: count, bytes }) => [name, count, bytes]);
    });

async function mysqlRows(url: URL): Promise<Row[]> {
    const found = await mysqlClient(url, decodeURIComponent(url.pathname.slice(1)))(mysqlQuery);
    return found.map(([name, rows, bytes]) => [name, Number(rows), Number(bytes)]);
}

function parseDatabase(given: string): URL {
    const url = URL.canParse(given) ? new URL(given) : undefined;
    const isKnown = url && ["postgres:", "postgresql:", "mysql:"].includes(url.protocol) && url.pathname.length > 1;
    if (!isKnown)
        throw new UsageError(
            "--database: expected postgres://USER@HOST:PORT/DATABASE or mysql://USER@HOST:PORT/DATABASE",
        );
    if (url.password)
        throw new UsageError(
            "--database: a password on the command line is visible to others; set PGPASSWORD or MYSQL_PWD",
        );
    return url;
}

/** Reads a database and writes the file. */
export async function statistics({ database, out, rowsPerSecond, restartSeconds }: StatisticsOptions): Promise<void> {
    const url = parseDatabase(database);
    const name = decodeURIComponent(url.pathname.slice(1));
    const rows = await (url.protocol === "mysql:" ? mysqlRows(url) : postgresRows(url));
    const earlier = readStatistics(fs.existsSync(out) ? out : undefined);
    const others = Object.entries(earlier.tables).filter(([table]) => !table.startsWith(`${name}.`));
    const read = rows.map(([table, count, bytes]) => [`${name}.${table}`, { rows: count, bytes }] as const);
    const content: Statistics = {
        ...earlier,
        ...(rowsPerSecond ? { snapshotRowsPerSecond: rowsPerSecond } : {}),
        ...(restartSeconds ? { workerRestartSeconds: restartSeconds } : {}),
        tables: Object.fromEntries([...others, ...read].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
    fs.mkdirSync(path.dirname(out), { recursive: true });
    fs.writeFileSync(out, `${JSON.stringify(content, null, 2)}\n`);
    console.log(`${rows.length} tables of ${name} in ${shownPath(out)}.`);
}
