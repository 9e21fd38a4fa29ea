/**
 * The metrics of replication slots: the exporter with the arguments and the environment of its Deployment, on a real
 * PostgreSQL, scraped by a real Prometheus. Needs Prometheus, and postgres_exporter 0.20 or newer; with Debian's older
 * one only the dashboard is tested.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Database } from "../../src/local/database";
import { freePort, until } from "../../src/local/ports";
import { startPostgres } from "../../src/local/postgres";
import { Processes } from "../../src/local/processes";
import { queryNow, startPrometheus } from "../../src/local/prometheus";
import { onPath } from "../../src/local/tools";
import { slotAlerts } from "../../src/metrics/alerts/slotAlerts";
import { dashboards } from "../../src/metrics/dashboards/dashboards";
import { plainQuery } from "../../src/metrics/dashboards/plainQuery";
import { slotExporterDeployment } from "../../src/metrics/slotExporter";
import { slotExporter } from "../../src/schema/metrics";
import { skipUnlessAvailable, testVariables } from "./requirements";

const debian = "prometheus-postgres-exporter";
const binary = testVariables.TEST_POSTGRES_EXPORTER ?? debian;
const isCurrent = binary !== debian;

const { image, servers } = slotExporter.parse({
    image: `postgres-exporter@sha256:${"0".repeat(64)}`,
    servers: [{ name: "shop", secretName: "shop", tls: false }],
});

const containerOf = (port: number) =>
    slotExporterDeployment(image, { ...servers[0], port }).template.spec.containers[0];
const args = containerOf(5432).args;

/** The environment of the container, with the Secret's values, as the kubelet resolves it. */
function environmentOf(secret: Readonly<Record<string, string>>, port: number): Record<string, string> {
    const resolved: Record<string, string> = {};
    for (const { name, value, valueFrom } of containerOf(port).env)
        resolved[name] = valueFrom
            ? secret[valueFrom.secretKeyRef.key]
            : value!.replace(/\$\((\w+)\)/g, (_, other: string) => resolved[other]);
    return resolved;
}

