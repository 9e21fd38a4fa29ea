/** What the Prometheus operator scrapes: the same pods and labels as the managed scraper. Pure. */

import { slotExporterName } from "./slotExporter";

/** Name of the port with metrics in the pods of Strimzi. */
const metricsPort = "tcp-prometheus";

const label = (name: string) => `__meta_kubernetes_${name}`;

/** The labels that every series has, besides those of its pod. */
const commonLabels = [
    { sourceLabels: [label("namespace")], targetLabel: "namespace" },
    { sourceLabels: [label("pod_name")], targetLabel: "kubernetes_pod_name" },
    { sourceLabels: [label("pod_node_name")], targetLabel: "node_name" },
    { targetLabel: "job", replacement: "kafka-connect-platform" },
];

const endpoint = (port: string, intervalSeconds: number, podLabels: readonly object[]) => ({
    port,
    path: "/metrics",
    interval: `${intervalSeconds}s`,
    relabelings: [...podLabels, ...commonLabels],
});

/**
 * The spec of a PodMonitor for the workers and brokers in a namespace. Alerts and dashboards read the labels that it
 * copies (strimzi-kafka-operator #6199).
 */
export const podMonitorSpec = (intervalSeconds: number) => ({
    selector: { matchExpressions: [{ key: "strimzi.io/kind", operator: "In", values: ["KafkaConnect", "Kafka"] }] },
    podMetricsEndpoints: [
        endpoint(metricsPort, intervalSeconds, [
            { regex: `${label("pod_label")}_(strimzi_io_.+)`, action: "labelmap", replacement: "$1" },
        ]),
    ],
});

/** The spec of a PodMonitor for the exporters of replication slots in a namespace. */
export const slotPodMonitorSpec = (intervalSeconds: number) => ({
    selector: { matchLabels: { "app.kubernetes.io/name": slotExporterName } },
    podMetricsEndpoints: [
        endpoint("metrics", intervalSeconds, [
            { sourceLabels: [label("pod_label_app_kubernetes_io_instance")], targetLabel: "server" },
        ]),
    ],
});
