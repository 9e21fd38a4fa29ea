/** Memory of containers with a JVM: too little to start, or too little beside the heap. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { isObject } from "../util/data";
import { heapBytes, quantityValue } from "../util/quantity";

const mebibyte = 2 ** 20;

/** A container with a JVM. */
interface JvmContainer {
    readonly resources: unknown;
    readonly at: SettingPath;
    /** Mebibytes with less of which it hardly starts. */
    readonly least: number;
    readonly heap?: { readonly size: string | undefined; readonly at: SettingPath };
}

function containersOf({ connect, kafkaCluster, httpBridge, standaloneConnect, strimzi }: ParsedSections) {
    const pools = (kafkaCluster?.nodePools ?? []).map(({ resources, jvm }, index): JvmContainer => {
        const at = ["kafkaCluster", "nodePools", index];
        return {
            resources,
            at: [...at, "resources"],
            least: 512,
            heap: { size: jvm.xmx, at: [...at, "jvm", "xmx"] },
        };
    });
    const containers: (JvmContainer | undefined)[] = [
        connect && {
            resources: connect.resources,
            at: ["connect", "resources"],
            least: 512,
            heap: { size: connect.jvm.xmx, at: ["connect", "jvm", "xmx"] },
        },
        ...pools,
        standaloneConnect && {
            resources: standaloneConnect.resources,
            at: ["standaloneConnect", "resources"],
            least: 512,
            heap: { size: standaloneConnect.heap, at: ["standaloneConnect", "heap"] },
        },
        httpBridge && { resources: httpBridge.resources, at: ["httpBridge", "resources"], least: 128 },
        strimzi && { resources: strimzi.resources, at: ["strimzi", "resources"], least: 128 },
    ];
    return containers.filter((container) => container !== undefined);
}

/** Warnings about the memory and processors of containers with a JVM. */
export const jvmContainerWarnings = (sections: ParsedSections): Issue[] =>
    containersOf(sections).flatMap((container) => [...limitWarnings(container), ...heapWarnings(container)]);

const quantitiesOf = (resources: unknown, part: string): Record<string, unknown> => {
    const quantities = isObject(resources) ? resources[part] : undefined;
    return isObject(quantities) ? quantities : {};
};

function limitWarnings({ resources, at, least }: JvmContainer): Issue[] {
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

function heapWarnings({ resources, heap }: JvmContainer): Issue[] {
    if (heap?.size === undefined || resources === undefined) return [];
    const bytes = heapBytes(heap.size);
    const limit = quantityValue(quantitiesOf(resources, "limits").memory);
    const requested = quantitiesOf(resources, "requests").memory;
    const request = quantityValue(requested);
    const doubtful = (message: string) => [issue("KCP_CONFLICTING_SETTINGS", heap.at, message)];
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
