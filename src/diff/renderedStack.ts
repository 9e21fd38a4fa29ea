/** A rendered stack, read back from its files. Pure. */
import * as YAML from "yaml";

/** An object of a rendered stack. */
export interface RenderedObject {
    /** Kubernetes kind, or the type of another provider's resource, such as `docker:index/image:Image`. */
    readonly kind: string;
    readonly namespace?: string;
    /** Name of the object itself. */
    readonly name: string;
    /** Name of its Pulumi resource, which stays the same when a connector gets another version. */
    readonly resource: string;
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- its form depends on the kind
    readonly content: any;
}

/** `KafkaConnector orders` */
export const subjectOf = ({ kind, name }: RenderedObject): string => `${kind.split(":").pop()} ${name}`;

/** Names of Pulumi resources by kind and name: summary.txt has `KIND RESOURCE (NAME)` where they differ. */
function resourceNames(summary: string): Map<string, string> {
    const lines = summary.matchAll(/([A-Za-z]+) (\S+) \(([^)]+)\)/g);
    return new Map([...lines].map(([, kind, resource, name]) => [`${kind} ${name}`, resource]));
}

interface KubernetesObject {
    kind: string;
    metadata: { name: string; namespace?: string };
}

/** The objects of a rendered stack, from the files that `kcp render` writes. */
export function readRendered(files: ReadonlyMap<string, string>): RenderedObject[] {
    const resources = resourceNames(files.get("summary.txt") ?? "");
    return [...files].flatMap(([file, text]): RenderedObject[] => {
        if (file.startsWith("kubernetes/") && file.endsWith(".yaml")) {
            const content = YAML.parse(text) as KubernetesObject;
            const { kind, metadata } = content;
            const resource = resources.get(`${kind} ${metadata.name}`) ?? metadata.name;
            return [{ kind, name: metadata.name, namespace: metadata.namespace, resource, content }];
        }
        if (!file.includes("/") || !file.endsWith(".json")) return [];
        const { type, name, inputs } = JSON.parse(text) as { type: string; name: string; inputs: unknown };
        return [{ kind: type, name, resource: name, content: inputs }];
    });
}

/** An object before and after a change; one side is missing when it is new or removed. */
export interface ObjectPair {
    readonly before?: RenderedObject;
    readonly after?: RenderedObject;
}

const keyOf = ({ kind, namespace, resource }: RenderedObject): string => [kind, namespace ?? "", resource].join(" ");

/** The objects of two stacks, paired by their Pulumi resources. */
export function pairObjects(before: readonly RenderedObject[], after: readonly RenderedObject[]): ObjectPair[] {
    const earlier = new Map(before.map((object) => [keyOf(object), object]));
    const later = new Map(after.map((object) => [keyOf(object), object]));
    return [...new Set([...earlier.keys(), ...later.keys()])]
        .sort()
        .map((key) => ({ before: earlier.get(key), after: later.get(key) }));
}
