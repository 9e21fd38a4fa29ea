/** Who manages a KafkaConnector besides the stack that declares it. Pure. */
import type { ResolvedConnector } from "../connectors/template";
import { toolsOf } from "../import/ownership";
import { issue, type Issue } from "../schema/issues";
import type { ObservedKafkaConnector } from "../strimzi/kafkaConnectors";
import type { ConnectorStatus } from "../util/connectRest";

/** Field managers of tools that apply an object again and again. */
const knownManagers: readonly (readonly [pattern: RegExp, tool: string])[] = [
    [/^helm$/, "Helm"],
    [/^argocd-/, "Argo CD"],
    [/^(kustomize|helm)-controller$/, "Flux"],
];

/** The manager that Pulumi's provider derives for each resource, with a random suffix. */
const pulumiManager = /^pulumi-kubernetes-\w+$/;

/**
 * The other managers of an object that this stack declares, each as a noun phrase. A change by hand is not one of them:
 * it is reported as a difference.
 */
export function otherManagers(metadata: Omit<ObservedKafkaConnector["metadata"], "name">): string[] {
    const marked = toolsOf(metadata);
    const owners = (metadata.managedFields ?? [])
        .filter(({ subresource, fieldsV1 }) => !subresource && fieldsV1 !== undefined && "f:spec" in fieldsV1)
        .map(({ manager = "" }) => manager);
    const byFields = knownManagers
        .filter(([pattern]) => owners.some((owner) => pattern.test(owner)))
        .map(([, tool]) => tool)
        .filter((tool) => !marked.some((found) => found.tool === tool));
    const stacks = new Set(owners.filter((owner) => pulumiManager.test(owner)));
    return [
        ...marked.map(({ tool, name }) => (name === undefined ? tool : `${tool} (${name})`)),
        ...byFields,
        ...(stacks.size > 1 ? ["another Pulumi stack"] : []),
    ];
}

/** What two managers of one KafkaConnector do. */
export const managedByTwo = (manager: string): string =>
    `is also managed by ${manager}: each reverts the changes of the other. Remove it there, or here; ` +
    "if it is no longer managed there, remove the label or annotation that is left";

/** A warning for each connector of a stack that is managed by another tool or stack as well. */
export const managedByTwoWarnings = (
    declared: readonly Pick<ResolvedConnector, "name" | "index">[],
    observed: readonly Pick<ConnectorStatus, "name" | "otherManagers">[],
): Issue[] =>
    declared.flatMap(({ name, index }) => {
        const { otherManagers: managers = [] } = observed.find((status) => status.name === name) ?? {};
        return managers.map((manager) =>
            issue("KCP_MANAGED_BY_TWO", ["connectors", index], `(${name}) ${managedByTwo(manager)}`),
        );
    });
