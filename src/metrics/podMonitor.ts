/** What the Prometheus operator scrapes: the same pods and labels as the managed scraper. Pure. */

/** Name of the port with metrics in the pods of Strimzi. */
const metricsPort = "tcp-prometheus";

const label = (name: string) => `__meta_kubernetes_${name}`;

/**
 * The spec of a PodMonitor for the workers and brokers in a namespace. Alerts and dashboards read the labels that it
 * copies (strimzi-kafka-operator #6199).
 */
export const podMonitorSpec = (intervalSeconds: number) => ({
    selector: { matchExpressions: [{ key: "strimzi.io/kind", operator: "In", values: ["KafkaConnect", "Kafka"] }] },
    podMetricsEndpoints: [
        {
            port: metricsPort,
            path: "/metrics",
            interval: `${intervalSeconds}s`,
            relabelings: [
                { regex: `${label("pod_label")}_(strimzi_io_.+)`, action: "labelmap", replacement: "$1" },
                { sourceLabels: [label("namespace")], targetLabel: "namespace" },
                { sourceLabels: [label("pod_name")], targetLabel: "kubernetes_pod_name" },
                { sourceLabels: [label("pod_node_name")], targetLabel: "node_name" },
                { targetLabel: "job", replacement: "kafka-connect-platform" },
            ],
        },
    ],
});
