import type { types } from "@pulumi/kubernetes";
import { CustomResourceDefinition } from "@pulumi/kubernetes/apiextensions/v1/customResourceDefinition";
import * as pulumi from "@pulumi/pulumi";
import { crdsOf } from "../src/release/crds";
import { componentType, childOptions } from "./internal/componentOptions";

/** Arguments of StrimziCrds. */
export interface StrimziCrdsArgs {
    /** Strimzi version whose CRDs are wanted. */
    version: string;
    /** Whether a deletion is refused. */
    protect: boolean;
}

/**
 * Strimzi's CRDs, owned by the program and not by the Helm release: Helm never upgrades a chart's `crds/` (an operator
 * with old CRDs then boot-loops, strimzi-kafka-operator #10370), and a Helm upgrade once deleted them and with them every
 * Kafka resource of the cluster (#3877). They stay when the stack is destroyed, for the same reason.
 */
export class StrimziCrds extends pulumi.ComponentResource {
    /** The CRDs; whatever uses them depends on all. */
    public readonly crds: CustomResourceDefinition[];

    constructor(name: string, args: StrimziCrdsArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("StrimziCrds"), name, {}, opts);
        this.crds = crdsOf(args.version).map(
            (crd) =>
                new CustomResourceDefinition(
                    crd.metadata.name,
                    {
                        metadata: crd.metadata,
                        spec: crd.spec as unknown as types.input.apiextensions.v1.CustomResourceDefinitionSpec,
                    },
                    childOptions(this, opts, { protect: args.protect, retainOnDelete: true }),
                ),
        );
        this.registerOutputs({});
    }
}
