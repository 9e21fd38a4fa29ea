import type * as pulumi from "@pulumi/pulumi";

/** Type token of a component: what the engine knows it by. */
export const componentType = (component: string): string => `kafka-connect-platform:components:${component}`;

/**
 * Options for a resource within a component. What the component depends on, each of its resources depends on: Pulumi hands
 * a component's provider on to its children, but not its `dependsOn`.
 */
export function childOptions(
    parent: pulumi.ComponentResource,
    opts: pulumi.ComponentResourceOptions | undefined,
    more: pulumi.CustomResourceOptions = {},
): pulumi.CustomResourceOptions {
    const waitFor = [opts?.dependsOn, more.dependsOn].flatMap((item) =>
        item === undefined ? [] : Array.isArray(item) ? item : [item],
    );
    return { parent, ...more, dependsOn: waitFor as pulumi.Resource[] };
}
