/** Serves what postgres_exporter serves of replication slots, as far as the alerts for slots read it. */
import * as http from "http";
import type { Database } from "../../src/local/database";

interface Slot {
    slot_name: string;
    active: boolean;
    wal_status: string | null;
    behind: string | null;
}

const sql =
    "SELECT slot_name, active, wal_status, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::text AS behind " +
    "FROM pg_replication_slots";

const lines = ({ slot_name: slot, active, wal_status: status, behind }: Slot): string[] => {
    const labels = `server="ledger",slot_name="${slot}"`;
    return [
        `pg_replication_slots_active{${labels}} ${active ? 1 : 0}`,
        `pg_replication_slots_pg_wal_lsn_diff{${labels}} ${behind ?? "NaN"}`,
        ...(status ? [`pg_replication_slot_wal_status{${labels},wal_status="${status}"} 1`] : []),
    ];
};

/** Serves the slots of a server on a port of loopback. */
export async function serveSlots(server: Database, port: number): Promise<http.Server> {
    const exporter = http.createServer((_, response) => {
        server.run("postgres", sql).then(
            (rows) => {
                const slots = rows.filter((row) => row.startsWith("{")).map((row) => JSON.parse(row) as Slot);
                response.setHeader("content-type", "text/plain; version=0.0.4");
                response.end(`${slots.flatMap(lines).join("\n")}\n`);
            },
            () => response.writeHead(503).end(),
        );
    });
    await new Promise<void>((resolve) => exporter.listen(port, "127.0.0.1", resolve));
    return exporter;
}
