/** All users of the stack's Kafka: those of the stack file, and those that its own parts log in as. Pure. */
import type { ResolvedConnector } from "../connectors/template";
import { userAcls } from "../strimzi/acls";
import { aclsOfWorkers } from "../strimzi/connectorTopics";
import type { KafkaUserDefinition } from "../strimzi/kafkaUser";
import { bridgeUser } from "../strimzi/bridgeKafka";
import type { ConnectSettings } from "../schema/connect";
import type { HttpBridgeSettings } from "../schema/httpBridge";
import type { KafkaAccessSettings } from "../schema/kafkaAccess";
import type { KafkaClusterSettings } from "../schema/kafkaCluster";
import { clientAuthentication } from "../strimzi/ownKafka";

/** The user that Connect logs in as, with what its own topics and its connectors need and nothing more. */
export const connectUser = (
    cluster: KafkaClusterSettings,
    connect: ConnectSettings,
    connectors: readonly ResolvedConnector[],
): KafkaUserDefinition | undefined => {
    const authentication = clientAuthentication(cluster);
    if (!authentication || !connect.install) return undefined;
    return {
        name: connect.name,
        authentication,
        acls: [...aclsOfWorkers(connect, connectors), ...cluster.connectAcls],
    };
};

/** The users, in the order of the stack file, the stack's own first. */
export function kafkaUsers(settings: {
    httpBridge?: HttpBridgeSettings;
    kafkaCluster?: KafkaClusterSettings;
    kafkaAccess?: KafkaAccessSettings;
    connect: ConnectSettings;
    connectors: readonly ResolvedConnector[];
}): KafkaUserDefinition[] {
    const { kafkaCluster: cluster, kafkaAccess, connect, connectors } = settings;
    const otherwise = cluster && !cluster.listeners.tls ? "scram-sha-512" : "tls";
    const declared = (kafkaAccess?.users ?? []).map((user): KafkaUserDefinition => ({
        name: user.name,
        authentication: user.authentication ?? otherwise,
        acls: userAcls(user),
        quotas: user.quotas,
        metadata: user.metadata,
    }));
    const own = cluster ? connectUser(cluster, connect, connectors) : undefined;
    return [own, bridgeUser(settings), ...declared].filter((user) => user !== undefined);
}
