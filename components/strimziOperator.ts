import { Release } from "@pulumi/kubernetes/helm/v3/release";
import * as pulumi from "@pulumi/pulumi";
import type { StrimziSettings } from "../src/schema/platform";
import { operatorValues } from "../src/strimzi/operatorValues";
import type { StrimziRelease } from "../src/release/releases";
import { componentType, childOptions } from "./internal/componentOptions";

/** Arguments of StrimziOperator. */
export interface StrimziOperatorArgs {
    /** The stack's `strimzi` group. */
    strimzi: StrimziSettings;
    release: StrimziRelease;
    /** Namespaces to watch besides the operator's own. They must exist: the chart puts roles into each. */
    watchNamespaces: string[];
    /** Whether the operator's pods ask to be scraped. */
    scrape: boolean;
}

/** The Strimzi cluster operator, from its Helm chart. */
export class StrimziOperator extends pulumi.ComponentResource {
    public readonly release: Release;

    constructor(name: string, args: StrimziOperatorArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("StrimziOperator"), name, {}, opts);
        const { strimzi } = args;
        const isFolder = !strimzi.chart.startsWith("oci://");
        this.release = new Release(
            `${name}-release`,
            {
                name: "strimzi",
                chart: strimzi.chart,
                // a local folder says its version itself, and Helm refuses another one beside it
                version: isFolder ? undefined : strimzi.version,
                namespace: strimzi.namespace,
                skipCrds: true,
                // a half-done release would block the next `pulumi up` (pulumi-kubernetes #2054)
                atomic: true,
                cleanupOnFail: true,
                values: operatorValues(strimzi, args.release, args.watchNamespaces, args.scrape),
            },
            childOptions(this, opts),
        );
        this.registerOutputs({ release: this.release.name });
    }
}
