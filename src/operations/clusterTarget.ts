/** A Connect cluster on Kubernetes, by its KafkaConnectors: states and restarts go through the operator. */
import { KafkaConnectors, type ObservedKafkaConnector } from "../strimzi/kafkaConnectors";
import { ClusterApi, kubectlFlags, type ClusterAccess } from "../util/clusterApi";
import { ConnectRest, type ConnectorStatus } from "../util/connectRest";
import { otherManagers } from "./managers";
import { openTunnel, type Tunnel } from "./portForward";
import type { ConnectTarget } from "./target";

/** The status that the operator recorded. Where it has none yet, or could not create the connector, its message. */
export function recordedStatus({
    metadata,
    status,
}: Pick<ObservedKafkaConnector, "metadata" | "status">): ConnectorStatus {
    const notReady = status?.conditions?.find((item) => item.type === "NotReady" && item.status === "True");
    const recorded = status?.connectorStatus;
    return {
        name: metadata.name,
        connector: recorded?.connector ?? {
            state: notReady ? "FAILED" : "UNKNOWN",
            trace: notReady?.message,
        },
        tasks: recorded?.tasks ?? [],
        otherManagers: otherManagers(metadata),
    };
}

const annotations = { restart: "strimzi.io/restart", restartTask: "strimzi.io/restart-task" };

/** The operator reconciles every two minutes by default. */
const restartTimeoutMs = 180_000;

/** Where a Connect cluster is. */
export interface ClusterLocation extends ClusterAccess {
    readonly namespace: string;
    /** Name of the KafkaConnect. */
    readonly name: string;
    /** `kafka.strimzi.io/v1` */
    readonly apiVersion: string;
    /** Address of the REST API; without it a tunnel is opened. */
    readonly connect?: string;
}

/** The Connect cluster in a namespace. */
export async function clusterTarget(location: ClusterLocation): Promise<ConnectTarget> {
    const { namespace, name: cluster, apiVersion } = location;
    const api = await ClusterApi.connect(location);
    const connectors = new KafkaConnectors(api, { namespace, cluster, apiVersion });
    let tunnel: Tunnel | undefined;
    /** Annotates, and waits until the operator has removed the annotation, because it restarts one task at a time. */
    const annotate = async (name: string, annotation: string, value: string) => {
        await connectors.annotate(name, { [annotation]: value });
        await connectors.until(
            name,
            restartTimeoutMs,
            ({ metadata }) => metadata.annotations?.[annotation] === undefined,
            () =>
                new Error(
                    `the operator has not restarted ${name} within ${restartTimeoutMs / 1000} s; look at its log`,
                ),
        );
    };
    const restartTask = (name: string, task: number) => annotate(name, annotations.restartTask, String(task));
    return {
        description: `namespace ${namespace} of ${api.server}`,
        stateNote: "The next `pulumi up` sets the states of the stack file again.",
        connectors: async () => (await connectors.list()).map(recordedStatus),
        restart: async (name) => {
            // the operator restarts the connector alone for this annotation (AbstractConnectOperator), not its tasks
            await annotate(name, annotations.restart, "true");
            const { tasks } = recordedStatus(await connectors.read(name));
            for (const { id } of tasks) await restartTask(name, id);
        },
        restartTask,
        setState: (name, state) => connectors.patch(name, { spec: { state } }),
        rest: async () => {
            if (location.connect) return new ConnectRest(location.connect);
            tunnel ??= await openTunnel(kubectlFlags(location), namespace, cluster);
            return new ConnectRest(tunnel.url);
        },
        close: () => tunnel?.close(),
    };
}
