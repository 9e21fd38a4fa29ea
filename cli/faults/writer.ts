/** Writes changes to a table and records those that the database has committed. */
import { Client } from "pg";
import { pause } from "../../src/util/pause";
import type { Change } from "./ledger";

/** How to log in. */
export interface Login {
    port: number;
    user: string;
    password: string;
    database: string;
}

const batch = 10;

/** Inserts rows, updates each second one and deletes each fifth, a batch in each transaction. */
export class Writer {
    readonly changes: Change[] = [];
    private next = 1;
    private running?: Promise<void>;
    private stopped = true;
    private client?: Client;

    constructor(
        private readonly login: () => Login,
        private readonly table = "ledger",
    ) {}

    start(): void {
        this.stopped = false;
        this.running = this.loop();
    }

    async stop(): Promise<void> {
        this.stopped = true;
        await this.running;
        await this.client?.end().catch(() => undefined);
        this.client = undefined;
    }

    private async loop(): Promise<void> {
        while (!this.stopped) {
            try {
                await this.writeBatch();
            } catch {
                // the database is away: what it has not committed is no change
                await this.client?.end().catch(() => undefined);
                this.client = undefined;
                await pause(200);
            }
            await pause(20);
        }
    }

    private async connected(): Promise<Client> {
        if (this.client) return this.client;
        const client = new Client({ host: "127.0.0.1", ...this.login(), connectionTimeoutMillis: 5000 });
        client.on("error", () => undefined);
        await client.connect();
        return (this.client = client);
    }

    /**
     * One transaction. The ids of a batch whose commit was interrupted are not used again, and its changes are looked
     * up: the server may have committed it.
     */
    private async writeBatch(): Promise<void> {
        const ids = Array.from({ length: batch }, () => this.next++);
        const client = await this.connected();
        const list = ids.join(", ");
        const updated = ids.filter((id) => id % 2 === 0);
        const deleted = ids.filter((id) => id % 5 === 0);
        const changes: Change[] = [
            ...ids.map((id): Change => ({ id, operation: "c", version: 0 })),
            ...updated.map((id): Change => ({ id, operation: "u", version: 1 })),
            ...deleted.map((id): Change => ({ id, operation: "d", version: id % 2 === 0 ? 1 : 0 })),
        ];
        try {
            await client.query(
                `BEGIN; INSERT INTO ${this.table} SELECT id, 0 FROM unnest(ARRAY[${list}]) id;
                 UPDATE ${this.table} SET version = 1 WHERE id IN (${updated.join(", ")});
                 DELETE FROM ${this.table} WHERE id IN (${deleted.join(", ")}); COMMIT`,
            );
            this.changes.push(...changes);
        } catch (error) {
            if (await this.wasCommitted(ids)) this.changes.push(...changes);
            throw error;
        }
    }

    private async wasCommitted(ids: readonly number[]): Promise<boolean> {
        for (let attempt = 0; attempt < 150; attempt++) {
            const client = new Client({ host: "127.0.0.1", ...this.login(), connectionTimeoutMillis: 5000 });
            client.on("error", () => undefined);
            try {
                await client.connect();
                const { rows } = await client.query(
                    `SELECT FROM ${this.table} WHERE id IN (${ids.join(", ")}) LIMIT 1`,
                );
                return rows.length > 0;
            } catch (error) {
                if ((error as { code?: string }).code === "42P01") return false;
                await pause(200);
            } finally {
                await client.end().catch(() => undefined);
            }
        }
        return false;
    }
}
