/** Where a stack file has labels and annotations of objects and of their pods. */
import type { ResolvedConnector } from "../connectors/template";
import type { SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { isObject } from "../util/data";

type Names = Readonly<Record<string, unknown>>;

/** Labels and annotations in one place. */
export interface MetadataPlace {
    readonly at: SettingPath;
    /** Kind of the object; `template` for what Strimzi creates, `pod` for pods of the platform's own Deployments. */
    readonly kind: string;
    /** Name of the object, where it has one. */
    readonly name?: string;
    readonly labels: Names;
    readonly annotations: Names;
}

const namesOf = (value: unknown): Names => (isObject(value) ? value : {});

const place = (at: SettingPath, kind: string, metadata: unknown, name?: string): MetadataPlace => {
    const { labels, annotations } = namesOf(metadata);
    return { at, kind, name, labels: namesOf(labels), annotations: namesOf(annotations) };
};

/** Every `metadata` within the `template` objects of a spec. */
function templatePlaces(value: unknown, at: SettingPath, inTemplate = false): MetadataPlace[] {
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([key, inner]) => {
        const path = [...at, key];
        return inTemplate && key === "metadata"
            ? [place(path, "template", inner)]
            : templatePlaces(inner, path, inTemplate || key === "template");
    });
}

/** The objects of the stack with labels or annotations of the stack file. */
export const objectPlaces = (
    { connect, kafkaAccess, manifests = [] }: ParsedSections,
    connectors: readonly ResolvedConnector[],
): MetadataPlace[] => [
    ...(connect?.install ? [place(["connect", "metadata"], "KafkaConnect", connect.metadata, connect.name)] : []),
    ...connectors.map(({ index, metadata, name }) =>
        place(["connectors", index, "metadata"], "KafkaConnector", metadata, name),
    ),
    ...(kafkaAccess?.topics ?? []).map(({ metadata, name }, index) =>
        place(["kafkaAccess", "topics", index, "metadata"], "KafkaTopic", metadata, name),
    ),
    ...(kafkaAccess?.users ?? []).map(({ metadata, name }, index) =>
        place(["kafkaAccess", "users", index, "metadata"], "KafkaUser", metadata, name),
    ),
    ...manifests.map(({ kind, metadata }, index) =>
        place(["manifests", index, "metadata"], kind, metadata, metadata.name),
    ),
];

/** Pods, and other objects that Strimzi creates, with labels or annotations of the stack file. */
export const podPlaces = (sections: ParsedSections): MetadataPlace[] => {
    const { connect, kafkaCluster, httpBridge, standaloneConnect } = sections;
    const pools = kafkaCluster?.nodePools ?? [];
    return [
        ...(connect?.install ? [place(["connect"], "template", connect)] : []),
        ...templatePlaces(connect?.spec, ["connect", "spec"]),
        ...templatePlaces(kafkaCluster?.spec, ["kafkaCluster", "spec"]),
        ...pools.flatMap(({ spec }, index) => templatePlaces(spec, ["kafkaCluster", "nodePools", index, "spec"])),
        ...(httpBridge
            ? [
                  place(["httpBridge"], "pod", { labels: httpBridge.labels }, httpBridge.name),
                  place(["httpBridge", "template", "metadata"], "pod", httpBridge.template?.metadata, httpBridge.name),
              ]
            : []),
        place(["standaloneConnect", "template", "metadata"], "pod", standaloneConnect?.template?.metadata),
    ];
};
