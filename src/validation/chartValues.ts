/** Values of the operator's chart in forms that the chart, the API server or the operator does not read. */
import { invalidValue, issue, unlistedValue, type Issue, type SettingPath } from "../schema/issues";
import { isObject, listOf, valueAt } from "../util/data";
import { suggestionFor } from "../util/nearest";

type Values = Readonly<Record<string, unknown>>;

const at: SettingPath = ["strimzi", "values"];

/** Fields of the chart by their types (its values.yaml). */
const objects = ["annotations", "image", "labels", "leaderElection", "podDisruptionBudget"];
const arrays = ["watchNamespaces"];
const booleans = ["createAggregateRoles", "createGlobalResources", "generateNetworkPolicy", "watchAnyNamespace"];
const milliseconds = ["connectBuildTimeoutMs", "fullReconciliationIntervalMs", "operationTimeoutMs"];

const isBoolean = (value: unknown): boolean => typeof value === "boolean";

function formIssues(values: Values): Issue[] {
    const forms: [names: readonly string[], fits: (value: unknown) => boolean, expected: string][] = [
        [objects, isObject, "an object"],
        [arrays, Array.isArray, "an array"],
        [[...booleans, "generatePodDisruptionBudget", "serviceAccountCreate"], isBoolean, "true or false"],
        [milliseconds, (value) => /^\d+$/.test(String(value)), "an integer of milliseconds"],
    ];
    return forms.flatMap(([names, fits, expected]) =>
        names
            .filter((name) => values[name] !== undefined && values[name] !== null && !fits(values[name]))
            .map((name) => invalidValue([...at, name], values[name], expected)),
    );
}

/** Durations that were meant in seconds. */
const shortDurations = (values: Values): Issue[] =>
    milliseconds
        .filter((name) => /^\d+$/.test(String(values[name])) && Number(values[name]) < 10_000)
        .map((name) =>
            invalidValue([...at, name], values[name], "10000 or more", { reason: "this is in milliseconds" }),
        );

const levels = ["OFF", "FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", "ALL"];

/** Gates of older versions. With an unknown one the operator does not start. */
const removedGates = [
    ...["ControlPlaneListener", "KafkaNodePools", "ServiceAccountPatching", "StableConnectIdentities", "UseKRaft"],
    ...["UnidirectionalTopicOperator", "UseStrimziPodSets"],
];

function gateIssues({ featureGates }: Values): Issue[] {
    const text = String(featureGates ?? "").trim();
    if (text === "") return [];
    const path = [...at, "featureGates"];
    if (!/^[+-][a-zA-Z0-9]+(\s*,\s*[+-][a-zA-Z0-9]+)*$/.test(text))
        return [
            invalidValue(path, featureGates, "names with + or -, separated by commas", {
                reason: "the operator does not start",
            }),
        ];
    const removed = text.split(/\s*,\s*/).find((gate) => removedGates.includes(gate.slice(1)));
    return removed === undefined
        ? []
        : [
              invalidValue(path, featureGates, `gates without ${removed}`, {
                  code: "KCP_REMOVED_CONFIG_VALUE",
                  reason: "the operator no longer knows it, and does not start",
              }),
          ];
}

/** Variables that the operator reads, besides those with names of images (its ClusterOperatorConfig). */
const operatorVariables = [
    ...["CONNECT_BUILD_TIMEOUT_MS", "CUSTOM_RESOURCE_SELECTOR", "DNS_CACHE_TTL", "FEATURE_GATES"],
    ...["FULL_RECONCILIATION_INTERVAL_MS", "IMAGE_PULL_POLICY", "IMAGE_PULL_SECRETS", "KUBERNETES_VERSION"],
    ...["LABELS_EXCLUSION_PATTERN", "LEADER_ELECTION_ENABLED", "LEADER_ELECTION_IDENTITY", "LOG_LEVEL"],
    ...["LEADER_ELECTION_LEASE_DURATION_MS", "LEADER_ELECTION_LEASE_NAME", "LEADER_ELECTION_LEASE_NAMESPACE"],
    ...["LEADER_ELECTION_RENEW_DEADLINE_MS", "LEADER_ELECTION_RETRY_PERIOD_MS", "NAMESPACE"],
    ...["NETWORK_POLICY_GENERATION", "OPERATIONS_THREAD_POOL_SIZE", "OPERATION_TIMEOUT_MS", "OPERATOR_NAME"],
    ...["OPERATOR_NAMESPACE", "OPERATOR_NAMESPACE_LABELS", "POD_DISRUPTION_BUDGET_GENERATION"],
    ...["POD_SECURITY_PROVIDER_CLASS", "POD_SET_CONTROLLER_WORK_QUEUE_SIZE", "POD_SET_RECONCILIATION_ONLY"],
    ...["RBAC_SCOPE", "JAVA_OPTS", "JAVA_SYSTEM_PROPERTIES"],
].map((name) => `STRIMZI_${name}`);

/** Misspelt variables of the operator; their form is checked with that of pods. */
const variableIssues = ({ extraEnvs }: Values): Issue[] =>
    listOf(extraEnvs).flatMap((variable, index): Issue[] => {
        const name = String(valueAt(variable, ["name"]));
        const isOther = !name.startsWith("STRIMZI_") || operatorVariables.includes(name) || /_IMAGES?$/.test(name);
        const reason = isOther ? undefined : suggestionFor(name, operatorVariables);
        return reason === undefined
            ? []
            : [
                  invalidValue([...at, "extraEnvs", index, "name"], name, "a variable that the operator reads", {
                      reason,
                  }),
              ];
    });

/** Namespaces and rights that the platform decides from the stack. */
function scopeIssues({ watchAnyNamespace, createGlobalResources, leaderElection }: Values): Issue[] {
    const unknown = isObject(leaderElection) ? Object.keys(leaderElection).filter((key) => key !== "enable") : [];
    return [
        ...(watchAnyNamespace === true
            ? [
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      [...at, "watchAnyNamespace"],
                      "replaces strimzi.watchNamespaces: the operator also changes the resources of other operators",
                  ),
              ]
            : []),
        ...(createGlobalResources === false
            ? [
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      [...at, "createGlobalResources"],
                      "the operator has no rights unless another release creates its ClusterRoles",
                  ),
              ]
            : []),
        ...unknown.map((key) =>
            issue("KCP_UNKNOWN_SETTING", [...at, "leaderElection", key], 'the chart has no such value; use "enable"'),
        ),
    ];
}

/** What is probably wrong in the forms of the chart's values. */
export function chartValueWarnings(values: Values): Issue[] {
    const { logLevel } = values;
    const isLevel = logLevel === undefined || /^\$\{.*\}$/.test(String(logLevel)) || levels.includes(String(logLevel));
    return [
        ...formIssues(values),
        ...shortDurations(values),
        ...(isLevel ? [] : [unlistedValue([...at, "logLevel"], logLevel, levels)]),
        ...gateIssues(values),
        ...variableIssues(values),
        ...scopeIssues(values),
    ];
}
