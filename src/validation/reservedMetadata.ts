/**
 * Labels and annotations that Strimzi, Pulumi or the platform controls: those that they refuse or replace, and commands
 * that a declaration would give again and again.
 */
import type { ResolvedConnector } from "../connectors/template";
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { selectorOf } from "../util/pod";
import { objectPlaces, podPlaces, type MetadataPlace } from "./metadataPlaces";

const clusterLabel = "strimzi.io/cluster";

/** Whether the platform creates the object: in `manifests` it is the user's own. */
const isOfPlatform = ({ at }: MetadataPlace): boolean => at[0] !== "manifests";

const namesStarting = (names: Readonly<Record<string, unknown>>, prefix: string): string[] =>
    Object.keys(names).filter((name) => name.startsWith(prefix));

/** Strimzi rejects a resource whose pods would have such names (Labels.java, Util.mergeLabelsOrAnnotations). */
const strimziNames = ({ at, labels, annotations }: MetadataPlace): Issue[] =>
    Object.entries({ labels, annotations }).flatMap(([key, names]) =>
        namesStarting(names, "strimzi.io").map((name) =>
            invalidValue([...at, key, name], name, "another prefix than strimzi.io", {
                reason: "Strimzi rejects a resource whose pods have such a name",
            }),
        ),
    );

/** Names of the clusters that resources belong to. */
interface Clusters {
    readonly connect?: string;
    readonly kafka?: string;
}

/** Kinds whose resources belong to a cluster, by a label that the platform sets. */
const members = ["KafkaConnector", "KafkaTopic", "KafkaUser"];

/**
 * Labels of the resources: the pods of a KafkaConnect inherit them. Its label strimzi.io/cluster can name another
 * resource, often the Kafka: Strimzi replaces it on the pods.
 */
function resourceLabels(place: MetadataPlace, clusters: Clusters): Issue[] {
    const { at, kind, labels } = place;
    const isMember = members.includes(kind) && isOfPlatform(place);
    const label = isMember ? labels[clusterLabel] : undefined;
    const cluster = kind === "KafkaConnector" ? clusters.connect : clusters.kafka;
    const replaced = label !== undefined && label !== cluster;
    const refused = kind === "KafkaConnect" ? namesStarting(labels, "strimzi.io/") : [];
    return [
        ...(replaced
            ? [
                  issue(
                      "KCP_UNUSED_SETTING",
                      [...at, "labels", clusterLabel],
                      `unused: the platform sets the cluster of a ${kind}${cluster ? `, ${cluster}` : ""}; remove it`,
                  ),
              ]
            : []),
        ...refused
            .filter((label) => label !== clusterLabel)
            .map((label) =>
                invalidValue([...at, "labels", label], label, "another prefix than strimzi.io", {
                    reason: "Strimzi rejects a KafkaConnect with such a label",
                }),
            ),
    ];
}

/** The values that the platform gives the annotations of Pulumi's provider. */
const platformValues: Readonly<Record<string, readonly [value: string | undefined, reason: string]>> = {
    "pulumi.com/patchForce": ["true", "without it an edit by hand makes each later `pulumi up` fail with a conflict"],
    "pulumi.com/skipAwait": ["true", "the platform itself waits for the resource; see connect.wait"],
    "pulumi.com/waitFor": [undefined, "the platform itself waits for the resource; see connect.wait"],
};

const ofMembers: typeof platformValues = {
    "pulumi.com/deletionPropagationPolicy": [
        "background",
        "after an upgrade of Strimzi a foreground deletion never ends, and the resource owns nothing to orphan",
    ],
};

/** Annotations for Pulumi's provider on resources that the platform creates. On manifests they are the user's. */
const providerAnnotations = (place: MetadataPlace): Issue[] =>
    isOfPlatform(place) ? changedProviderAnnotations(place) : [];

const changedProviderAnnotations = ({ at, kind, annotations }: MetadataPlace): Issue[] =>
    Object.entries(members.includes(kind) ? { ...platformValues, ...ofMembers } : platformValues)
        .filter(([name, [value]]) => annotations[name] !== undefined && annotations[name] !== value)
        .map(([name, [, reason]]) =>
            issue("KCP_MANAGED_SETTING", [...at, "annotations", name], `remove it: ${reason}`),
        );

