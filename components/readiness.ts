import type { ConnectSettings } from "../settings/connect";

/** How long the engine waits for it, when it is made and when it is changed. */
export const timeouts = ({ timeoutMinutes }: Pick<ConnectSettings, "timeoutMinutes">) => ({ create: `${timeoutMinutes}m`, update: `${timeoutMinutes}m` });

/**
 * Annotations by which the engine waits until a Strimzi resource is Ready. Paused and stopped connectors are Ready too.
 * @see https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/ (pulumi.com/waitFor)
 */
export const readiness = ({ wait }: Pick<ConnectSettings, "wait">): Record<string, string> =>
    wait ? { "pulumi.com/waitFor": "condition=Ready" } : { "pulumi.com/skipAwait": "true" };
