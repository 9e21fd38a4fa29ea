/** A stack's settings for a run on this machine. Pure. */

/** Groups that are of a Kafka in the cluster: a run on this machine brings its own. */
const ofTheCluster = ["kafkaCluster", "kafkaAccess", "httpBridge"];

/** The settings with the Kafka at `bootstrapServers` in place of the stack's own, and files in place of Kubernetes' Secrets. */
export function atLocalKafka(
    raw: Readonly<Record<string, unknown>>,
    bootstrapServers: string,
): Record<string, unknown> {
    const secrets = raw.secrets as { provider?: string; name?: string } | undefined;
    return {
        ...Object.fromEntries(Object.entries(raw).filter(([key]) => !ofTheCluster.includes(key))),
        kafka: { ...(raw.kafka as object | undefined), bootstrapServers },
        ...(secrets?.provider === "kubernetes" ? { secrets: { ...secrets, provider: "file" } } : {}),
    };
}
