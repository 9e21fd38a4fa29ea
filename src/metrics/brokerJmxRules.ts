/** The JMX exporter's rules for Kafka's brokers and controllers: the state and the load of the cluster. */
import * as YAML from "yaml";

const gauge = (pattern: string, name: string, labels?: Record<string, string>) => ({
    pattern,
    name,
    ...(labels ? { labels } : {}),
    type: "GAUGE",
});

/** The rules as YAML. The first rule that matches wins; what matches none is not exported. */
export function brokerJmxRules(): string {
    return YAML.stringify({
        lowercaseOutputName: true,
        lowercaseOutputLabelNames: true,
        rules: [
            gauge("kafka\\.server<type=ReplicaManager, name=(\\w+)><>Value", "kafka_server_replicamanager_$1"),
            gauge(
                "kafka\\.controller<type=KafkaController, name=(\\w+)><>Value",
                "kafka_controller_kafkacontroller_$1",
            ),
            gauge("kafka\\.log<type=Log, name=Size, topic=(.+), partition=(\\d+)><>Value", "kafka_log_size_bytes", {
                topic: "$1",
                partition: "$2",
            }),
            {
                pattern: "kafka\\.server<type=BrokerTopicMetrics, name=(\\w+)PerSec, topic=(.+)><>Count",
                name: "kafka_server_brokertopicmetrics_$1_total",
                labels: { topic: "$2" },
                type: "COUNTER",
            },
            {
                pattern:
                    "kafka\\.network<type=RequestMetrics, name=RequestsPerSec, request=(\\w+), version=(\\d+)><>Count",
                name: "kafka_network_requests_total",
                labels: { request: "$1", version: "$2" },
                type: "COUNTER",
            },
            gauge(
                "kafka\\.network<type=RequestMetrics, name=TotalTimeMs, " +
                    "request=(Produce|FetchConsumer)><>99thPercentile",
                "kafka_network_request_time_ms_p99",
                { request: "$1" },
            ),
            gauge(
                "kafka\\.server<type=KafkaRequestHandlerPool, name=RequestHandlerAvgIdlePercent><>OneMinuteRate",
                "kafka_server_request_handlers_idle_ratio",
            ),
            gauge(
                "kafka\\.server<type=raft-metrics>" +
                    "<>(current-leader|current-epoch|high-watermark|number-unknown-voter-connections): ([0-9.E+-]+)",
                "kafka_server_raft_$1",
            ),
            { pattern: "java\\.lang<type=Memory><HeapMemoryUsage>(\\w+)", name: "jvm_heap_$1_bytes", type: "GAUGE" },
        ],
    });
}
