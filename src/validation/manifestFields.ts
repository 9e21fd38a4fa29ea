/** Fields of further objects that Kubernetes rejects, drops or ignores. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { Manifest } from "../schema/manifests";
import { annotationMap, dnsLabel, labelMap } from "../schema/primitives";
import { isStrimziManifest } from "../strimzi/manifestPlace";
import { isObject } from "../util/data";
import { didYouMean, nearest, suggestionFor } from "../util/nearest";
import { podTemplateIssues } from "./containerFields";
import { groupOf, kubernetesKinds, stableGroups } from "./kubernetesKinds";

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

/** Kinds and API versions that no Kubernetes has, in the groups whose kinds are known. */
function kindIssues({ apiVersion, kind }: Manifest, at: SettingPath): Issue[] {
    if (!stableGroups.includes(groupOf(apiVersion))) return [];
    const known = Object.hasOwn(kubernetesKinds, kind) ? kubernetesKinds[kind] : undefined;
    if (kind === "List")
        return [
            invalidValue([...at, "kind"], kind, "the kind of one object", { reason: "write the items of the list" }),
        ];
    if (!known)
        return [
            invalidValue([...at, "kind"], kind, `a kind of ${apiVersion}`, {
                reason: suggestionFor(kind, Object.keys(kubernetesKinds)),
            }),
        ];
    // a HorizontalPodAutoscaler and the like have several versions
    return known.apiVersion === apiVersion ? [] : [invalidValue([...at, "apiVersion"], apiVersion, known.apiVersion)];
}

/** Fields that the kind does not have. The API server drops them without an error. */
function fieldIssues(object: Manifest, at: SettingPath): Issue[] {
    const { apiVersion, kind, metadata: _metadata, ...fields } = object;
    const known = Object.hasOwn(kubernetesKinds, kind) ? kubernetesKinds[kind] : undefined;
    const isKnown = known?.apiVersion === apiVersion;
    const names = isStrimziManifest(object) ? ["spec", "status"] : known?.fields;
    if (!names || (!isKnown && !isStrimziManifest(object))) return [];
    const unknown = Object.keys(fields)
        .filter((field) => !names.includes(field))
        .map((field) => invalidField([...at, field], `${kind} has no such field${didYouMean(field, names)}`));
    const specFields = isObject(fields.spec) ? Object.keys(fields.spec) : [];
    const misspelt = specFields.flatMap((field) => {
        const suggestion = !known?.spec || known.spec.includes(field) ? undefined : nearest(field, known.spec);
        return suggestion === undefined
            ? []
            : [invalidField([...at, "spec", field], `unknown field; did you mean "${suggestion}"?`)];
    });
    return [...unknown, ...misspelt];
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

/** The pods of a Deployment and the like: their containers, and the labels by which they are found. */
function workloadIssues({ apiVersion, kind, spec }: Manifest, at: SettingPath): Issue[] {
    if (!["apps/v1", "batch/v1"].includes(apiVersion) || !isObject(spec)) return [];
    const [job, path] =
        kind === "CronJob" && isObject(spec.jobTemplate)
            ? [spec.jobTemplate.spec, [...at, "spec", "jobTemplate", "spec"]]
            : [spec, [...at, "spec"]];
    const template = isObject(job) && isObject(job.template) ? job.template : {};
    const { matchLabels } = isObject(spec.selector) ? spec.selector : {};
    const metadata = isObject(template.metadata) ? template.metadata : {};
    const labels = isObject(metadata.labels) ? metadata.labels : {};
    const unmatched = Object.entries(isObject(matchLabels) ? matchLabels : {}).filter(
        ([name, value]) => apiVersion === "apps/v1" && labels[name] !== value,
    );
    return [
        ...podTemplateIssues(template, [...path, "template"]),
        ...unmatched.map(([name, value]) =>
            invalidValue([...at, "spec", "selector", "matchLabels", name], value, "a label of spec.template.metadata", {
                reason: `the API server rejects a ${kind} whose selector does not match its pods`,
            }),
        ),
    ];
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
    ...workloadIssues(object, at),
    ...scheduleIssues(object, at),
];
