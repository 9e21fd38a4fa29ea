/** Requests, limits and heaps of containers. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { isObject } from "../util/data";
import { heapBytes, quantityValue } from "../util/quantity";

type Resources = Readonly<Record<string, unknown>>;

/** A container: its resources and, for a JVM, its heap. */
interface Container {
    readonly resources: unknown;
    readonly at: SettingPath;
    /** Whether the CRD has the form of its quantities. */
    readonly inCrd?: boolean;
    readonly heap?: { readonly xms?: string; readonly xmx?: string; readonly at: SettingPath; readonly key: string };
}

function containersOf({ connect, kafkaCluster, httpBridge, standaloneConnect, strimzi }: ParsedSections): Container[] {
    const jvmHeap = (jvm: { xms?: string; xmx?: string }, at: SettingPath) => ({ ...jvm, at, key: "xmx" });
    const pools = (kafkaCluster?.nodePools ?? []).map((pool, index) => {
        const at = ["kafkaCluster", "nodePools", index];
        return {
            resources: pool.resources,
            at: [...at, "resources"],
            inCrd: true,
            heap: jvmHeap(pool.jvm, [...at, "jvm"]),
        };
    });
    const main = httpBridge?.main as Resources | undefined;
    return [
        { resources: strimzi?.resources, at: ["strimzi", "resources"] },
        ...(connect
            ? [
                  {
                      resources: connect.resources,
                      at: ["connect", "resources"],
                      inCrd: true,
                      heap: jvmHeap(connect.jvm, ["connect", "jvm"]),
                  },
              ]
            : []),
        ...pools,
        { resources: httpBridge?.resources, at: ["httpBridge", "resources"] },
        { resources: main?.resources, at: ["httpBridge", "main", "resources"] },
        ...(standaloneConnect
            ? [
                  {
                      resources: standaloneConnect.resources,
                      at: ["standaloneConnect", "resources"],
                      heap: { xmx: standaloneConnect.heap, at: ["standaloneConnect"], key: "heap" },
                  },
              ]
            : []),
    ];
}

export const checkPodResources = (sections: ParsedSections): Issue[] =>
    containersOf(sections).flatMap((container) => {
        const resources = isObject(container.resources) ? container.resources : {};
        return [...quantityIssues(resources, container), ...heapIssues(container, resources)];
    });

/** Quantities by themselves, and requests against limits. */
function quantityIssues(resources: Resources, { at, inCrd }: Container): Issue[] {
    const limits = isObject(resources.limits) ? resources.limits : {};
    return (["limits", "requests"] as const).flatMap((part) => {
        const quantities = resources[part];
        if (!isObject(quantities)) return [];
        return Object.entries(quantities).flatMap(([name, given]): Issue[] => {
            const path = [...at, part, name];
            const value = quantityValue(given);
            if (value === undefined) return inCrd ? [] : [invalidValue(path, given, "a quantity such as 500m or 2Gi")];
            if (value < 0) return [invalidValue(path, given, "a quantity that is not negative")];
            if (name === "memory" && value > 0 && value < 2 ** 20)
                return [invalidValue(path, given, "at least 1Mi", { reason: memoryReason(String(given)) })];
            const limit = part === "requests" ? quantityValue(limits[name]) : undefined;
            return limit !== undefined && value > limit
                ? [invalidValue(path, given, `at most the limit, ${String(limits[name])}`)]
                : [];
        });
    });
}

const memoryReason = (given: string): string =>
    given.endsWith("m") ? `m is a thousandth of a byte; write ${given}i`.replace("mi", "Mi") : "this is in bytes";

function heapIssues({ heap }: Container, resources: Resources): Issue[] {
    if (!heap) return [];
    const issues: Issue[] = [];
    const { xms, xmx } = heap;
    if (xms && xmx && heapBytes(xms) > heapBytes(xmx))
        issues.push(
            issue(
                "KCP_CONFLICTING_SETTINGS",
                [...heap.at, "xms"],
                `the initial heap is larger than the maximum, ${xmx}`,
            ),
        );
    const memory = isObject(resources.limits) ? resources.limits.memory : undefined;
    const limit = quantityValue(memory);
    if (limit === undefined || limit < 2 ** 20) return issues;
    for (const [key, size] of [
        ["xms", xms],
        [heap.key, xmx],
    ] as const)
        if (size && heapBytes(size) >= limit)
            issues.push(
                invalidValue([...heap.at, key], size, `less than the memory limit, ${String(memory)}`, {
                    reason: `the JVM needs memory besides its heap, and Kubernetes kills the container at the limit`,
                }),
            );
    return issues;
}
