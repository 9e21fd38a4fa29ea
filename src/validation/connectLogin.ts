/** Which Kafka Connect uses, and its login to the Kafka cluster of the stack. */
import { invalidValue, issue, missingSetting, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { clientListener } from "../strimzi/kafka";
import { clientAuthentication } from "../strimzi/ownKafka";

/** The longest common name of a certificate, which is the name of the user (RFC 5280, ub-common-name). */
const commonNameLength = 64;

export function checkConnectLogin({ kafkaCluster: cluster, connect }: ParsedSections): Issue[] {
    if (!cluster || !connect?.install) return [];
    const issues: Issue[] = [];
    const authentication = clientAuthentication(cluster);
    if (authentication && cluster.namespace && cluster.namespace !== connect.namespace)
        issues.push(
            invalidValue(["kafkaCluster", "namespace"], cluster.namespace, connect.namespace, {
                code: "KCP_CROSS_NAMESPACE_SECRET",
                reason: "the pods of Connect mount Secrets of this cluster",
            }),
        );
    if (authentication && connect.name.length > commonNameLength)
        issues.push(
            invalidValue(["connect", "name"], connect.name, `at most ${commonNameLength} characters`, {
                reason: "it is the common name of Connect's certificate",
            }),
        );
    const isEnabled = cluster.connectBy === undefined || cluster.listeners[cluster.connectBy];
    if (!authentication && cluster.authorization === "simple" && clientListener(cluster) && isEnabled)
        issues.push(
            issue(
                "KCP_CONFLICTING_SETTINGS",
                ["kafkaCluster", "authorization"],
                "on the plain listener Connect is ANONYMOUS, which has no ACLs; " +
                    "enable the listener tls or scram, or set authorization to none",
            ),
        );
    if (cluster.connectAcls.length > 0 && cluster.authorization === "none")
        issues.push(
            issue(
                "KCP_UNUSED_SETTING",
                ["kafkaCluster", "connectAcls"],
                "unused: kafkaCluster.authorization is none, which checks no ACLs",
            ),
        );
    return issues;
}

/**
 * Exactly one of `kafka` and `kafkaCluster` decides which Kafka Connect uses.
 *
 * @param raw the settings as they are written
 * @param invalid names of the sections that have issues
 */
export function checkKafkaSource(
    raw: Readonly<Record<string, unknown>>,
    { kafkaCluster, kafka, connect }: ParsedSections,
    invalid: ReadonlySet<string>,
): Issue[] {
    if (["kafkaCluster", "kafka", "connect"].some((section) => invalid.has(section))) return [];
    if (kafkaCluster)
        return Object.keys((raw.kafka as object | null | undefined) ?? {})
            .filter((key) => key !== "schemaRegistry")
            .map((key) =>
                issue(
                    "KCP_CONFLICTING_SETTINGS",
                    ["kafka", key],
                    "conflicts with kafkaCluster, which decides it; remove one of the two",
                ),
            );
    if (kafka?.bootstrapServers !== "" || connect?.install === false) return [];
    return [missingSetting(["kafka", "bootstrapServers"], "host:port, or the section kafkaCluster")];
}
