import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as pulumi from "@pulumi/pulumi";
import type { ExpectedCluster } from "../src/metrics/alerts/presenceAlerts";
import { connectRuleGroups, kafkaRuleGroups, recordingGroups } from "../src/metrics/alerts/ruleFiles";
import { podMonitorSpec, slotPodMonitorSpec } from "../src/metrics/podMonitor";
import type { FreshnessObjectiveArgs } from "./freshnessObjectiveArgs";
import { componentOptions, componentType } from "./internal/componentOptions";
import { objectMetadata } from "./internal/objectMetadata";

/** Arguments of PrometheusOperatorMonitoring. */
export interface PrometheusOperatorMonitoringArgs {
    /** Namespaces with pods of Connect or Kafka; each has its own PodMonitor. The rules are in the first. */
    namespaces: string[];
    /**
     * Labels of the objects, by which the Prometheus resource selects them.
     * @default none
     */
    labels?: Record<string, pulumi.Input<string>>;
    /**
     * Seconds between two scrapes.
     * @default 30
     */
    scrapeIntervalSeconds?: number;
    /**
     * Whether the alert rules are created.
     * @default false
     */
    alerts?: boolean;
    /**
     * Whether the alert rules for Kafka are among them.
     * @default false
     */
    kafkaAlerts?: boolean;
    /**
     * Connect cluster whose absence is an alert.
     * @default none
     */
    connectCluster?: ExpectedCluster;
    /**
     * Address of the folder with the runbooks, without a final slash.
     * @default "docs/runbooks"
     */
    runbookUrl?: string;
    /**
     * Namespace of a PostgresSlotExporter.
     * @default none
     */
    slotExporterNamespace?: string;
    /**
     * GiB of WAL that the disk of the PostgreSQL databases can take.
     * @default no alerts for replication slots
     */
    slotWalBudgetGiB?: number;
    /**
     * Objective for the freshness of Debezium's sources and of sinks. Only with `alerts`.
     * @default no objective
     */
    slo?: FreshnessObjectiveArgs;
}

const apiVersion = "monitoring.coreos.com/v1";

/**
 * PodMonitors and a PrometheusRule for a cluster with the Prometheus operator, which must be installed.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/
 */
export class PrometheusOperatorMonitoring extends pulumi.ComponentResource {
    constructor(name: string, args: PrometheusOperatorMonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
        const type = "PrometheusOperatorMonitoring";
        super(componentType(type), name, args, componentOptions(name, opts, type));
        const { namespaces, labels, slotExporterNamespace, scrapeIntervalSeconds = 30 } = args;
        const create = (kind: string, object: string, namespace: string, spec: object) =>
            new CustomResource(
                `${object}-${kind.toLowerCase()}`,
                { apiVersion, kind, metadata: objectMetadata(object, namespace, { labels }), spec },
                { parent: this },
            );
        for (const namespace of namespaces)
            create("PodMonitor", `${name}-${namespace}`, namespace, podMonitorSpec(scrapeIntervalSeconds));
        if (slotExporterNamespace)
            create("PodMonitor", `${name}-slots`, slotExporterNamespace, slotPodMonitorSpec(scrapeIntervalSeconds));
        if (args.alerts) {
            const rules = { ...args, cluster: args.connectCluster };
            const groups = [
                ...recordingGroups(rules),
                ...connectRuleGroups(rules),
                ...(args.kafkaAlerts ? kafkaRuleGroups(rules) : []),
            ];
            create("PrometheusRule", name, namespaces[0], { groups });
        }
        this.registerOutputs({});
    }
}
