/** Reads what is to be checked of a database server. Nothing is written: sessions are read-only. */
import type { Client } from "pg";
import type { DatabaseFacts, MysqlFacts, PostgresFacts, TableFacts } from "../validation/database/facts";
import { mysqlClient } from "./mysqlClient";
import { withPostgres } from "./postgresClient";

const connectTimeoutMs = 10_000;

const identities: Record<string, string> = { d: "default", n: "nothing", f: "full", i: "index" };

const postgresTables = `
    SELECT n.nspname || '.' || c.relname AS name, c.relreplident AS identity,
           EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary) AS has_key,
           has_table_privilege(c.oid, 'SELECT') AS can_select, has_table_privilege(c.oid, 'INSERT') AS can_insert,
           pg_has_role(c.relowner, 'USAGE') AS is_owner
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      AND n.nspname NOT LIKE 'pg_toast%' ORDER BY 1`;

// on RDS nobody has REPLICATION but members of rds_replication
const postgresRole = `
    SELECT current_user AS user, rolsuper AS superuser,
           rolsuper OR rolreplication OR EXISTS (
               SELECT FROM pg_roles r WHERE r.rolname = 'rds_replication' AND pg_has_role(r.oid, 'MEMBER')
           ) AS replicates,
           has_database_privilege(current_database(), 'CREATE') AS creates
    FROM pg_roles WHERE rolname = current_user`;

const postgresFacts = (url: URL): Promise<PostgresFacts> =>
    withPostgres({ connectionString: url.href, connectionTimeoutMillis: connectTimeoutMs }, readPostgres);

async function readPostgres(client: Client): Promise<PostgresFacts> {
    const rows = async <T extends object>(sql: string): Promise<T[]> => (await client.query<T>(sql)).rows;
    const setting = async (name: string) =>
        (await rows<{ value: string }>(`SELECT current_setting('${name}') AS value`))[0].value;
    await client.query("SET default_transaction_read_only = on");
    const [role] = await rows<{ user: string; superuser: boolean; replicates: boolean; creates: boolean }>(
        postgresRole,
    );
    const [{ senders }] = await rows<{ senders: string }>("SELECT count(*) AS senders FROM pg_stat_replication");
    const published = await rows<{ name: string; whole: boolean; tables: string[] | null }>(
        `SELECT p.pubname AS name, p.puballtables AS whole,
                array_agg(t.schemaname || '.' || t.tablename) FILTER (WHERE t.tablename IS NOT NULL) AS tables
         FROM pg_publication p LEFT JOIN pg_publication_tables t ON t.pubname = p.pubname GROUP BY 1, 2`,
    );
    const tables = await rows<{
        name: string;
        identity: string;
        has_key: boolean;
        can_select: boolean;
        can_insert: boolean;
        is_owner: boolean;
    }>(postgresTables);
    return {
        kind: "postgres",
        walLevel: await setting("wal_level"),
        maxSlots: Number(await setting("max_replication_slots")),
        maxSenders: Number(await setting("max_wal_senders")),
        usedSenders: Number(senders),
        slots: (
            await rows<{ name: string; wal_status: string | null }>(
                "SELECT slot_name AS name, to_jsonb(s) ->> 'wal_status' AS wal_status FROM pg_replication_slots s",
            )
        ).map(({ name, wal_status: walStatus }) => ({ name, walStatus })),
        user: role.user,
        isSuperuser: role.superuser,
        canReplicate: role.replicates,
        canCreate: role.creates,
        publications: Object.fromEntries(
            published.map(({ name, whole, tables: names }) => [name, whole ? ("all" as const) : (names ?? [])]),
        ),
        tables: tables.map((table) => ({
            name: table.name,
            hasPrimaryKey: table.has_key,
            replicaIdentity: identities[table.identity],
            canSelect: table.can_select,
            canInsert: table.can_insert,
            isOwner: table.is_owner,
        })),
    };
}

const variableNames = [
    "log_bin",
    "binlog_format",
    "binlog_row_image",
    "gtid_mode",
    "binlog_expire_logs_seconds",
    "expire_logs_days",
    "server_id",
    "version",
];

/** The rights of `GRANT … ON *.* TO …`. */
export const globalRights = (grants: readonly string[]): string[] =>
    grants.flatMap((grant) => {
        const [, rights] = /^GRANT (.+?) ON \*\.\* TO /i.exec(grant) ?? [];
        return rights === undefined ? [] : rights.split(",").map((right) => right.trim().toUpperCase());
    });

async function mysqlFacts(url: URL): Promise<MysqlFacts> {
    const query = mysqlClient(url);
    const list = variableNames.map((name) => `'${name}'`).join(", ");
    const variables = Object.fromEntries(
        (await query(`SHOW GLOBAL VARIABLES WHERE Variable_name IN (${list})`)).map(([name, value]) => [name, value]),
    );
    const [[user]] = await query("SELECT CURRENT_USER()");
    const grants = (await query("SHOW GRANTS")).map(([grant]) => grant);
    const replicas = await query("SHOW SLAVE HOSTS").catch(() => query("SHOW REPLICAS").catch(() => []));
    const rows = await query(
        `SELECT CONCAT(t.table_schema, '.', t.table_name), COUNT(c.constraint_name)
         FROM information_schema.tables t LEFT JOIN information_schema.table_constraints c
           ON c.table_schema = t.table_schema AND c.table_name = t.table_name AND c.constraint_type = 'PRIMARY KEY'
         WHERE t.table_type = 'BASE TABLE'
           AND t.table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')
         GROUP BY 1 ORDER BY 1`,
    );
    const writes = await query(
        "SELECT privilege_type FROM information_schema.user_privileges WHERE privilege_type = 'INSERT' LIMIT 1",
    );
    const written = grants.filter((grant) => /ALL PRIVILEGES|\bINSERT\b/i.test(grant)).join("\n");
    const canInsert = (name: string) => {
        const [database, table] = name.split(".");
        return writes.length > 0 || written.includes(`\`${database}\`.*`) || written.includes(`\`${table}\``);
    };
    return {
        kind: "mysql",
        isMariadb: /mariadb/i.test(variables.version),
        variables,
        user,
        rights: globalRights(grants),
        replicaIds: replicas.map(([id]) => Number(id)),
        // information_schema shows only tables that the user has a right on
        tables: rows.map(([name, keys]): TableFacts => ({
            name,
            hasPrimaryKey: Number(keys) > 0,
            canSelect: true,
            canInsert: canInsert(name),
        })),
    };
}

/** Reads a server by its address: postgres://USER:PASSWORD@HOST:PORT/DATABASE, or mysql://USER:PASSWORD@HOST:PORT. */
export const readDatabaseFacts = (url: URL): Promise<DatabaseFacts> =>
    url.protocol === "mysql:" || url.protocol === "mariadb:" ? mysqlFacts(url) : postgresFacts(url);
