/**
 * The provider does not wait for Strimzi's resources, whatever PULUMI_K8S_AWAIT_ALL says: StatusWatch does. Deletions are
 * awaited all the same.
 * @see https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/ (pulumi.com/skipAwait)
 */
export const notAwaited = { "pulumi.com/skipAwait": "true" };
