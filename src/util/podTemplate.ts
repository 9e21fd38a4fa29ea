/** A pod template merged over another one. Pure. */
import { applyMergePatch, isPlainObject } from "./mergePatch";

type Plain = Record<string, unknown>;

/** Arrays of a pod's spec whose items have names, by which Kubernetes identifies them. */
const namedArrays = ["containers", "initContainers", "volumes"];

/** The items with those of the patch: one of the same name is merged, another one is added. */
function mergeByName(items: readonly Plain[], patch: readonly Plain[]): Plain[] {
    const merged = items.map((item) => {
        const changed = patch.find(({ name }) => name === item.name);
        return changed ? applyMergePatch(item, changed) : item;
    });
    return [...merged, ...patch.filter(({ name }) => !items.some((item) => item.name === name))];
}

/**
 * A pod template with a patch merged over it as a JSON Merge Patch; containers, init containers and volumes are merged
 * by name. What the selector of the pods matches cannot be changed.
 *
 * @param selector labels of the pods by which they are found
 */
export function mergePodTemplate<T extends Plain>(
    template: T,
    patch: Readonly<Plain> | undefined,
    selector: Readonly<Record<string, string>>,
): T {
    if (!patch) return template;
    const merged = applyMergePatch(template, patch);
    const [spec, patched] = [template.spec as Plain, isPlainObject(patch.spec) ? patch.spec : {}];
    const arrays = namedArrays
        .filter((key) => Array.isArray(patched[key]))
        .map((key) => [key, mergeByName((spec[key] as Plain[] | undefined) ?? [], patched[key] as Plain[])]);
    const metadata = isPlainObject(merged.metadata) ? merged.metadata : {};
    const labels = { ...(isPlainObject(metadata.labels) ? metadata.labels : {}), ...selector };
    return {
        ...merged,
        metadata: { ...metadata, labels },
        spec: { ...(merged.spec as Plain), ...Object.fromEntries(arrays) },
    } as unknown as T;
}
