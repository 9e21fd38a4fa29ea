/** PostgreSQL sources of one table each, named after it, as a stack file declares them. */
import * as path from "node:path";
import type { ChangeEvent } from "../../src/local/changeEvents";
import { writeSecrets } from "../../src/local/secrets";
import { ConnectRig } from "./connectRig";
import { DeclaredStack } from "./declaredStack";

type Declaration = Record<string, unknown>;

/** The source of a table. */
export const sourceOf = (table: string, changes: Declaration = {}): Declaration => ({
    connectorTemplate: "debeziumPostgresSourceConnector",
    name: table,
    heartbeatSeconds: 2,
    source: { instance: "shop", database: "shop", table, port: ConnectRig.port },
    ...changes,
});

/** The `source` of a table that is read with the login of its secret. */
export const withLogin = (table: string): Declaration => ({
    instance: table,
    database: "shop",
    table,
    port: `\${secretManager:${table.toUpperCase()}:PORT}`,
});

/** The ids of the rows of events with an operation. */
export const idsOf = (events: readonly ChangeEvent[], operation: string): number[] =>
    events.filter((event) => event.operation === operation).map(({ row }) => (row as { id: number }).id);

export class TableSources {
    private constructor(
        readonly rig: ConnectRig,
        readonly stack: DeclaredStack,
    ) {}

    /** Starts the parts, and creates the database `shop`. */
    static async start(starting = ConnectRig.start()): Promise<TableSources> {
        const rig = await starting;
        const stack = new DeclaredStack(rig, "shop");
        await rig.database.create("shop");
        return new TableSources(rig, stack);
    }

    sql(...statements: string[]): Promise<string[]> {
        return this.rig.database.run("shop", statements.join("; "));
    }

    /** Writes the secret of a table, with a login of the database. */
    writeLogin(table: string, user: string, password: string): void {
        const { processes, database } = this.rig;
        const login = { HOST: "127.0.0.1", PORT: String(database.port), USERNAME: user, PASSWORD: password };
        writeSecrets(path.join(processes.folder, "secrets"), new Map([[table.toUpperCase(), login]]));
    }

    /** Creates a table with three rows. */
    async create(table: string): Promise<void> {
        await this.sql(`CREATE TABLE ${table} (id int PRIMARY KEY)`, `INSERT INTO ${table} VALUES (1), (2), (3)`);
    }

    /** A table with three rows, its running connector, and the events of its topic. */
    async running(table: string, changes: Declaration = {}): Promise<ChangeEvent[]> {
        await this.create(table);
        await this.stack.deploy(sourceOf(table, changes));
        const events = await this.rig.read([`${table}.public.${table}`]);
        await ConnectRig.until("the snapshot", () => idsOf(events, "r").length === 3);
        return events;
    }

    /** Writes a row, and waits until it has arrived as a change. */
    async arrives(events: readonly ChangeEvent[], table: string, id: number): Promise<void> {
        await this.sql(`INSERT INTO ${table} VALUES (${id})`);
        await ConnectRig.until(`row ${id}`, () => idsOf(events, "c").includes(id));
    }

    /** Waits until the offset of the snapshot is committed: before, a restart reads the table again. */
    untilCommitted(connector: string): Promise<true> {
        return ConnectRig.until("committed offsets", async () => {
            const offsets = JSON.stringify(await this.stack.rest.offsets(connector));
            return offsets.includes('"lsn"') && !offsets.includes('"snapshot_completed":false');
        });
    }

    /** Waits until nothing reads a slot. */
    untilInactive(slot: string): Promise<true> {
        return ConnectRig.until("an inactive slot", async () =>
            (await this.sql(`SELECT active FROM pg_replication_slots WHERE slot_name = '${slot}'`)).some((row) =>
                /false/.test(row),
            ),
        );
    }
}
