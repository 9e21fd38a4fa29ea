/** Fields of Kubernetes' built-in kinds, against Kubernetes' schema. */
import type { JsonSchema } from "../release/crds";
import { violations, type Violation } from "../release/crdValidation";
import { containerSchema, podTemplateSchema } from "../release/kubernetesSchema";
import { issue, missingSetting, type Issue, type SettingPath } from "../schema/issues";
import { isObject } from "../util/data";

/** The value without its fields that are null, which the API server takes as absent. */
function withoutNulls(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(withoutNulls);
    if (!isObject(value)) return value;
    const fields = Object.entries(value).filter(([, field]) => field !== null);
    return Object.fromEntries(fields.map(([name, field]) => [name, withoutNulls(field)]));
}

/** Whether a value is an object of which every field is absent or an empty array. */
const isEmpty = (value: unknown): boolean =>
    isObject(value) &&
    Object.values(value).every((field) => field === undefined || (Array.isArray(field) && field.length === 0));

const isMissing = ({ message }: Violation): boolean => message.startsWith("required;");
const isUnknown = ({ message }: Violation): boolean => message.startsWith("unknown field");
const parentOf = ({ path }: Violation): string => JSON.stringify(path.slice(0, -1));

/**
 * What Kubernetes rejects of an object or a complete part of one, or drops without an error. A misspelt field explains
 * a missing one beside it.
 */
export function kubernetesFieldIssues(schema: JsonSchema, value: unknown, at: SettingPath): Issue[] {
    // compiling a schema takes milliseconds, and most parts have nothing to check
    if (isEmpty(value)) return [];
    const found = violations(schema, withoutNulls(value));
    const misspelt = new Set(found.filter(isUnknown).map(parentOf));
    return found
        .filter((violation) => !isMissing(violation) || !misspelt.has(parentOf(violation)))
        .map((violation) => {
            const path = [...at, ...violation.path];
            if (isMissing(violation))
                return missingSetting(path, "a value, without which the API server rejects the object");
            return issue("KCP_INVALID_KUBERNETES_FIELD", path, violation.message);
        });
}

/** The same of a part whose other fields are generated: at its top nothing is missing. */
const partIssues = (schema: JsonSchema, value: unknown, at: SettingPath): Issue[] =>
    kubernetesFieldIssues(schema, value, at).filter(
        ({ code, path }) => code !== "KCP_MISSING_SETTING" || path.length > at.length + 1,
    );

/** What Kubernetes rejects of a container. */
export const containerIssues = (container: unknown, at: SettingPath): Issue[] =>
    kubernetesFieldIssues(containerSchema(), container, at);

/** What Kubernetes rejects of a container whose name and image are generated. */
export const containerPartIssues = (container: unknown, at: SettingPath): Issue[] =>
    partIssues(containerSchema(), container, at);

/** What Kubernetes rejects of resources. */
export const resourceIssues = (resources: unknown, at: SettingPath): Issue[] =>
    kubernetesFieldIssues(containerSchema().properties!.resources, resources, at);

/** What Kubernetes rejects of a pod's spec whose containers are generated. */
export const podSpecPartIssues = (spec: unknown, at: SettingPath): Issue[] =>
    partIssues(podTemplateSchema().properties!.spec, spec, at);

/** What Kubernetes rejects of a template that is merged over a generated one. */
export function podTemplatePartIssues(template: unknown, at: SettingPath): Issue[] {
    if (!isObject(template)) return [];
    const { spec, ...rest } = template;
    return [...partIssues(podTemplateSchema(), rest, at), ...podSpecPartIssues(spec, [...at, "spec"])];
}
