/** For each alert: series with which it fires, the labels it then has, and series with which it must stay silent. */

/** Series by their selector, with the values of each minute in promtool's notation (`1+0x60`: 61 times 1). */
type Input = Record<string, string>;

export interface AlertCase {
    alert: string;
    fires: Input;
    /** Labels of the alert besides its severity. */
    labels: Record<string, string>;
    silent: Record<string, Input>;
    /** Further series with which it fires, with the same labels. */
    firesToo?: Record<string, Input>;
    /** Minute at which it is evaluated. */
    at?: number;
}

const cluster = 'namespace="n",strimzi_io_cluster="c"';
const pod = `${cluster},kubernetes_pod_name="c-connect-0"`;
const other = `${cluster},kubernetes_pod_name="c-connect-1"`;
const connector = `${pod},connector="orders"`;
const server = `${pod},plugin="postgres",server="shop"`;
const target = `job="kafka-connect-platform",strimzi_io_kind="KafkaConnect",${cluster}`;
const always = (value: number): string => `${value}+0x120`;
const clusterIs = { namespace: "n", strimzi_io_cluster: "c" };
const connectorIs = { ...clusterIs, connector: "orders" };
const serverIs = { ...clusterIs, plugin: "postgres", server: "shop" };

const status = (value: string): string => `kafka_connect_connector_status{${connector},status="${value}"}`;
const errors = (attribute: string): string => `kafka_connect_task_error_${attribute}{${connector},task="0"}`;
const failedTasks = `kafka_connect_worker_connector_failed_task_count{${connector}}`;
const connectorClass = (name: string): string => `kafka_connect_connector_class{${connector},class="${name}"}`;
const postgresSource = connectorClass("io.debezium.connector.postgresql.PostgresConnector");
const taskRuns = `kafka_connect_connector_task_status{${connector},task="0",status="running"}`;
const active = `kafka_connect_source_task_source_record_active_count{${connector},task="0"}`;
const written = `kafka_connect_source_task_source_record_write{${connector},task="0"}`;
const sinkLag = `kafka_consumer_fetch_manager_records_lag_max{${connector},task="0",client_id="x"}`;
const streaming = (attribute: string): string => `debezium_${attribute}{${server},context="streaming"}`;
const snapshot = (attribute: string): string => `debezium_${attribute}{${server},context="snapshot"}`;
const heartbeat = `kafka_producer_topic_record_send{${connector},task="0",topic="__debezium-heartbeat.shop"}`;
const waiting = `kafka_consumer_fetch_manager_records_lag_max{${connector},task="0"}`;
const readRate = `kafka_consumer_fetch_manager_records_consumed_rate{${connector},task="0"}`;
const unwritten = `kafka_connect_sink_task_sink_record_active_count{${connector},task="0"}`;
const sent = `kafka_connect_sink_task_sink_record_send{${connector},task="0"}`;
const freshSource: Input = {
    [status("running")]: always(1),
    [postgresSource]: always(1),
    [taskRuns]: always(1),
    [heartbeat]: "0+2x600",
    [streaming("millisecondsbehindsource")]: always(300),
};
const freshForLong: Input = Object.fromEntries(
    Object.entries(freshSource).map(([series, values]) => [series, values.replace("x120", "x600")]),
);
const freshSink: Input = {
    [status("running")]: always(1),
    [`kafka_connect_connector_type{${connector},type="sink"}`]: always(1),
    [taskRuns]: always(1),
    [waiting]: always(900),
    [readRate]: always(100),
};
const slot = 'server="db:5432",slot_name="dbz_orders"';
const gibibyte = 1024 ** 3;

