/** Values of further objects that the API server rejects, in fields that no schema of the platform describes. */
import { invalidValue, issue, missingSetting, unlistedValue, type Issue, type SettingPath } from "../schema/issues";
import type { Manifest } from "../schema/manifests";
import { isObject, listOf, valueAt } from "../util/data";
import { quantityValue } from "../util/quantity";
import { isTimeZone } from "../util/timeZone";
import { manifestPodIssues } from "./manifestPods";

/** A value of a field; `*` in the path is each item of an array. */
type Pattern = readonly string[];

/** What is at each place that a pattern fits, with its path. */
export function placesOf(
    value: unknown,
    [step, ...rest]: Pattern,
    at: SettingPath,
): [value: unknown, at: SettingPath][] {
    if (step === undefined) return value === undefined || value === null ? [] : [[value, at]];
    if (step !== "*") return isObject(value) ? placesOf(value[step], rest, [...at, step]) : [];
    const items = listOf(value);
    return items.flatMap((item, index) => placesOf(item, rest, [...at, index]));
}

/** Fields with a list of values, where Kubernetes' schema allows more than the kind does (Kubernetes 1.36). */
const listedValues: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
    CronJob: { "spec.jobTemplate.spec.template.spec.restartPolicy": ["Never", "OnFailure"] },
    Job: { "spec.template.spec.restartPolicy": ["Never", "OnFailure"] },
    Deployment: { "spec.template.spec.restartPolicy": ["Always"] },
    StatefulSet: { "spec.template.spec.restartPolicy": ["Always"] },
    DaemonSet: { "spec.template.spec.restartPolicy": ["Always"] },
    RoleBinding: { "roleRef.kind": ["Role", "ClusterRole"], "subjects.*.kind": ["User", "Group", "ServiceAccount"] },
    ClusterRoleBinding: { "roleRef.kind": ["ClusterRole"], "subjects.*.kind": ["User", "Group", "ServiceAccount"] },
};

/** Fields that a kind requires, and its schema does not. A misspelt one is reported by itself. */
const requiredFields: Readonly<Record<string, readonly string[]>> = {
    Service: ["spec.ports"],
    PersistentVolumeClaim: ["spec.resources.requests.storage"],
    NetworkPolicy: ["spec.podSelector"],
    CronJob: ["spec.jobTemplate.spec.template.spec.restartPolicy"],
    Job: ["spec.template.spec.restartPolicy"],
};

const quantityFields: Readonly<Record<string, string>> = {
    PersistentVolumeClaim: "spec.resources.requests.storage",
};

const isExternal = (object: Manifest): boolean => valueAt(object.spec, ["type"]) === "ExternalName";

function requiredIssues(object: Manifest, at: SettingPath): Issue[] {
    if (object.kind === "Service" && isExternal(object)) return [];
    return (requiredFields[object.kind] ?? []).flatMap((field) => {
        const steps = field.split(".");
        const isMissing = valueAt(object, steps) === undefined;
        // a parent that is missing too can be misspelt
        return isMissing && isObject(valueAt(object, steps.slice(0, -1)))
            ? [missingSetting([...at, ...steps], "a value, without which the API server rejects the object")]
            : [];
    });
}

function sizeIssues(object: Manifest, at: SettingPath): Issue[] {
    const field = quantityFields[object.kind];
    return (field ? placesOf(object, field.split("."), at) : []).flatMap(([value, path]) => {
        const bytes = quantityValue(value);
        return bytes === undefined || bytes < 2 ** 20 ? [invalidValue(path, value, "a size such as 10Gi")] : [];
    });
}

/** Fields that exclude each other, and numbers that contradict each other. */
function conflictIssues({ kind, spec, data, binaryData }: Manifest, at: SettingPath): Issue[] {
    const { minAvailable, maxUnavailable, minReplicas, maxReplicas } = spec ?? {};
    const repeated = Object.keys(isObject(data) ? data : {}).filter((key) => isObject(binaryData) && key in binaryData);
    return [
        ...(kind === "PodDisruptionBudget" && minAvailable !== undefined && maxUnavailable !== undefined
            ? [
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      [...at, "spec", "maxUnavailable"],
                      "excludes minAvailable; remove one",
                  ),
              ]
            : []),
        ...(kind === "HorizontalPodAutoscaler" && Number(minReplicas) > Number(maxReplicas)
            ? [invalidValue([...at, "spec", "minReplicas"], minReplicas, `at most maxReplicas, ${String(maxReplicas)}`)]
            : []),
        ...(kind === "ConfigMap"
            ? repeated.map((key) =>
                  issue("KCP_DUPLICATE_NAME", [...at, "binaryData", key], "data has the same key; remove one"),
              )
            : []),
    ];
}

/** Names of the keys of a ConfigMap. */
function keyIssues({ kind, data, binaryData }: Manifest, at: SettingPath): Issue[] {
    if (kind !== "ConfigMap") return [];
    const maps = { data, binaryData };
    return Object.entries(maps).flatMap(([field, values]) =>
        Object.keys(isObject(values) ? values : {})
            .filter((key) => !/^[-._a-zA-Z0-9]{1,253}$/.test(key))
            .map((key) => invalidValue([...at, field, key], key, "a key of letters, digits, -, _ and .")),
    );
}

const securityLevels = ["privileged", "baseline", "restricted"];

/** Labels of a Namespace that the API server reads. */
const levelIssues = ({ kind, metadata }: Manifest, at: SettingPath): Issue[] =>
    Object.entries(kind === "Namespace" ? (metadata.labels ?? {}) : {})
        .filter(
            ([name, value]) =>
                /^pod-security\.kubernetes\.io\/(enforce|audit|warn)$/.test(name) && !securityLevels.includes(value),
        )
        .map(([name, value]) => unlistedValue([...at, "metadata", "labels", name], value, securityLevels));

/** Names that are labels of DNS, and time zones. */
function formIssues({ kind, metadata, spec }: Manifest, at: SettingPath): Issue[] {
    const zone = kind === "CronJob" ? spec?.timeZone : undefined;
    const isLabel =
        !["Service", "Namespace"].includes(kind) || /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(metadata.name);
    return [
        ...(isLabel ? [] : [invalidValue([...at, "metadata", "name"], metadata.name, "at most 63 of a-z, 0-9 and -")]),
        ...(typeof zone === "string" && !isTimeZone(zone)
            ? [invalidValue([...at, "spec", "timeZone"], zone, "a time zone such as Europe/Berlin")]
            : []),
    ];
}

const groups = /^(v1|apps\/v1|batch\/v1|policy\/v1|(networking|rbac\.authorization|storage|scheduling)\.k8s\.io\/v1)$/;

/** Values that the API server rejects. */
export function manifestValueIssues(object: Manifest, at: SettingPath): Issue[] {
    if (!groups.test(object.apiVersion) && object.apiVersion !== "autoscaling/v2") return [];
    const ofLists = Object.entries(listedValues[object.kind] ?? {}).flatMap(([field, values]) =>
        placesOf(object, field.split("."), at)
            .filter(([value]) => !values.includes(String(value)))
            .map(([value, path]) => unlistedValue(path, value, values)),
    );
    return [
        ...ofLists,
        ...requiredIssues(object, at),
        ...sizeIssues(object, at),
        ...conflictIssues(object, at),
        ...keyIssues(object, at),
        ...manifestPodIssues(object, at),
        ...formIssues(object, at),
        ...levelIssues(object, at),
    ];
}
