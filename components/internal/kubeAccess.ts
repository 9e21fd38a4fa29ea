import * as pulumi from "@pulumi/pulumi";

/**
 * How a Kubernetes provider reaches its cluster. Without either, by the ambient kubeconfig or the pod's service
 * account.
 */
export interface KubeAccess {
    /** Path of a kubeconfig, or its content. */
    readonly kubeconfig?: string;
    /** Context within the kubeconfig. */
    readonly context?: string;
}

/**
 * The outputs of a Kubernetes provider that are read here. The SDK sets them on every provider but does not declare
 * them.
 */
type ProviderOutputs = { readonly [key in keyof KubeAccess]?: pulumi.Input<string> };

/** The default provider's configuration, for components without a provider of their own. */
const defaultProvider = {};

function defaultAccess(): KubeAccess {
    const config = new pulumi.Config("kubernetes");
    return { kubeconfig: config.get("kubeconfig"), context: config.get("context") };
}

/**
 * How the Kubernetes resources of a component reach their cluster: as their provider does. `key` is the same object
 * for all components of one provider. Undefined for a component that a program in another language creates: the
 * provider is then a reference without its configuration.
 */
export function kubeAccessOf(
    component: pulumi.ComponentResource,
): { key: object; access: pulumi.Output<KubeAccess> } | undefined {
    const provider = component.getProvider("kubernetes:core/v1:ConfigMap");
    if (!provider) return { key: defaultProvider, access: pulumi.output(defaultAccess()) };
    if (!("kubeconfig" in provider)) return undefined;
    const { kubeconfig, context } = provider as ProviderOutputs;
    return { key: provider, access: pulumi.output({ kubeconfig, context }) as pulumi.Output<KubeAccess> };
}
