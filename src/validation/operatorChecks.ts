/** The operator: its chart, the values that replace other settings, and the Kubernetes version that it needs. */
import { strimziRelease } from "../release/releases";
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { isObject } from "../util/data";
import { nearest } from "../util/nearest";
import { existsHere } from "../util/project";
import { chartValueWarnings } from "./chartValues";

type Strimzi = NonNullable<ParsedSections["strimzi"]>;

/** A chart is in an OCI registry, an archive, or a local folder. */
function chartIssues({ chart, version }: Strimzi): Issue[] {
    const at = ["strimzi", "chart"];
    const [, tag = version] = /^oci:\/\/.*\/[^/:@]*:([^/:@]+)$/.exec(chart) ?? [];
    if (tag !== version)
        return [
            invalidValue(at, chart, `an OCI address without a tag, or with ${version}`, {
                reason: "Helm rejects another tag than the version, which is strimzi.version",
            }),
        ];
    if (chart.startsWith("oci://") || /^https?:\/\/\S+\.tgz$/.test(chart)) return [];
    const expected = "an OCI address, the URL of an archive (.tgz), or an existing folder or archive";
    if (/^\w+:\/\//.test(chart)) return [invalidValue(at, chart, expected)];
    return existsHere(chart) ? [] : [invalidValue(at, chart, expected, { reason: "there is no such file or folder" })];
}

/** The versions of Kubernetes that the operator starts on. */
function kubernetesIssues({ version, kubernetesVersion }: Strimzi): Issue[] {
    const { oldestKubernetes } = strimziRelease(version);
    const [major, minor] = (kubernetesVersion ?? "").split(".").map(Number);
    return major === 1 && minor < oldestKubernetes
        ? [
              invalidValue(["strimzi", "kubernetesVersion"], kubernetesVersion, `1.${oldestKubernetes} or newer`, {
                  code: "KCP_UNSUPPORTED_BY_VERSION",
                  reason: `Strimzi ${version} needs it`,
              }),
          ]
        : [];
}

/** What the operator cannot be installed with. */
export const checkOperator = ({ strimzi, connect }: ParsedSections): Issue[] =>
    strimzi?.install && !connect?.use ? [...chartIssues(strimzi), ...kubernetesIssues(strimzi)] : [];

/** Values that replace a setting of the stack file. */
const replacedSettings: Readonly<Record<string, string>> = {
    replicas: "strimzi.replicas",
    resources: "strimzi.resources",
    watchNamespaces: "strimzi.watchNamespaces",
};

/** Values at the top of the chart (its values.yaml; those of 0.45 and of 1.2). */
const chartValues = [
    ...["affinity", "annotations", "buildah", "connectBuildTimeoutMs", "createAggregateRoles", "createGlobalResources"],
    ...["cruiseControl", "dashboards", "defaultImageRegistry", "defaultImageRepository", "defaultImageTag"],
    ...["deploymentAnnotations", "deploymentStrategy", "extraEnvs", "featureGates", "fullReconciliationIntervalMs"],
    ...["generateNetworkPolicy", "generatePodDisruptionBudget", "hostAliases", "image", "jmxTrans", "kafka"],
    ...["kafkaBridge", "kafkaConnect", "kafkaExporter", "kafkaInit", "kafkaMirrorMaker", "kafkaMirrorMaker2"],
    ...["kanikoExecutor", "kubernetesServiceDnsDomain", "labels", "labelsExclusionPattern", "leaderElection"],
    ...["livenessProbe", "logConfigMap", "logConfiguration", "logLevel", "logVolume", "mavenBuilder", "nodeSelector"],
    ...["operationTimeoutMs", "podDisruptionBudget", "podSecurityContext", "priorityClassName", "rbac"],
    ...["readinessProbe", "replicas", "resources", "revisionHistoryLimit", "securityContext", "serviceAccount"],
    ...["serviceAccountCreate", "tlsSidecarEntityOperator", "tmpDirSizeLimit", "tolerations", "topicOperator"],
    ...["userOperator", "watchAnyNamespace", "watchNamespaces"],
];

/** Variables that the chart sets from its values. */
const chartVariables: Readonly<Record<string, string>> = {
    STRIMZI_NAMESPACE: "strimzi.watchNamespaces",
    STRIMZI_FULL_RECONCILIATION_INTERVAL_MS: "the value fullReconciliationIntervalMs",
    STRIMZI_OPERATION_TIMEOUT_MS: "the value operationTimeoutMs",
    STRIMZI_FEATURE_GATES: "the value featureGates",
};

/** What is probably wrong with the chart and its values. */
export function operatorWarnings({ strimzi, connect }: ParsedSections): Issue[] {
    if (!strimzi?.install || connect?.use) return [];
    return [...archiveWarnings(strimzi), ...valueWarnings(strimzi)];
}

/** An archive whose name has another version. */
function archiveWarnings({ chart, version }: Strimzi): Issue[] {
    const ofChart = /-(\d+\.\d+\.\d+)\.tgz$/.exec(chart)?.[1];
    return ofChart === undefined || ofChart === version
        ? []
        : [
              invalidValue(["strimzi", "chart"], chart, `a chart of ${version} (strimzi.version)`, {
                  code: "KCP_UNSUPPORTED_BY_VERSION",
                  reason: "the CRDs and the resources are of that version",
              }),
          ];
}

/** Values of the chart that replace settings, or that it does not have. */
function valueWarnings(strimzi: Strimzi): Issue[] {
    const values: unknown = strimzi.values;
    if (!isObject(values)) return [];
    const at = ["strimzi", "values"];
    const election = isObject(values.leaderElection) ? values.leaderElection : {};
    const tag = values.defaultImageTag;
    const variables = Array.isArray(values.extraEnvs) ? (values.extraEnvs as unknown[]) : [];
    return [
        ...chartValueWarnings(values),
        ...Object.entries(replacedSettings)
            .filter(([key]) => values[key] !== undefined)
            .map(([key, setting]) =>
                issue("KCP_OVERRIDDEN_FIELD", [...at, key], `replaces ${setting}; use that setting`),
            ),
        ...Object.keys(values).flatMap((key) => {
            const meant = chartValues.includes(key) ? undefined : nearest(key, chartValues);
            return meant === undefined
                ? []
                : [issue("KCP_UNKNOWN_SETTING", [...at, key], `the chart has no such value; did you mean "${meant}"?`)];
        }),
        ...(tag !== undefined && tag !== "" && tag !== strimzi.version
            ? [
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      [...at, "defaultImageTag"],
                      `images of another version than the CRDs, which are of strimzi.version (${strimzi.version})`,
                  ),
              ]
            : []),
        ...(strimzi.replicas > 1 && election.enable === false
            ? [
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      [...at, "leaderElection", "enable"],
                      `without leader election all ${strimzi.replicas} operators change the same resources`,
                  ),
              ]
            : []),
        ...variables.flatMap((variable, index) => {
            const name = isObject(variable) ? String(variable.name) : "";
            return Object.hasOwn(chartVariables, name)
                ? [
                      issue(
                          "KCP_DUPLICATE_NAME",
                          [...at, "extraEnvs", index, "name"],
                          `the chart sets ${name} too; use ${chartVariables[name]}`,
                      ),
                  ]
                : [];
        }),
    ];
}
