/** The two Connect clusters of `kcp move`: by REST address, or as a KafkaConnect of a Kubernetes cluster. */
import { MoveError, type ConnectSide } from "../src/move/connectSide";
import { RestSide } from "../src/move/restSide";
import { StrimziSide } from "../src/move/strimziSide";
import { openTunnel, type Tunnel } from "../src/operations/portForward";
import type { Settings } from "../src/stack/settings";
import type { KubernetesObject } from "../src/synth/synth";
import { ClusterApi, kubectlFlags, type ClusterAccess } from "../src/util/clusterApi";

/** The arguments that say what is moved where. */
export interface SideArguments {
    /** REST API of the source, or NAMESPACE/NAME of a KafkaConnect. */
    readonly from: string;
    /** Cluster of the source. Default: `kubeconfig`. */
    readonly fromKubeconfig?: string;
    /** Context within it. Default: `context`. */
    readonly fromContext?: string;
    /** REST API of the target. With a kubeconfig, default: a tunnel. */
    readonly to?: string;
    /** Cluster in which Strimzi runs the target: connectors are KafkaConnectors there. */
    readonly kubeconfig?: string;
    /** Context within the kubeconfig. */
    readonly context?: string;
}

/** The stack whose connectors are moved, as far as a move needs it. */
export interface TargetStack {
    readonly settings: Settings;
    readonly connectors: ReadonlyMap<string, KubernetesObject>;
}

/** A side, and what ends the way to it. */
export interface OpenSide {
    readonly side: ConnectSide;
    readonly close: () => void;
}

/** `NAMESPACE/NAME` of a KafkaConnect. */
const kafkaConnect = /^([a-z0-9][a-z0-9-]*)\/([a-z0-9][a-z0-9.-]*)$/;

function restSide(option: string, address: string): RestSide {
    if (/^https?:\/\//.test(address)) return new RestSide(address);
    const orConnect = option === "from" ? ", or NAMESPACE/NAME of a KafkaConnect" : "";
    throw new MoveError(`--${option} ${address}: expected the address of Kafka Connect's REST API${orConnect}.`);
}

/**
 * The KafkaConnect that runs the connectors. Its operator starts a connector again whose KafkaConnector is not stopped.
 */
async function strimziSource(access: ClusterAccess, namespace: string, cluster: string): Promise<OpenSide> {
    const api = await ClusterApi.connect(access);
    const group = await api.get<{ preferredVersion: { groupVersion: string } }>("/apis/kafka.strimzi.io");
    const apiVersion = group.preferredVersion.groupVersion;
    const path = `/apis/${apiVersion}/namespaces/${namespace}/kafkaconnects/${cluster}`;
    const connect = await api.find<{ metadata: { annotations?: Record<string, string> } }>(path);
    if (!connect) throw new MoveError(`--from: the namespace ${namespace} has no KafkaConnect ${cluster}.`);
    const tunnel = await openTunnel(kubectlFlags(access), namespace, cluster, "--from");
    const rest = new RestSide(tunnel.url, `KafkaConnect ${namespace}/${cluster} of ${api.server}`);
    const hasResources = connect.metadata.annotations?.["strimzi.io/use-connector-resources"] === "true";
    const location = { namespace, cluster, apiVersion, declared: () => undefined };
    return { side: hasResources ? new StrimziSide(api, rest, location) : rest, close: () => tunnel.close() };
}

/** The Connect cluster that runs the connectors. */
export async function openSource(args: SideArguments): Promise<OpenSide> {
    const { from, fromKubeconfig, fromContext } = args;
    const [, namespace, name] = kafkaConnect.exec(from) ?? [];
    if (namespace === undefined) return { side: restSide("from", from), close: () => undefined };
    const access = fromKubeconfig
        ? { kubeconfig: fromKubeconfig, context: fromContext }
        : { kubeconfig: args.kubeconfig, context: fromContext ?? args.context };
    return strimziSource(access, namespace, name);
}

/** The target on Kubernetes, whose REST API is reached by a tunnel unless its address is given. */
async function strimziTarget(args: SideArguments, target: TargetStack | undefined): Promise<OpenSide> {
    const { kubeconfig, context, to } = args;
    if (!target) throw new MoveError("--kubeconfig needs --stack, which says what the KafkaConnectors are.");
    const { connect, release } = target.settings;
    const { name: cluster, namespace } = connect;
    const given = to === undefined ? undefined : restSide("to", to);
    const api = await ClusterApi.connect({ kubeconfig, context });
    const tunnel: Tunnel | undefined = given
        ? undefined
        : await openTunnel(kubectlFlags(args), namespace, cluster, "--to");
    const declared = (name: string) => target.connectors.get(name);
    const location = { namespace, cluster, apiVersion: release.apiVersion, declared };
    const side = new StrimziSide(api, given ?? new RestSide(tunnel!.url), location);
    return { side, close: () => tunnel?.close() };
}

/** The Connect cluster that will run the connectors. */
export async function openTarget(args: SideArguments, target: TargetStack | undefined): Promise<OpenSide> {
    if (args.kubeconfig !== undefined) return strimziTarget(args, target);
    if (args.to === undefined) throw new MoveError("--to or --kubeconfig is required: where the connectors will run.");
    return { side: restSide("to", args.to), close: () => undefined };
}
