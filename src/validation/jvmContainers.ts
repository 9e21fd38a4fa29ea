/** Memory of containers with a JVM: too little to start, or too little beside the heap. */
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { heapBytes, quantityValue } from "../util/quantity";
import { podContainers, quantitiesOf, type PodContainer } from "./podContainers";

const mebibyte = 2 ** 20;

/** Warnings about the memory and processors of containers with a JVM. */
export const jvmContainerWarnings = (sections: ParsedSections): Issue[] =>
    podContainers(sections).flatMap((container) => [...limitWarnings(container), ...heapWarnings(container)]);

function limitWarnings({ resources, at, least }: PodContainer): Issue[] {
    if (least === undefined) return [];
    const limits = quantitiesOf(resources, "limits");
    const memory = quantityValue(limits.memory);
    const cpu = quantityValue(limits.cpu);
    const tooLittle = (name: string, expected: string) =>
        invalidValue([...at, "limits", name], limits[name], expected, { reason: "it hardly starts with less" });
    return [
        ...(memory !== undefined && memory >= mebibyte && memory < least * mebibyte
            ? [tooLittle("memory", `at least ${least}Mi`)]
            : []),
        ...(cpu !== undefined && cpu > 0 && cpu < 0.1 ? [tooLittle("cpu", "at least 100m")] : []),
    ];
}

/** What a JVM needs besides its heap, at least: classes, threads, buffers of the network. */
const besidesHeap = 256 * mebibyte;

function heapWarnings({ resources, heap }: PodContainer): Issue[] {
    if (heap?.xmx === undefined || resources === undefined) return [];
    const bytes = heapBytes(heap.xmx);
    const limit = quantityValue(quantitiesOf(resources, "limits").memory);
    const requested = quantitiesOf(resources, "requests").memory;
    const request = quantityValue(requested);
    const doubtful = (message: string) => [issue("KCP_CONFLICTING_SETTINGS", [...heap.at, heap.key], message)];
    if (limit === undefined && request === undefined)
        return doubtful(
            "the resources have no memory: a node can be given more pods than fit; request the heap and at least 256Mi",
        );
    if (limit !== undefined && limit > bytes && limit - bytes < besidesHeap)
        return doubtful(
            `leaves ${Math.round((limit - bytes) / mebibyte)} MiB of the memory limit for what the JVM needs ` +
                "besides its heap; leave at least 256, or Kubernetes kills the container",
        );
    // without a request Kubernetes requests the limit
    if (request !== undefined && request < bytes)
        return doubtful(
            `is more than the requested memory, ${String(requested)}: on a full node the pod is evicted; ` +
                "request the heap and what the JVM needs besides it",
        );
    return [];
}
