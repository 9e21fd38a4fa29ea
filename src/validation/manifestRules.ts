/** Further objects that other controllers than Strimzi's read: rules of Prometheus, bindings of roles. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { Manifest } from "../schema/manifests";
import type { ParsedSections } from "../schema/sections";
import { manifestNamespace } from "../strimzi/manifestPlace";
import { listOf, valueAt } from "../util/data";
import { misspelledName } from "../util/nearest";

const pairs: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** What makes an expression of PromQL no expression: brackets and quotes that do not match. */
export function expressionProblem(expression: string): string | undefined {
    // strings first: they can contain brackets and #, the start of a comment
    const withoutStrings = expression.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g, "");
    const text = withoutStrings.replace(/#.*/g, "");
    if (/["'`]/.test(text)) return "a quote is not closed";
    const open: string[] = [];
    for (const character of text) {
        if ("([{".includes(character)) open.push(character);
        else if (Object.hasOwn(pairs, character) && open.pop() !== pairs[character])
            return `${character} closes nothing that is open`;
    }
    return open.length > 0 ? `${open[open.length - 1]} is not closed` : undefined;
}

const duration = /^(0|(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?)$/;

/** Rules with which Prometheus loads none of the object's rules. */
function prometheusIssues({ spec }: Manifest, at: SettingPath): Issue[] {
    return listOf(valueAt(spec, ["groups"])).flatMap((group, number) =>
        listOf(valueAt(group, ["rules"])).flatMap((rule, index) => {
            const path = [...at, "spec", "groups", number, "rules", index];
            const expression = valueAt(rule, ["expr"]);
            const problem = typeof expression === "string" ? expressionProblem(expression) : undefined;
            const reason = "Prometheus loads none of the rules";
            const durations = ["for", "keep_firing_for"].flatMap((key) => {
                const value = valueAt(rule, [key]);
                return typeof value !== "string" || (value !== "" && duration.test(value))
                    ? []
                    : [invalidValue([...path, key], value, "a duration such as 5m or 1h30m", { reason })];
            });
            return [
                ...(problem === undefined
                    ? []
                    : [invalidValue([...path, "expr"], expression, "an expression of PromQL", { reason: problem })]),
                ...durations,
            ];
        }),
    );
}

/** Errors of further objects, by the controllers that read them. */
export const manifestRuleIssues = (object: Manifest, at: SettingPath): Issue[] =>
    object.kind === "PrometheusRule" && object.apiVersion.startsWith("monitoring.coreos.com/")
        ? prometheusIssues(object, at)
        : [];

/** A binding of a role whose name is close to that of one of the stack. */
export function manifestRuleWarnings(object: Manifest, { manifests = [], connect }: ParsedSections, at: SettingPath) {
    if (!/^(Cluster)?RoleBinding$/.test(object.kind) || !connect) return [];
    const kind = String(valueAt(object, ["roleRef", "kind"]));
    const name = String(valueAt(object, ["roleRef", "name"]));
    const namespace = manifestNamespace(object, connect.namespace);
    const known = manifests
        .filter((other) => other.kind === kind)
        .filter((other) => kind !== "Role" || manifestNamespace(other, connect.namespace) === namespace)
        .map(({ metadata }) => metadata.name);
    // roles that every cluster has
    if (kind === "ClusterRole" && /^(view|edit|admin|cluster-admin|system:.*|strimzi-.*)$/.test(name)) return [];
    const meant = misspelledName(name, known);
    return meant === undefined
        ? []
        : [
              issue(
                  "KCP_UNDECLARED_NAME",
                  [...at, "roleRef", "name"],
                  `manifests declares no ${kind} ${name}; did you mean "${meant}"?`,
              ),
          ];
}
