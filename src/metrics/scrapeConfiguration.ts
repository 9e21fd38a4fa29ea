/** What the managed scraper scrapes, as Prometheus configuration. Pure. */
import * as YAML from "yaml";
import { slotExporterName } from "./slotExporter";

/**
 * Scrapes every pod of the namespaces that has the annotation `prometheus.io/scrape`, on the port of its annotation,
 * and copies Strimzi's labels: without `strimzi_io_cluster`, dashboards and alerts have no data
 * (strimzi-kafka-operator #6199).
 */
export function scrapeConfiguration(namespaces: readonly string[], intervalSeconds: number): string {
    const annotation = (name: string) => `__meta_kubernetes_pod_annotation_prometheus_io_${name}`;
    const podLabel = (name: string) => `__meta_kubernetes_pod_label_app_kubernetes_io_${name}`;
    const addressRule = (regex: string, replacement: string) => ({
        source_labels: ["__meta_kubernetes_pod_ip", annotation("port")],
        separator: ";",
        regex,
        target_label: "__address__",
        replacement,
    });
    return YAML.stringify({
        global: { scrape_interval: `${intervalSeconds}s` },
        scrape_configs: [
            {
                job_name: "kafka-connect-platform",
                kubernetes_sd_configs: [{ role: "pod", namespaces: { names: [...namespaces] } }],
                relabel_configs: [
                    { source_labels: [annotation("scrape")], regex: "true", action: "keep" },
                    {
                        source_labels: ["__meta_kubernetes_pod_phase"],
                        regex: "Pending|Succeeded|Failed",
                        action: "drop",
                    },
                    addressRule("([^;:]+);(\\d+)", "$1:$2"),
                    // the address of a pod in an IPv6 cluster
                    addressRule("([^;]*:[^;]*);(\\d+)", "[$1]:$2"),
                    {
                        source_labels: [annotation("path")],
                        regex: "(.+)",
                        target_label: "__metrics_path__",
                        replacement: "$1",
                    },
                    { regex: "__meta_kubernetes_pod_label_(strimzi_io_.+)", action: "labelmap", replacement: "$1" },
                    {
                        source_labels: [podLabel("name"), podLabel("instance")],
                        separator: ";",
                        regex: `${slotExporterName};(.+)`,
                        target_label: "server",
                        replacement: "$1",
                    },
                    { source_labels: ["__meta_kubernetes_namespace"], target_label: "namespace" },
                    { source_labels: ["__meta_kubernetes_pod_name"], target_label: "kubernetes_pod_name" },
                    { source_labels: ["__meta_kubernetes_pod_node_name"], target_label: "node_name" },
                ],
            },
        ],
    });
}
