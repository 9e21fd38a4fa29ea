/** A Prometheus on this machine that scrapes a worker as the cluster's Prometheus would: with the same labels. */
import * as fs from "fs";
import * as path from "path";
import * as YAML from "yaml";
import type { Processes } from "./processes";
import { until } from "./ports";

/** A worker that is scraped. */
export interface ScrapedWorker {
    /** Port of its metrics on loopback. */
    readonly port: number;
    /** Labels that relabelling adds in a cluster (src/metrics/scrapeConfiguration.ts). */
    readonly labels: Readonly<Record<string, string>>;
}

/** The labels of a Connect worker in a cluster. */
export const connectWorkerLabels = (namespace: string, cluster: string): Record<string, string> => ({
    namespace,
    strimzi_io_cluster: cluster,
    strimzi_io_kind: "KafkaConnect",
    kubernetes_pod_name: `${cluster}-connect-0`,
});

/** What differs from a Prometheus that only shows the metrics of a worker. */
export interface PrometheusOptions {
    /**
     * Seconds between two scrapes, and between two evaluations of the rules.
     * @default 5
     */
    readonly intervalSeconds?: number;
    /** A rule file. */
    readonly rules?: string;
    /** Ports on loopback of further exporters, by job. */
    readonly exporters?: Readonly<Record<string, number>>;
}

/** Starts Prometheus on a port of loopback; returns its address when it is ready. */
export async function startPrometheus(
    processes: Processes,
    port: number,
    worker: ScrapedWorker,
    { intervalSeconds = 5, rules, exporters = {} }: PrometheusOptions = {},
): Promise<string> {
    const folder = path.join(processes.folder, "prometheus");
    fs.mkdirSync(folder, { recursive: true });
    const config = path.join(folder, "prometheus.yml");
    const rulesFile = path.join(folder, "rules.yml");
    if (rules !== undefined) fs.writeFileSync(rulesFile, rules);
    fs.writeFileSync(
        config,
        YAML.stringify({
            global: {
                scrape_interval: `${intervalSeconds}s`,
                scrape_timeout: `${intervalSeconds}s`,
                evaluation_interval: `${intervalSeconds}s`,
            },
            ...(rules === undefined ? {} : { rule_files: [rulesFile] }),
            scrape_configs: [
                {
                    job_name: "kafka-connect-platform",
                    static_configs: [{ targets: [`127.0.0.1:${worker.port}`], labels: worker.labels }],
                },
                ...Object.entries(exporters).map(([job, exporterPort]) => ({
                    job_name: job,
                    static_configs: [{ targets: [`127.0.0.1:${exporterPort}`] }],
                })),
            ],
        }),
    );
    processes.start("Prometheus", {
        command: "prometheus",
        args: [
            `--config.file=${config}`,
            `--storage.tsdb.path=${path.join(folder, "data")}`,
            `--web.listen-address=127.0.0.1:${port}`,
        ],
        cwd: folder,
        log: path.join(processes.folder, "logs", "prometheus.log"),
    });
    const url = `http://127.0.0.1:${port}`;
    await until("Prometheus", 60_000, async () => {
        const response = await fetch(`${url}/-/ready`).catch(() => undefined);
        return response?.ok ? true : undefined;
    });
    return url;
}

/** A series of a query's result, with its newest value. */
export interface QueryResult {
    readonly labels: Readonly<Record<string, string>>;
    /** Time in seconds and value, oldest first. */
    readonly values: readonly (readonly [time: number, value: number])[];
}

interface ApiResponse {
    status: string;
    error?: string;
    data: { result: { metric: Record<string, string>; value?: [number, string]; values?: [number, string][] }[] };
}

async function ask(url: string, endpoint: string, parameters: Record<string, string>): Promise<QueryResult[]> {
    const response = await fetch(`${url}/api/v1/${endpoint}?${new URLSearchParams(parameters)}`);
    const { status, error, data } = (await response.json()) as ApiResponse;
    if (status !== "success") throw new Error(`Prometheus rejects ${parameters.query}: ${error}`);
    return data.result.map(({ metric, value, values }) => ({
        labels: metric,
        values: (values ?? [value!]).map(([time, text]) => [time, Number(text)] as const),
    }));
}

/** An alert that is active. */
export interface ActiveAlert {
    readonly labels: Readonly<Record<string, string>>;
    /** `pending` while it has not been active for the time of its rule. */
    readonly state: "pending" | "firing";
}

/** The alerts that are active. */
export async function activeAlerts(url: string): Promise<ActiveAlert[]> {
    const { data } = (await (await fetch(`${url}/api/v1/alerts`)).json()) as { data: { alerts: ActiveAlert[] } };
    return data.alerts;
}

/** The current values of a query. */
export const queryNow = (url: string, query: string): Promise<QueryResult[]> => ask(url, "query", { query });

/** The values of a query over the last minutes. */
export function queryRange(url: string, query: string, minutes: number, stepSeconds: number): Promise<QueryResult[]> {
    const end = Date.now() / 1000;
    return ask(url, "query_range", {
        query,
        start: String(end - minutes * 60),
        end: String(end),
        step: String(stepSeconds),
    });
}
