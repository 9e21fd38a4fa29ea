/** The config provider behind references such as `${secretManager:SECRET:KEY}`. Pure. */
import type { FurtherProvider, SecretsSettings } from "../schema/secrets";
import { kubernetesProviderClass } from "./kubernetesSecrets";

/** Configuration of a Connect worker. */
export type WorkerConfig = Record<string, string | number | boolean>;

const awsPluginClasses = {
    csid: "io.confluent.csid.config.provider.aws.SecretsManagerConfigProvider",
    msk: "com.amazonaws.kafka.config.providers.SecretsManagerConfigProvider",
} as const;

const builtInClasses = {
    kubernetes: kubernetesProviderClass,
    file: "org.apache.kafka.common.config.provider.FileConfigProvider",
    directory: "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
    env: "org.apache.kafka.common.config.provider.EnvVarConfigProvider",
} as const;

/** Class of a further provider. */
export const furtherClass = ({ provider, class: className }: FurtherProvider): string =>
    provider ? builtInClasses[provider] : className!;

/** The declarations of the further providers in the worker configuration. */
export const furtherProvidersConfig = (further: readonly FurtherProvider[]): WorkerConfig =>
    Object.assign(
        {},
        ...further.map((item) => ({
            [`config.providers.${item.name}.class`]: furtherClass(item),
            ...Object.fromEntries(
                Object.entries(item.params).map(([key, value]) => [
                    `config.providers.${item.name}.param.${key}`,
                    value,
                ]),
            ),
        })),
    ) as WorkerConfig;

/** Class of the provider. `onImage` means that the image must contain it, because Strimzi's images do not. */
export const secretsProvider = ({ provider, plugin }: SecretsSettings): { class: string; onImage: boolean } =>
    provider === "aws-secrets-manager"
        ? { class: awsPluginClasses[plugin], onImage: true }
        : { class: builtInClasses[provider], onImage: false };

/** The declaration of the provider in the worker configuration. */
export function secretsProviderConfig(secrets: SecretsSettings, region: string | undefined): WorkerConfig {
    const prefix = `config.providers.${secrets.name}`;
    const config: WorkerConfig = { [`${prefix}.class`]: secretsProvider(secrets).class };
    if (secrets.provider !== "aws-secrets-manager") return config;
    // without a region, a worker with the csid plugin exits when it starts
    const awsRegion = secrets.region ?? region ?? "";
    // by default the msk plugin reads a missing secret as an empty string
    if (secrets.plugin === "msk")
        return { ...config, [`${prefix}.param.region`]: awsRegion, [`${prefix}.param.NotFoundStrategy`]: "fail" };
    return {
        ...config,
        [`${prefix}.param.aws.region`]: awsRegion,
        [`${prefix}.param.secret.prefix`]: secrets.prefix ?? "",
    };
}