export const alertCases: readonly AlertCase[] = [
    {
        alert: "KafkaConnectTaskFailed",
        // both workers report it: the number of failed tasks is 1
        fires: { [failedTasks]: always(1), [failedTasks.replace("connect-0", "connect-1")]: always(1) },
        labels: connectorIs,
        silent: {
            "restarted in time": { [failedTasks]: "0x50 1x3 0x60" },
            "none failed": { [failedTasks]: always(0) },
        },
    },
    {
        alert: "KafkaConnectConnectorFailed",
        fires: { [status("failed")]: always(1) },
        labels: connectorIs,
        silent: { running: { [status("running")]: always(1) } },
    },
    {
        alert: "KafkaConnectRestartLoop",
        fires: { [failedTasks]: "0x10 1x3 0x5 1x3 0x5 1x3 0x80" },
        labels: connectorIs,
        silent: { "failed once": { [failedTasks]: "0x10 1x3 0x110" } },
    },
    {
        alert: "KafkaConnectTasksUnassigned",
        fires: { [`kafka_connect_worker_connector_unassigned_task_count{${connector}}`]: always(2) },
        labels: connectorIs,
        silent: {
            "during a rebalance": {
                [`kafka_connect_worker_connector_unassigned_task_count{${connector}}`]: "0x52 2x5 0x60",
            },
        },
    },
    {
        alert: "KafkaConnectWithoutTasks",
        fires: { [status("running")]: always(1), [postgresSource]: always(1) },
        labels: connectorIs,
        silent: {
            "with a task": { [status("running")]: always(1), [taskRuns]: always(1) },
            stopped: { [status("stopped")]: always(1) },
            "checkpoints of no group": {
                [status("running")]: always(1),
                [connectorClass("org.apache.kafka.connect.mirror.MirrorCheckpointConnector")]: always(1),
            },
        },
    },
    {
        alert: "KafkaConnectSourceStuck",
        fires: { [active]: always(5), [written]: always(100) },
        labels: { ...connectorIs, task: "0" },
        silent: {
            "records are written": { [active]: always(5), [written]: "0+10x120" },
            "nothing to write": { [active]: always(0), [written]: always(100) },
        },
    },
    {
        alert: "KafkaConnectErrorsTolerated",
        fires: { [errors("total_records_skipped")]: "0x55 3x65" },
        labels: connectorIs,
        silent: {
            "kept in the dead letter queue": {
                [errors("total_records_skipped")]: "0x55 3x65",
                [errors("deadletterqueue_produce_requests")]: "0x55 3x65",
            },
            "long ago": { [errors("total_records_skipped")]: always(3) },
        },
    },
    {
        alert: "KafkaConnectDeadLetterQueueGrowing",
        // a task that has just started: its series begins with 3
        fires: { [errors("deadletterqueue_produce_requests")]: "_x56 3x64" },
        labels: connectorIs,
        silent: { "long ago": { [errors("deadletterqueue_produce_requests")]: always(3) } },
    },
    {
        alert: "KafkaConnectDeadLetterQueueFailing",
        fires: { [errors("deadletterqueue_produce_failures")]: "0x55 1x65" },
        labels: connectorIs,
        silent: { never: { [errors("deadletterqueue_produce_failures")]: always(0) } },
    },
    {
        alert: "KafkaConnectOffsetCommitsFail",
        fires: {
            [`kafka_connect_connector_task_offset_commit_failure_percentage{${connector},task="0"}`]: always(0.5),
        },
        labels: { ...connectorIs, task: "0" },
        silent: {
            once: {
                [`kafka_connect_connector_task_offset_commit_failure_percentage{${connector},task="0"}`]:
                    "0x55 1x1 0x60",
            },
        },
    },
    {
        alert: "KafkaConnectLagGrowing",
        fires: { [sinkLag]: "20000+100x120" },
        labels: connectorIs,
        silent: { "catching up": { [sinkLag]: "50000-100x120" }, small: { [sinkLag]: "0+10x120" } },
    },
    {
        alert: "KafkaConnectWorkerDown",
        fires: { [`up{${target},kubernetes_pod_name="c-connect-0"}`]: always(0) },
        labels: { kubernetes_pod_name: "c-connect-0" },
        silent: {
            up: { [`up{${target},kubernetes_pod_name="c-connect-0"}`]: always(1) },
            "a broker": { 'up{job="kafka-connect-platform",strimzi_io_kind="Kafka"}': always(0) },
        },
    },
    {
        alert: "KafkaConnectAbsent",
        fires: {
            'up{job="kafka-connect-platform",strimzi_io_kind="KafkaConnect",namespace="n",strimzi_io_cluster="x"}':
                always(1),
        },
        labels: clusterIs,
        silent: { "one worker": { [`up{${target},kubernetes_pod_name="c-connect-0"}`]: always(1) } },
    },
    {
        alert: "KafkaConnectWorkersMissing",
        fires: {
            [`up{${target},kubernetes_pod_name="c-connect-0"}`]: always(1),
            [`up{${target},kubernetes_pod_name="c-connect-1"}`]: always(0),
        },
        labels: clusterIs,
        silent: {
            "both up": {
                [`up{${target},kubernetes_pod_name="c-connect-0"}`]: always(1),
                [`up{${target},kubernetes_pod_name="c-connect-1"}`]: always(1),
            },
        },
    },
    {
        alert: "KafkaConnectRebalancing",
        fires: { [`kafka_connect_worker_rebalance_rebalancing{${pod}}`]: always(1) },
        labels: clusterIs,
        silent: { short: { [`kafka_connect_worker_rebalance_rebalancing{${pod}}`]: "0x55 1x3 0x60" } },
    },
    {
        alert: "KafkaConnectRebalanceStorm",
        fires: { [`kafka_connect_worker_rebalance_completed_rebalances{${pod}}`]: "0+1x120" },
        labels: clusterIs,
        at: 90,
        silent: {
            "a deployment": { [`kafka_connect_worker_rebalance_completed_rebalances{${pod}}`]: "0x60 0+1x20 20x40" },
        },
    },
    {
        alert: "KafkaConnectWorkerRestarts",
        fires: { [`process_start_time_seconds{${pod},strimzi_io_kind="KafkaConnect"}`]: "1x40 2x4 3x4 4x20" },
        labels: { ...clusterIs, kubernetes_pod_name: "c-connect-0" },
        silent: {
            "each worker restarts once": {
                [`process_start_time_seconds{${pod},strimzi_io_kind="KafkaConnect"}`]: "1x40 2x30",
                [`process_start_time_seconds{${other},strimzi_io_kind="KafkaConnect"}`]: "1x50 2x20",
            },
            "a broker restarts": {
                [`process_start_time_seconds{${pod},strimzi_io_kind="Kafka"}`]: "1x40 2x4 3x4 4x20",
            },
        },
    },
    {
        alert: "KafkaConnectHeapHigh",
        fires: { [`jvm_heap_used_bytes{${pod}}`]: always(95), [`jvm_heap_max_bytes{${pod}}`]: always(100) },
        labels: { ...clusterIs, kubernetes_pod_name: "c-connect-0" },
        silent: {
            "full only before a collection": {
                [`jvm_heap_used_bytes{${pod}}`]: "95 20 95 20 95 20 95 20 95 20 ".repeat(12).trim(),
                [`jvm_heap_max_bytes{${pod}}`]: always(100),
            },
        },
    },
    {
        alert: "KafkaConnectAuthenticationFailing",
        fires: { [`kafka_connect_client_failed_authentication{${pod}}`]: "0+1x120" },
        labels: clusterIs,
        silent: { "long ago": { [`kafka_connect_client_failed_authentication{${pod}}`]: always(4) } },
    },
    {
        alert: "MirrorMakerLagging",
        fires: {
            [`kafka_connect_mirror_source_replication_latency_ms_avg{${pod},target="t",topic="b.x",partition="0"}`]:
                always(700000),
        },
        labels: { ...clusterIs, target: "t", topic: "b.x" },
        silent: {
            "in time": {
                [`kafka_connect_mirror_source_replication_latency_ms_avg{${pod},target="t",topic="b.x",partition="0"}`]:
                    always(500),
            },
        },
    },
    {
        alert: "DebeziumLagging",
        fires: { [streaming("millisecondsbehindsource")]: always(700000) },
        labels: { namespace: "n", server: "shop" },
        silent: { quiet: { [streaming("millisecondsbehindsource")]: always(-1) } },
    },
    {
        alert: "DebeziumLagUnknown",
        fires: {
            [streaming("millisecondsbehindsource")]: "5x45 _x75",
            [taskRuns]: always(1),
            [postgresSource]: always(1),
        },
        labels: serverIs,
        silent: {
            "the connector was deleted": {
                [streaming("millisecondsbehindsource")]: "5x45 _x75",
                [taskRuns]: "1x45 _x75",
                [postgresSource]: "1x45 _x75",
            },
            "the task moved to another worker": {
                [streaming("millisecondsbehindsource")]: "5x45 _x75",
                [streaming("millisecondsbehindsource").replace(pod, other)]: "_x46 5x74",
                [taskRuns]: always(1),
                [postgresSource]: always(1),
            },
        },
    },
    {
        alert: "DebeziumDisconnected",
        fires: { [streaming("connected")]: always(0), [snapshot("snapshotrunning")]: always(0) },
        labels: serverIs,
        silent: {
            "in its snapshot": { [streaming("connected")]: always(0), [snapshot("snapshotrunning")]: always(1) },
            connected: { [streaming("connected")]: always(1), [snapshot("snapshotrunning")]: always(0) },
        },
    },
    {
        alert: "DebeziumStalled",
        fires: { [heartbeat]: "0+2x20 40x100", [status("running")]: always(1) },
        labels: connectorIs,
        silent: {
            "a quiet table": { [heartbeat]: "0+2x120", [status("running")]: always(1) },
            paused: { [heartbeat]: "0+2x20 40x100", [status("paused")]: always(1) },
        },
    },
    {
        alert: "DebeziumQueueFull",
        fires: { [streaming("queueremainingcapacity")]: always(10), [streaming("queuetotalcapacity")]: always(8192) },
        labels: serverIs,
        silent: {
            "in a snapshot": {
                [snapshot("queueremainingcapacity")]: always(0),
                [snapshot("queuetotalcapacity")]: always(8192),
            },
        },
    },
    {
        alert: "DebeziumSnapshotStuck",
        fires: {
            [snapshot("snapshotrunning")]: always(1),
            [snapshot("snapshotpaused")]: always(0),
            [snapshot("totalnumberofeventsseen")]: always(1000),
        },
        labels: serverIs,
        at: 90,
        silent: {
            "rows are read": {
                [snapshot("snapshotrunning")]: always(1),
                [snapshot("totalnumberofeventsseen")]: "0+100x120",
            },
            "paused by a signal": {
                [snapshot("snapshotrunning")]: always(1),
                [snapshot("snapshotpaused")]: always(1),
                [snapshot("totalnumberofeventsseen")]: always(1000),
            },
        },
    },
    {
        alert: "DebeziumSnapshotAborted",
        fires: { [snapshot("snapshotaborted")]: always(1) },
        labels: serverIs,
        silent: { completed: { [snapshot("snapshotaborted")]: always(0) } },
    },
    {
        alert: "DebeziumEventsRejected",
        fires: { [streaming("numberoferroneousevents")]: "0x55 1x65" },
        labels: serverIs,
        silent: { never: { [streaming("numberoferroneousevents")]: always(0) } },
    },
    {
        alert: "DebeziumSchemaHistoryRecovering",
        fires: {
            [`debezium_schema_history_status{${server},context="schema-history",status="RECOVERING"}`]: always(1),
        },
        labels: serverIs,
        silent: {
            running: {
                [`debezium_schema_history_status{${server},context="schema-history",status="RUNNING"}`]: always(1),
            },
        },
    },
    {
        alert: "KafkaPartitionsOffline",
        fires: { [`kafka_controller_kafkacontroller_offlinepartitionscount{${cluster}}`]: always(2) },
        labels: clusterIs,
        silent: { none: { [`kafka_controller_kafkacontroller_offlinepartitionscount{${cluster}}`]: always(0) } },
    },
    {
        alert: "KafkaReplicasMissing",
        fires: { [`kafka_server_replicamanager_underreplicatedpartitions{${cluster}}`]: always(1) },
        labels: clusterIs,
        silent: {
            "a broker restarts": {
                [`kafka_server_replicamanager_underreplicatedpartitions{${cluster}}`]: "0x50 4x8 0x60",
            },
        },
    },
    {
        alert: "KafkaNoActiveController",
        fires: { [`kafka_controller_kafkacontroller_activecontrollercount{${cluster}}`]: always(0) },
        labels: clusterIs,
        silent: { one: { [`kafka_controller_kafkacontroller_activecontrollercount{${cluster}}`]: always(1) } },
    },
    {
        alert: "PostgresSlotRetainsWal",
        fires: { [`pg_replication_slots_pg_wal_lsn_diff{${slot}}`]: always(6 * gibibyte) },
        labels: { server: "db:5432", slot_name: "dbz_orders" },
        silent: { small: { [`pg_replication_slots_pg_wal_lsn_diff{${slot}}`]: always(gibibyte) } },
    },
    {
        alert: "PostgresDiskFullSoon",
        // 0.1 GiB a minute: 36 GiB in six hours
        fires: { [`pg_replication_slots_pg_wal_lsn_diff{${slot}}`]: `0+${0.1 * gibibyte}x120` },
        labels: { server: "db:5432", slot_name: "dbz_orders" },
        at: 100,
        silent: {
            "large but not growing": { [`pg_replication_slots_pg_wal_lsn_diff{${slot}}`]: always(30 * gibibyte) },
            "grows slowly": { [`pg_replication_slots_pg_wal_lsn_diff{${slot}}`]: `0+${0.01 * gibibyte}x120` },
        },
    },
    {
        alert: "PostgresSlotInactive",
        fires: { [`pg_replication_slots_active{${slot}}`]: always(0) },
        labels: { server: "db:5432", slot_name: "dbz_orders" },
        silent: { "during a restart": { [`pg_replication_slots_active{${slot}}`]: "1x55 0x3 1x60" } },
    },
    {
        alert: "PostgresSlotLost",
        fires: { [`pg_replication_slot_wal_status{${slot},wal_status="lost"}`]: always(1) },
        labels: { server: "db:5432", slot_name: "dbz_orders", wal_status: "lost" },
        silent: { reserved: { [`pg_replication_slots_wal_status{${slot},wal_status="reserved"}`]: always(1) } },
    },
    {
        alert: "PostgresSlotLost",
        // postgres_exporter 0.20 and newer
        fires: { [`pg_replication_slots_wal_status{${slot},wal_status="unreserved"}`]: always(1) },
        labels: { server: "db:5432", slot_name: "dbz_orders", wal_status: "unreserved" },
        silent: { active: { [`pg_replication_slots_slot_is_active{${slot}}`]: always(1) } },
    },
    {
        alert: "FreshnessBudgetBurnsFast",
        // nine of sixty minutes are 15 %
        fires: { ...freshSource, [streaming("millisecondsbehindsource")]: "300x48 90000x12" },
        firesToo: {
            "a source sends no heartbeat": { ...freshSource, [heartbeat]: "0+2x40 80x80" },
            "a source has no task": { ...freshSource, [taskRuns]: "1x40 _x80" },
            "a sink reads more slowly than its topics grow": { ...freshSink, [readRate]: always(10) },
            "a sink reads nothing": { ...freshSink, [readRate]: always(0) },
            "a sink writes nothing": { ...freshSink, [unwritten]: always(500), [sent]: always(7000) },
            "a task has failed": { ...freshSink, [taskRuns]: "1x40 _x80", [failedTasks]: "0x40 1x80" },
        },
        labels: connectorIs,
        silent: {
            fresh: freshSource,
            "no change since the start": { ...freshSource, [streaming("millisecondsbehindsource")]: always(-1) },
            "late for five minutes": { ...freshSource, [streaming("millisecondsbehindsource")]: "300x55 90000x5" },
            "late until ten minutes ago": {
                ...freshSource,
                [streaming("millisecondsbehindsource")]: "300x20 90000x30 300x20",
            },
            "a sink that reads nine seconds of records": freshSink,
            paused: {
                ...freshSink,
                [status("running")]: "_x120",
                [status("paused")]: always(1),
                [waiting]: always(1e6),
            },
        },
    },
    {
        alert: "FreshnessBudgetBurnsSlowly",
        // seven minutes in each hour
        fires: { ...freshForLong, [streaming("millisecondsbehindsource")]: "300x52 90000x6 ".repeat(9).trim() },
        labels: connectorIs,
        silent: {
            "two minutes in each hour": {
                ...freshForLong,
                [streaming("millisecondsbehindsource")]: "300x57 90000x1 ".repeat(9).trim(),
            },
        },
        at: 8 * 60 + 15,
    },
];
