import type { ConnectSettings } from "../../src/schema/connect";

/** Whether and how long `pulumi up` waits. */
type Wait = Pick<ConnectSettings, "wait" | "timeoutMinutes">;

/**
 * Annotations by which the provider waits until a resource of Kafka's own is Ready; Connect's are StatusWatch's to wait for.
 * @see https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/ (pulumi.com/waitFor)
 */
export const readinessAnnotations = ({ wait }: Pick<Wait, "wait">): Record<string, string> =>
    wait ? { "pulumi.com/waitFor": "condition=Ready" } : skipAwait;

/** How long the provider waits for it, when it is made and when it is changed. */
export const timeouts = ({ timeoutMinutes }: Pick<Wait, "timeoutMinutes">) => ({
    create: `${timeoutMinutes}m`,
    update: `${timeoutMinutes}m`,
});

/**
 * The provider does not wait for Connect's resources, whatever PULUMI_K8S_AWAIT_ALL says: StatusWatch does. Deletions are
 * awaited all the same.
 * @see https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/ (pulumi.com/skipAwait)
 */
export const skipAwait: Record<string, string> = { "pulumi.com/skipAwait": "true" };
