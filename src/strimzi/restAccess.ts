/** Who else may reach the REST API of a Connect cluster. Pure. */
import type { ConnectSettings } from "../schema/connect";
import { compact } from "../util/data";
import { restPort } from "./kafkaConnect";

/**
 * The `spec` of a NetworkPolicy beside the one Strimzi makes, which admits the workers and the operator only and is put
 * back when it is edited. Policies add up, so this one widens it.
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
