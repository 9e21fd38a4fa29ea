/**
 * What Kubernetes' validation requires of fields beyond its OpenAPI schema, by definition (the functions
 * `Validate...` of pkg/apis/core/validation and its siblings; each rule is compared with a real API server in
 * kubernetesSchemas.test). Only rules of one field: what concerns several is in `src/validation`.
 */
import { patternTextKey } from "./crdErrors";
import type { JsonSchema } from "./crds";

/** A pattern with what it stands for: users read this, never a regular expression. */
const form = (pattern: string, text: string): JsonSchema => ({ pattern, [patternTextKey]: text });

const label = form(
    "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",
    "at most 63 of a-z, 0-9 and -, starting and ending with a letter or digit",
);
const subdomain = form(
    "^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
    "a name of a-z, 0-9, - and ., each part starting and ending with a letter or digit",
);
const key = form(
    "^(?![.]{2})(?![.]$)[-._a-zA-Z0-9]{1,253}$",
    "a key of letters, digits, -, _ and ., which does not start with ..",
);
const labelName = form(
    "^(?=.{1,317}$)([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?" +
        "[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$",
    "the name of a label, such as app.kubernetes.io/name",
);
const labelValue = form(
    "^([A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?)?$",
    "the value of a label: at most 63 letters, digits, -, _ and .",
);
const labels = { propertyNames: labelName, additionalProperties: { type: "string", ...labelValue } };
const labelValues = { items: { type: "string", ...labelValue } };
const port = { minimum: 1, maximum: 65535 };
const portName = form(
    "^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$",
    "the name of a port: at most 15 of a-z, 0-9 and -, with a letter",
);
const absolute = form("^/", "a path that starts with /");
const relative = form("^[^/]", "a relative path");
/** A port, or the name of one. */
const portOrName = { ...port, ...portName, [patternTextKey]: "a port from 1 to 65535, or the name of one" };
const mode = { minimum: 0, maximum: 0o777 };
const userId = { minimum: 0, maximum: 2 ** 31 - 1 };
const notNegative = { minimum: 0 };
const positive = { minimum: 1 };
const notEmpty = { minLength: 1 };
const withItem = { minItems: 1 };
const countOrPercent = { minimum: 0, ...form("^[0-9]+%$", "a number, or a percentage such as 50%") };
const operator = { enum: ["In", "NotIn", "Exists", "DoesNotExist"] };
const name = { name: subdomain };
const keySelector = { name: subdomain, key };
/** An empty selector selects nothing in a workload. */
const selector = { minProperties: 1 };
const workload = { selector, replicas: notNegative, minReadySeconds: notNegative, revisionHistoryLimit: notNegative };

