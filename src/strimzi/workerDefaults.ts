/** What the workers' container and JVM have where the stack file says nothing; docs/defaults.md has the reasons. */
import type { ConnectSettings } from "../schema/connect";
import { heapBytes } from "../util/quantity";

type Connect = Pick<ConnectSettings, "resources" | "jvm" | "spec">;

const mebibyte = 2 ** 20;

/** Processors that a worker requests. It has no limit: a worker that starts uses several for some seconds. */
const cpu = "500m";

/** MiB of a worker for which the stack file has no heap; Strimzi takes three quarters of them for the heap. */
const memory = 2048;

/** MiB besides the heap: classes, threads and buffers of the network. */
const besidesHeap = 512;

/** MiB of a worker: enough for its heap, where the stack file has one. */
function memoryOf({ xmx, xms }: Connect["jvm"]): number {
    const heap = xmx ?? xms;
    if (heap === undefined) return memory;
    const mebibytes = Math.ceil(heapBytes(heap) / mebibyte);
    return mebibytes + Math.max(besidesHeap, Math.ceil(mebibytes / 4));
}

/** Requests and limits of a worker's container: the stack file's or, where it has none, the platform's. */
export function workerResources({ resources, jvm, spec }: Connect): unknown {
    if (resources !== undefined || spec?.resources !== undefined) return resources;
    const size = `${memoryOf(jvm)}Mi`;
    return { requests: { cpu, memory: size }, limits: { memory: size } };
}

/**
 * Options that `kafka-run-class.sh` sets where there are none. Any option in `-XX` replaces them all, so that they are
 * repeated beside the platform's.
 */
const kafkaOptions = {
    UseG1GC: "true",
    MaxGCPauseMillis: "20",
    InitiatingHeapOccupancyPercent: "35",
    ExplicitGCInvokesConcurrent: "true",
};

/** The -XX options of a worker's JVM: one that runs out of heap ends, and Kubernetes starts it again. */
export function workerJvmOptions({ jvm: { options }, spec }: Connect): Record<string, string> {
    if (spec?.jvmOptions !== undefined) return options;
    const others = Object.keys(options).length > 0 ? options : kafkaOptions;
    return { ExitOnOutOfMemoryError: "true", ...others };
}
