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

/** The default provider's configuration, for components without an explicit provider. */
const defaultProvider = {};

function defaultAccess(): KubeAccess {
    const config = new pulumi.Config("kubernetes");
    return { kubeconfig: config.get("kubeconfig"), context: config.get("context") };
}

/** How a component reaches its cluster. */
export interface ClusterAccess {
    /** The same object for all components of one provider. */
    readonly key: object;
    /** Never secret: what is read by it, such as a status, is not secret because the kubeconfig is. */
    readonly access: pulumi.Output<KubeAccess>;
}

/** One access for all components of a provider: an output for each of a thousand connectors takes a second. */
const accesses = new WeakMap<object, ClusterAccess>();

function accessOf(provider: ProviderOutputs): ClusterAccess {
    const { kubeconfig, context } = provider;
    const access = pulumi.unsecret(pulumi.output({ kubeconfig, context })) as pulumi.Output<KubeAccess>;
    return { key: provider, access };
}

/**
 * How the Kubernetes resources of a component reach their cluster: as their provider does. Undefined for a component
 * that a program in another language creates: the provider is then a reference without its configuration.
 */
export function kubeAccessOf(component: pulumi.ComponentResource): ClusterAccess | undefined {
    const provider = component.getProvider("kubernetes:core/v1:ConfigMap");
    if (!provider) return { key: defaultProvider, access: pulumi.output(defaultAccess()) };
    if (!("kubeconfig" in provider)) return undefined;
    const access = accesses.get(provider) ?? accessOf(provider as ProviderOutputs);
    accesses.set(provider, access);
    return access;
}
