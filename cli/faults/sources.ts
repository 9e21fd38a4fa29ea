/** The databases that a scenario's source can read: PostgreSQL, and MariaDB in place of MySQL. */
import type { Database } from "../../src/local/database";
import type { NetworkProxy } from "../../src/local/networkProxy";

/** The kinds, as the folders of examples/seed name them. */
export type SourceKind = "postgres" | "mysql";

interface Dialect {
    readonly template: string;
    /** Rows with the ids -1 to -count. */
    rows(count: number): string;
    topicOf(name: string, database: string): string;
}

const dialects: Readonly<Record<SourceKind, Dialect>> = {
    postgres: {
        template: "debeziumPostgresSourceConnector",
        rows: (count) => `SELECT -n, 0 FROM generate_series(1, ${count}) n`,
        topicOf: (name) => `${name}.public.ledger`,
    },
    mysql: {
        template: "debeziumMysqlSourceConnector",
        rows: (count) => `SELECT -seq, 0 FROM seq_1_to_${count}`,
        topicOf: (name, database) => `${name}.${database}.ledger`,
    },
};

/** A server with the network between it and the worker. */
export interface Source extends Dialect {
    readonly kind: SourceKind;
    readonly server: Database;
    readonly network: NetworkProxy;
    /** Name of the secret with the address and the login. */
    readonly secret: string;
    /** Name of a connector's replication slot. */
    slotOf(name: string): string;
    /** What the secret contains. */
    login(): Record<string, string>;
}

/** A source of a started server. */
export const sourceOf = (kind: SourceKind, server: Database, network: NetworkProxy): Source => ({
    ...dialects[kind],
    kind,
    server,
    network,
    secret: `LEDGER_${kind.toUpperCase()}`,
    slotOf: (name) => `dbz_${name.replaceAll("-", "_")}`,
    login: () => ({
        HOST: "127.0.0.1",
        PORT: String(network.port),
        USERNAME: server.user,
        PASSWORD: server.password,
    }),
});

/** The table of a ledger with some rows. */
export const ledgerTable = ({ rows }: Source, count: number): string =>
    "CREATE TABLE ledger (id int PRIMARY KEY, version int NOT NULL)" +
    (count > 0 ? `; INSERT INTO ledger ${rows(count)}` : "");
