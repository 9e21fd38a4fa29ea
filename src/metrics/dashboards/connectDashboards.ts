/** Dashboards of Connect: the fleet, one connector, sinks, MirrorMaker. */
import { behindSeconds, isFresh } from "../alerts/freshnessRules";
import { clusterVariables, inCluster, type Dashboard, type Variable } from "./dashboard";

const connectorVariable: Variable = {
    name: "connector",
    metric: `kafka_connect_connector_status{${inCluster}}`,
    label: "connector",
};
const variables = clusterVariables("kafka_connect_worker_task_count");
const one = `${inCluster},connector=~"$connector"`;
const rate = (metric: string, selector = one): string => `rate(${metric}{${selector}}[$__rate_interval])`;
const perTask = (expr: string): string => `max by (connector, task) (${expr})`;
const perConnector = (expr: string): string => `sum by (connector) (${expr})`;

const fleet: Dashboard = {
    id: "fleet",
    title: "Fleet",
    variables,
    rows: [
        {
            title: "What is wrong",
            panels: [
                {
                    title: "Connectors by state",
                    queries: [[`count by (status) (kafka_connect_connector_status{${inCluster}})`, "{{status}}"]],
                },
                {
                    title: "Tasks by state",
                    queries: [[`count by (status) (kafka_connect_connector_task_status{${inCluster}})`, "{{status}}"]],
                },
                {
                    title: "Failed tasks",
                    queries: [
                        [
                            `max by (connector) (kafka_connect_worker_connector_failed_task_count{${inCluster}})`,
                            "{{connector}}",
                        ],
                    ],
                },
                {
                    title: "Debezium: behind source",
                    unit: "ms",
                    description: "-1: no change since the start; see the heartbeats.",
                    queries: [
                        [
                            `max by (server) (debezium_millisecondsbehindsource{${inCluster},context="streaming"})`,
                            "{{server}}",
                        ],
                    ],
                },
                {
                    title: "Sinks: records behind",
                    queries: [
                        [
                            `max by (connector) (kafka_consumer_fetch_manager_records_lag_max{${inCluster},connector!=""})`,
                            "{{connector}}",
                        ],
                    ],
                },
                {
                    title: "Records skipped or in the dead letter queue",
                    queries: [
                        [
                            `sum by (connector) (kafka_connect_task_error_total_records_skipped{${inCluster}}) > 0`,
                            "{{connector}}",
                        ],
                    ],
                },
            ],
        },
        {
            title: "Freshness",
            panels: [
                {
                    title: "Behind",
                    unit: "s",
                    description:
                        "Needs metrics.slo. A source: behind its database; a sink: behind its topics, estimated.",
                    queries: [[`${behindSeconds}{${inCluster}}`, "{{connector}}"]],
                },
                {
                    title: "Behind in 99 % of an hour",
                    unit: "s",
                    description: "Needs metrics.slo.",
                    queries: [[`quantile_over_time(0.99, ${behindSeconds}{${inCluster}}[1h])`, "{{connector}}"]],
                },
                {
                    title: "Time within the objective, of 6 hours",
                    unit: "percentunit",
                    description: "Needs metrics.slo.",
                    queries: [[`avg_over_time(${isFresh}{${inCluster}}[6h])`, "{{connector}}"]],
                },
            ],
        },
        {
            title: "Workers",
            panels: [
                {
                    title: "Tasks of each worker",
                    queries: [[`kafka_connect_worker_task_count{${inCluster}}`, "{{kubernetes_pod_name}}"]],
                },
                {
                    title: "Rebalances in an hour",
                    queries: [
                        [
                            `increase(kafka_connect_worker_rebalance_completed_rebalances{${inCluster}}[1h])`,
                            "{{kubernetes_pod_name}}",
                        ],
                    ],
                },
                {
                    title: "Heap in use",
                    unit: "percentunit",
                    queries: [
                        [
                            `jvm_heap_used_bytes{${inCluster},strimzi_io_kind="KafkaConnect"} / jvm_heap_max_bytes`,
                            "{{kubernetes_pod_name}}",
                        ],
                    ],
                },
                {
                    title: "CPU",
                    queries: [
                        [
                            rate("process_cpu_seconds_total", `${inCluster},strimzi_io_kind="KafkaConnect"`),
                            "{{kubernetes_pod_name}}",
                        ],
                    ],
                },
                {
                    title: "Time in garbage collection",
                    unit: "percentunit",
                    queries: [
                        [
                            `sum by (kubernetes_pod_name) (${rate("jvm_gc_collection_seconds_sum", inCluster)})`,
                            "{{kubernetes_pod_name}}",
                        ],
                    ],
                },
                {
                    title: "Failed logins to Kafka",
                    queries: [[`kafka_connect_client_failed_authentication{${inCluster}}`, "{{kubernetes_pod_name}}"]],
                },
            ],
        },
    ],
};

