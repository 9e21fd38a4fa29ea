/** The Kafka cluster of the HTTP bridge and the user that the bridge logs in as. Pure. */
import { bridgeAcls } from "./acls";
import type { BridgeKafka } from "./bridge";
import { bootstrapOf, clusterCaSecret } from "./kafka";
import type { KafkaUserDefinition } from "./kafkaUser";
import type { ConnectSettings } from "../schema/connect";
import type { HttpBridgeSettings } from "../schema/httpBridge";
import type { KafkaAccessSettings } from "../schema/kafkaAccess";
import type { KafkaClusterSettings } from "../schema/kafkaCluster";
import { kafkaNamespace } from "./ownKafka";

interface Read {
    httpBridge?: HttpBridgeSettings;
    kafkaCluster?: KafkaClusterSettings;
    kafkaAccess?: KafkaAccessSettings;
    connect: Pick<ConnectSettings, "namespace">;
}

/** Namespace of the bridge. The Secrets that it mounts must be in the same namespace. */
export const bridgeNamespace = ({ httpBridge, kafkaCluster, kafkaAccess, connect }: Read): string =>
    httpBridge?.namespace ?? kafkaNamespace(kafkaCluster, connect, kafkaAccess);

/** Its Kafka cluster: `httpBridge.kafka`, otherwise the one whose users the stack creates. */
export function bridgeKafka(read: Read): BridgeKafka {
    const { httpBridge, kafkaCluster, kafkaAccess, connect } = read;
    if (httpBridge?.kafka) return httpBridge.kafka;
    const cluster = kafkaCluster?.name ?? kafkaAccess?.cluster ?? "";
    return {
        bootstrapServers: bootstrapOf(cluster, kafkaNamespace(kafkaCluster, connect, kafkaAccess), "tls"),
        userSecret: httpBridge!.name,
        caSecret: clusterCaSecret(cluster),
    };
}

/** The user that it logs in as, with the ACLs that it needs; undefined where `httpBridge.kafka` names a user. */
export function bridgeUser({ httpBridge: bridge }: Read): KafkaUserDefinition | undefined {
    if (!bridge || bridge.kafka) return undefined;
    const groups = bridge.consume.length > 0 && bridge.groups.length === 0 ? [bridge.name] : bridge.groups;
    return { name: bridge.name, authentication: "tls", acls: bridgeAcls({ ...bridge, groups }) };
}