describe("the metrics of replication slots", function () {
    this.timeout(180_000);
    let processes: Processes | undefined;
    let database: Database;
    let prometheus: string;
    let metrics: () => Promise<string>;

    before(async function () {
        skipUnlessAvailable(
            this,
            { missing: onPath("prometheus") ? undefined : "no prometheus on PATH" },
            { missing: isCurrent || onPath(debian) ? undefined : "TEST_POSTGRES_EXPORTER is not set" },
        );
        processes = new Processes(fs.mkdtempSync(path.join(os.tmpdir(), "slots-")));
        // the server runs as another user
        fs.chmodSync(processes.folder, 0o755);
        database = await startPostgres(processes, await freePort(), { max_slot_wal_keep_size: "64MB" });
        await database.create("shop");
        for (const slot of ["dbz_kept", "dbz_lost"])
            await database.run("shop", `SELECT pg_create_logical_replication_slot('${slot}', 'pgoutput')`);
        await database.run(
            "shop",
            "CREATE ROLE reader LOGIN PASSWORD 'd7f3-91ac'; GRANT pg_monitor TO reader; CREATE TABLE t (filler text)",
        );
        const port = await freePort();
        const address = `127.0.0.1:${port}`;
        const secret = { HOST: "127.0.0.1", USERNAME: "reader", PASSWORD: "d7f3-91ac" };
        processes.start("postgres_exporter", {
            command: binary,
            args: [...(isCurrent ? args : []), `--web.listen-address=${address}`],
            env: { ...process.env, ...environmentOf(secret, database.port) },
            cwd: processes.folder,
            log: path.join(processes.folder, "logs", "exporter.log"),
        });
        metrics = async () => (await fetch(`http://${address}/metrics`)).text();
        await until(
            "postgres_exporter",
            30_000,
            async () => (await metrics().catch(() => "")).includes("pg_up 1") || undefined,
        );
        const labels: Record<string, string> = isCurrent ? { server: "shop" } : {};
        prometheus = await startPrometheus(processes, await freePort(), { port, labels }, { intervalSeconds: 2 });
    });
    after(async () => {
        await processes?.stop();
        if (processes) fs.rmSync(processes.folder, { recursive: true, force: true });
    });

    const firing = async (alert: string): Promise<string[]> => {
        const { expr } = slotAlerts(1).find(({ name }) => name === alert)!;
        return (await queryNow(prometheus, expr)).map(({ labels }) => labels.slot_name).sort();
    };

    it("are data for every panel of the dashboard", async () => {
        const dashboard = dashboards.find(({ id }) => id === "postgres-slots")!;
        const queries = dashboard.rows.flatMap(({ panels }) =>
            panels.flatMap((panel) => panel.queries.map(([expr]) => plainQuery(expr, dashboard, "1m"))),
        );
        assert.ok(queries.length > 0);
        for (const query of queries)
            await until(query, 60_000, async () => (await queryNow(prometheus, query)).length === 2 || undefined);
    });

    it("let the alert for slots that nobody reads fire", async () => {
        await until("the slots", 30_000, async () => (await firing("PostgresSlotInactive")).length > 0 || undefined);
        assert.deepEqual(await firing("PostgresSlotInactive"), ["dbz_kept", "dbz_lost"]);
    });

    it("let the alert for kept WAL fire for the slot that is behind, and not for the other", async () => {
        assert.deepEqual(await firing("PostgresSlotRetainsWal"), []);
        const rows = "SELECT string_agg(md5(random()::text || part), '') FROM generate_series(1, 32) part";
        await database.run("shop", `INSERT INTO t SELECT (${rows}) FROM generate_series(1, 40000)`);
        await database.run("shop", "SELECT pg_replication_slot_advance('dbz_kept', pg_current_wal_lsn())");
        const behind = 'pg_replication_slots_pg_wal_lsn_diff{slot_name="dbz_lost"} > 30e6';
        await until(behind, 30_000, async () => (await queryNow(prometheus, behind)).length > 0 || undefined);
    });

    it("let the alert for a lost slot fire, and not for a new slot", async function () {
        if (!isCurrent) {
            console.log("    skipped: TEST_POSTGRES_EXPORTER is not set; Debian's exporter has no wal_status");
            this.skip();
        }
        assert.deepEqual(await firing("PostgresSlotLost"), []);
        for (let segment = 0; segment < 8; segment++)
            await database.run("shop", "INSERT INTO t VALUES ('x'); SELECT pg_switch_wal()");
        await database.run("shop", "SELECT pg_drop_replication_slot('dbz_kept')");
        await database.run("shop", "SELECT pg_create_logical_replication_slot('dbz_new', 'pgoutput')");
        await database.run("shop", "CHECKPOINT");
        await until("the alert", 60_000, async () => (await firing("PostgresSlotLost")).length > 0 || undefined);
        assert.deepEqual(await firing("PostgresSlotLost"), ["dbz_lost"]);
    });

    it("are the only metrics of the server, and contain no password", async function () {
        const text = await metrics();
        assert.doesNotMatch(text, /d7f3-91ac/);
        if (!isCurrent) this.skip();
        const names = new Set([...text.matchAll(/^(pg_\w+)/gm)].map(([, name]) => name));
        assert.deepEqual(
            [...names].filter((name) => !/^pg_(replication_slots_|exporter_|scrape_|up$|static$)/.test(name)),
            [],
        );
    });

    it("need a version of the exporter that accepts the arguments of the Deployment", function () {
        if (!isCurrent) this.skip();
        const { stdout, stderr } = spawnSync(binary, ["--help"], { encoding: "utf8" });
        for (const argument of args)
            assert.ok((stdout + stderr).includes(argument.replace(/^--(no-)?/, "--[no-]")), argument);
    });
});
