/** Further objects against the clusters and namespaces that they belong to. */
import { issue, missingSetting, type Issue, type SettingPath } from "../schema/issues";
import type { Manifest } from "../schema/manifests";
import type { ParsedSections } from "../schema/sections";
import { isStrimziManifest, manifestNamespace } from "../strimzi/manifestPlace";
import { misspelledName } from "../util/nearest";
import { createdNamespaces } from "./adoptChecks";

const clusterLabel = "strimzi.io/cluster";

/** Kinds that belong to another resource of Strimzi, whose name the label has. */
const ownerKinds: Readonly<Record<string, "Kafka" | "KafkaConnect">> = {
    KafkaConnector: "KafkaConnect",
    KafkaNodePool: "Kafka",
    KafkaRebalance: "Kafka",
    KafkaTopic: "Kafka",
    KafkaUser: "Kafka",
};

/** A topic or user operator that was installed by itself can have another label. */
const withOtherLabel = ["KafkaTopic", "KafkaUser"];

/** A KafkaRebalance with the settings of automatic rebalances, which Strimzi copies for each. */
const isTemplate = ({ kind, metadata }: Manifest): boolean =>
    kind === "KafkaRebalance" && String(metadata.annotations?.["strimzi.io/rebalance-template"]) === "true";

const labelPath = (at: SettingPath): SettingPath => [...at, "metadata", "labels", clusterLabel];

function missingLabel(object: Manifest, at: SettingPath): Issue[] {
    const owner = isStrimziManifest(object) && !isTemplate(object) ? ownerKinds[object.kind] : undefined;
    if (owner === undefined || object.metadata.labels?.[clusterLabel] !== undefined) return [];
    return [
        missingSetting(
            labelPath(at),
            `the name of the ${owner} that it belongs to: without it no operator reads the object`,
        ),
    ];
}

/** Objects that the operator ignores, because they name no cluster. */
export const manifestClusterIssues = (object: Manifest, at: SettingPath): Issue[] =>
    withOtherLabel.includes(object.kind) ? [] : missingLabel(object, at);

/** A cluster or a namespace whose name is close to one of the stack, and that the stack does not have. */
export function manifestClusterWarnings(object: Manifest, sections: ParsedSections, at: SettingPath): Issue[] {
    const { connect, kafkaCluster, kafkaAccess, manifests = [], strimzi } = sections;
    const ofManifests = (kind: string) =>
        manifests.filter((other) => other.kind === kind).map(({ metadata }) => metadata.name);
    const clusters = {
        Kafka: [kafkaCluster?.name, kafkaAccess?.cluster, ...ofManifests("Kafka")],
        KafkaConnect: [connect?.use ? connect.use.name : connect?.name, ...ofManifests("KafkaConnect")],
    };
    const label = isStrimziManifest(object) ? object.metadata.labels?.[clusterLabel] : undefined;
    const owner = ownerKinds[object.kind];
    const namespaces = [
        ...createdNamespaces(sections),
        ...ofManifests("Namespace"),
        ...(strimzi?.watchNamespaces ?? []),
        ...[connect?.namespace, strimzi?.namespace, kafkaAccess?.namespace, connect?.use?.namespace],
    ];
    return [
        ...(withOtherLabel.includes(object.kind) ? missingLabel(object, at) : []),
        ...(owner === undefined ? [] : misspelt(label, clusters[owner], labelPath(at), owner)),
        ...misspelt(object.metadata.namespace, namespaces, [...at, "metadata", "namespace"], "namespace"),
        ...unusedNamespace(object, at),
    ];
}

function misspelt(
    name: string | undefined,
    known: readonly (string | undefined)[],
    at: SettingPath,
    kind: string,
): Issue[] {
    const names = known.filter((other) => other !== undefined);
    const meant = name === undefined ? undefined : misspelledName(name, names);
    return meant === undefined
        ? []
        : [issue("KCP_UNDECLARED_NAME", at, `the stack has no ${kind} ${name}; did you mean "${meant}"?`)];
}

/** The namespace of an object that has none. */
const unusedNamespace = (object: Manifest, at: SettingPath): Issue[] =>
    object.metadata.namespace !== undefined &&
    manifestNamespace({ ...object, metadata: { name: object.metadata.name } }, "namespaced") === undefined
        ? [
              issue(
                  "KCP_UNUSED_SETTING",
                  [...at, "metadata", "namespace"],
                  `unused: a ${object.kind} belongs to no namespace; remove it`,
              ),
          ]
        : [];
