/** Requests, limits and heaps of containers. */
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { heapBytes, quantityValue } from "../util/quantity";
import { podContainers, quantitiesOf, type PodContainer } from "./podContainers";

export const checkPodResources = (sections: ParsedSections): Issue[] =>
    podContainers(sections).flatMap((container) => [...quantityIssues(container), ...heapIssues(container)]);

/** Quantities by themselves, and requests against limits. */
function quantityIssues({ resources, at, inCrd }: PodContainer): Issue[] {
    const limits = quantitiesOf(resources, "limits");
    return (["limits", "requests"] as const).flatMap((part) =>
        Object.entries(quantitiesOf(resources, part)).flatMap(([name, given]): Issue[] => {
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
        }),
    );
}

const memoryReason = (given: string): string =>
    given.endsWith("m") ? `m is a thousandth of a byte; write ${given}i`.replace("mi", "Mi") : "this is in bytes";

function heapIssues({ resources, heap }: PodContainer): Issue[] {
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
    const { memory } = quantitiesOf(resources, "limits");
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
