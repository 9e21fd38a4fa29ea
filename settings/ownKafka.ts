/** What follows from a Kafka cluster of the stack's own: how Connect reaches it, and the user it logs in as. Pure. */
import { bootstrapOf, brokersOf, clientListener, clusterCaSecret, replicationOf } from "../strimzi/kafka";
import type { UserAuthentication } from "../strimzi/kafkaUser";
import type { ConnectSettings } from "./connect";
import type { Fault } from "./faults";
import type { ReadGroups } from "./groups";
import type { KafkaSettings } from "./kafka";
import type { KafkaAccessSettings } from "./kafkaAccess";
import type { KafkaClusterSettings } from "./kafkaCluster";

/** Namespace of the cluster, its topics and users. */
export const kafkaNamespace = (
    cluster: KafkaClusterSettings | undefined,
    connect: Pick<ConnectSettings, "namespace">,
    access?: KafkaAccessSettings,
): string => cluster?.namespace ?? access?.namespace ?? connect.namespace;

/** How a client of the stack logs in to its own cluster; undefined on the plain listener, where nobody does. */
export function clientAuthentication(cluster: KafkaClusterSettings): UserAuthentication | undefined {
    const listener = clientListener(cluster);
    return listener === "tls" ? "tls" : listener === "scram" ? "scram-sha-512" : undefined;
}

/** The `kafka` group that Connect works by: the cluster's listener, its authority and the user's Secret. */
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

/** Replaces `kafka` by what follows from the stack's own cluster; saying both is a fault. */
export function useOwnKafka(raw: Readonly<Record<string, unknown>>, read: ReadGroups): Fault[] {
    const { kafkaCluster, kafka, connect } = read;
    const faults: Fault[] = [];
    if (kafkaCluster) {
        const said = Object.keys((raw.kafka as object | null | undefined) ?? {}).filter(
            (key) => key !== "schemaRegistry",
        );
        faults.push(
            ...said.map((key): Fault => ({
                path: ["kafka", key],
                message: "is given, and so is kafkaCluster, of which it follows; leave one of the two out",
            })),
        );
        if (kafka && connect) read.kafka = kafkaOfCluster(kafkaCluster, connect, kafka);
    } else if (!raw.kafkaCluster && kafka?.bootstrapServers === "" && connect?.install !== false) {
        faults.push({
            path: ["kafka", "bootstrapServers"],
            got: undefined,
            wants: "host:port, several separated by commas; or kafkaCluster for a Kafka of the stack's own",
        });
    }
    return faults;
}
