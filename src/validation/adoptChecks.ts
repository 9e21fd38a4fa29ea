/** The list of objects to adopt, against what the stack declares. */
import type { ResolvedConnector } from "../connectors/template";
import { issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { topicResourceName } from "../strimzi/kafkaTopic";
import { clientAuthentication } from "../strimzi/ownKafka";
import { duplicates } from "../util/data";
import { hintFor, nearest } from "../util/nearest";

/** Users of the Kafka cluster: those of kafkaAccess, of Connect and of the bridge. */
const declaredUsers = ({ connect, kafkaAccess, kafkaCluster, httpBridge }: ParsedSections): string[] => [
    ...(kafkaAccess?.users ?? []).map(({ name }) => name),
    ...(kafkaCluster && connect?.install && clientAuthentication(kafkaCluster) ? [connect.name] : []),
    ...(httpBridge && !httpBridge.kafka ? [httpBridge.name] : []),
];

/** Namespaces that the stack creates. */
export const createdNamespaces = (sections: ParsedSections): string[] => {
    const { connect, strimzi, kafkaCluster, httpBridge, standaloneConnect } = sections;
    const owners = [
        connect?.install ? connect : undefined,
        strimzi?.install && !connect?.use ? strimzi : undefined,
        ...[kafkaCluster, httpBridge, standaloneConnect],
    ];
    return owners.flatMap((owner) => (owner?.createNamespace && owner.namespace ? [owner.namespace] : []));
};

/** Objects that the stack declares under a name of the stack file, as KIND/NAME. */
export function declaredObjects(parsed: ParsedSections, connectors: readonly ResolvedConnector[]): string[] {
    const { connect, kafkaAccess, kafkaCluster, manifests = [] } = parsed;
    return [
        ...(connect?.install ? [`KafkaConnect/${connect.name}`] : []),
        ...manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`),
        ...connectors.map(({ name }) => `KafkaConnector/${name}`),
        ...(kafkaCluster ? [`Kafka/${kafkaCluster.name}`] : []),
        ...(kafkaCluster?.nodePools ?? []).map(({ name }) => `KafkaNodePool/${name}`),
        ...(kafkaAccess?.topics ?? []).map(({ name, resource }) => `KafkaTopic/${resource ?? topicResourceName(name)}`),
        ...declaredUsers(parsed).map((name) => `KafkaUser/${name}`),
        ...createdNamespaces(parsed).map((name) => `Namespace/${name}`),
    ];
}

/** Kinds whose objects all have a name of the stack file. */
const namedKinds = [
    ...["KafkaConnect", "KafkaConnector", "Kafka", "KafkaNodePool", "KafkaTopic", "KafkaUser", "Namespace"],
];

/** Kinds of other objects that the platform creates. */
const otherKinds = [
    ...["ConfigMap", "Secret", "ServiceAccount", "PersistentVolumeClaim", "Deployment", "Service", "NetworkPolicy"],
    ...["PodDisruptionBudget", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding", "Job", "PodMonitor"],
    ...["PrometheusRule", "CustomResourceDefinition", "KafkaMirrorMaker2", "KafkaBridge", "KafkaRebalance"],
];

/** Items that name no object of the stack: the object that was meant would be created, and creating it would fail. */
export function checkAdopt(parsed: ParsedSections, connectors: readonly ResolvedConnector[]): Issue[] {
    const { adopt = [], manifests = [] } = parsed;
    const declared = declaredObjects(parsed, connectors);
    const kinds = [...namedKinds, ...otherKinds, ...manifests.map(({ kind }) => kind)];
    const unknown = adopt.flatMap((item, index) => {
        const [kind, name] = item.split("/");
        const at = ["adopt", index];
        if (declared.includes(item)) return [];
        if (!kinds.includes(kind)) {
            const meant = nearest(kind, kinds);
            const hint = meant === undefined ? "" : `; did you mean "${meant}/${name}"?`;
            return issue("KCP_UNUSED_SETTING", at, `no stack creates a ${kind}${hint}`);
        }
        if (!namedKinds.includes(kind)) return [];
        return issue("KCP_UNUSED_SETTING", at, `the stack declares no ${item}${hintFor(item, declared)}`);
    });
    const repeated = duplicates(adopt).map((index) =>
        issue("KCP_DUPLICATE_NAME", ["adopt", index], `${adopt[index]} is listed twice; remove one`),
    );
    return [...unknown, ...repeated];
}
