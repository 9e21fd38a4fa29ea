/**
 * Every query of the dashboards that reads a Connect worker, run by a real Prometheus that scraped a real worker; and
 * the page of the sandbox that shows them. Needs Java, Maven, MariaDB and Prometheus.
 */
import assert from "node:assert/strict";
import { queryNow } from "../../src/local/prometheus";
import { onPath } from "../../src/local/tools";
import { behindSeconds, isFresh } from "../../src/metrics/alerts/freshnessRules";
import { dashboards } from "../../src/metrics/dashboards/dashboards";
import { plainQuery } from "../../src/metrics/dashboards/plainQuery";
import { defaultStrimziVersion } from "../../src/release/releases";
import { commitInSource, metricsStack, writeToSource } from "./metricsStack";
import { skipUnlessAvailable } from "./requirements";
import { Sandbox } from "./sandboxRun";

/** Dashboards of other software, with the tests that check their metrics. */
const elsewhere: Readonly<Record<string, string>> = {
    kafka: "a broker with the exporter: brokerMetrics.test.ts checks each metric",
    "postgres-slots": "postgres_exporter: slotMetrics.test.ts runs the queries",
};

const panels = dashboards
    .filter(({ id }) => !(id in elsewhere))
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

describe("the dashboards on a real Prometheus", function () {
    this.timeout(600_000);
    let sandbox: Sandbox | undefined;
    let prometheus: string;
    let page: string;
    const seen = new Set<string>();

    before(async function () {
        skipUnlessAvailable(this, "java", "maven", "mariadb", "nightly", {
            missing: onPath("prometheus") ? undefined : "no prometheus on PATH",
        });
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
                (await queryNow(prometheus, series)).map(({ labels, values: [[, value]] }) => [labels.connector, value]),
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
