/** Alerts for what is missing altogether. They must name the cluster: a series that does not exist has no labels. */
import type { Alert } from "./alert";

/** A Connect cluster that is expected to be there. */
export interface ExpectedCluster {
    /** Namespace of the KafkaConnect resource. */
    readonly namespace: string;
    /** Name of the KafkaConnect resource. */
    readonly name: string;
    /** Number of workers. */
    readonly replicas: number;
}

/** The alerts for a cluster none or some of whose workers are scraped. */
export function presenceAlerts({ namespace, name, replicas }: ExpectedCluster): readonly Alert[] {
    const workers =
        `up{job="kafka-connect-platform", strimzi_io_kind="KafkaConnect", namespace="${namespace}", ` +
        `strimzi_io_cluster="${name}"}`;
    return [
        {
            name: "KafkaConnectAbsent",
            severity: "critical",
            expr: `absent(${workers}) or sum by (namespace, strimzi_io_cluster) (${workers}) == 0`,
            for: "10m",
            summary: `No worker of Connect cluster ${name} serves metrics`,
            description: "No worker is running, or the scraper cannot reach them. No other alert can fire meanwhile.",
            runbook: "workers-down",
        },
        {
            name: "KafkaConnectWorkersMissing",
            severity: "warning",
            expr: `count by (namespace, strimzi_io_cluster) (${workers} == 1) < ${replicas}`,
            for: "15m",
            summary: `Connect cluster ${name} has {{ $value }} of ${replicas} workers`,
            description: "The remaining workers run all tasks. A pod is pending, crashing or was evicted.",
            runbook: "workers-down",
        },
    ];
}
