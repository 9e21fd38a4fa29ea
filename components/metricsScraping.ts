import * as amp from "@pulumi/aws/amp";
import * as pulumi from "@pulumi/pulumi";
import { alertManagerDefinition, type AlertTopics } from "../src/metrics/alertManager";
import type { ExpectedCluster } from "../src/metrics/alerts/presenceAlerts";
import { connectRuleGroups, kafkaRuleGroups, recordingGroups, ruleFile } from "../src/metrics/alerts/ruleFiles";
import { scrapeConfiguration } from "../src/metrics/scrapeConfiguration";
import { metrics, type MetricsSettings } from "../src/schema/metrics";
import type { FreshnessObjectiveArgs } from "./freshnessObjectiveArgs";
import { componentOptions, componentType, statefulOptions } from "./internal/componentOptions";
import { settingsFromArgs } from "./internal/settingsFromArgs";

/** Arguments of MetricsScraping. */
export interface MetricsScrapingArgs {
    /** ARN of the EKS cluster whose pods are scraped. */
    clusterArn: pulumi.Input<string>;
    /** Namespaces whose pods are scraped, where they are annotated with `prometheus.io/scrape`. */
    namespaces: pulumi.Input<string>[];
    /** Subnets of the scraper, in at least two availability zones. */
    subnetIds: pulumi.Input<string>[];
    /**
     * Security groups of the scraper.
     * @default those of the EKS cluster
     */
    securityGroupIds?: pulumi.Input<string>[];
    /**
     * ARN of the workspace to write to. Excludes `retentionDays`.
     * @default a new workspace
     */
    workspaceArn?: pulumi.Input<string>;
    /**
     * Days that the new workspace keeps samples.
     * @default 150
     */
    retentionDays?: pulumi.Input<number>;
    /**
     * Seconds between two scrapes.
     * @default 30
     */
    scrapeIntervalSeconds?: pulumi.Input<number>;
    /**
     * Whether the alert rules for Connect are loaded into the workspace.
     * @default false
     */
    alerts?: boolean;
    /**
     * Whether the alert rules for Kafka are loaded too. Only with `alerts`.
     * @default false
     */
    kafkaAlerts?: boolean;
    /**
     * Connect cluster whose absence is an alert. Only with `alerts`.
     * @default none
     */
    connectCluster?: ExpectedCluster;
    /**
     * SNS topics that receive the alerts of a new workspace. Only with `alerts`.
     * @default alerts are not delivered
     */
    notifications?: AlertTopics;
    /**
     * Address of the folder with the runbooks, without a final slash.
     * @default "docs/runbooks"
     */
    runbookUrl?: string;
    /**
     * GiB of WAL that the disk of the PostgreSQL databases can take. Only with `alerts`; the alerts read the metrics of
     * postgres_exporter.
     * @default no alerts for replication slots
     */
    slotWalBudgetGiB?: number;
    /**
     * Objective for the freshness of Debezium's sources and of sinks. Only with `alerts`.
     * @default no objective
     */
    slo?: FreshnessObjectiveArgs;
    /**
     * Whether the new workspace is protected from deletion, and kept when this component is removed.
     * @default false
     */
    protect?: boolean;
}

const schema = metrics.omit({ exporter: true, workspace: true, dashboards: true, prometheusOperator: true });

/**
 * Amazon Managed Service for Prometheus: a workspace, and the managed scraper that reads the pods' metrics. The
 * scraper gives itself access to clusters with access entries; with the authentication mode CONFIG_MAP, add its role
 * to the aws-auth ConfigMap.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-collector-how-to.html
 */
export class MetricsScraping extends pulumi.ComponentResource {
    /** Address for queries and remote write. */
    public readonly endpoint: pulumi.Output<string>;
    /** ARN of the workspace. */
    public readonly workspaceArn: pulumi.Output<string>;

    constructor(name: string, args: MetricsScrapingArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("MetricsScraping"), name, args, componentOptions(name, opts, "MetricsScraping"));
        const { clusterArn, namespaces, kafkaAlerts, connectCluster, protect, ...rest } = args;
        const settings = settingsFromArgs(schema, rest, `MetricsScraping ${name}`);
        const { securityGroupIds } = settings;
        const options = { parent: this };
        const workspace = settings.workspaceArn ? undefined : this.workspace(name, settings, protect);
        this.workspaceArn = workspace?.arn ?? pulumi.output(settings.workspaceArn!);
        this.endpoint = workspace?.prometheusEndpoint ?? this.workspaceArn.apply(endpointOf);

        new amp.Scraper(
            `${name}-scraper`,
            {
                alias: name,
                source: {
                    eks: {
                        clusterArn,
                        subnetIds: settings.subnetIds,
                        securityGroupIds: securityGroupIds.length > 0 ? securityGroupIds : undefined,
                    },
                },
                destination: { amp: { workspaceArn: this.workspaceArn } },
                scrapeConfiguration: pulumi
                    .all([pulumi.all(namespaces), settings.scrapeIntervalSeconds])
                    .apply(([names, interval]) => scrapeConfiguration(names, interval)),
            },
            options,
        );
        if (settings.alerts) {
            const rules = { ...settings, cluster: connectCluster };
            // the name is unique in a workspace, which several stacks may share
            const named = (group: string) => `${group}-${pulumi.getStack()}`;
            const workspaceId = this.workspaceArn.apply((arn) => arn.split("/").pop()!);
            new amp.RuleGroupNamespace(
                `${name}-alerts`,
                {
                    name: named("kafka-connect"),
                    workspaceId,
                    data: ruleFile([...recordingGroups(rules), ...connectRuleGroups(rules)]),
                },
                options,
            );
            if (workspace && settings.notifications)
                new amp.AlertManagerDefinition(
                    `${name}-alertmanager`,
                    { workspaceId, definition: alertManagerDefinition(settings.notifications) },
                    options,
                );
            if (kafkaAlerts)
                new amp.RuleGroupNamespace(
                    `${name}-kafka-alerts`,
                    { name: named("kafka"), workspaceId, data: ruleFile(kafkaRuleGroups(rules)) },
                    options,
                );
        }
        this.registerOutputs({ endpoint: this.endpoint, workspaceArn: this.workspaceArn });
    }

    private workspace(
        name: string,
        { retentionDays }: Pick<MetricsSettings, "retentionDays">,
        protect?: boolean,
    ): amp.Workspace {
        const workspace = new amp.Workspace(
            `${name}-workspace`,
            { alias: name },
            { parent: this, ...statefulOptions(protect) },
        );
        new amp.WorkspaceConfiguration(
            `${name}-retention`,
            { workspaceId: workspace.id, retentionPeriodInDays: retentionDays },
            { parent: this },
        );
        return workspace;
    }
}

/** Address of a workspace by its ARN, `arn:PARTITION:aps:REGION:ACCOUNT:workspace/ID`. */
function endpointOf(arn: string): string {
    const [, , , region, , resource] = arn.split(":");
    return `https://aps-workspaces.${region}.amazonaws.com/workspaces/${resource.split("/")[1]}/`;
}