const connector: Dashboard = {
    id: "connector",
    title: "Connector",
    variables: [...variables, connectorVariable],
    rows: [
        {
            title: "State",
            panels: [
                {
                    title: "State of tasks",
                    queries: [
                        [
                            `max by (connector, task, status) (kafka_connect_connector_task_status{${one}})`,
                            "{{connector}} {{task}} {{status}}",
                        ],
                    ],
                },
                {
                    title: "Time running",
                    unit: "percentunit",
                    queries: [
                        [perTask(`kafka_connect_connector_task_running_ratio{${one}}`), "{{connector}} {{task}}"],
                    ],
                },
                {
                    title: "Class and version",
                    type: "stat",
                    queries: [
                        [
                            `max by (connector, version) (kafka_connect_connector_version{${one}})`,
                            "{{connector}} {{version}}",
                        ],
                    ],
                },
            ],
        },
        {
            title: "Source",
            panels: [
                {
                    title: "Records read",
                    unit: "cps",
                    queries: [[perConnector(rate("kafka_connect_source_task_source_record_poll")), "{{connector}}"]],
                },
                {
                    title: "Records written to Kafka",
                    unit: "cps",
                    queries: [[perConnector(rate("kafka_connect_source_task_source_record_write")), "{{connector}}"]],
                },
                {
                    title: "Records that wait for Kafka",
                    queries: [
                        [
                            perTask(`kafka_connect_source_task_source_record_active_count{${one}}`),
                            "{{connector}} {{task}}",
                        ],
                    ],
                },
                {
                    title: "Records by topic",
                    unit: "cps",
                    queries: [[`sum by (topic) (${rate("kafka_producer_topic_record_send")})`, "{{topic}}"]],
                },
                {
                    title: "Request latency",
                    unit: "ms",
                    queries: [
                        [
                            perTask(`max_over_time(kafka_producer_request_latency_avg{${one}}[5m])`),
                            "{{connector}} {{task}}",
                        ],
                    ],
                },
                {
                    title: "Producer errors and retries",
                    queries: [
                        [perConnector(rate("kafka_producer_record_error")), "{{connector}} errors"],
                        [perConnector(rate("kafka_producer_record_retry")), "{{connector}} retries"],
                    ],
                },
            ],
        },
        {
            title: "Errors and offsets",
            panels: [
                {
                    title: "Errors",
                    queries: [
                        [perConnector(`kafka_connect_task_error_total_record_errors{${one}}`), "{{connector}} errors"],
                        [
                            perConnector(`kafka_connect_task_error_total_record_failures{${one}}`),
                            "{{connector}} failures",
                        ],
                        [
                            perConnector(`kafka_connect_task_error_total_records_skipped{${one}}`),
                            "{{connector}} skipped",
                        ],
                        [perConnector(`kafka_connect_task_error_total_retries{${one}}`), "{{connector}} retries"],
                    ],
                },
                {
                    title: "Dead letter queue",
                    queries: [
                        [
                            perConnector(`kafka_connect_task_error_deadletterqueue_produce_requests{${one}}`),
                            "{{connector}} sent",
                        ],
                        [
                            perConnector(`kafka_connect_task_error_deadletterqueue_produce_failures{${one}}`),
                            "{{connector}} failed",
                        ],
                    ],
                },
                {
                    title: "Offset commits that fail",
                    unit: "percentunit",
                    queries: [
                        [
                            perTask(`kafka_connect_connector_task_offset_commit_failure_percentage{${one}}`),
                            "{{connector}} {{task}}",
                        ],
                    ],
                },
            ],
        },
    ],
};

