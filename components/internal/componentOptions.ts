import * as pulumi from "@pulumi/pulumi";

const packageName = "kafka-connect-platform";

/** Type token of a component, by which the engine and Pulumi's package schema identify it. */
export const componentType = (component: string): string => `${packageName}:index:${component}`;

/**
 * Options of a component. The alias is the type token of earlier versions, so that existing stacks keep their
 * resources.
 *
 * @param formerName name of the component in earlier versions
 */
export const componentOptions = (
    opts: pulumi.ComponentResourceOptions | undefined,
    formerName: string,
): pulumi.ComponentResourceOptions =>
    pulumi.mergeOptions(opts, { aliases: [{ type: `${packageName}:components:${formerName}` }] });

/**
 * Options of a resource within a component. Pulumi passes a component's provider to its children but not its
 * `dependsOn`, so that each child depends on what the component depends on.
 */
export const childOptions = (
    parent: pulumi.ComponentResource,
    opts: pulumi.ComponentResourceOptions | undefined,
    more: pulumi.CustomResourceOptions = {},
): pulumi.CustomResourceOptions => pulumi.mergeOptions({ parent, dependsOn: opts?.dependsOn }, more);

/** Options of a resource that holds data: with `protect` a deletion is refused, and without it the object is kept. */
export const statefulOptions = (protect = false): pulumi.CustomResourceOptions => ({
    protect,
    retainOnDelete: protect,
});

/**
 * Options of a Strimzi resource: Pulumi's type of it contains the API version, which changes with Strimzi's version.
 * Without the alias, an upgrade would delete the resource and create it again.
 */
export const strimziAliases = (kind: string): pulumi.CustomResourceOptions => ({
    aliases: ["v1beta2", "v1"].map((version) => ({ type: `kubernetes:kafka.strimzi.io/${version}:${kind}` })),
});
