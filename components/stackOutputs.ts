import * as pulumi from "@pulumi/pulumi";
import { parseOutputs, type PlatformOutputs } from "../src/schema/stackOutputs";
import { readStackOutputs } from "../src/stack/stackReference";
import type { ConnectClusterReference } from "./connector";

/** The outputs of a stack of the platform, as a program of another stack reads them. */
export interface StackOutputs extends PlatformOutputs {
    /** The Connect cluster of the stack, for the argument `connectCluster` of a Connector. */
    connectCluster: ConnectClusterReference;
}

/**
 * Reads the outputs of a stack of the platform, which owns a Connect cluster.
 *
 * ```ts
 * export = async () => {
 *     const platform = await stackOutputs("acme/kafka-connect-platform/prod");
 *     new Connector("orders", { connectCluster: platform.connectCluster, class: "…", config: { … } }, { provider });
 * };
 * ```
 *
 * Throws an error where the stack is not one of the platform, was deployed by a release with other outputs, or has no
 * Connect cluster.
 *
 * @param stack ORGANIZATION/PROJECT/STACK; with a self-managed backend, `organization/PROJECT/STACK`
 */
export async function stackOutputs(stack: string, opts?: pulumi.CustomResourceOptions): Promise<StackOutputs> {
    const result = parseOutputs(await readStackOutputs(stack, opts));
    if ("reason" in result) throw new pulumi.RunError(`stack ${stack}: ${result.reason}`);
    const { outputs } = result;
    const { connectClusterName: name, namespace, strimziVersion } = outputs;
    if (!name) throw new pulumi.RunError(`stack ${stack}: it has no Connect cluster`);
    return { ...outputs, connectCluster: { name, namespace, strimziVersion } };
}
