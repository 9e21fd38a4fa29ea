import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { dashboardFile, dashboards, dashboardText } from "../src/metrics/dashboards/dashboards";
import { componentOptions, componentType } from "./internal/componentOptions";
import { objectMetadata } from "./internal/objectMetadata";

/** Arguments of GrafanaDashboards. */
export interface GrafanaDashboardsArgs {
    /** Namespace of the ConfigMaps. Grafana's sidecar must look for dashboards in it. */
    namespace: pulumi.Input<string>;
    /**
     * Labels of the ConfigMaps, by which Grafana's sidecar finds them.
     * @default `grafana_dashboard: "1"`, the default of Grafana's Helm chart
     */
    labels?: Record<string, pulumi.Input<string>>;
}

/**
 * The dashboards of Connect, Debezium, MirrorMaker, Kafka and replication slots, as ConfigMaps that Grafana's sidecar
 * loads.
 *
 * @see https://github.com/grafana/helm-charts/tree/main/charts/grafana#sidecar-for-dashboards
 */
export class GrafanaDashboards extends pulumi.ComponentResource {
    constructor(name: string, args: GrafanaDashboardsArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("GrafanaDashboards"), name, args, componentOptions(name, opts, "GrafanaDashboards"));
        const labels = args.labels ?? { grafana_dashboard: "1" };
        for (const dashboard of dashboards) {
            const object = `${name}-${dashboard.id}`;
            new core.ConfigMap(
                object,
                {
                    metadata: objectMetadata(object, args.namespace, { labels }),
                    data: { [dashboardFile(dashboard)]: dashboardText(dashboard) },
                },
                { parent: this },
            );
        }
        this.registerOutputs({});
    }
}
