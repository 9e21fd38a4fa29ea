/** The list of objects to adopt, against what the stack declares. */
import type { ResolvedConnector } from "../connectors/template";
import { issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { topicResourceName } from "../strimzi/kafkaTopic";
import { hintFor } from "../util/nearest";

/** Strimzi objects that the stack declares under a name of the stack file, as KIND/NAME. */
export function declaredObjects(parsed: ParsedSections, connectors: readonly ResolvedConnector[]): string[] {
    const { connect, kafkaAccess, kafkaCluster, manifests = [] } = parsed;
    return [
        ...(connect?.install ? [`KafkaConnect/${connect.name}`] : []),
        ...manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`),
        ...connectors.map(({ name }) => `KafkaConnector/${name}`),
        ...(kafkaCluster ? [`Kafka/${kafkaCluster.name}`] : []),
        ...(kafkaCluster?.nodePools ?? []).map(({ name }) => `KafkaNodePool/${name}`),
        ...(kafkaAccess?.topics ?? []).map(({ name, resource }) => `KafkaTopic/${resource ?? topicResourceName(name)}`),
    ];
}

/** Kinds whose objects all have a name of the stack file. */
const namedKinds = ["KafkaConnect", "KafkaConnector", "Kafka", "KafkaNodePool", "KafkaTopic"];

/** Items that name no object of the stack: the object that was meant would be created, and creating it would fail. */
export function checkAdopt(parsed: ParsedSections, connectors: readonly ResolvedConnector[]): Issue[] {
    const declared = declaredObjects(parsed, connectors);
    return (parsed.adopt ?? []).flatMap((item, index) => {
        if (declared.includes(item) || !namedKinds.includes(item.split("/")[0])) return [];
        return issue("KCP_UNUSED_SETTING", ["adopt", index], `the stack declares no ${item}${hintFor(item, declared)}`);
    });
}
