/** Writes changes to a table and records those that the database has committed. */
import type { Database, SqlSession } from "../../src/local/database";
import { pause } from "../../src/util/pause";
import type { Change } from "./ledger";

const batch = 10;
const answerMs = 30_000;

/** Fails when a server that was killed does not answer. */
const answered = <T>(answer: Promise<T>): Promise<T> =>
    Promise.race([
        answer,
        pause(answerMs).then(() => {
            throw new Error("no answer");
        }),
    ]);

/** Inserts rows, updates each second one and deletes each fifth, a batch in each transaction. */
export class Writer {
    readonly changes: Change[] = [];
    private next = 1;
    private running?: Promise<void>;
    private stopped = true;
    private session?: SqlSession;

    constructor(
        private readonly server: Pick<Database, "session">,
        private readonly database: string,
    ) {}

    start(): void {
        this.stopped = false;
        this.running = this.loop();
    }

    /** Waits until another change is committed, for a limited time, as the table may be gone. */
    async advanced(atMostMs = 30_000): Promise<void> {
        const [count, end] = [this.changes.length, Date.now() + atMostMs];
        while (this.changes.length === count && Date.now() < end) await pause(50);
    }

    async stop(): Promise<void> {
        this.stopped = true;
        await this.running;
        await this.close();
    }

    private async close(): Promise<void> {
        await this.session?.close().catch(() => undefined);
        this.session = undefined;
    }

    private async loop(): Promise<void> {
        while (!this.stopped) {
            try {
                await this.writeBatch();
            } catch {
                // the database is away: what it has not committed is no change
                await this.close();
                await pause(200);
            }
            await pause(40);
        }
    }

    private async connected(): Promise<SqlSession> {
        return (this.session ??= await answered(this.server.session(this.database)));
    }

    /**
     * One transaction. The ids of a batch whose commit was interrupted are not used again, and its changes are looked
     * up: the server may have committed it.
     */
    private async writeBatch(): Promise<void> {
        const ids = Array.from({ length: batch }, () => this.next++);
        const session = await this.connected();
        const updated = ids.filter((id) => id % 2 === 0);
        const deleted = ids.filter((id) => id % 5 === 0);
        const changes: Change[] = [
            ...ids.map((id): Change => ({ id, operation: "c", version: 0 })),
            ...updated.map((id): Change => ({ id, operation: "u", version: 1 })),
            ...deleted.map((id): Change => ({ id, operation: "d", version: id % 2 === 0 ? 1 : 0 })),
        ];
        try {
            await answered(
                session.run(
                    `BEGIN; INSERT INTO ledger (id, version) VALUES ${ids.map((id) => `(${id}, 0)`).join(", ")};
                     UPDATE ledger SET version = 1 WHERE id IN (${updated.join(", ")});
                     DELETE FROM ledger WHERE id IN (${deleted.join(", ")}); COMMIT`,
                ),
            );
            this.changes.push(...changes);
        } catch (error) {
            if (await this.wasCommitted(ids)) this.changes.push(...changes);
            throw error;
        }
    }

    private async wasCommitted(ids: readonly number[]): Promise<boolean> {
        for (let attempt = 0; attempt < 150; attempt++) {
            let session: SqlSession | undefined;
            try {
                session = await answered(this.server.session(this.database));
                const sql = `SELECT concat('found-', count(*)) AS result FROM ledger WHERE id IN (${ids.join(", ")})`;
                return /found-[1-9]/.test((await answered(session.run(sql))).join(" "));
            } catch (error) {
                if (/does(n't| not) exist/.test((error as Error).message)) return false;
                await pause(200);
            } finally {
                await session?.close().catch(() => undefined);
            }
        }
        return false;
    }
}
