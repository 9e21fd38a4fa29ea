/** The JMX exporter's rules for Connect workers: MBeans of Connect, its clients and its plugins. */
import * as YAML from "yaml";
import { debeziumJmxRules } from "./debeziumJmxRules";
import { gauges, stringLabel, taskClient, type JmxRule } from "./jmxRule";

const connect = "kafka\\.connect";
const task = ["connector", "task"] as const;

/** A client id that Connect gives a task's client, as `KIND-CONNECTOR-TASK`. */
const clientOf = (kind: string): string => `connector-${kind}-(.+)-(\\d+)`;

const connectRules: readonly JmxRule[] = [
    stringLabel("connector-metrics", ["connector"], "status", {
        name: "kafka_connect_connector_status",
        label: "status",
    }),
    stringLabel("connector-metrics", ["connector"], "connector-class", {
        name: "kafka_connect_connector_class",
        label: "class",
    }),
    stringLabel("connector-metrics", ["connector"], "connector-type", {
        name: "kafka_connect_connector_type",
        label: "type",
    }),
    stringLabel("connector-metrics", ["connector"], "connector-version", {
        name: "kafka_connect_connector_version",
        label: "version",
    }),
    stringLabel("connector-task-metrics", task, "status", {
        name: "kafka_connect_connector_task_status",
        label: "status",
    }),
    gauges(connect, "connect-worker-metrics", ["connector"], "kafka_connect_worker"),
    gauges(connect, "connect-worker-metrics", [], "kafka_connect_worker"),
    gauges(connect, "connect-worker-rebalance-metrics", [], "kafka_connect_worker_rebalance"),
    gauges(connect, "connector-task-metrics", task, "kafka_connect_connector_task"),
    gauges(connect, "source-task-metrics", task, "kafka_connect_source_task"),
    gauges(connect, "sink-task-metrics", task, "kafka_connect_sink_task"),
    gauges(connect, "task-error-metrics", task, "kafka_connect_task_error"),
    gauges(connect, "connect-coordinator-metrics", ["client-id"], "kafka_connect_coordinator"),
    gauges(connect, "connect-metrics", ["client-id"], "kafka_connect_client"),
];

const any = "([^,>]+)";

/** Some attributes of MirrorMaker's MBeans, which exist for each partition: only those that are worth their number. */
const mirrorAttributes = (...names: string[]): string => `<>(${names.join("|")}): ([0-9.E+-]+)`;

const mirrorRules: readonly JmxRule[] = [
    {
        // Kafka 3.9 has no property `source`; the exporter leaves out a label that is empty
        pattern:
            `kafka\\.connect\\.mirror<type=MirrorSourceConnector, (?:source=${any}, )?target=${any}, ` +
            `topic=${any}, partition=(\\d+)>` +
            mirrorAttributes(
                "record-count",
                "byte-count",
                "record-age-ms-avg",
                "record-age-ms-max",
                "replication-latency-ms-avg",
                "replication-latency-ms-max",
            ),
        name: "kafka_connect_mirror_source_$5",
        labels: { source: "$1", target: "$2", topic: "$3", partition: "$4" },
        type: "GAUGE",
    },
    {
        pattern:
            `kafka\\.connect\\.mirror<type=MirrorCheckpointConnector, source=${any}, target=${any}, ` +
            `group=${any}, topic=${any}, partition=(\\d+)>` +
            mirrorAttributes("checkpoint-latency-ms-avg", "checkpoint-latency-ms-max"),
        name: "kafka_connect_mirror_checkpoint_$6",
        labels: { source: "$1", target: "$2", group: "$3", topic: "$4", partition: "$5" },
        type: "GAUGE",
    },
];

const clientRules: readonly JmxRule[] = [
    taskClient("kafka\\.producer", "producer-metrics", clientOf("producer"), "kafka_producer"),
    gauges("kafka\\.producer", "producer-metrics", ["client-id"], "kafka_producer"),
    {
        pattern:
            `kafka\\.producer<type=producer-topic-metrics, client-id=${clientOf("producer")}, topic=([^,>]+)>` +
            "<>(record-send-total|record-error-total|record-retry-total|byte-total): ([0-9.E+-]+)",
        name: "kafka_producer_topic_$4",
        labels: { connector: "$1", task: "$2", topic: "$3" },
        type: "GAUGE",
    },
    taskClient(
        "kafka\\.consumer",
        "consumer-fetch-manager-metrics",
        clientOf("consumer"),
        "kafka_consumer_fetch_manager",
    ),
    // MirrorMaker's own consumer of the source cluster: "SOURCE->TARGET|CONNECTOR-TASK|replication-consumer"
    taskClient(
        "kafka\\.consumer",
        "consumer-fetch-manager-metrics",
        '"[^|]+\\|(.+)-(\\d+)\\|replication-consumer"',
        "kafka_consumer_fetch_manager",
    ),
    gauges("kafka\\.consumer", "consumer-fetch-manager-metrics", ["client-id"], "kafka_consumer_fetch_manager"),
];

/** The rules as YAML, the form the exporter reads. The first rule that matches is used. */
export function jmxRules(): string {
    return YAML.stringify({
        lowercaseOutputName: true,
        lowercaseOutputLabelNames: true,
        rules: [
            ...connectRules,
            ...mirrorRules,
            ...clientRules,
            ...debeziumJmxRules,
            { pattern: "java\\.lang<type=Memory><HeapMemoryUsage>(\\w+)", name: "jvm_heap_$1_bytes", type: "GAUGE" },
        ],
    });
}
