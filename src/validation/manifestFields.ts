/** Fields of further objects that Kubernetes rejects, drops or ignores. */
import { apiVersionsOf, kindSchema, kubernetesKinds } from "../release/kubernetesSchema";
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { Manifest } from "../schema/manifests";
import { annotationMap, dnsLabel, labelMap } from "../schema/primitives";
import { isStrimziManifest } from "../strimzi/manifestPlace";
import { isObject, valueAt } from "../util/data";
import { didYouMean, suggestionFor } from "../util/nearest";
import { kubernetesFieldIssues } from "./kubernetesFields";

const invalidField = (path: SettingPath, message: string): Issue =>
    issue("KCP_INVALID_KUBERNETES_FIELD", path, message);

/** Fields that only the API server sets. Files that kubectl wrote have some of them. */
const serverFields = [
    ...["uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "managedFields"],
    ...["selfLink", "deletionGracePeriodSeconds"],
];

const metadataFields = ["name", "namespace", "labels", "annotations"];

/** Fields that Kubernetes knows, and that the platform does not pass on. */
const otherMetadata = ["finalizers", "ownerReferences", "generateName"];

function metadataFieldIssues(metadata: Readonly<Record<string, unknown>>, at: SettingPath): Issue[] {
    return Object.keys(metadata)
        .filter((field) => !metadataFields.includes(field) && !serverFields.includes(field))
        .map((field) => {
            if (otherMetadata.includes(field))
                return issue(
                    "KCP_UNUSED_SETTING",
                    [...at, field],
                    "unused: the platform does not pass it on; remove it",
                );
            return invalidField([...at, field], `unknown field${didYouMean(field, metadataFields)}`);
        });
}

/** Labels, annotations and the namespace against Kubernetes' rules. */
function metadataValueIssues({ metadata }: Manifest, at: SettingPath): Issue[] {
    const { labels, annotations, namespace } = metadata as Readonly<Record<string, unknown>>;
    const maps = { labels: [labelMap(), labels], annotations: [annotationMap(), annotations] } as const;
    const ofMaps = Object.entries(maps).flatMap(([key, [schema, value]]) => {
        const found = value === undefined || value === null ? undefined : schema.safeParse(value).error?.issues;
        return (found ?? []).map((problem) => {
            const path = problem.path as string[];
            const received = path.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], value);
            const isName = problem.code === "invalid_key";
            const expected = isName ? (problem.issues[0]?.message ?? problem.message) : problem.message;
            return invalidValue([...at, key, ...path], isName ? path.at(-1) : received, expected);
        });
    });
    const isNamespace = namespace === undefined || dnsLabel().safeParse(namespace).success;
    return [
        ...ofMaps,
        ...(isNamespace ? [] : [invalidValue([...at, "namespace"], namespace, "the name of a namespace, a DNS label")]),
    ];
}

/** API groups in which Kubernetes has the kinds that are recorded, and none that newer versions add. */
const stableGroups = ["", "apps", "batch", "policy", "extensions", "rbac.authorization.k8s.io"];

/** The group of an API version: empty for `v1`. */
const groupOf = (apiVersion: string): string => (apiVersion.includes("/") ? apiVersion.split("/")[0] : "");

/** Kinds and API versions that no Kubernetes has, in the groups whose kinds are known. */
function kindIssues({ apiVersion, kind }: Manifest, at: SettingPath): Issue[] {
    if (!stableGroups.includes(groupOf(apiVersion))) return [];
    if (kind === "List")
        return [
            invalidValue([...at, "kind"], kind, "the kind of one object", { reason: "write the items of the list" }),
        ];
    const known = apiVersionsOf(kind);
    if (known.length === 0)
        return [
            invalidValue([...at, "kind"], kind, `a kind of ${apiVersion}`, {
                reason: suggestionFor(kind, kubernetesKinds()),
            }),
        ];
    return known.includes(apiVersion) ? [] : [invalidValue([...at, "apiVersion"], apiVersion, known.join(" or "))];
}

/** Fields that the API server rejects, or drops without an error. */
function fieldIssues(object: Manifest, at: SettingPath): Issue[] {
    const { apiVersion, kind, metadata: _metadata, ...fields } = object;
    if (!isStrimziManifest(object)) {
        const schema = kindSchema(apiVersion, kind);
        return schema ? kubernetesFieldIssues(schema, { apiVersion, kind, ...fields }, at) : [];
    }
    const names = ["spec", "status"];
    return Object.keys(fields)
        .filter((field) => !names.includes(field))
        .map((field) => invalidField([...at, field], `${kind} has no such field${didYouMean(field, names)}`));
}

const isFilled = (value: unknown): boolean =>
    value !== undefined && value !== null && (typeof value !== "object" || Object.keys(value).length > 0);

/** What the cluster sets, in an object that was copied from one. */
export function manifestFieldWarnings({ metadata, status }: Manifest, at: SettingPath): Issue[] {
    const fields = { ...metadata } as Readonly<Record<string, unknown>>;
    const paths = [
        ...serverFields.filter((field) => isFilled(fields[field])).map((field) => [...at, "metadata", field]),
        ...(isFilled(status) ? [[...at, "status"]] : []),
    ];
    return paths.map((path) => issue("KCP_UNUSED_SETTING", path, "unused: only the cluster sets it; remove it"));
}

/** The labels by which a Deployment and the like finds its pods. */
function selectorIssues({ apiVersion, kind, spec }: Manifest, at: SettingPath): Issue[] {
    if (apiVersion !== "apps/v1") return [];
    const selected = valueAt(spec, ["selector", "matchLabels"]);
    const labels = valueAt(spec, ["template", "metadata", "labels"]);
    return Object.entries(isObject(selected) ? selected : {})
        .filter(([name, value]) => valueAt(labels, [name]) !== value)
        .map(([name, value]) =>
            invalidValue([...at, "spec", "selector", "matchLabels", name], value, "a label of spec.template.metadata", {
                reason: `the API server rejects a ${kind} whose selector does not match its pods`,
            }),
        );
}

/** The schedule of a CronJob: five fields of cron, or a name such as @daily. */
function scheduleIssues({ apiVersion, kind, spec }: Manifest, at: SettingPath): Issue[] {
    const schedule = spec?.schedule;
    if (apiVersion !== "batch/v1" || kind !== "CronJob" || schedule === undefined) return [];
    const isSchedule =
        /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/.test(String(schedule)) ||
        /^(TZ=\S+ |CRON_TZ=\S+ )?([\d*/,?A-Za-z-]+\s+){4}[\d*/,?A-Za-z-]+$/.test(String(schedule).trim());
    const expected = 'five fields of cron, such as "0 3 * * *", or a name such as @daily';
    return isSchedule ? [] : [invalidValue([...at, "spec", "schedule"], schedule, expected)];
}

/** What is wrong in the fields of one object. */
export const manifestFieldIssues = (object: Manifest, at: SettingPath): Issue[] => [
    ...metadataFieldIssues({ ...object.metadata }, [...at, "metadata"]),
    ...metadataValueIssues(object, [...at, "metadata"]),
    ...kindIssues(object, at),
    ...fieldIssues(object, at),
    ...selectorIssues(object, at),
    ...scheduleIssues(object, at),
];
