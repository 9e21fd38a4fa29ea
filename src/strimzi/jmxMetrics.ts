/** Metrics of Kafka and Kafka Connect, which the JMX exporter in each pod serves to Prometheus. Pure. */
import type { KafkaConnectSpec } from "../release/types/kafkaConnectSpec";

/** Port on which the JMX exporter serves metrics. */
export const metricsPort = 9404;

/** Name of the ConfigMap with the exporter's rules. */
export const metricsConfigMapName = ({ name }: { name: string }): string => `${name}-metrics`;

/** Key of the rules in that ConfigMap. */
export const metricsKey = "metrics-config.yml";

/** Annotations by which Prometheus discovers a pod; none where the exporter is off. */
export const scrapeAnnotations = (exporter: boolean): Record<string, string> =>
    exporter ? { "prometheus.io/scrape": "true", "prometheus.io/port": String(metricsPort) } : {};

/** The `metricsConfig` of a Kafka or KafkaConnect. */
export const jmxMetricsConfig = (configMap: string | undefined): KafkaConnectSpec["metricsConfig"] =>
    configMap === undefined
        ? undefined
        : {
              type: "jmxPrometheusExporter",
              valueFrom: { configMapKeyRef: { name: configMap, key: metricsKey } },
          };
