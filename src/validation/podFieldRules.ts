/**
 * Values of pods that neither Strimzi's CRDs nor Kubernetes' schemas describe, and that the API server refuses when the
 * operator creates the pods. Each rule was found by sending the pods of Strimzi's operator to a real API server.
 */
import { isIP } from "node:net";
import { invalidValue, type Issue, type SettingPath } from "../schema/issues";
import { dnsName, isLabelName, isLabelValue } from "../schema/primitives";
import type { ParsedSections } from "../schema/sections";
import { isObject, valueAt } from "../util/data";

interface Rule {
    /** The end of a path, with `[]` for the items of an array. */
    readonly path: RegExp;
    readonly accepts: (value: string) => boolean;
    readonly expected: string;
    /** Whether the values are numbers, not strings; another type is reported by the check of the CRD. */
    readonly isNumber?: boolean;
}

const isName = (value: string): boolean => dnsName().safeParse(value).success;
const isId = (value: string): boolean => /^\d+$/.test(value) && Number(value) <= 2 ** 31 - 1;
const isKey = (value: string): boolean => /^[-._a-zA-Z0-9]{1,253}$/.test(value);
const oneOf = (...values: string[]) => ({
    accepts: (value: string) => values.includes(value),
    expected: `one of ${values.join(", ")}`,
});

const labelName = "the name of a label: at most 63 letters, digits, -, _ and ., after an optional DNS name and /";
const labelValue = "the value of a label: at most 63 letters, digits, -, _ and .";

const rules: readonly Rule[] = [
    {
        path: /\b(secretKeyRef|configMapKeyRef|secretRef|configMapRef|nodePublishSecretRef|imagePullSecrets\[\])\.name$/,
        accepts: isName,
        expected: "the name of a Kubernetes object: a-z, 0-9, - and .",
    },
    {
        path: /\.(priorityClassName|schedulerName|runtimeClassName|secretName|claimName)$/,
        accepts: isName,
        expected: "the name of a Kubernetes object: a-z, 0-9, - and .",
    },
    {
        path: /\b(secretKeyRef|configMapKeyRef|items\[\])\.key$/,
        accepts: isKey,
        expected: "a key of at most 253 letters, digits, -, _ and .",
    },
    {
        path: /\bcsi\.driver$/,
        accepts: (value) => isName(value.toLowerCase()) && value.length <= 63,
        expected: "the name of a CSI driver: at most 63 letters, digits, - and .",
    },
    {
        path: /\.(fsGroup|runAsUser|runAsGroup|supplementalGroups\[\])$/,
        isNumber: true,
        accepts: isId,
        expected: "an id from 0 to 2147483647",
    },
    {
        path: /\.terminationGracePeriodSeconds$/,
        isNumber: true,
        accepts: isId,
        expected: "a number of seconds from 0 to 2147483647",
    },
    { path: /\.(seccompProfile|appArmorProfile)\.type$/, ...oneOf("RuntimeDefault", "Localhost", "Unconfined") },
    { path: /\.fsGroupChangePolicy$/, ...oneOf("OnRootMismatch", "Always") },
    { path: /\.hostAliases\[\]\.ip$/, accepts: (value) => isIP(value) > 0, expected: "an IP address" },
    {
        path: /\.hostAliases\[\]\.hostnames\[\]$/,
        accepts: isName,
        expected: "a host name of a-z, 0-9, - and .",
    },
    { path: /(podAffinityTerm|DuringExecution\[\])\.topologyKey$/, accepts: isLabelName, expected: labelName },
    { path: /\bmatchExpressions\[\]\.key$/, accepts: isLabelName, expected: labelName },
    { path: /\bmatchExpressions\[\]\.values\[\]$/, accepts: isLabelValue, expected: labelValue },
    // those of connect and of node pools are in podScheduling.ts
    { path: /^template\..*\btolerations\[\]\.operator$/, ...oneOf("Exists", "Equal") },
    {
        path: /^template\..*\btolerations\[\]\.effect$/,
        ...oneOf("NoSchedule", "PreferNoSchedule", "NoExecute"),
    },
    { path: /\btolerations\[\]\.key$/, accepts: isLabelName, expected: labelName },
    { path: /\btolerations\[\]\.value$/, accepts: isLabelValue, expected: labelValue },
];

/** The issues of a part of a pod: `form` is its path with `[]` for items. */
function fieldIssues(value: unknown, at: SettingPath, form: string): Issue[] {
    if (Array.isArray(value)) return value.flatMap((item, index) => fieldIssues(item, [...at, index], `${form}[]`));
    if (isObject(value))
        return Object.entries(value).flatMap(([key, item]) =>
            /\b(matchLabels|nodeSelector|metadata\.labels)$/.test(form)
                ? labelIssues(key, item, [...at, key])
                : fieldIssues(item, [...at, key], `${form}.${key}`),
        );
    // an empty string is reported where a name is required
    if (value === "") return [];
    const rule = rules.find(
        ({ path, isNumber }) => typeof value === (isNumber ? "number" : "string") && path.test(form),
    );
    return rule === undefined || rule.accepts(String(value)) ? [] : [invalidField(at, value, rule.expected)];
}

function labelIssues(name: string, value: unknown, at: SettingPath): Issue[] {
    if (!isLabelName(name)) return [invalidField(at, name, labelName)];
    return typeof value !== "string" || isLabelValue(value) ? [] : [invalidField(at, value, labelValue)];
}

const invalidField = (at: SettingPath, value: unknown, expected: string): Issue =>
    invalidValue(at, value, expected, {
        code: "KCP_INVALID_KUBERNETES_FIELD",
        reason: "the API server refuses the pods",
    });

/** Every `template` within a spec of Strimzi's. */
function templates(value: unknown, at: SettingPath): [unknown, SettingPath][] {
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([key, inner]): [unknown, SettingPath][] =>
        key === "template" ? [[inner, [...at, key]]] : templates(inner, [...at, key]),
    );
}

/** The parts of pods in the stack file. */
function podParts({ connect, kafkaCluster, httpBridge, standaloneConnect }: ParsedSections): [unknown, SettingPath][] {
    const scheduling = ["affinity", "tolerations", "topologySpreadConstraints"] as const;
    const ofWorkers = [...scheduling, "env", "volumes"] as const;
    return [
        ...ofWorkers.map((key): [unknown, SettingPath] => [connect?.[key], ["connect", key]]),
        ...templates(connect?.spec, ["connect", "spec"]),
        ...(kafkaCluster?.nodePools ?? []).flatMap((pool, index): [unknown, SettingPath][] => {
            const at = ["kafkaCluster", "nodePools", index];
            return [
                ...scheduling.map((key): [unknown, SettingPath] => [valueAt(pool, [key]), [...at, key]]),
                ...templates(pool.spec, [...at, "spec"]),
            ];
        }),
        ...templates(kafkaCluster?.spec, ["kafkaCluster", "spec"]),
        [httpBridge?.main, ["httpBridge", "main"]],
        [httpBridge?.template, ["httpBridge", "template"]],
        [standaloneConnect?.template, ["standaloneConnect", "template"]],
    ];
}

/** Values of the stack's pods that the API server refuses. */
export const checkPodFields = (sections: ParsedSections): Issue[] =>
    podParts(sections).flatMap(([value, at]) => fieldIssues(value, at, String(at[at.length - 1])));
