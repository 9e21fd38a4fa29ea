import { Release } from "@pulumi/kubernetes/helm/v3/release";
import * as pulumi from "@pulumi/pulumi";
import { strimziRelease } from "../src/release/releases";
import { strimzi } from "../src/schema/strimzi";
import { operatorValues } from "../src/strimzi/operatorValues";
import { childOptions, componentOptions, componentType } from "./internal/componentOptions";
import { settingsFromArgs } from "./internal/settingsFromArgs";
import type { KubernetesValue } from "./values";

/** Arguments of StrimziOperator. */
export interface StrimziOperatorArgs {
    /**
     * Version of the operator, such as 1.2.0. The components of its resources must have the same `strimziVersion`.
     * @default "1.2.0"
     */
    version?: string;
    /**
     * Namespace of the operator, which must exist.
     * @default "strimzi"
     */
    namespace?: pulumi.Input<string>;
    /**
     * Namespaces that the operator watches besides its own. They must exist: the chart creates roles in each.
     * @default none
     */
    watchNamespaces?: pulumi.Input<string>[];
    /**
     * Helm chart: an OCI address, such as that of a mirror, or a local folder.
     * @default "oci://quay.io/strimzi-helm/strimzi-kafka-operator"
     */
    chart?: string;
    /**
     * Pods of the operator. One is the leader and the others are on standby.
     * @default 1
     */
    replicas?: number;
    /**
     * Resource requests and limits of the operator's container.
     * @default those of the chart
     * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
     */
    resources?: KubernetesValue;
    /**
     * Kubernetes version such as 1.33, which the operator then does not ask the API server for. Required by Strimzi
     * 0.45 on Kubernetes 1.33 and newer.
     * @default the API server's
     */
    kubernetesVersion?: string;
    /**
     * Whether the operator's pods are annotated for scraping by Prometheus, on port 8080.
     * @default true
     */
    metrics?: boolean;
    /**
     * Whether Helm installs the chart's CRDs. It never upgrades them, so use StrimziCrds for the versions that it has.
     * @default false
     */
    installCrds?: boolean;
    /**
     * Values of the Helm chart, merged over those that this component sets.
     * @default none
     * @see https://github.com/strimzi/strimzi-kafka-operator/tree/main/packaging/helm-charts/helm3/strimzi-kafka-operator
     */
    values?: { [key: string]: KubernetesValue };
}

const schema = strimzi.omit({ kafkaVersion: true, createNamespace: true, install: true, crds: true });

/**
 * The Strimzi cluster operator, installed by its Helm chart without the chart's CRDs (see StrimziCrds).
 *
 * ```ts
 * const operator = new StrimziOperator("strimzi", { watchNamespaces: ["kafka-connect"] }, { provider, dependsOn: crds
 * });
 * ```
 * @see https://strimzi.io/docs/operators/latest/deploying
 */
export class StrimziOperator extends pulumi.ComponentResource {
    /** The Helm release. */
    public readonly release: Release;

    constructor(name: string, args: StrimziOperatorArgs = {}, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("StrimziOperator"), name, args, componentOptions(name, opts, "StrimziOperator"));
        const { metrics = true, installCrds = false, ...rest } = args;
        const settings = settingsFromArgs(schema, rest, `StrimziOperator ${name}`);
        const { chart, version, namespace, watchNamespaces } = settings;
        this.release = new Release(
            `${name}-release`,
            {
                name: "strimzi",
                chart,
                // a local chart has its version in Chart.yaml, and Helm rejects another one
                version: chart.startsWith("oci://") ? version : undefined,
                namespace,
                skipCrds: !installCrds,
                // a failed release would block the next `pulumi up` (pulumi-kubernetes #2054)
                atomic: true,
                cleanupOnFail: true,
                values: operatorValues(settings, strimziRelease(version), watchNamespaces, metrics),
            },
            childOptions(this, opts),
        );
        this.registerOutputs({ release: this.release });
    }
}
