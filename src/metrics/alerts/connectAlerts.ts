/** Alerts for Connect clusters: workers, connectors, tasks and their errors. */
import { clusterLabels, connectorLabels, growth, perConnector, runningConnectors, type Alert } from "./alert";

const failedTasks = perConnector("kafka_connect_worker_connector_failed_task_count");
const sinkLag = perConnector('kafka_consumer_fetch_manager_records_lag_max{connector!=""}');

export const connectAlerts: readonly Alert[] = [
    {
        name: "KafkaConnectTaskFailed",
        severity: "critical",
        expr: `${failedTasks} > 0`,
        for: "5m",
        summary: "Connector {{ $labels.connector }} has {{ $value }} failed task(s)",
        description:
            "Automatic restarts have not fixed it for five minutes. The KafkaConnector has the trace: " +
            "kubectl -n {{ $labels.namespace }} get kafkaconnector {{ $labels.connector }} -o yaml",
        runbook: "connector-failed",
    },
    {
        name: "KafkaConnectConnectorFailed",
        severity: "critical",
        expr: `${perConnector('kafka_connect_connector_status{status="failed"}')} > 0`,
        for: "5m",
        summary: "Connector {{ $labels.connector }} has failed",
        description: "The connector itself has failed, not one of its tasks. Check its configuration and its login.",
        runbook: "connector-failed",
    },
    {
        name: "KafkaConnectRestartLoop",
        severity: "warning",
        // failed, restarted, failed, restarted, failed: five changes
        expr: `changes((${failedTasks} > bool 0)[1h:30s]) >= 5`,
        for: "0m",
        summary: "Tasks of connector {{ $labels.connector }} have failed for the third time within an hour",
        description: "Automatic restarts hide the error only for a while. The last trace is in the KafkaConnector.",
        runbook: "connector-failed",
    },
    {
        name: "KafkaConnectTasksUnassigned",
        severity: "warning",
        expr: `${perConnector("kafka_connect_worker_connector_unassigned_task_count")} > 0`,
        for: "10m",
        summary: "Connector {{ $labels.connector }} has {{ $value }} task(s) that no worker runs",
        description: "The Connect cluster is rebalancing, or has lost workers.",
        runbook: "workers-down",
    },
    {
        name: "KafkaConnectWithoutTasks",
        severity: "critical",
        // MirrorCheckpointConnector has tasks only while the source cluster has consumer groups
        expr:
            `(${runningConnectors}) unless on (${connectorLabels}) kafka_connect_connector_task_status` +
            ` unless on (${connectorLabels}) kafka_connect_connector_class{class=~".*MirrorCheckpointConnector"}`,
        for: "10m",
        summary: "Connector {{ $labels.connector }} is running without a task",
        description:
            "It reports RUNNING and copies nothing. A source does so while it retries to reach its database, for " +
            "example after its replication slot was lost.",
        runbook: "running-but-idle",
    },
    {
        name: "KafkaConnectSourceStuck",
        severity: "critical",
        expr:
            "min by (namespace, strimzi_io_cluster, connector, task) " +
            "(min_over_time(kafka_connect_source_task_source_record_active_count[10m])) > 0 and " +
            "max by (namespace, strimzi_io_cluster, connector, task) " +
            "(increase(kafka_connect_source_task_source_record_write[10m])) == 0",
        for: "5m",
        summary: "Connector {{ $labels.connector }} reads records but Kafka does not accept them",
        description: "Records of task {{ $labels.task }} wait for Kafka. Check its topic, its ACLs and the brokers.",
        runbook: "running-but-idle",
    },
    {
        name: "KafkaConnectErrorsTolerated",
        severity: "critical",
        expr:
            `${growth("kafka_connect_task_error_total_records_skipped", "10m")} > 0 unless ` +
            `${growth("kafka_connect_task_error_deadletterqueue_produce_requests", "10m")} > 0`,
        for: "0m",
        summary: "Connector {{ $labels.connector }} skipped records that are in no dead letter queue",
        description: "`errors.tolerance` is `all` without a dead letter queue: these records are lost.",
        runbook: "records-skipped",
    },
    {
        name: "KafkaConnectDeadLetterQueueGrowing",
        severity: "warning",
        expr: `${growth("kafka_connect_task_error_deadletterqueue_produce_requests", "10m")} > 0`,
        for: "0m",
        summary: "Connector {{ $labels.connector }} put records into its dead letter queue",
        description: "They cannot be converted or written. The headers of each record say why.",
        runbook: "records-skipped",
    },
    {
        name: "KafkaConnectDeadLetterQueueFailing",
        severity: "critical",
        expr: `${growth("kafka_connect_task_error_deadletterqueue_produce_failures", "10m")} > 0`,
        for: "0m",
        summary: "Connector {{ $labels.connector }} cannot write to its dead letter queue",
        description: "Records that fail are lost. Check the topic of the queue and the ACLs of Connect's user.",
        runbook: "records-skipped",
    },
    {
        name: "KafkaConnectOffsetCommitsFail",
        severity: "warning",
        expr:
            "max by (namespace, strimzi_io_cluster, connector, task) " +
            "(kafka_connect_connector_task_offset_commit_failure_percentage) > 0",
        for: "10m",
        summary: "Connector {{ $labels.connector }} cannot commit the offsets of task {{ $labels.task }}",
        description: "After a restart it repeats what it has done since the last commit.",
        runbook: "offset-commits-fail",
    },
    {
        name: "KafkaConnectLagGrowing",
        severity: "warning",
        expr: `${sinkLag} > 10000 and deriv((${sinkLag})[30m:1m]) > 0`,
        for: "15m",
        summary: "Connector {{ $labels.connector }} is {{ $value }} records behind, and the lag grows",
        description: "It writes more slowly than its topics grow, or it does not write at all.",
        runbook: "sink-lag",
    },
    {
        name: "KafkaConnectWorkerDown",
        severity: "warning",
        expr: 'up{job="kafka-connect-platform", strimzi_io_kind="KafkaConnect"} == 0',
        for: "5m",
        summary: "Connect worker {{ $labels.kubernetes_pod_name }} does not answer",
        description: "Its metrics have not been served for five minutes.",
        runbook: "workers-down",
    },
    {
        name: "KafkaConnectWorkerRestarts",
        severity: "critical",
        // the time is that of the Java process: it changes when a container restarts in its pod, too
        expr:
            "max by (namespace, strimzi_io_cluster, kubernetes_pod_name) " +
            '(changes(process_start_time_seconds{strimzi_io_kind="KafkaConnect"}[1h])) >= 3',
        for: "0m",
        summary: "Connect worker {{ $labels.kubernetes_pod_name }} has started {{ $value }} times within an hour",
        description:
            "It ends again and again, usually by OutOfMemoryError or because its pod is evicted: " +
            "kubectl -n {{ $labels.namespace }} describe pod {{ $labels.kubernetes_pod_name }}",
        runbook: "heap-high",
    },
    {
        name: "KafkaConnectRebalancing",
        severity: "warning",
        expr: `max by (${clusterLabels}) (kafka_connect_worker_rebalance_rebalancing) > 0`,
        for: "15m",
        summary: "Connect cluster {{ $labels.strimzi_io_cluster }} has been rebalancing for 15 minutes",
        description: "Tasks make no progress. Usual causes: workers that restart, or that cannot reach each other.",
        runbook: "rebalancing",
    },
    {
        name: "KafkaConnectRebalanceStorm",
        severity: "warning",
        // a deployment of many connectors rebalances as often, but not for an hour
        expr: `max by (${clusterLabels}) (increase(kafka_connect_worker_rebalance_completed_rebalances[30m])) > 6`,
        for: "30m",
        summary: "Connect cluster {{ $labels.strimzi_io_cluster }} rebalanced {{ $value }} times in 30 minutes",
        description: "Each rebalance stops tasks. Usual causes: workers that restart or leave the group.",
        runbook: "rebalancing",
    },
    {
        name: "KafkaConnectHeapHigh",
        severity: "warning",
        // the smallest value of a window is what is left after garbage collection, whichever collector is used
        expr:
            "max by (namespace, strimzi_io_cluster, kubernetes_pod_name) " +
            "(min_over_time(jvm_heap_used_bytes[15m]) / jvm_heap_max_bytes) > 0.85",
        for: "15m",
        summary: "Connect worker {{ $labels.kubernetes_pod_name }} uses {{ $value | humanizePercentage }} of its heap",
        description: "Even after garbage collection. It will be slow, then end with OutOfMemoryError.",
        runbook: "heap-high",
    },
    {
        name: "KafkaConnectAuthenticationFailing",
        severity: "warning",
        expr: `sum by (${clusterLabels}) (increase(kafka_connect_client_failed_authentication[10m])) > 0`,
        for: "5m",
        summary: "Connect cluster {{ $labels.strimzi_io_cluster }} cannot log in to Kafka",
        description: "Its password, certificate or role is not accepted any more.",
        runbook: "workers-down",
    },
    {
        name: "MirrorMakerLagging",
        severity: "warning",
        expr:
            "max by (namespace, strimzi_io_cluster, target, topic) " +
            "(kafka_connect_mirror_source_replication_latency_ms_avg) > 600000",
        for: "15m",
        summary: "Records of {{ $labels.topic }} are copied more than ten minutes late",
        description: "MirrorMaker copies more slowly than the source cluster's topic grows.",
        runbook: "mirror-lag",
    },
];
