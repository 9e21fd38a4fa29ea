/** The JMX exporter's rules for Connect workers: MBeans of Connect, its clients and Debezium, as Prometheus metrics. */
import * as YAML from "yaml";

/** A gauge for each attribute of an MBean; `properties` become labels. */
function gauges(domain: string, type: string, properties: readonly string[], name: string) {
    const keys = [`type=${type}`, ...properties.map((property) => `${property}=("[^"]*"|[^,>]+)`)].join(", ");
    const labels = Object.fromEntries(
        properties.map((property, index) => [property.replace(/-/g, "_"), `$${index + 1}`]),
    );
    return {
        pattern: `${domain}<${keys}><>([a-zA-Z-]+): ([0-9.E+-]+)`,
        name: `${name}_$${properties.length + 1}`,
        labels,
        type: "GAUGE",
    };
}

/** The state of a connector or a task is a text: a gauge of 1 with the text as a label. */
function state(type: string, properties: readonly string[], name: string) {
    const keys = [`type=${type}`, ...properties.map((property) => `${property}=("[^"]*"|[^,>]+)`)].join(", ");
    const labels = Object.fromEntries(properties.map((property, index) => [property, `$${index + 1}`]));
    return {
        pattern: `kafka\\.connect<${keys}><>status: (.+)`,
        name,
        value: 1,
        labels: { ...labels, status: `$${properties.length + 1}` },
        type: "GAUGE",
    };
}

const task = ["connector", "task"] as const;

/** The rules as YAML, the form the exporter reads. The first rule that matches wins, so the narrow ones stand first. */
export function jmxRules(): string {
    return YAML.stringify({
        lowercaseOutputName: true,
        lowercaseOutputLabelNames: true,
        rules: [
            state("connector-metrics", ["connector"], "kafka_connect_connector_status"),
            state("connector-task-metrics", task, "kafka_connect_connector_task_status"),
            gauges("kafka\\.connect", "connect-worker-metrics", ["connector"], "kafka_connect_worker"),
            gauges("kafka\\.connect", "connect-worker-metrics", [], "kafka_connect_worker"),
            gauges("kafka\\.connect", "connect-worker-rebalance-metrics", [], "kafka_connect_worker_rebalance"),
            gauges("kafka\\.connect", "connector-task-metrics", task, "kafka_connect_connector_task"),
            gauges("kafka\\.connect", "source-task-metrics", task, "kafka_connect_source_task"),
            gauges("kafka\\.connect", "sink-task-metrics", task, "kafka_connect_sink_task"),
            gauges("kafka\\.connect", "task-error-metrics", task, "kafka_connect_task_error"),
            gauges("kafka\\.connect", "connect-coordinator-metrics", ["client-id"], "kafka_connect_coordinator"),
            gauges("kafka\\.producer", "producer-metrics", ["client-id"], "kafka_producer"),
            gauges("kafka\\.consumer", "consumer-fetch-manager-metrics", ["client-id"], "kafka_consumer_fetch_manager"),
            {
                pattern:
                    "debezium\\.(\\w+)<type=connector-metrics, context=(\\w+), server=([^,>]+)(?:, task=\\d+)?(?:, database=[^,>]+)?><>(\\w+): ([0-9.E+-]+)",
                name: "debezium_$4",
                labels: { plugin: "$1", context: "$2", server: "$3" },
                type: "GAUGE",
            },
            { pattern: "java\\.lang<type=Memory><HeapMemoryUsage>(\\w+)", name: "jvm_heap_$1_bytes", type: "GAUGE" },
        ],
    });
}