const sink: Dashboard = {
    id: "sink",
    title: "Sink",
    variables: [...variables, connectorVariable],
    rows: [
        {
            title: "Lag",
            panels: [
                {
                    title: "Records behind, worst partition",
                    queries: [
                        [perTask(`kafka_consumer_fetch_manager_records_lag_max{${one}}`), "{{connector}} {{task}}"],
                    ],
                },
                {
                    title: "Records read",
                    unit: "cps",
                    queries: [[perConnector(rate("kafka_connect_sink_task_sink_record_read")), "{{connector}}"]],
                },
                {
                    title: "Records written",
                    unit: "cps",
                    queries: [[perConnector(rate("kafka_connect_sink_task_sink_record_send")), "{{connector}}"]],
                },
            ],
        },
        {
            title: "Target",
            panels: [
                {
                    title: "Time to write a batch",
                    unit: "ms",
                    queries: [
                        [
                            perTask(`max_over_time(kafka_connect_sink_task_put_batch_avg_time_ms{${one}}[5m])`),
                            "{{connector}} {{task}}",
                        ],
                    ],
                },
                {
                    title: "Records in work",
                    queries: [
                        [perTask(`kafka_connect_sink_task_sink_record_active_count{${one}}`), "{{connector}} {{task}}"],
                    ],
                },
                {
                    title: "Partitions of each task",
                    queries: [[perTask(`kafka_connect_sink_task_partition_count{${one}}`), "{{connector}} {{task}}"]],
                },
            ],
        },
    ],
};

const mirror: Dashboard = {
    id: "mirrormaker",
    title: "MirrorMaker",
    variables,
    rows: [
        {
            title: "Copying",
            panels: [
                {
                    title: "Replication latency",
                    unit: "ms",
                    description: "No data while nothing is copied.",
                    queries: [
                        [
                            "max by (topic) (max_over_time(" +
                                `kafka_connect_mirror_source_replication_latency_ms_avg{${inCluster}}[5m]))`,
                            "{{topic}}",
                        ],
                    ],
                },
                {
                    title: "Records copied",
                    unit: "cps",
                    queries: [
                        [
                            `sum by (topic) (${rate("kafka_connect_mirror_source_record_count", inCluster)})`,
                            "{{topic}}",
                        ],
                    ],
                },
                {
                    title: "Bytes copied",
                    unit: "Bps",
                    queries: [
                        [`sum by (topic) (${rate("kafka_connect_mirror_source_byte_count", inCluster)})`, "{{topic}}"],
                    ],
                },
            ],
        },
        {
            title: "Groups and heartbeats",
            panels: [
                {
                    title: "Checkpoint latency",
                    unit: "ms",
                    queries: [
                        [
                            "max by (group) (max_over_time(" +
                                `kafka_connect_mirror_checkpoint_checkpoint_latency_ms_avg{${inCluster}}[5m]))`,
                            "{{group}}",
                        ],
                    ],
                },
                {
                    title: "Heartbeats",
                    unit: "cps",
                    queries: [
                        [
                            `sum by (connector) (${rate("kafka_producer_topic_record_send", `${inCluster},topic="heartbeats"`)})`,
                            "{{connector}}",
                        ],
                    ],
                },
            ],
        },
    ],
};

export const connectDashboards: readonly Dashboard[] = [fleet, connector, sink, mirror];