/** Annotations for Pulumi's provider on pods, which are no resources of Pulumi. */
const annotationsOfPods = ({ at, annotations }: MetadataPlace): Issue[] =>
    namesStarting(annotations, "pulumi.com/").map((name) =>
        issue("KCP_UNUSED_SETTING", [...at, "annotations", name], "unused: Pulumi reads it on resources, not on pods"),
    );

/** Labels by which a Deployment finds its pods; those of the stack file are replaced. */
function selectorLabels({ at, kind, labels }: MetadataPlace): Issue[] {
    if (kind !== "pod") return [];
    return Object.keys(selectorOf("", ""))
        .filter((name) => labels[name] !== undefined)
        .map((name) =>
            issue(
                "KCP_UNUSED_SETTING",
                [...at, "labels", name],
                "unused: the Deployment finds its pods by this label, so that the platform sets it; use another label",
            ),
        );
}

/** Commands to the operator, which executes one and removes the annotation. */
const commands = [
    ...["restart", "restart-task", "restart-connector", "restart-connector-task", "connector-offsets", "rebalance"],
    ...["manual-rolling-update", "force-rebuild", "delete-pod-and-pvc", "force-renew", "force-replace"],
].map((name) => `strimzi.io/${name}`);

const doubt = (at: SettingPath, name: string, message: string): Issue =>
    issue("KCP_CONFLICTING_SETTINGS", [...at, "annotations", name], message);

/** Labels and annotations of an object that do what a declaration should not do. */
function doubtfulAnnotations({ at, kind, annotations }: MetadataPlace): Issue[] {
    const given = commands.filter((name) => annotations[name] !== undefined);
    const isPaused = String(annotations["strimzi.io/pause-reconciliation"]) === "true";
    const isUnmanaged = kind === "KafkaTopic" && String(annotations["strimzi.io/managed"]) === "false";
    const deletion = "pulumi.com/deletionPropagationPolicy";
    const isOrphaning = kind === "KafkaConnect" && String(annotations[deletion]).toLowerCase() === "orphan";
    const applied = "kubectl.kubernetes.io/last-applied-configuration";
    return [
        ...given.map((name) =>
            doubt(
                at,
                name,
                "a command that the operator executes once and then removes, so that `pulumi up --refresh` gives it " +
                    "again; use `kubectl annotate`",
            ),
        ),
        ...(isPaused
            ? [
                  doubt(
                      at,
                      "strimzi.io/pause-reconciliation",
                      "the operator applies no change of it, and `pulumi up` fails on the next one; remove it",
                  ),
              ]
            : []),
        ...(isUnmanaged
            ? [doubt(at, "strimzi.io/managed", "the operator neither creates nor changes this topic; remove it")]
            : []),
        ...(isOrphaning ? [doubt(at, deletion, "`pulumi destroy` would leave the workers running; remove it")] : []),
        ...(annotations[applied] === undefined
            ? []
            : [doubt(at, applied, "kubectl's own record of what it applied last; Pulumi does not use it, remove it")]),
    ];
}

/** Labels and annotations that are refused or replaced, and annotations that are probably a mistake. */
export function reservedMetadataFindings(
    sections: ParsedSections,
    connectors: readonly ResolvedConnector[],
): { errors: Issue[]; warnings: Issue[] } {
    const { connect, kafkaAccess, kafkaCluster } = sections;
    const clusters = {
        connect: connect?.use ? connect.use.name : connect?.name,
        kafka: kafkaCluster?.name ?? kafkaAccess?.cluster,
    };
    const objects = objectPlaces(sections, connectors);
    const ofObjects = objects.flatMap((place) => [...resourceLabels(place, clusters), ...providerAnnotations(place)]);
    const ofPods = podPlaces(sections).flatMap((place) => [
        ...(place.kind === "template" ? strimziNames(place) : []),
        ...annotationsOfPods(place),
        ...selectorLabels(place),
    ]);
    return { errors: [...ofObjects, ...ofPods], warnings: objects.flatMap(doubtfulAnnotations) };
}
