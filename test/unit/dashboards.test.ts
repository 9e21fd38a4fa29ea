import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as YAML from "yaml";
import { onPath } from "../../src/local/tools";
import { dashboardJson, type Query } from "../../src/metrics/dashboards/dashboard";
import { dashboards } from "../../src/metrics/dashboards/dashboards";
import { objectsOfKind, synth } from "../../src/synth/synth";
import { readStack } from "../../src/stack/stackFile";
import { selectorsOf } from "../support/prometheusText";

/** Names of Connect workers' metrics that a test on real workers checks. */
const onWorkers = [
    ...fs
        .readFileSync(path.join(__dirname, "..", "support", "exportedMetrics.txt"), "utf8")
        .trim()
        .split("\n"),
    ...["connector_version", "client_failed_authentication"].map((name) => `kafka_connect_${name}`),
    ...["record_count", "byte_count", "replication_latency_ms_avg"].map(
        (name) => `kafka_connect_mirror_source_${name}`,
    ),
    "kafka_connect_mirror_checkpoint_checkpoint_latency_ms_avg",
    "kafka_producer_topic_record_send",
    ...["connected", "snapshotrunning", "snapshotpaused", "snapshotaborted", "rowsscanned", "changesapplied"].map(
        (name) => `debezium_${name}`,
    ),
    "debezium_schema_history_status",
];
const elsewhere = /^(kafka_connect:|jvm_|process_|pg_replication_slots_|kafka_(controller|server|log|network)_)/;

const queriesOf = (id: string): Query[] =>
    dashboards
        .filter((dashboard) => dashboard.id === id)
        .flatMap(({ rows }) => rows.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries)));

describe("the dashboards", () => {
    for (const dashboard of dashboards) {
        it(`${dashboard.id} names only metrics that are exported`, () => {
            const names = queriesOf(dashboard.id).flatMap(([expr]) => selectorsOf(expr).map(({ name }) => name));
            assert.ok(names.length > 0);
            assert.deepEqual(
                names.filter((name) => !onWorkers.includes(name) && !elsewhere.test(name)),
                [],
            );
        });

        it(`${dashboard.id} has panels that do not overlap`, () => {
            const { panels } = dashboardJson(dashboard) as { panels: { gridPos: { x: number; y: number } }[] };
            const places = panels.map(({ gridPos: { x, y } }) => `${x} ${y}`);
            assert.equal(new Set(places).size, places.length);
        });
    }

    it("have valid queries", function () {
        if (!onPath("promtool")) {
            console.log("    skipped: no promtool on PATH (Debian: prometheus)");
            this.skip();
        }
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dashboards-"));
        const file = path.join(folder, "rules.yaml");
        const queries = dashboards.flatMap(({ id }) =>
            queriesOf(id).map(([expr]) => expr.replace(/\$__rate_interval/g, "1m")),
        );
        const rules = queries.map((expr, index) => ({ record: `panel_${index}`, expr }));
        fs.writeFileSync(file, YAML.stringify({ groups: [{ name: "panels", rules }] }));
        const { status, stdout, stderr } = spawnSync("promtool", ["check", "rules", file], { encoding: "utf8" });
        fs.rmSync(folder, { recursive: true });
        assert.equal(status, 0, stdout + stderr);
    });

    it("are ConfigMaps that Grafana's sidecar finds, where the stack sets metrics.dashboards", async () => {
        const found = async (metrics: object) =>
            objectsOfKind(await synth("local", { ...readStack("local"), metrics }), "ConfigMap").filter(
                ({ metadata }) => metadata.labels?.grafana_dashboard === "1",
            );
        assert.equal((await found({})).length, 0);
        const maps = await found({ dashboards: true });
        assert.equal(maps.length, dashboards.length);
        for (const { data } of maps) for (const text of Object.values(data!)) assert.ok(JSON.parse(text).uid);
    });
});
