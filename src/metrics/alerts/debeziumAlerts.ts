/** Alerts for Debezium's sources. `server` is the connector's `topic.prefix`. */
import { clusterLabels, connectorLabels, runningConnectors, type Alert } from "./alert";

const serverLabels = `${clusterLabels}, plugin, server`;
const perServer = (expr: string): string => `max by (${serverLabels}) (${expr})`;

const inSnapshot = `${perServer("debezium_snapshotrunning")} == 1`;

/** Tasks of Debezium sources that run. A worker of Kafka 3.9 reports the class for the connector only. */
const runningTasks =
    `count by (${clusterLabels}) (max by (${connectorLabels}, task) ` +
    '(kafka_connect_connector_task_status{status="running"}) ' +
    `and on (${connectorLabels}) kafka_connect_connector_class{class=~"io[.]debezium[.].*", class!~".*Sink.*"})`;

const lag = perServer('debezium_millisecondsbehindsource{context="streaming"}');
const reportingServers = `(count by (${clusterLabels}) (${lag}) or 0 * ${runningTasks})`;

export const debeziumAlerts: readonly Alert[] = [
    {
        name: "DebeziumLagging",
        severity: "warning",
        expr: 'max by (namespace, server) (debezium_millisecondsbehindsource{context="streaming"}) > 600000',
        for: "15m",
        summary: "Changes of {{ $labels.server }} arrive more than ten minutes late",
        description: "The connector reads more slowly than the database writes, or waits for a long transaction.",
        runbook: "source-lag",
    },
    {
        name: "DebeziumLagUnknown",
        severity: "warning",
        expr:
            `(max_over_time((${lag})[30m:1m]) unless ${lag}) ` +
            `and on (${clusterLabels}) (${runningTasks} > ${reportingServers})`,
        for: "5m",
        summary: "The lag of {{ $labels.server }} is no longer reported, although Debezium tasks run",
        description: "Other alerts for this source cannot fire. Its task runs without having registered its metrics.",
        runbook: "running-but-idle",
    },
    {
        name: "DebeziumDisconnected",
        severity: "critical",
        // the streaming metrics report 0 during the initial snapshot
        expr: `${perServer('debezium_connected{context="streaming"}')} == 0 unless (${inSnapshot})`,
        for: "5m",
        summary: "Debezium has lost its connection to the database of {{ $labels.server }}",
        description: "Changes are not read. PostgreSQL keeps its WAL, MySQL its binary log only for a limited time.",
        runbook: "source-disconnected",
    },
    {
        name: "DebeziumStalled",
        severity: "critical",
        // MilliSecondsSinceLastEvent is -1 on a quiet table; heartbeats are sent whether tables change or not
        expr:
            `max by (${connectorLabels}) ` +
            '(increase(kafka_producer_topic_record_send{topic=~"__debezium-heartbeat[.].*"}[15m])) == 0 ' +
            `and on (${connectorLabels}) (${runningConnectors})`,
        for: "5m",
        summary: "Connector {{ $labels.connector }} has sent no heartbeat for 15 minutes",
        description: "It reports RUNNING but neither reads changes nor confirms its offset to the database.",
        runbook: "running-but-idle",
    },
    {
        name: "DebeziumQueueFull",
        severity: "warning",
        // in a snapshot a full queue is normal
        expr:
            `min by (${serverLabels}) (debezium_queueremainingcapacity{context="streaming"} / ` +
            'debezium_queuetotalcapacity{context="streaming"}) < 0.1',
        for: "10m",
        summary: "The queue of {{ $labels.server }} is full",
        description: "Kafka takes records more slowly than Debezium reads them.",
        runbook: "source-lag",
    },
    {
        name: "DebeziumSnapshotStuck",
        severity: "warning",
        expr:
            `(${inSnapshot}) unless ${perServer("debezium_snapshotpaused")} == 1 ` +
            `unless ${perServer('increase(debezium_totalnumberofeventsseen{context="snapshot"}[30m])')} > 0`,
        for: "30m",
        summary: "The snapshot of {{ $labels.server }} has read no row for 30 minutes",
        description: "The query waits for a lock, sorts a large table, or its connection is gone.",
        runbook: "snapshot-stuck",
    },
    {
        name: "DebeziumSnapshotAborted",
        severity: "critical",
        expr: `${perServer("debezium_snapshotaborted")} == 1`,
        for: "0m",
        summary: "The snapshot of {{ $labels.server }} was aborted",
        description: "It starts again from the beginning when the task restarts.",
        runbook: "snapshot-stuck",
    },
    {
        name: "DebeziumEventsRejected",
        severity: "critical",
        expr: `${perServer("increase(debezium_numberoferroneousevents[10m])")} > 0`,
        for: "0m",
        summary: "Debezium could not process {{ $value }} event(s) of {{ $labels.server }}",
        description: "With `event.processing.failure.handling.mode` other than `fail` they are lost.",
        runbook: "records-skipped",
    },
    {
        name: "DebeziumSchemaHistoryRecovering",
        severity: "warning",
        expr: `${perServer('debezium_schema_history_status{status="RECOVERING"}')} == 1`,
        for: "15m",
        summary: "{{ $labels.server }} has been reading its schema history for 15 minutes",
        description: "It reads no changes meanwhile. The history topic is long, or cannot be read.",
        runbook: "schema-history",
    },
];
