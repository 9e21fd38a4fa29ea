/** Selectors of further objects against the pods of the stack, by the labels that Strimzi gives them. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { Manifest } from "../schema/manifests";
import type { ParsedSections } from "../schema/sections";
import { manifestNamespace } from "../strimzi/manifestPlace";
import { isObject, valueAt } from "../util/data";
import { suggestionFor } from "../util/nearest";

/** Where objects of a kind select pods. */
const selectors: Readonly<Record<string, readonly string[]>> = {
    PodMonitor: ["spec", "selector", "matchLabels"],
    ServiceMonitor: ["spec", "selector", "matchLabels"],
    NetworkPolicy: ["spec", "podSelector", "matchLabels"],
    PodDisruptionBudget: ["spec", "selector", "matchLabels"],
    Service: ["spec", "selector"],
};

/** The ends of `strimzi.io/name` by the kind of the resource: NAME-connect, NAME-kafka. */
const components: Readonly<Record<string, readonly string[]>> = {
    KafkaConnect: ["connect"],
    Kafka: ["kafka", "entity-operator", "cruise-control", "kafka-exporter", "zookeeper"],
    KafkaBridge: ["bridge"],
    KafkaMirrorMaker2: ["mirrormaker2"],
};

interface Cluster {
    readonly kind: string;
    readonly name: string;
}

/** Strimzi's clusters that exist because of the stack file. */
function clustersOf({ connect, kafkaCluster, kafkaAccess, manifests = [] }: ParsedSections): Cluster[] {
    const kafka = kafkaCluster?.name ?? kafkaAccess?.cluster;
    return [
        ...(connect ? [{ kind: "KafkaConnect", name: connect.use?.name ?? connect.name }] : []),
        ...(kafka === undefined ? [] : [{ kind: "Kafka", name: kafka }]),
        ...manifests
            .filter(({ kind }) => Object.hasOwn(components, kind))
            .map(({ kind, metadata }) => ({ kind, name: metadata.name })),
    ];
}

/** Labels that no pod of the stack has. */
function labelWarnings(labels: Readonly<Record<string, unknown>>, at: SettingPath, clusters: Cluster[]): Issue[] {
    const known = {
        "strimzi.io/cluster": clusters.map(({ name }) => name),
        "strimzi.io/kind": [...Object.keys(components), "cluster-operator"],
        "strimzi.io/name": clusters.flatMap(({ kind, name }) => components[kind].map((end) => `${name}-${end}`)),
    };
    return Object.entries(known).flatMap(([label, values]) => {
        const value = labels[label];
        if (value === undefined || values.includes(String(value))) return [];
        const reason = suggestionFor(String(value), values) ?? "no pod of the stack has this label";
        return [invalidValue([...at, label], value, `one of ${values.join(", ")}`, { reason })];
    });
}

/** A second budget for pods that have Strimzi's: Kubernetes then refuses every eviction. */
function secondBudget(object: Manifest, at: SettingPath, { connect, strimzi }: ParsedSections): Issue[] {
    if (object.kind !== "PodDisruptionBudget" || !connect?.install) return [];
    const cluster = valueAt(object.spec, ["selector", "matchLabels", "strimzi.io/cluster"]);
    const isElsewhere = manifestNamespace(object, connect.namespace) !== connect.namespace;
    const isDisabled = valueAt(strimzi?.values, ["generatePodDisruptionBudget"]) === false;
    return cluster !== connect.name || isElsewhere || isDisabled
        ? []
        : [
              issue(
                  "KCP_MANAGED_BY_TWO",
                  [...at, "kind"],
                  "Strimzi creates a budget for the workers, and Kubernetes evicts no pod that has two; " +
                      "set connect.maxUnavailable",
              ),
          ];
}

/** Objects that Strimzi creates for the workers, by their kind. */
const ofWorkers: Readonly<Record<string, readonly string[]>> = {
    ServiceAccount: ["connect"],
    Service: ["connect", "connect-api"],
    ConfigMap: ["connect-config"],
    PodDisruptionBudget: ["connect"],
    NetworkPolicy: ["connect"],
};

/** An object with the name of one that Strimzi creates: both would write it. */
function takenName(object: Manifest, at: SettingPath, { connect }: ParsedSections): Issue[] {
    const ends = Object.hasOwn(ofWorkers, object.kind) ? ofWorkers[object.kind] : [];
    const isTaken = ends.some((end) => object.metadata.name === `${connect?.name}-${end}`);
    return connect?.install && isTaken && manifestNamespace(object, connect.namespace) === connect.namespace
        ? [
              issue(
                  "KCP_MANAGED_BY_TWO",
                  [...at, "metadata", "name"],
                  `Strimzi creates this ${object.kind} for the workers; use another name, or template in connect.spec`,
              ),
          ]
        : [];
}

/** What is probably wrong with an object that selects pods, or that has the name of one of Strimzi's. */
export function manifestSelectorWarnings(object: Manifest, sections: ParsedSections, at: SettingPath): Issue[] {
    const path = Object.hasOwn(selectors, object.kind) ? selectors[object.kind] : undefined;
    const labels = path && valueAt(object, path);
    return [
        ...(path && isObject(labels) ? labelWarnings(labels, [...at, ...path], clustersOf(sections)) : []),
        ...secondBudget(object, at, sections),
        ...takenName(object, at, sections),
    ];
}
