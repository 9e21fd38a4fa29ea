/** Access to the REST API of a Connect cluster for other pods. Pure. */
import type { ConnectSettings } from "../schema/connect";
import { compact } from "../util/data";
import { restPort } from "./kafkaConnect";

/**
 * The `spec` of a NetworkPolicy that admits further pods. Strimzi's policy admits only the workers and the operator,
 * and the operator reverts changes to it; policies add up, so this one extends it.
 */
export function restAccessSpec(connect: ConnectSettings) {
    return {
        podSelector: {
            matchLabels: {
                "strimzi.io/cluster": connect.name,
                "strimzi.io/kind": "KafkaConnect",
                "strimzi.io/name": `${connect.name}-connect`,
            },
        },
        policyTypes: ["Ingress"],
        ingress: [
            {
                from: connect.allowFrom.map(({ namespace, podLabels }) =>
                    compact({
                        namespaceSelector: namespace
                            ? { matchLabels: { "kubernetes.io/metadata.name": namespace } }
                            : undefined,
                        podSelector: Object.keys(podLabels).length > 0 ? { matchLabels: podLabels } : undefined,
                    }),
                ),
                ports: [{ port: restPort, protocol: "TCP" }],
            },
        ],
    };
}
