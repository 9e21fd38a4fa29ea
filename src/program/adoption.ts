/** Takes over objects that exist in the cluster already. */
import type * as pulumi from "@pulumi/pulumi";

/** What identifies a Kubernetes object among the inputs of a resource. */
interface ObjectInputs {
    kind?: string;
    metadata?: { name?: string };
}

/**
 * Options of components whose objects are adopted where they are listed: these use a provider that takes over an
 * object which exists. Moving back to the other provider is no change, as both connect to the same cluster.
 *
 * @param listed the objects, as KIND/NAME
 * @param provider the provider that takes over; created when it is first used
 */
export function adoptionOptions(
    listed: readonly string[],
    provider: () => pulumi.ProviderResource,
): pulumi.ComponentResourceOptions {
    if (listed.length === 0) return {};
    const isListed = ({ kind, metadata }: ObjectInputs) => listed.includes(`${kind}/${metadata?.name}`);
    const adopting: pulumi.ResourceTransformation = ({ props, opts }) =>
        isListed(props as ObjectInputs) ? { props, opts: { ...opts, provider: provider() } } : undefined;
    return { transformations: [adopting] };
}
