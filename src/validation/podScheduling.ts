/** Values of pods that Strimzi's CRD takes as any string, and that the API server refuses when the pods are created. */
import { invalidValue, issue, missingSetting, unlistedValue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { isObject } from "../util/data";
import { affinityIssues } from "./podAffinity";

type Values = Readonly<Record<string, unknown>>;

interface Pods {
    readonly affinity?: unknown;
    readonly tolerations: readonly unknown[];
    readonly topologySpreadConstraints: readonly unknown[];
    readonly at: SettingPath;
}

const podsOf = ({ connect, kafkaCluster }: ParsedSections): Pods[] => [
    ...(connect ? [{ ...connect, at: ["connect"] }] : []),
    ...(kafkaCluster?.nodePools ?? []).map((pool, index) => ({ ...pool, at: ["kafkaCluster", "nodePools", index] })),
];

const oneOf = (values: Values, key: string, allowed: readonly string[], at: SettingPath): Issue[] =>
    values[key] === undefined || allowed.includes(String(values[key]))
        ? []
        : [unlistedValue([...at, key], values[key], allowed)];

function tolerationIssues(toleration: Values, at: SettingPath): Issue[] {
    const { operator = "Equal", value, key, effect, tolerationSeconds } = toleration;
    const issues = [
        ...oneOf(toleration, "operator", ["Exists", "Equal"], at),
        ...oneOf(toleration, "effect", ["NoSchedule", "PreferNoSchedule", "NoExecute"], at),
    ];
    if (operator === "Exists" && value !== undefined && value !== "")
        issues.push(issue("KCP_CONFLICTING_SETTINGS", [...at, "value"], "the operator Exists has no value; remove it"));
    if (operator === "Equal" && (key === undefined || key === ""))
        issues.push(invalidValue([...at, "key"], key, "a key, which only the operator Exists can leave out"));
    if (tolerationSeconds !== undefined && effect !== "NoExecute")
        issues.push(
            issue("KCP_CONFLICTING_SETTINGS", [...at, "tolerationSeconds"], "it is for the effect NoExecute only"),
        );
    return issues;
}

const spreadFields =
    /^(maxSkew|topologyKey|whenUnsatisfiable|labelSelector|minDomains|nodeAffinityPolicy|nodeTaintsPolicy|matchLabelKeys)$/;

function spreadIssues(constraint: Values, at: SettingPath): Issue[] {
    // a misspelt field is reported by the check of the CRD, and explains a missing one
    if (Object.keys(constraint).some((field) => !spreadFields.test(field))) return [];
    const { maxSkew, topologyKey } = constraint;
    return [
        ...(Number(maxSkew) >= 1 ? [] : [invalidValue([...at, "maxSkew"], maxSkew, "an integer of at least 1")]),
        ...(topologyKey ? [] : [invalidValue([...at, "topologyKey"], topologyKey, "a label of the nodes")]),
        ...(constraint.whenUnsatisfiable === undefined
            ? [missingSetting([...at, "whenUnsatisfiable"], "DoNotSchedule or ScheduleAnyway")]
            : oneOf(constraint, "whenUnsatisfiable", ["DoNotSchedule", "ScheduleAnyway"], at)),
    ];
}

export const checkPodScheduling = (sections: ParsedSections): Issue[] =>
    podsOf(sections).flatMap(({ affinity, tolerations, topologySpreadConstraints, at }) => [
        ...affinityIssues(affinity, [...at, "affinity"]),
        ...tolerations.flatMap((item, index) => tolerationIssues(item as Values, [...at, "tolerations", index])),
        ...topologySpreadConstraints.flatMap((item, index) =>
            spreadIssues(item as Values, [...at, "topologySpreadConstraints", index]),
        ),
    ]);

/** Warnings about spread constraints that count other pods than the workers, or none. */
export const spreadWarnings = ({ connect }: ParsedSections): Issue[] =>
    (connect?.topologySpreadConstraints ?? []).flatMap((item, index): Issue[] => {
        const at = ["connect", "topologySpreadConstraints", index];
        const { labelSelector } = item as Values;
        if (!isObject(labelSelector))
            return [
                issue(
                    "KCP_UNUSED_SETTING",
                    [...at, "labelSelector"],
                    "not set, so that the constraint counts no pods; set matchLabels with " +
                        `strimzi.io/cluster: ${connect!.name}`,
                ),
            ];
        const cluster = isObject(labelSelector.matchLabels)
            ? labelSelector.matchLabels["strimzi.io/cluster"]
            : undefined;
        if (cluster === undefined || cluster === connect!.name) return [];
        const path = [...at, "labelSelector", "matchLabels", "strimzi.io/cluster"];
        return [
            invalidValue(path, cluster, `${connect!.name} (connect.name)`, {
                reason: "the constraint counts the pods of another cluster",
            }),
        ];
    });
