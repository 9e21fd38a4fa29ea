/** The config provider behind references such as `${secretManager:SECRET:KEY}`. Pure. */
import type { SecretsSettings } from "../schema/secrets";
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
} as const;

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
