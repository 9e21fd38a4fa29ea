import * as fs from "fs";
import * as path from "path";
import * as amp from "@pulumi/aws/amp";
import { Provider as AwsProvider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { scrapeConfiguration } from "../src/metrics/scrapeConfiguration";
import type { MetricsSettings } from "../src/schema/platform";
import { componentType } from "./internal/componentOptions";

/** Arguments of MetricsScraping. */
export interface MetricsScrapingArgs {
    /** The stack's `metrics` group, whose workspace is new or existing. */
    metrics: MetricsSettings;
    clusterArn: pulumi.Input<string>;
    /** Namespaces whose annotated pods are scraped. */
    namespaces: string[];
    /** Whether the alerts of a Kafka cluster are wanted too. */
    kafka: boolean;
    protect: boolean;
    provider?: AwsProvider;
}

/**
 * Amazon Managed Prometheus: the workspace, and the managed scraper that reads the workers. The scraper lets itself into
 * clusters whose authentication mode has access entries; others need its role in their aws-auth ConfigMap.
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-collector-how-to.html
 */
export class MetricsScraping extends pulumi.ComponentResource {
    /** Address for queries and remote write; for an existing workspace derived from its ARN. */
    public readonly endpoint: pulumi.Output<string>;

    constructor(name: string, args: MetricsScrapingArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("MetricsScraping"), name, {}, opts);
        const { metrics, provider } = args;
        const options = { parent: this, provider };
        const workspace = metrics.workspace === "new" ? this.workspace(name, args) : undefined;
        const workspaceArn = workspace ? workspace.arn : pulumi.output(metrics.workspaceArn!);
        const workspaceId = workspaceArn.apply((arn) => arn.split("/").pop()!);
        this.endpoint = workspace ? workspace.prometheusEndpoint : workspaceArn.apply(endpointOf);

        new amp.Scraper(
            `${name}-scraper`,
            {
                alias: name,
                source: {
                    eks: {
                        clusterArn: args.clusterArn,
                        subnetIds: metrics.subnetIds,
                        securityGroupIds: metrics.securityGroupIds.length > 0 ? metrics.securityGroupIds : undefined,
                    },
                },
                destination: { amp: { workspaceArn } },
                scrapeConfiguration: scrapeConfiguration(args.namespaces, metrics.scrapeIntervalSeconds),
            },
            options,
        );
        if (metrics.alerts) {
            const rules = (file: string) =>
                fs.readFileSync(path.join(__dirname, "..", "src", "metrics", "alerts", file), "utf8");
            new amp.RuleGroupNamespace(
                `${name}-alerts`,
                { name: "kafka-connect", workspaceId, data: rules("connect.yaml") },
                options,
            );
            if (args.kafka)
                new amp.RuleGroupNamespace(
                    `${name}-kafka-alerts`,
                    { name: "kafka", workspaceId, data: rules("kafka.yaml") },
                    options,
                );
        }
        this.registerOutputs({ endpoint: this.endpoint });
    }

    private workspace(name: string, { metrics, protect, provider }: MetricsScrapingArgs): amp.Workspace {
        const workspace = new amp.Workspace(
            `${name}-workspace`,
            { alias: name },
            { parent: this, provider, protect, retainOnDelete: protect },
        );
        new amp.WorkspaceConfiguration(
            `${name}-retention`,
            { workspaceId: workspace.id, retentionPeriodInDays: metrics.retentionDays },
            { parent: this, provider },
        );
        return workspace;
    }
}

/** Address of a workspace by its ARN, `arn:PARTITION:aps:REGION:ACCOUNT:workspace/ID`. */
function endpointOf(arn: string): string {
    const [, , , region, , resource] = arn.split(":");
    return `https://aps-workspaces.${region}.amazonaws.com/workspaces/${resource.split("/")[1]}/`;
}
