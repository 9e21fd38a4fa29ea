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

const isMissing = ({ message }: Violation): boolean => message.startsWith("required;");

/**
 * What Kubernetes rejects of a value, or drops without an error. A misspelt field explains a missing one.
 *
 * @param isPart whether other fields are generated: then none is missing
 */
export function kubernetesFieldIssues(schema: JsonSchema, value: unknown, at: SettingPath, isPart = false): Issue[] {
    const found = violations(schema, withoutNulls(value));
    const isPartial = isPart || found.some(({ message }) => message.startsWith("unknown field"));
    return found
        .filter((violation) => !isPartial || !isMissing(violation))
        .map((violation) => {
            const path = [...at, ...violation.path];
            if (isMissing(violation))
                return missingSetting(path, "a value, without which the API server rejects the object");
            return issue("KCP_INVALID_KUBERNETES_FIELD", path, violation.message);
        });
}

/** What Kubernetes rejects of a container. */
export const containerIssues = (container: unknown, at: SettingPath): Issue[] =>
    kubernetesFieldIssues(containerSchema(), container, at);

/** What Kubernetes rejects of resources. */
export const resourceIssues = (resources: unknown, at: SettingPath): Issue[] =>
    kubernetesFieldIssues(containerSchema().properties!.resources, resources, at);

/** What Kubernetes rejects of a template that is merged over a generated one. */
export const podTemplatePartIssues = (template: unknown, at: SettingPath): Issue[] =>
    kubernetesFieldIssues(podTemplateSchema(), template, at, true);
