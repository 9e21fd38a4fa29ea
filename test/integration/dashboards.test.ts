/**
 * Every query of the dashboards that reads a Connect worker or a broker, run by a real Prometheus that scraped a real
 * one; and the page of the sandbox that shows them. Needs Java, Maven, MariaDB, openssl and Prometheus.
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { metricsExporter } from "../../src/local/kafkaRuntime";
import { freePort, until } from "../../src/local/ports";
import { Processes } from "../../src/local/processes";
import { queryNow, startPrometheus } from "../../src/local/prometheus";
import { onPath } from "../../src/local/tools";
import { behindSeconds, isFresh } from "../../src/metrics/alerts/freshnessRules";
import { dashboards } from "../../src/metrics/dashboards/dashboards";
import { plainQuery } from "../../src/metrics/dashboards/plainQuery";
import { brokerJmxRules } from "../../src/metrics/brokerJmxRules";
import { defaultKafkaVersion, defaultStrimziVersion, strimziRelease } from "../../src/release/releases";
import { commitInSource, metricsStack, writeToSource } from "./metricsStack";
import { skipUnlessAvailable } from "./requirements";
import { SecuredBroker } from "./securedBroker";
import { Sandbox } from "./sandboxRun";

/** Dashboards of other software than a worker, with the test that runs their queries. */
const elsewhere: Readonly<Record<string, string>> = {
    kafka: "a broker, below",
    "postgres-slots": "postgres_exporter: slotMetrics.test.ts",
};

const noPrometheus = { missing: onPath("prometheus") ? undefined : "no prometheus on PATH" };

/** Each query of some dashboards, as Prometheus takes it. */
const panelsOf = (chosen: (id: string) => boolean) =>
    dashboards
        .filter(({ id }) => chosen(id))
        .flatMap((dashboard) =>
            dashboard.rows.flatMap(({ panels: ofRow }) =>
                ofRow.flatMap(({ title, queries }) =>
                    queries.map(([expr, legend]) => ({
                        name: `${dashboard.id}: ${title}${queries.length > 1 ? ` (${legend})` : ""}`,
                        query: plainQuery(expr, dashboard, "1m"),
                    })),
                ),
            ),
        );

const panels = panelsOf((id) => !(id in elsewhere));

describe("the dashboards on a real Prometheus", function () {
    this.timeout(600_000);
    let sandbox: Sandbox | undefined;
    let prometheus: string;
    let page: string;
    const seen = new Set<string>();

    before(async function () {
        skipUnlessAvailable(this, "java", "maven", "mariadb", "nightly", noPrometheus);
        sandbox = new Sandbox("--file", metricsStack(defaultStrimziVersion), "--metrics");
        const [, pageUrl, prometheusUrl] = await sandbox.prints(/metrics are on (\S+), Prometheus is on (\S+)/);
        [page, prometheus] = [pageUrl, prometheusUrl];
        await sandbox.prints(/Ctrl-C stops everything/);
        await commitInSource(sandbox.output);
        const end = Date.now() + 180_000;
        for (let row = 0; Date.now() < end && seen.size < panels.length; row++) {
            // averages are exported only while something happens
            sandbox.child.stdin!.write(`INSERT INTO orders (customer_id, item, amount) VALUES (1, 'row ${row}', 1);\n`);
            await writeToSource(sandbox.output);
            for (const { name, query } of panels)
                if (!seen.has(name) && (await queryNow(prometheus, query)).length > 0) seen.add(name);
            await new Promise((resolve) => setTimeout(resolve, 3000));
        }
    });
    after(async () => sandbox?.stop());

    it("return data for every panel", () => {
        assert.deepEqual(
            panels.map(({ name }) => name).filter((name) => !seen.has(name)),
            [],
        );
    });

    it("have freshness of each source and each sink, and nothing else", async () => {
        const values = async (series: string) =>
            Object.fromEntries(
                (await queryNow(prometheus, series)).map(({ labels, values: [[, value]] }) => [
                    labels.connector,
                    value,
                ]),
            );
        const [fresh, behind] = [await values(isFresh), await values(behindSeconds)];
        const source = "shoppostgres-shop-orders";
        const sink = `${source}.public.orders-to-shop-shop`;
        assert.equal(fresh[source], 1, JSON.stringify({ fresh, behind }));
        assert.equal(fresh[sink], 1, JSON.stringify({ fresh, behind }));
        assert.ok(behind[source] >= 0 && behind[source] < 60, JSON.stringify(behind));
        assert.ok(behind[sink] >= 0 && behind[sink] < 60, JSON.stringify(behind));
        assert.deepEqual(
            Object.keys(fresh).filter((name) => name.startsWith("backendmirror")),
            [],
        );
    });

    it("name only dashboards that exist as those of other software", () => {
        const ids = dashboards.map(({ id }) => id);
        assert.deepEqual(
            Object.keys(elsewhere).filter((id) => !ids.includes(id)),
            [],
        );
    });

    it("are shown live by the page of the sandbox", async () => {
        assert.match(await (await fetch(page)).text(), /<h1>Sandbox metrics<\/h1>/);
        const shown = (await (await fetch(`${page}/panels`)).json()) as { title: string; lines: unknown[] }[];
        assert.ok(shown.length > panels.length / 2, `${shown.length} panels`);
        assert.ok(shown.every(({ lines }) => lines.length > 0));
    });
});

describe("the Kafka dashboard on a real Prometheus", function () {
    this.timeout(300_000);
    let processes: Processes | undefined;
    const kafkaPanels = panelsOf((id) => id === "kafka");

    before(function () {
        skipUnlessAvailable(this, "java", "maven", "openssl", "nightly", noPrometheus);
    });
    after(async () => {
        await processes?.stop();
        if (processes) fs.rmSync(processes.folder, { recursive: true, force: true });
    });

    it("returns data of a broker for every panel", async () => {
        processes = new Processes(fs.mkdtempSync(path.join(os.tmpdir(), "kafka-dashboard-")));
        const rules = path.join(processes.folder, "rules.yaml");
        fs.writeFileSync(rules, brokerJmxRules());
        const port = await freePort();
        const kafkaVersion = defaultKafkaVersion(strimziRelease(defaultStrimziVersion));
        const broker = await SecuredBroker.start(processes, kafkaVersion, {
            jvmOptions: [`-javaagent:${await metricsExporter()}=127.0.0.1:${port}:${rules}`],
        });
        const url = await startPrometheus(processes, await freePort(), {
            port,
            labels: {
                namespace: "kafka",
                strimzi_io_cluster: "data",
                strimzi_io_kind: "Kafka",
                kubernetes_pod_name: "data-broker-0",
            },
        });
        await broker.createTopics("a");
        const producer = broker.client("admin").producer();
        await producer.connect();
        const seen = new Set<string>();
        await until("data for every panel", 120_000, async () => {
            await producer.send({ topic: "a", messages: [{ value: "x" }] });
            for (const { name, query } of kafkaPanels)
                if (!seen.has(name) && (await queryNow(url, query)).length > 0) seen.add(name);
            return seen.size === kafkaPanels.length ? true : undefined;
        }).catch(() => undefined);
        await producer.disconnect();
        assert.deepEqual(
            kafkaPanels.map(({ name }) => name).filter((name) => !seen.has(name)),
            [],
        );
    });
});
