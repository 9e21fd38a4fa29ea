/** Namespaces: those the stack creates, and those the operator has to watch. Pure. */
import type { Settings } from "./settings";
import { bridgeNamespace } from "../strimzi/bridgeKafka";
import { kafkaNamespace } from "../strimzi/ownKafka";

type Read = Pick<Settings, "strimzi" | "connect" | "kafkaCluster" | "kafkaAccess" | "httpBridge" | "standaloneConnect">;

const distinct = (names: readonly string[]): string[] => [...new Set(names)];

/** Namespace of the standalone worker. */
export const standaloneNamespace = ({
    standaloneConnect,
    connect,
}: Pick<Settings, "standaloneConnect" | "connect">): string => standaloneConnect?.namespace ?? connect.namespace;

/** Those it creates. */
export const createdNamespaces = (read: Read): string[] => {
    const { strimzi, connect, kafkaCluster, httpBridge, standaloneConnect } = read;
    return distinct([
        ...(strimzi.install && strimzi.createNamespace ? [strimzi.namespace] : []),
        ...(connect.createNamespace ? [connect.namespace] : []),
        ...(kafkaCluster?.createNamespace ? [kafkaNamespace(kafkaCluster, connect)] : []),
        ...(standaloneConnect?.createNamespace ? [standaloneNamespace(read)] : []),
        ...(httpBridge?.createNamespace ? [bridgeNamespace(read)] : []),
    ]);
};

/** Those the operator watches besides its own. */
export const watchedNamespaces = ({ strimzi, connect, kafkaCluster, kafkaAccess }: Read): string[] =>
    distinct([
        connect.namespace,
        ...(kafkaCluster || kafkaAccess ? [kafkaNamespace(kafkaCluster, connect, kafkaAccess)] : []),
        ...strimzi.watchNamespaces,
    ]).filter((name) => name !== strimzi.namespace);
