/** Requests, limits and heaps of containers. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { suggestionFor } from "../util/nearest";
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
            if (!isResource(name)) return [resourceIssue(path, name)];
            if (["memory", "ephemeral-storage"].includes(name) && value > 0 && value < 2 ** 20)
                return [invalidValue(path, given, "at least 1Mi", { reason: memoryReason(String(given)) })];
            if (isWhole(name) && quantityValue(limits[name]) !== value)
                return [
                    invalidValue([...at, "limits", name], limits[name], `${String(given)}, as the request`, {
                        reason: "Kubernetes shares no part of such a resource",
                    }),
                ];
            if (isHugePages(name) && value % hugePage(name) !== 0)
                return [invalidValue(path, given, `a multiple of ${name.slice("hugepages-".length)}`)];
            const limit = part === "requests" ? quantityValue(limits[name]) : undefined;
            return limit !== undefined && value > limit
                ? [invalidValue(path, given, `at most the limit, ${String(limits[name])}`)]
                : [];
        }),
    );
}

/** Resources of containers; others have a domain, such as nvidia.com/gpu. */
const standardResources = ["cpu", "memory", "ephemeral-storage"];

const isHugePages = (name: string): boolean => name.startsWith("hugepages-");

const isResource = (name: string): boolean =>
    standardResources.includes(name) || isHugePages(name) || name.includes("/");

/** Size of the page that the name of a resource has; 1 where it has none. */
const hugePage = (name: string): number => quantityValue(name.slice("hugepages-".length)) ?? 1;

/** Resources whose request has to be the limit, if there is a request. */
const isWhole = (name: string): boolean => name.includes("/") || isHugePages(name);

const resourceIssue = (path: SettingPath, name: string): Issue =>
    invalidValue(path, name, `one of ${standardResources.join(", ")}, or a name with a domain`, {
        reason: suggestionFor(name, standardResources) ?? "the API server rejects the pods",
    });

/** CPUs and bytes of memory above which a request is more likely a wrong unit than a worker. */
const unusual = { cpu: 100, memory: 2 ** 40 };

/** Requests that hardly any node has room for. */
export const resourceWarnings = (sections: ParsedSections): Issue[] =>
    podContainers(sections).flatMap(({ resources, at }) =>
        (["limits", "requests"] as const).flatMap((part) =>
            Object.entries(unusual).flatMap(([name, most]) => {
                const given = quantitiesOf(resources, part)[name];
                const hint = name === "cpu" ? `write ${String(given)}m for thousandths of a CPU` : "check the unit";
                return (quantityValue(given) ?? 0) >= most
                    ? [
                          invalidValue([...at, part, name], given, `less than ${name === "cpu" ? "100" : "1Ti"}`, {
                              reason: `hardly any node has as much; ${hint}`,
                          }),
                      ]
                    : [];
            }),
        ),
    );

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
