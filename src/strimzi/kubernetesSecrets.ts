/**
 * Secrets of Kubernetes as connectors' secrets, by Strimzi's provider, which is on all its images: what the workers'
 * service account may read. Pure. A reference is `${PROVIDER:NAMESPACE/SECRET:KEY}`,
 * or `${PROVIDER:SECRET:KEY}` for a Secret in the workers' namespace; a key that is not there reads as
 * an empty text. https://github.com/strimzi/kafka-kubernetes-config-provider
 */
import type { ResolvedConnector } from "../connectors/template";
import type { SecretsSettings } from "../schema/secrets";

export const kubernetesProviderClass = "io.strimzi.kafka.KubernetesSecretConfigProvider";
/** Name of the same provider as Strimzi 0.47 and newer declare it on every worker. */
const strimziProvider = "strimzisecrets";

/** A connector's reference to a Secret. */
export interface KubernetesReference {
    connector: ResolvedConnector;
    key: string;
    provider: string;
    path: string;
}

/** All references of the connectors to Secrets in Kubernetes. */
export function kubernetesReferences(
    connectors: readonly ResolvedConnector[],
    secrets: SecretsSettings | undefined,
): KubernetesReference[] {
    const providers = [
        strimziProvider,
        ...[...(secrets ? [secrets] : []), ...(secrets?.further ?? [])]
            .filter(({ provider }) => provider === "kubernetes")
            .map(({ name }) => name),
    ];
    return connectors.flatMap((connector) =>
        Object.entries(connector.config).flatMap(([key, value]) =>
            [...String(value).matchAll(/\$\{([^:}]+):([^:}]*):[^}]*\}/g)]
                .filter(([, provider]) => providers.includes(provider))
                .map(([, provider, path]) => ({ connector, key, provider, path })),
        ),
    );
}

/**
 * The Secrets that connectors refer to, by namespace.
 *
 * @param ownNamespace the workers' namespace, in which a Secret without a namespace is
 */
export function referencedSecrets(
    connectors: readonly ResolvedConnector[],
    secrets: SecretsSettings | undefined,
    ownNamespace: string,
): Map<string, string[]> {
    const found = new Map<string, Set<string>>();
    for (const { path } of kubernetesReferences(connectors, secrets)) {
        const [namespace, name] = path.includes("/") ? path.split("/") : [ownNamespace, path];
        found.set(namespace, (found.get(namespace) ?? new Set()).add(name));
    }
    return new Map(
        [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([namespace, names]) => [namespace, [...names].sort()]),
    );
}

/** The rules of a Role that can read these Secrets and no others. */
export const readSecrets = (names: readonly string[]) => [
    { apiGroups: [""], resources: ["secrets"], resourceNames: [...names], verbs: ["get"] },
];
