/** The secrets of AWS Secrets Manager that a stack refers to. Pure. */
import type { ResolvedConnector } from "../connectors/template";
import type { SecretsSettings } from "../schema/secrets";

/**
 * Names of the secrets, with their prefix, in configurations of connectors and workers. The config provider csid adds
 * the prefix itself.
 */
export function awsSecretNames(
    secrets: SecretsSettings,
    connectors: readonly ResolvedConnector[],
    workerConfig: Readonly<Record<string, unknown>>,
): string[] {
    const prefix = secrets.plugin === "csid" ? (secrets.prefix ?? "") : "";
    const reference = new RegExp(`\\$\\{${secrets.name}:([^:}]+)`, "g");
    const names = [...connectors.map(({ config }) => config), workerConfig]
        .flatMap((config) => Object.values(config))
        .flatMap((value) => [...String(value).matchAll(reference)])
        .map(([, path]) => `${prefix}${path}`);
    return [...new Set(names)].sort();
}
