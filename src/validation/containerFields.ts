/** Containers and their resources that no CRD describes, against Kubernetes' own schema. */
import { violations } from "../release/crdValidation";
import { containerSchema } from "../release/kubernetesSchema";
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import { dnsLabel } from "../schema/primitives";
import type { ParsedSections } from "../schema/sections";
import { nearest } from "../util/nearest";

/** The container of the bridge's pod besides the main one. */
const bridgeContainer = "bridge";

/** Without strict field validation the API server drops an unknown field, and pods run without it. */
export function checkContainerFields({ httpBridge, standaloneConnect, strimzi }: ParsedSections): Issue[] {
    const { resources } = containerSchema().properties!;
    return [
        ...fieldIssues(resources, strimzi?.resources, ["strimzi", "resources"]),
        ...fieldIssues(resources, standaloneConnect?.resources, ["standaloneConnect", "resources"]),
        ...fieldIssues(resources, httpBridge?.resources, ["httpBridge", "resources"]),
        ...(httpBridge ? mainIssues(httpBridge.main as Record<string, unknown>) : []),
        ...podTemplateIssues(httpBridge?.template, ["httpBridge", "template"]),
        ...podTemplateIssues(standaloneConnect?.template, ["standaloneConnect", "template"]),
    ];
}

/** Fields of a pod's spec (Kubernetes API reference, PodSpec). */
const podFields = [
    ...["activeDeadlineSeconds", "affinity", "automountServiceAccountToken", "containers", "dnsConfig", "dnsPolicy"],
    ...["enableServiceLinks", "ephemeralContainers", "hostAliases", "hostIPC", "hostNetwork", "hostPID", "hostUsers"],
    ...["hostname", "hostnameOverride", "imagePullSecrets", "initContainers", "nodeName", "nodeSelector", "os"],
    ...["overhead", "preemptionPolicy", "priority", "priorityClassName", "readinessGates", "resourceClaims"],
    ...["resources", "restartPolicy", "runtimeClassName", "schedulerName", "schedulingGates", "securityContext"],
    ...["serviceAccount", "serviceAccountName", "setHostnameAsFQDN", "shareProcessNamespace", "subdomain"],
    ...["terminationGracePeriodSeconds", "tolerations", "topologySpreadConstraints", "volumes", "workloadRef"],
];

/** Fields of a pod's spec that are misspelt. One that is close to none can be of a newer Kubernetes. */
const podFieldIssues = (spec: Readonly<Record<string, unknown>>, at: SettingPath): Issue[] =>
    Object.keys(spec).flatMap((field) => {
        const suggestion = podFields.includes(field) ? undefined : nearest(field, podFields);
        return suggestion === undefined
            ? []
            : [
                  issue(
                      "KCP_INVALID_KUBERNETES_FIELD",
                      [...at, "spec", field],
                      `unknown field; did you mean "${suggestion}"?`,
                  ),
              ];
    });

/** Fields and containers of a pod template. */
export function podTemplateIssues(template: { spec?: Record<string, unknown> } | undefined, at: SettingPath): Issue[] {
    const containers = (["containers", "initContainers"] as const).flatMap((key) => {
        const items = template?.spec?.[key];
        if (!Array.isArray(items)) return [];
        return items.flatMap((item, index) => fieldIssues(containerSchema(), item, [...at, "spec", key, index]));
    });
    return [...podFieldIssues(template?.spec ?? {}, at), ...containers];
}

function mainIssues(main: Readonly<Record<string, unknown>>): Issue[] {
    const at = ["httpBridge", "main"];
    const named = { name: "main", ...main };
    const { name } = named;
    const reason = name === bridgeContainer ? "it is the name of the bridge's container" : undefined;
    const isName = typeof name !== "string" || (dnsLabel().safeParse(name).success && !reason);
    return [
        ...fieldIssues(containerSchema(), named, at),
        ...(isName ? [] : [invalidValue([...at, "name"], name, "another DNS label", { reason })]),
    ];
}

const fieldIssues = (schema: Parameters<typeof violations>[0], value: unknown, at: SettingPath): Issue[] =>
    violations(schema, value).map(({ path, message }) =>
        issue("KCP_INVALID_KUBERNETES_FIELD", [...at, ...path], message),
    );
