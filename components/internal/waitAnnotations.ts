/** Whether Pulumi's Kubernetes provider waits for an object, as annotations and timeouts of a resource. */

/**
 * The provider does not wait, whatever PULUMI_K8S_AWAIT_ALL is set to. Deletions are still awaited.
 * @see https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/ (pulumi.com/skipAwait)
 */
export const skipAwait: Record<string, string> = { "pulumi.com/skipAwait": "true" };

/**
 * The provider waits until a Kafka, KafkaTopic or KafkaUser is Ready. KafkaConnect and KafkaConnector are waited for by
 * readinessWatcher.ts.
 * @see https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/ (pulumi.com/waitFor)
 */
export const waitAnnotations = (waitForReady: boolean): Record<string, string> =>
    waitForReady ? { "pulumi.com/waitFor": "condition=Ready" } : skipAwait;

/** How long the provider waits when it creates or updates an object. */
export const waitTimeouts = (minutes: number) => ({ create: `${minutes}m`, update: `${minutes}m` });

/**
 * The provider deletes the object at once instead of after its dependents (foreground), for kinds that have none to
 * wait for. Kubernetes' garbage collector remembers an object by the API version in which it saw it first. After the
 * upgrade to Strimzi 1.x that version, `v1beta2`, does not exist, and until the controller manager restarts, a
 * foreground deletion never ends.
 * @see https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/ (deletionPropagationPolicy)
 */
export const deleteAtOnce: Record<string, string> = { "pulumi.com/deletionPropagationPolicy": "background" };
