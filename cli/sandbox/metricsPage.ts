/** The dashboards as a page on loopback, with the numbers of the sandbox: `kcp sandbox --metrics`. */
import { createServer, type Server } from "http";
import { queryRange } from "../../src/local/prometheus";
import { dashboards } from "../../src/metrics/dashboards/dashboards";
import { legendOf, plainQuery } from "../../src/metrics/dashboards/plainQuery";
import { pageHtml } from "./metricsPageHtml";

/** A line of a panel. */
interface ShownLine {
    readonly legend: string;
    readonly values: readonly (readonly [time: number, value: number])[];
}

/** A panel with its numbers. */
export interface ShownPanel {
    readonly dashboard: string;
    readonly row: string;
    readonly title: string;
    readonly unit: string;
    readonly description: string;
    readonly lines: readonly ShownLine[];
}

const shownMinutes = 10;
const stepSeconds = 10;

/** Every panel that has data. */
export async function shownPanels(prometheus: string): Promise<ShownPanel[]> {
    const panels = dashboards.flatMap((dashboard) =>
        dashboard.rows.flatMap((row) => row.panels.map((panel) => ({ dashboard, row, panel }))),
    );
    const shown = panels.map(async ({ dashboard, row, panel }): Promise<ShownPanel> => {
        const lines = panel.queries.map(async ([expr, legend]): Promise<ShownLine[]> => {
            const query = plainQuery(expr, dashboard, "1m");
            const results = await queryRange(prometheus, query, shownMinutes, stepSeconds);
            return results.map(({ labels, values }) => ({ legend: legendOf(legend, labels), values }));
        });
        return {
            dashboard: dashboard.title,
            row: row.title,
            title: panel.title,
            unit: panel.unit ?? "short",
            description: panel.description ?? "",
            lines: (await Promise.all(lines)).flat(),
        };
    });
    return (await Promise.all(shown)).filter(({ lines }) => lines.length > 0);
}

/** Serves the page on a port of loopback. */
export async function startMetricsPage(port: number, prometheus: string): Promise<Server> {
    const server = createServer((request, response) => {
        // a page of another site must not read the numbers by a name that points to this machine
        if (!/^(127\.0\.0\.1|localhost):\d+$/.test(request.headers.host ?? "")) {
            response.writeHead(403).end();
        } else if (request.url === "/panels") {
            shownPanels(prometheus).then(
                (panels) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(panels)),
                (error: Error) => response.writeHead(502).end(error.message),
            );
        } else {
            response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(pageHtml);
        }
    });
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
    server.unref();
    return server;
}
