/** Alerts for a Kafka cluster that the stack runs. */
import { clusterLabels, type Alert } from "./alert";

const sumOf = (metric: string): string => `sum by (${clusterLabels}) (${metric})`;

export const kafkaAlerts: readonly Alert[] = [
    {
        name: "KafkaPartitionsOffline",
        severity: "critical",
        expr: `${sumOf("kafka_controller_kafkacontroller_offlinepartitionscount")} > 0`,
        for: "1m",
        summary: "{{ $value }} partition(s) of {{ $labels.strimzi_io_cluster }} have no leader",
        description: "They can be neither written nor read. Usual causes: a broker is down, or its volume is full.",
        runbook: "kafka-unavailable",
    },
    {
        name: "KafkaReplicasMissing",
        severity: "warning",
        expr: `${sumOf("kafka_server_replicamanager_underreplicatedpartitions")} > 0`,
        for: "15m",
        summary: "{{ $value }} partition(s) of {{ $labels.strimzi_io_cluster }} have too few replicas in sync",
        description: "When another broker goes down, they may not be writable any more.",
        runbook: "kafka-unavailable",
    },
    {
        name: "KafkaNoActiveController",
        severity: "critical",
        expr: `${sumOf("kafka_controller_kafkacontroller_activecontrollercount")} != 1`,
        for: "5m",
        summary: "{{ $labels.strimzi_io_cluster }} has {{ $value }} active controllers, expected 1",
        description: "Topics, leaders and ACLs cannot change. A majority of the controllers must be running.",
        runbook: "kafka-unavailable",
    },
];
