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

/** Fields with a list of values, by kind (Kubernetes API reference 1.33). */
const listedValues: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
    Service: {
        "spec.type": ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"],
        "spec.ports.*.protocol": ["TCP", "UDP", "SCTP"],
        "spec.externalTrafficPolicy": ["Cluster", "Local"],
        "spec.sessionAffinity": ["ClientIP", "None"],
    },
    PersistentVolumeClaim: {
        "spec.accessModes.*": ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"],
        "spec.volumeMode": ["Filesystem", "Block"],
    },
    StorageClass: {
        reclaimPolicy: ["Delete", "Retain"],
        volumeBindingMode: ["Immediate", "WaitForFirstConsumer"],
    },
    NetworkPolicy: { "spec.policyTypes.*": ["Ingress", "Egress"] },
    CronJob: {
        "spec.concurrencyPolicy": ["Allow", "Forbid", "Replace"],
        "spec.jobTemplate.spec.template.spec.restartPolicy": ["Never", "OnFailure"],
    },
    Job: { "spec.template.spec.restartPolicy": ["Never", "OnFailure"] },
    Deployment: {
        "spec.strategy.type": ["Recreate", "RollingUpdate"],
        "spec.template.spec.restartPolicy": ["Always"],
    },
    StatefulSet: {
        "spec.podManagementPolicy": ["OrderedReady", "Parallel"],
        "spec.template.spec.restartPolicy": ["Always"],
    },
    DaemonSet: { "spec.template.spec.restartPolicy": ["Always"] },
    RoleBinding: { "roleRef.kind": ["Role", "ClusterRole"], "subjects.*.kind": ["User", "Group", "ServiceAccount"] },
    ClusterRoleBinding: { "roleRef.kind": ["ClusterRole"], "subjects.*.kind": ["User", "Group", "ServiceAccount"] },
    PriorityClass: { preemptionPolicy: ["Never", "PreemptLowerPriority"] },
};

/** Fields that a kind requires. A misspelt one is reported by itself. */
const requiredFields: Readonly<Record<string, readonly string[]>> = {
    Service: ["spec.ports"],
    PersistentVolumeClaim: ["spec.accessModes", "spec.resources.requests.storage"],
    StorageClass: ["provisioner"],
    NetworkPolicy: ["spec.podSelector"],
    CronJob: ["spec.schedule", "spec.jobTemplate.spec.template.spec.restartPolicy"],
    Job: ["spec.template.spec.restartPolicy"],
    Deployment: ["spec.selector", "spec.template.spec.containers"],
    StatefulSet: ["spec.selector", "spec.template.spec.containers"],
    DaemonSet: ["spec.selector", "spec.template.spec.containers"],
    RoleBinding: ["roleRef.apiGroup", "roleRef.kind", "roleRef.name"],
    ClusterRoleBinding: ["roleRef.apiGroup", "roleRef.kind", "roleRef.name"],
    HorizontalPodAutoscaler: ["spec.maxReplicas", "spec.scaleTargetRef"],
    PriorityClass: ["value"],
};

const portFields = ["spec.ports.*.port", "spec.ports.*.targetPort", "spec.ports.*.nodePort"];

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

function numberIssues(object: Manifest, at: SettingPath): Issue[] {
    const ports = object.kind === "Service" ? portFields : [];
    const ofPorts = ports
        .flatMap((field) => placesOf(object, field.split("."), at))
        .filter(([value]) => typeof value === "number" && (value < 1 || value > 65_535))
        .map(([value, path]) => invalidValue(path, value, "a port from 1 to 65535"));
    const field = quantityFields[object.kind];
    const ofSizes = (field ? placesOf(object, field.split("."), at) : []).flatMap(([value, path]) => {
        const bytes = quantityValue(value);
        return bytes === undefined || bytes < 2 ** 20 ? [invalidValue(path, value, "a size such as 10Gi")] : [];
    });
    return [...ofPorts, ...ofSizes];
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

/** Names and contents of the keys of a ConfigMap. */
function keyIssues({ kind, data, binaryData }: Manifest, at: SettingPath): Issue[] {
    if (kind !== "ConfigMap") return [];
    const maps = { data, binaryData };
    const ofNames = Object.entries(maps).flatMap(([field, values]) =>
        Object.keys(isObject(values) ? values : {})
            .filter((key) => !/^[-._a-zA-Z0-9]{1,253}$/.test(key))
            .map((key) => invalidValue([...at, field, key], key, "a key of letters, digits, -, _ and .")),
    );
    const ofContents = Object.entries(isObject(binaryData) ? binaryData : {})
        .filter(([, value]) => typeof value !== "string" || !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value))
        .map(([key, value]) => invalidValue([...at, "binaryData", key], value, "Base64"));
    return [...ofNames, ...ofContents];
}

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
        ...numberIssues(object, at),
        ...conflictIssues(object, at),
        ...keyIssues(object, at),
        ...manifestPodIssues(object, at),
        ...formIssues(object, at),
    ];
}
