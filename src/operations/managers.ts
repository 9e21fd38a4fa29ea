/** Who manages a KafkaConnector besides the stack that declares it. Pure. */
import { toolsOf, type ToolMarks } from "../import/ownership";

/** Metadata as the API server returns it. */
export interface ManagedMetadata extends ToolMarks {
    readonly managedFields?: readonly {
        readonly manager?: string;
        readonly operation?: string;
        readonly subresource?: string;
        readonly fieldsV1?: Readonly<Record<string, unknown>>;
    }[];
}

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
export function otherManagers(metadata: ManagedMetadata): string[] {
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
