import type { types } from "@pulumi/kubernetes";
import { CustomResourceDefinition } from "@pulumi/kubernetes/apiextensions/v1/customResourceDefinition";
import * as pulumi from "@pulumi/pulumi";
import { crdsOf } from "../src/release/crds";
import { strimzi } from "../src/schema/strimzi";
import { childOptions, componentOptions, componentType, protectedOptions } from "./internal/componentOptions";
import { settingsFromArgs } from "./internal/settingsFromArgs";

/** Arguments of StrimziCrds. */
export interface StrimziCrdsArgs {
    /**
     * Strimzi version of the CRDs, such as 1.2.0.
     * @default "1.2.0"
     */
    version?: string;
    /**
     * Whether `pulumi destroy` is refused.
     * @default false
     */
    protect?: boolean;
}

const schema = strimzi.pick({ version: true });

/**
 * Strimzi's CRDs. They are resources of the program and not of the Helm release because Helm never upgrades the CRDs
 * of a chart: an operator with old CRDs does not start (strimzi-kafka-operator #10370). A Helm upgrade has also
 * deleted them, and every Kafka resource of the cluster with them (#3877). For the same reason they are kept when the
 * stack is destroyed.
 *
 * ```ts
 * const crds = new StrimziCrds("strimzi-crds", {}, { provider });
 * ```
 */
export class StrimziCrds extends pulumi.ComponentResource {
    /** The CRDs. What uses them depends on this component. */
    public readonly crds: CustomResourceDefinition[];

    constructor(name: string, args: StrimziCrdsArgs = {}, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("StrimziCrds"), name, args, componentOptions(name, opts, "StrimziCrds"));
        const { protect, ...rest } = args;
        const { version } = settingsFromArgs(schema, rest, `StrimziCrds ${name}`);
        this.crds = crdsOf(version).map(
            (crd) =>
                new CustomResourceDefinition(
                    crd.metadata.name,
                    {
                        metadata: crd.metadata,
                        spec: crd.spec as unknown as types.input.apiextensions.v1.CustomResourceDefinitionSpec,
                    },
                    childOptions(this, opts, { ...protectedOptions(protect), retainOnDelete: true }),
                ),
        );
        this.registerOutputs({ crds: this.crds });
    }
}
