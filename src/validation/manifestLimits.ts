/** Limits of a namespace in further objects, against the workers that run there. */
import { invalidValue, type Issue, type SettingPath } from "../schema/issues";
import type { Manifest } from "../schema/manifests";
import type { ParsedSections } from "../schema/sections";
import { manifestNamespace } from "../strimzi/manifestPlace";
import { workerResources } from "../strimzi/workerDefaults";
import { isObject, listOf, valueAt } from "../util/data";
import { quantityValue } from "../util/quantity";
import { quantitiesOf } from "./podContainers";

type Connect = NonNullable<ParsedSections["connect"]>;

/** The resources of one worker by the name that a quota has: `limits.memory`. */
function namedResources(connect: Connect): Record<string, unknown> {
    const resources = workerResources(connect);
    const named = (part: "limits" | "requests") =>
        Object.entries(quantitiesOf(resources, part)).map(([name, value]) => [`${part}.${name}`, value]);
    return Object.fromEntries([...named("requests"), ...named("limits")]) as Record<string, unknown>;
}

/** A quota that has no room for all workers. A name without a part is that of requests. */
function quotaWarnings({ spec }: Manifest, at: SettingPath, connect: Connect): Issue[] {
    const hard = valueAt(spec, ["hard"]);
    const isScoped = valueAt(spec, ["scopes"]) !== undefined || valueAt(spec, ["scopeSelector"]) !== undefined;
    if (!isObject(hard) || isScoped) return [];
    const used = namedResources(connect);
    return Object.entries(hard).flatMap(([name, most]) => {
        const key = name === "cpu" || name === "memory" ? `requests.${name}` : name;
        const needed = name === "pods" ? connect.replicas : (quantityValue(used[key]) ?? 0) * connect.replicas;
        const limit = quantityValue(most);
        return limit === undefined || needed <= limit
            ? []
            : [
                  invalidValue([...at, "spec", "hard", name], most, `at least what ${connect.replicas} workers need`, {
                      reason: `each has ${name === "pods" ? "a pod" : String(used[key])}; the others do not start`,
                  }),
              ];
    });
}

/** A range that a worker's container is outside of. */
function rangeWarnings({ spec }: Manifest, at: SettingPath, connect: Connect): Issue[] {
    const resources = workerResources(connect);
    return listOf(valueAt(spec, ["limits"])).flatMap((limit, index) => {
        const type = String(valueAt(limit, ["type"]));
        if (type !== "Container" && type !== "Pod") return [];
        return (["cpu", "memory"] as const).flatMap((name) => {
            const path = [...at, "spec", "limits", index];
            const most = valueAt(limit, ["max", name]);
            const least = valueAt(limit, ["min", name]);
            const ofWorker = quantitiesOf(resources, "limits")[name];
            const request = quantitiesOf(resources, "requests")[name];
            const isAbove = (quantityValue(ofWorker) ?? 0) > (quantityValue(most) ?? Infinity);
            const isBelow = (quantityValue(request) ?? Infinity) < (quantityValue(least) ?? 0);
            const reason = "the API server refuses the workers' pods";
            return [
                ...(isAbove
                    ? [invalidValue([...path, "max", name], most, `at least ${String(ofWorker)}`, { reason })]
                    : []),
                ...(isBelow && type === "Container"
                    ? [invalidValue([...path, "min", name], least, `at most ${String(request)}`, { reason })]
                    : []),
            ];
        });
    });
}

/** Quotas and ranges of the workers' namespace with which no worker starts, or not all. */
export function manifestLimitWarnings(object: Manifest, { connect }: ParsedSections, at: SettingPath): Issue[] {
    if (!connect?.install || manifestNamespace(object, connect.namespace) !== connect.namespace) return [];
    if (object.kind === "ResourceQuota") return quotaWarnings(object, at, connect);
    return object.kind === "LimitRange" ? rangeWarnings(object, at, connect) : [];
}
