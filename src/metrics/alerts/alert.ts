/** What an alert is, and the PromQL that several of them use. Pure. */

/** One alert rule. */
export interface Alert {
    /** Unique name, in CamelCase. */
    readonly name: string;
    /** `critical` wakes somebody: data is lost or does not arrive. `warning` can wait until morning. */
    readonly severity: "critical" | "warning";
    /** PromQL that returns a series for each object that the alert is about. */
    readonly expr: string;
    /** How long it must be so before the alert fires, as a Prometheus duration. `0m` fires at once. */
    readonly for: string;
    /** One line that names the connector, slot or cluster; a template of Prometheus. */
    readonly summary: string;
    /** What it means and where to look first. */
    readonly description: string;
    /** Page of docs/runbooks, without its extension. */
    readonly runbook: string;
}

/** Labels that identify a Connect or Kafka cluster, from the scrape configuration. */
export const clusterLabels = "namespace, strimzi_io_cluster";

/** Labels that identify a connector. */
export const connectorLabels = `${clusterLabels}, connector`;

/** The largest value for each connector: workers report the state of all its tasks, each the same. */
export const perConnector = (expr: string): string => `max by (${connectorLabels}) (${expr})`;

/**
 * How much a counter grew for each connector. A series that is new counts from 0: a task that has just started may have
 * failed before the first scrape, and `increase` does not see that.
 */
export const growth = (counter: string, window: string): string =>
    `sum by (${connectorLabels}) ((${counter} unless ${counter} offset ${window}) or increase(${counter}[${window}]))`;

/** Connectors that run; to be used after `and on (connectorLabels)`. */
export const runningConnectors = `${perConnector('kafka_connect_connector_status{status="running"}')} == 1`;
