/** Config providers: those that a source's references need, and the one that reads its literal credentials. */
import { strimziRelease } from "../release/releases";
import { kubernetesProviderClass } from "../strimzi/kubernetesSecrets";
import { isPlainObject } from "../util/mergePatch";
import { placeholder, type Draft, type Raw, type SecretTarget } from "./draft";
import type { SourceObject } from "./source";
import { listItems } from "../util/listItems";

/** Classes behind the names that most workers give their providers. */
const usualProviders: Readonly<Record<string, string>> = {
    file: "org.apache.kafka.common.config.provider.FileConfigProvider",
    directory: "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
    dir: "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
    env: "org.apache.kafka.common.config.provider.EnvVarConfigProvider",
    secrets: kubernetesProviderClass,
    configmaps: "io.strimzi.kafka.KubernetesConfigMapConfigProvider",
};

const configOf = (connect: SourceObject | undefined): Raw =>
    isPlainObject(connect?.spec?.config) ? connect.spec.config : {};

const declaredIn = (config: Raw): string[] => listItems(config["config.providers"]);

/** Where literal credentials go. Secrets of Kubernetes by a provider that the workers already have change least. */
export function secretTarget(
    connect: SourceObject | undefined,
    version: string,
    kind: SecretTarget["kind"],
    namespace: string,
    prefix: string,
): { target: SecretTarget; section?: Raw } {
    const config = configOf(connect);
    const own = declaredIn(config).find((name) => config[`config.providers.${name}.class`] === kubernetesProviderClass);
    const strimzis = connect && strimziRelease(version).configProviders.includes("strimzisecrets");
    const existing = kind === "kubernetes" ? (own ?? (strimzis ? "strimzisecrets" : undefined)) : undefined;
    const target = { provider: existing ?? "secretManager", kind, namespace, prefix };
    if (existing) return { target };
    return { target, section: { provider: kind, ...(kind === "aws-secrets-manager" ? { prefix } : {}) } };
}

/** Providers that references name and nothing declares. Those with a usual name are declared by it. */
export function declareMissingProviders(
    draft: Draft,
    connect: Raw,
    connectors: readonly Raw[],
    known: readonly string[],
): void {
    const config = { ...(isPlainObject(connect.config) ? connect.config : {}) };
    const declared = declaredIn(config);
    const named = connectors.flatMap((item) =>
        Object.values(isPlainObject(item.config) ? item.config : {}).flatMap((value) =>
            [...String(value).matchAll(/\$\{([A-Za-z][\w-]*):[^}]+\}/g)].map(([, provider]) => provider),
        ),
    );
    const missing = [...new Set(named)].filter((name) => !declared.includes(name) && !known.includes(name));
    for (const name of missing) {
        config["config.providers"] = [...declared, ...missing].join(",");
        const key = `config.providers.${name}.class`;
        config[key] ??= usualProviders[name] ?? placeholder;
        const path = ["connect", "config", key];
        if (usualProviders[name])
            draft.note(
                "warning",
                `the source does not show how the config provider "${name}" is declared; assumed`,
                path,
            );
        else draft.note("missing", `connectors refer to the config provider "${name}": write its class`, path);
    }
    if (missing.length > 0) connect.config = config;
}
