/** Kinds of Kubernetes' stable API groups, with their top-level fields. */

/** A kind of Kubernetes. */
export interface KubernetesKind {
    readonly apiVersion: string;
    /** Fields besides apiVersion, kind and metadata. */
    readonly fields: readonly string[];
    /** Fields of `spec`, where it has one and they are listed here. */
    readonly spec?: readonly string[];
}

const withSpec = (apiVersion: string, kinds: readonly string[]): Record<string, KubernetesKind> =>
    Object.fromEntries(kinds.map((kind) => [kind, { apiVersion, fields: ["spec", "status"] }]));

const workload = (apiVersion: string, spec: readonly string[]): KubernetesKind => ({
    apiVersion,
    fields: ["spec", "status"],
    spec,
});

const rbac = "rbac.authorization.k8s.io/v1";

/** The kinds of the API groups of `stableGroups` (Kubernetes API reference 1.33). */
export const kubernetesKinds: Readonly<Record<string, KubernetesKind>> = {
    ConfigMap: { apiVersion: "v1", fields: ["data", "binaryData", "immutable"] },
    Secret: { apiVersion: "v1", fields: ["data", "stringData", "type", "immutable"] },
    ServiceAccount: { apiVersion: "v1", fields: ["secrets", "imagePullSecrets", "automountServiceAccountToken"] },
    Endpoints: { apiVersion: "v1", fields: ["subsets"] },
    Event: { apiVersion: "v1", fields: [] },
    PodTemplate: { apiVersion: "v1", fields: ["template"] },
    ...withSpec("v1", ["Namespace", "Node", "PersistentVolume", "PersistentVolumeClaim", "Pod", "Service"]),
    ...withSpec("v1", ["ReplicationController", "ResourceQuota", "LimitRange"]),
    Deployment: workload("apps/v1", [
        ...["minReadySeconds", "paused", "progressDeadlineSeconds", "replicas", "revisionHistoryLimit"],
        ...["selector", "strategy", "template"],
    ]),
    StatefulSet: workload("apps/v1", [
        ...["minReadySeconds", "ordinals", "persistentVolumeClaimRetentionPolicy", "podManagementPolicy", "replicas"],
        ...["revisionHistoryLimit", "selector", "serviceName", "template", "updateStrategy", "volumeClaimTemplates"],
    ]),
    DaemonSet: workload("apps/v1", [
        ...["minReadySeconds", "revisionHistoryLimit", "selector", "template", "updateStrategy"],
    ]),
    ReplicaSet: workload("apps/v1", ["minReadySeconds", "replicas", "selector", "template"]),
    ControllerRevision: { apiVersion: "apps/v1", fields: ["data", "revision"] },
    Job: workload("batch/v1", [
        ...["activeDeadlineSeconds", "backoffLimit", "backoffLimitPerIndex", "completionMode", "completions"],
        ...["managedBy", "manualSelector", "maxFailedIndexes", "parallelism", "podFailurePolicy"],
        ...["podReplacementPolicy", "selector", "successPolicy", "suspend", "template", "ttlSecondsAfterFinished"],
    ]),
    CronJob: workload("batch/v1", [
        ...["concurrencyPolicy", "failedJobsHistoryLimit", "jobTemplate", "schedule", "startingDeadlineSeconds"],
        ...["successfulJobsHistoryLimit", "suspend", "timeZone"],
    ]),
    ...withSpec("autoscaling/v2", ["HorizontalPodAutoscaler"]),
    PodDisruptionBudget: workload("policy/v1", [
        ...["maxUnavailable", "minAvailable", "selector", "unhealthyPodEvictionPolicy"],
    ]),
    NetworkPolicy: workload("networking.k8s.io/v1", ["egress", "ingress", "podSelector", "policyTypes"]),
    ...withSpec("networking.k8s.io/v1", ["Ingress", "IngressClass", "IPAddress", "ServiceCIDR"]),
    Role: { apiVersion: rbac, fields: ["rules"] },
    ClusterRole: { apiVersion: rbac, fields: ["rules", "aggregationRule"] },
    RoleBinding: { apiVersion: rbac, fields: ["subjects", "roleRef"] },
    ClusterRoleBinding: { apiVersion: rbac, fields: ["subjects", "roleRef"] },
    PriorityClass: {
        apiVersion: "scheduling.k8s.io/v1",
        fields: ["value", "globalDefault", "description", "preemptionPolicy"],
    },
    StorageClass: {
        apiVersion: "storage.k8s.io/v1",
        fields: [
            ...["provisioner", "parameters", "reclaimPolicy", "mountOptions", "allowVolumeExpansion"],
            ...["volumeBindingMode", "allowedTopologies"],
        ],
    },
};

/** API groups in which Kubernetes has the kinds of this table, and none that newer versions add. */
export const stableGroups = ["", "apps", "batch", "policy", "extensions", "rbac.authorization.k8s.io"];

/** The group of an API version: empty for `v1`. */
export const groupOf = (apiVersion: string): string => (apiVersion.includes("/") ? apiVersion.split("/")[0] : "");
