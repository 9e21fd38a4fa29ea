import * as pulumi from "@pulumi/pulumi";
import { refusal } from "./hooks";

const packageName = "kafka-connect-platform";

/** Type token of a component, by which the engine and Pulumi's package schema identify it. */
export const componentType = (component: string): string => `${packageName}:index:${component}`;

/**
 * Options of a component. The alias is the type token of earlier versions, so that existing stacks keep their
 * resources. At the top of a stack it is a URN: Pulumi creates several promises for each alias of another form, which
 * is 15 % of the time and memory of an evaluation with 1,000 connectors.
 *
 * @param name name of the component
 * @param formerName name of the component's class in earlier versions
 */
export function componentOptions(
    name: string,
    opts: pulumi.ComponentResourceOptions | undefined,
    formerName: string,
): pulumi.ComponentResourceOptions {
    const type = `${packageName}:components:${formerName}`;
    const atTop = opts?.parent === undefined;
    const urn = () => `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${type}::${name}`;
    return pulumi.mergeOptions(opts, { aliases: [atTop ? urn() : { type }] });
}

/**
 * Options of a resource within a component. Pulumi passes a component's provider to its children but not its
 * `dependsOn`, so that each child depends on what the component depends on.
 */
export const childOptions = (
    parent: pulumi.ComponentResource,
    opts: pulumi.ComponentResourceOptions | undefined,
    more: pulumi.CustomResourceOptions = {},
): pulumi.CustomResourceOptions => pulumi.mergeOptions({ parent, dependsOn: opts?.dependsOn }, more);

/**
 * Options of a resource that must not be deleted while the stack is protected. With protection alone,
 * `pulumi destroy --skip-preview` deletes the connectors and stops at the first protected resource.
 */
export const protectedOptions = (protect = false): pulumi.CustomResourceOptions =>
    protect
        ? { protect, hooks: { beforeDelete: [refusal("set protect: false and run pulumi up before deleting this")] } }
        : { protect };

/** Options of a resource that holds data: with `protect` a deletion is refused, and without it the object is kept. */
export const statefulOptions = (protect = false): pulumi.CustomResourceOptions => ({
    ...protectedOptions(protect),
    retainOnDelete: protect,
});

/**
 * Options of a Strimzi resource: Pulumi's type of it contains the API version, which changes with Strimzi's version.
 * Without the alias, an upgrade would delete the resource and create it again.
 *
 * @param apiVersion API version of the resource, to which the alias adds the other one
 */
export const strimziAliases = (kind: string, apiVersion: string): pulumi.CustomResourceOptions => {
    const other = apiVersion.endsWith("/v1") ? "v1beta2" : "v1";
    return { aliases: [{ type: `kubernetes:kafka.strimzi.io/${other}:${kind}` }] };
};
