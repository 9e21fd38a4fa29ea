/** What is known of a database server that a source reads: read by `src/local/databaseFacts.ts`, judged here. */

/** A table. */
export interface TableFacts {
    /** SCHEMA.TABLE, or DATABASE.TABLE. */
    readonly name: string;
    readonly hasPrimaryKey: boolean;
    /** PostgreSQL: default, nothing, full or index. */
    readonly replicaIdentity?: string;
    readonly canSelect: boolean;
    readonly canInsert: boolean;
    /** Whether the user owns it, and so can add it to a publication. */
    readonly isOwner?: boolean;
}

/** A PostgreSQL server, as a connector's user sees it. */
export interface PostgresFacts {
    readonly kind: "postgres";
    readonly walLevel: string;
    readonly slots: readonly { name: string; walStatus: string | null }[];
    readonly maxSlots: number;
    readonly maxSenders: number;
    readonly usedSenders: number;
    readonly user: string;
    readonly canReplicate: boolean;
    readonly isSuperuser: boolean;
    /** Whether the user may create a publication in the database. */
    readonly canCreate: boolean;
    /** Name → tables; `all` for one of all tables. */
    readonly publications: Readonly<Record<string, readonly string[] | "all">>;
    readonly tables: readonly TableFacts[];
}

/** A MySQL or MariaDB server, as a connector's user sees it. */
export interface MysqlFacts {
    readonly kind: "mysql";
    readonly isMariadb: boolean;
    readonly variables: Readonly<Record<string, string>>;
    readonly user: string;
    /** Rights on all databases, in upper case. */
    readonly rights: readonly string[];
    /** Server ids of the replicas that are connected. */
    readonly replicaIds: readonly number[];
    readonly tables: readonly TableFacts[];
}

export type DatabaseFacts = PostgresFacts | MysqlFacts;
