/** Dashboards of a Kafka cluster that the stack runs, and of PostgreSQL's replication slots. */
import { clusterVariables, inCluster, type Dashboard, type Panel } from "./dashboard";

const panel = (title: string, expr: string, legend: string, rest: Partial<Panel> = {}): Panel => ({
    title,
    queries: [[expr, legend]],
    ...rest,
});

const kafka: Dashboard = {
    id: "kafka",
    title: "Kafka",
    variables: clusterVariables("kafka_server_replicamanager_leadercount"),
    rows: [
        {
            title: "Availability",
            panels: [
                panel(
                    "Partitions without leader",
                    `sum(kafka_controller_kafkacontroller_offlinepartitionscount{${inCluster}})`,
                    "offline",
                ),
                panel(
                    "Partitions with too few replicas in sync",
                    `sum by (kubernetes_pod_name) (kafka_server_replicamanager_underreplicatedpartitions{${inCluster}})`,
                    "{{kubernetes_pod_name}}",
                ),
                panel(
                    "Active controllers",
                    `sum(kafka_controller_kafkacontroller_activecontrollercount{${inCluster}})`,
                    "active",
                ),
            ],
        },
        {
            title: "Load",
            panels: [
                panel(
                    "Messages in",
                    "topk(10, sum by (topic) " +
                        `(rate(kafka_server_brokertopicmetrics_messagesin_total{${inCluster}}[$__rate_interval])))`,
                    "{{topic}}",
                    { unit: "cps" },
                ),
                panel(
                    "Request time, 99th percentile",
                    `max by (request) (kafka_network_request_time_ms_p99{${inCluster}})`,
                    "{{request}}",
                    { unit: "ms" },
                ),
                panel(
                    "Request handlers idle",
                    `min by (kubernetes_pod_name) (kafka_server_request_handlers_idle_ratio{${inCluster}})`,
                    "{{kubernetes_pod_name}}",
                    { unit: "percentunit" },
                ),
                panel("Size of topics", `topk(10, sum by (topic) (kafka_log_size_bytes{${inCluster}}))`, "{{topic}}", {
                    unit: "bytes",
                }),
            ],
        },
    ],
};

const slots: Dashboard = {
    id: "postgres-slots",
    title: "PostgreSQL slots",
    variables: [{ name: "slot", metric: "pg_replication_slots_active", label: "slot_name" }],
    rows: [
        {
            title: "Replication slots (postgres_exporter)",
            panels: [
                panel(
                    "WAL kept",
                    'max by (server, slot_name) (pg_replication_slots_pg_wal_lsn_diff{slot_name=~"$slot"})',
                    "{{slot_name}}",
                    { unit: "bytes" },
                ),
                panel(
                    "Growth of the WAL kept",
                    'max by (server, slot_name) (deriv(pg_replication_slots_pg_wal_lsn_diff{slot_name=~"$slot"}[15m]))',
                    "{{slot_name}}",
                    { unit: "Bps" },
                ),
                panel(
                    "Read by a connector",
                    'max by (server, slot_name) (pg_replication_slots_active{slot_name=~"$slot"})',
                    "{{slot_name}}",
                ),
            ],
        },
    ],
};

export const kafkaDashboards: readonly Dashboard[] = [kafka, slots];
