/** How Connect reaches the stack's Kafka cluster, and the user that it logs in as. Pure. */
import { bootstrapOf, clientListener, clusterCaSecret } from "./kafka";
import { brokersOf } from "./kafkaNodePool";
import { replicationOf } from "./brokerConfig";
import type { UserAuthentication } from "./kafkaUser";
import type { ConnectSettings } from "../schema/connect";
import type { KafkaSettings } from "../schema/kafka";
import type { KafkaAccessSettings } from "../schema/kafkaAccess";
import type { KafkaClusterSettings } from "../schema/kafkaCluster";

/** Namespace of the cluster, its topics and users. */
export const kafkaNamespace = (
    cluster: KafkaClusterSettings | undefined,
    connect: Pick<ConnectSettings, "namespace">,
    access?: KafkaAccessSettings,
): string => cluster?.namespace ?? access?.namespace ?? connect.namespace;

/**
 * How a client of the stack logs in to the stack's Kafka cluster; undefined on the plain listener, which has no
 * login.
 */
export function clientAuthentication(cluster: KafkaClusterSettings): UserAuthentication | undefined {
    switch (clientListener(cluster)) {
        case "tls":
            return "tls";
        case "scram":
            return "scram-sha-512";
        default:
            return undefined;
    }
}

/** The section `kafka` for the stack's Kafka cluster: its listener, its CA certificate and the user's Secret. */
export function kafkaOfCluster(
    cluster: KafkaClusterSettings,
    connect: ConnectSettings,
    otherwise: KafkaSettings,
): KafkaSettings {
    const listener = clientListener(cluster);
    if (!listener) return otherwise;
    const type = clientAuthentication(cluster);
    const login = type ? { type, secretName: connect.name, ...(type === "tls" ? {} : { username: connect.name }) } : {};
    return {
        bootstrapServers: bootstrapOf(cluster.name, kafkaNamespace(cluster, connect), listener),
        tls:
            listener === "plain"
                ? undefined
                : { trustedCertificates: [{ secretName: clusterCaSecret(cluster.name), certificate: "ca.crt" }] },
        authentication: { ...otherwise.authentication, ...login },
        brokers: brokersOf(cluster),
        schemaRegistry: otherwise.schemaRegistry,
        replicationFactor: replicationOf(cluster),
    };
}