/** Keywords of JSON Schema for the fields of a definition. */
export const addedRules: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>> = {
    "core.v1.Container": { name: label, image: form("^\\S+$", "an image, without spaces") },
    "core.v1.ContainerPort": { containerPort: port, hostPort: port, name: portName },
    "core.v1.EnvVar": { name: form("^[ -<>-~]+$", "the name of a variable, without =") },
    "core.v1.SecretKeySelector": keySelector,
    "core.v1.ConfigMapKeySelector": keySelector,
    "core.v1.SecretEnvSource": name,
    "core.v1.ConfigMapEnvSource": name,
    "core.v1.LocalObjectReference": name,
    "core.v1.ObjectFieldSelector": { fieldPath: notEmpty },
    "core.v1.HTTPGetAction": { port: portOrName },
    "core.v1.TCPSocketAction": { port: portOrName },
    "core.v1.GRPCAction": { port },
    "core.v1.ExecAction": { command: withItem },
    "core.v1.Probe": {
        ...{ initialDelaySeconds: notNegative, timeoutSeconds: notNegative, periodSeconds: notNegative },
        ...{ successThreshold: notNegative, failureThreshold: notNegative, terminationGracePeriodSeconds: positive },
    },
    "core.v1.VolumeMount": { mountPath: form("^[^:]+$", "a path without colons"), name: notEmpty, subPath: relative },
    "core.v1.Volume": { name: label },
    "core.v1.SecretVolumeSource": { secretName: subdomain, defaultMode: mode },
    "core.v1.ConfigMapVolumeSource": { name: subdomain, defaultMode: mode },
    "core.v1.ProjectedVolumeSource": { defaultMode: mode },
    "core.v1.KeyToPath": { key, path: relative, mode },
    "core.v1.CSIVolumeSource": {
        driver: form(
            "^(?=.{1,63}$)[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?([.][A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*$",
            "the name of a CSI driver: at most 63 letters, digits, - and .",
        ),
    },
    "core.v1.HostAlias": {
        ip: form("^([0-9]{1,3}([.][0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)$", "an IP address"),
        hostnames: { items: { type: "string", ...subdomain } },
    },
    "core.v1.NFSVolumeSource": { server: notEmpty, path: absolute },
    "core.v1.HostPathVolumeSource": { path: notEmpty },
    "core.v1.PersistentVolumeClaimVolumeSource": { claimName: subdomain },
    "core.v1.Toleration": { key: labelName, value: labelValue },
    "core.v1.TopologySpreadConstraint": { maxSkew: positive, minDomains: positive, topologyKey: labelName },
    "core.v1.PodAffinityTerm": { topologyKey: labelName },
    "core.v1.WeightedPodAffinityTerm": { weight: { minimum: 1, maximum: 100 } },
    "core.v1.PreferredSchedulingTerm": { weight: { minimum: 1, maximum: 100 } },
    "core.v1.NodeSelectorRequirement": { key: labelName, values: labelValues },
    "core.v1.NodeSelector": { nodeSelectorTerms: withItem },
    "core.v1.PodSpec": {
        ...{ containers: withItem, terminationGracePeriodSeconds: notNegative, activeDeadlineSeconds: positive },
        ...{ serviceAccountName: subdomain, priorityClassName: subdomain, runtimeClassName: subdomain },
        ...{ nodeSelector: labels, hostname: label, subdomain: label, nodeName: subdomain, schedulerName: labelName },
    },
    "core.v1.PodSecurityContext": {
        ...{ runAsUser: userId, runAsGroup: userId, fsGroup: userId },
        supplementalGroups: { items: { type: "integer", ...userId } },
    },
    "core.v1.SecurityContext": { runAsUser: userId, runAsGroup: userId },
    "core.v1.ServiceSpec": { selector: labels },
    "core.v1.ServicePort": {
        port,
        targetPort: portOrName,
        nodePort: { minimum: 0, maximum: 65535 },
        name: label,
    },
    "core.v1.PersistentVolumeClaimSpec": { accessModes: withItem },
    "core.v1.PersistentVolumeSpec": { accessModes: withItem },
    "core.v1.LimitRangeSpec": { limits: withItem },
    "meta.v1.LabelSelector": { matchLabels: labels },
    "meta.v1.LabelSelectorRequirement": { key: labelName, operator, values: labelValues },
    "apps.v1.DeploymentSpec": { ...workload, progressDeadlineSeconds: notNegative },
    "apps.v1.StatefulSetSpec": workload,
    "apps.v1.DaemonSetSpec": { selector, minReadySeconds: notNegative, revisionHistoryLimit: notNegative },
    "apps.v1.RollingUpdateDeployment": { maxUnavailable: countOrPercent, maxSurge: countOrPercent },
    "apps.v1.RollingUpdateDaemonSet": { maxUnavailable: countOrPercent, maxSurge: countOrPercent },
    "batch.v1.JobSpec": {
        ...{ parallelism: notNegative, completions: notNegative, backoffLimit: notNegative },
        ...{ activeDeadlineSeconds: positive, ttlSecondsAfterFinished: notNegative },
    },
    "batch.v1.CronJobSpec": {
        ...{ schedule: notEmpty, startingDeadlineSeconds: notNegative },
        ...{ successfulJobsHistoryLimit: notNegative, failedJobsHistoryLimit: notNegative },
    },
    "autoscaling.v2.HorizontalPodAutoscalerSpec": { maxReplicas: positive, minReplicas: positive },
    "autoscaling.v1.HorizontalPodAutoscalerSpec": { maxReplicas: positive, minReplicas: positive },
    "autoscaling.v2.CrossVersionObjectReference": { name: notEmpty, kind: notEmpty },
    "policy.v1.PodDisruptionBudgetSpec": { maxUnavailable: countOrPercent, minAvailable: countOrPercent },
    "networking.v1.NetworkPolicyPort": { port: portOrName, endPort: port },
    "networking.v1.IngressServiceBackend": { name: label },
    "networking.v1.HTTPIngressPath": { path: absolute },
    "rbac.v1.PolicyRule": { verbs: withItem },
    "rbac.v1.RoleRef": { name: notEmpty, apiGroup: { enum: ["rbac.authorization.k8s.io"] } },
    "rbac.v1.Subject": { name: notEmpty },
    "storage.v1.StorageClass": { provisioner: labelName, reclaimPolicy: { enum: ["Delete", "Retain"] } },
};

/** Fields that Kubernetes' validation requires, and its schema does not. */
export const requiredFields: Readonly<Record<string, readonly string[]>> = {
    "core.v1.SecretKeySelector": ["name"],
    "core.v1.ConfigMapKeySelector": ["name"],
    "core.v1.SecretEnvSource": ["name"],
    "core.v1.ConfigMapEnvSource": ["name"],
    "core.v1.SecretVolumeSource": ["secretName"],
    "core.v1.ConfigMapVolumeSource": ["name"],
    "core.v1.ExecAction": ["command"],
    "core.v1.PersistentVolumeClaimSpec": ["accessModes", "resources"],
    "core.v1.PersistentVolumeSpec": ["accessModes", "capacity"],
    "core.v1.PodTemplateSpec": ["spec"],
    "rbac.v1.RoleRef": ["apiGroup"],
    "autoscaling.v2.CrossVersionObjectReference": ["apiVersion"],
    "batch.v1.JobTemplateSpec": ["spec"],
    "scheduling.v1.PriorityClass": ["value"],
    ...Object.fromEntries(
        [
            ...["apps.v1.Deployment", "apps.v1.StatefulSet", "apps.v1.DaemonSet", "batch.v1.Job", "batch.v1.CronJob"],
            ...["core.v1.PersistentVolumeClaim", "core.v1.Pod", "autoscaling.v2.HorizontalPodAutoscaler"],
        ].map((kind) => [kind, ["spec"]]),
    ),
};
