/** The exporter's rules on real workers of both Kafka generations. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { freePort } from "../../src/local/ports";
import { defaultStrimziVersion, strimziVersions } from "../../src/release/releases";
import { parseExposition, type Series } from "../support/prometheusText";
import { commitInSource, metricsStack } from "./metricsStack";
import { skipUnlessAvailable } from "./requirements";
import { Sandbox } from "./sandboxRun";

/** Names that dashboards of users may rely on: they were exported before and must not change. */
const exported = fs
    .readFileSync(path.join(__dirname, "..", "support", "exportedMetrics.txt"), "utf8")
    .trim()
    .split("\n");

for (const version of strimziVersions) {
    describe(`the metrics of a worker of Strimzi ${version}`, function () {
        this.timeout(600_000);
        let sandbox: Sandbox | undefined;
        /** Every series that was served once: averages over a window are left out while nothing happens. */
        const seen = new Map<string, Series>();

        const find = (name: string, labels: Record<string, string>): Series | undefined =>
            [...seen.values()].find(
                (series) =>
                    series.name === name &&
                    Object.entries(labels).every(([label, value]) => series.labels[label] === value),
            );

        /** Reads the metrics until every expected series was there, at most for two minutes. */
        async function collect(port: number): Promise<void> {
            const end = Date.now() + 120_000;
            const complete = () =>
                expected.every(([name, labels]) => find(name, labels)) &&
                exported.every((name) => find(name, {})) &&
                find("debezium_connected", { server })?.value === 1;
            while (!complete() && Date.now() < end) {
                const response = await fetch(`http://127.0.0.1:${port}/metrics`);
                for (const series of parseExposition(await response.text()))
                    seen.set(JSON.stringify([series.name, series.labels]), series);
                await new Promise((resolve) => setTimeout(resolve, 500));
            }
        }

        before(async function () {
            skipUnlessAvailable(this, "java", "maven", "mariadb");
            if (version !== defaultStrimziVersion) skipUnlessAvailable(this, "nightly");
            const port = await freePort();
            sandbox = new Sandbox("--file", metricsStack(version), "--metrics-port", String(port));
            await sandbox.prints(/Ctrl-C stops everything/);
            await commitInSource(sandbox.output);
            await collect(port);
        });
        after(async () => sandbox?.stop());

        it("have every name that was exported before", () => {
            assert.deepEqual(
                exported.filter((name) => !find(name, {})),
                [],
            );
        });

        const server = "shoppostgres-shop-orders";
        const expected: [name: string, labels: Record<string, string>][] = [
            [
                "kafka_connect_connector_class",
                { connector: server, class: "io.debezium.connector.postgresql.PostgresConnector" },
            ],
            ["kafka_connect_connector_type", { connector: server, type: "source" }],
            ["kafka_connect_connector_version", { connector: server }],
            ["kafka_connect_client_failed_authentication", {}],
            ["debezium_connected", { plugin: "postgres", context: "streaming", server }],
            ["debezium_snapshotrunning", { plugin: "mysql", context: "snapshot" }],
            ["debezium_snapshotaborted", { context: "snapshot", server }],
            ["debezium_rowsscanned", { context: "snapshot", server, table: "public.orders" }],
            ["debezium_changesapplied", { plugin: "mysql", context: "schema-history" }],
            ["debezium_schema_history_status", { plugin: "mysql", context: "schema-history", status: "RUNNING" }],
            ["kafka_producer_topic_record_send", { connector: server, task: "0", topic: `${server}.public.orders` }],
            ["kafka_producer_topic_record_send", { connector: server, topic: `__debezium-heartbeat.${server}` }],
            ["kafka_producer_record_send", { connector: server, task: "0" }],
            ["kafka_consumer_fetch_manager_records_lag_max", { connector: `${server}.public.orders-to-shop-shop` }],
            [
                "kafka_consumer_fetch_manager_records_lag_max",
                { connector: "backendmirror-event.subscription.topic", task: "0" },
            ],
            ["kafka_connect_mirror_source_record_count", { topic: "backend.EVENT.SUBSCRIPTION.TOPIC", partition: "0" }],
            ["kafka_connect_mirror_source_replication_latency_ms_avg", { target: "data-kafka-connect-cluster" }],
            ["kafka_connect_mirror_checkpoint_checkpoint_latency_ms_avg", { group: "billing", source: "backend" }],
        ];
        for (const [name, labels] of expected)
            it(`have ${name} with ${Object.keys(labels).join(", ") || "any labels"}`, () => {
                const same = [...seen.values()].filter((series) => series.name === name).map((series) => series.labels);
                assert.ok(find(name, labels), `${JSON.stringify(labels)} is not among ${JSON.stringify(same)}`);
            });

        it("export booleans as 0 and 1", () => {
            assert.equal(find("debezium_connected", { server })?.value, 1);
            assert.equal(find("debezium_snapshotcompleted", { server })?.value, 1);
            assert.equal(find("debezium_snapshotrunning", { server })?.value, 0);
        });

        it("have no MBean of Debezium's JDBC sink, which exposes none", () => {
            assert.deepEqual(
                [...seen.values()].filter(({ labels }) => labels.plugin === "jdbc"),
                [],
            );
        });
    });
}
