/** Outputs of another stack, by Pulumi's engine. */
import * as pulumi from "@pulumi/pulumi";
import { outputNames } from "../schema/stackOutputs";

/**
 * The outputs of a stack of the platform, those that it has.
 *
 * @param stack ORGANIZATION/PROJECT/STACK
 */
export async function readStackOutputs(
    stack: string,
    opts?: pulumi.CustomResourceOptions,
): Promise<Record<string, unknown>> {
    const reference = new pulumi.StackReference(stack, undefined, opts);
    const entries = await Promise.all(
        outputNames.map(async (name) => {
            const { value, secretValue } = await reference.getOutputDetails(name);
            return [name, (value ?? secretValue) as unknown] as const;
        }),
    );
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
}
