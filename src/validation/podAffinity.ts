/** Affinity of pods: values that Strimzi's CRD takes as any string, and that the API server refuses with the pods. */
import { invalidValue, issue, missingSetting, unlistedValue, type Issue, type SettingPath } from "../schema/issues";
import { isObject } from "../util/data";

type Values = Readonly<Record<string, unknown>>;

const listAt = (value: unknown, key: string): unknown[] => {
    const list = isObject(value) ? value[key] : undefined;
    return Array.isArray(list) ? list : [];
};

const required = "requiredDuringSchedulingIgnoredDuringExecution";
const preferred = "preferredDuringSchedulingIgnoredDuringExecution";

/** Operators of nodes; those of labels are the first four. */
const operators = ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"];

/** `matchExpressions` and `matchFields`, by the operators that can be used there. */
function expressionIssues(value: unknown, allowed: readonly string[], at: SettingPath): Issue[] {
    return ["matchExpressions", "matchFields"].flatMap((key) =>
        listAt(value, key).flatMap((item, index): Issue[] => {
            const path = [...at, key, index];
            if (!isObject(item)) return [];
            const operator = String(item.operator);
            if (!allowed.includes(operator)) return [unlistedValue([...path, "operator"], item.operator, allowed)];
            const count = listAt(item, "values").length;
            if (operator === "In" || operator === "NotIn")
                return count > 0 ? [] : [missingSetting([...path, "values"], `values, which ${operator} requires`)];
            if (operator === "Gt" || operator === "Lt") return [];
            return count === 0
                ? []
                : [issue("KCP_CONFLICTING_SETTINGS", [...path, "values"], `${operator} has no values; remove them`)];
        }),
    );
}

function weightIssues(item: unknown, at: SettingPath): Issue[] {
    const weight = (item as Values | undefined)?.weight;
    return Number(weight) >= 1 && Number(weight) <= 100
        ? []
        : [invalidValue([...at, "weight"], weight, "an integer from 1 to 100")];
}

function nodeIssues(node: Values, at: SettingPath): Issue[] {
    const terms = isObject(node[required]) ? listAt(node[required], "nodeSelectorTerms") : undefined;
    const termsPath = [...at, required, "nodeSelectorTerms"];
    return [
        ...(terms?.length === 0 ? [missingSetting(termsPath, "at least one term, each with matchExpressions")] : []),
        ...(terms ?? []).flatMap((term, index) => expressionIssues(term, operators, [...termsPath, index])),
        ...listAt(node, preferred).flatMap((item, index) => {
            const path = [...at, preferred, index];
            const preference = (item as Values).preference;
            return [...weightIssues(item, path), ...expressionIssues(preference, operators, [...path, "preference"])];
        }),
    ];
}

/** A term of the affinity to other pods. */
function podTermIssues(term: unknown, at: SettingPath): Issue[] {
    if (!isObject(term)) return [];
    const labels = expressionIssues(term.labelSelector, operators.slice(0, 4), [...at, "labelSelector"]);
    return term.topologyKey
        ? labels
        : [
              ...labels,
              invalidValue([...at, "topologyKey"], term.topologyKey, "a label of the nodes, which says what is apart"),
          ];
}

const podIssues = (pods: Values, at: SettingPath): Issue[] => [
    ...listAt(pods, required).flatMap((term, index) => podTermIssues(term, [...at, required, index])),
    ...listAt(pods, preferred).flatMap((item, index) => {
        const path = [...at, preferred, index];
        const term = (item as Values).podAffinityTerm;
        return [...weightIssues(item, path), ...podTermIssues(term, [...path, "podAffinityTerm"])];
    }),
];

/** The issues of an `affinity`. */
export function affinityIssues(affinity: unknown, at: SettingPath): Issue[] {
    if (!isObject(affinity)) return [];
    const { nodeAffinity, podAffinity, podAntiAffinity } = affinity;
    return [
        ...(isObject(nodeAffinity) ? nodeIssues(nodeAffinity, [...at, "nodeAffinity"]) : []),
        ...(isObject(podAffinity) ? podIssues(podAffinity, [...at, "podAffinity"]) : []),
        ...(isObject(podAntiAffinity) ? podIssues(podAntiAffinity, [...at, "podAntiAffinity"]) : []),
    ];
}
