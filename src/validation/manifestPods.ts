/** Pods of further objects: their containers and volumes by name. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { Manifest } from "../schema/manifests";
import { duplicates, listOf, valueAt } from "../util/data";
import { suggestionFor } from "../util/nearest";

/** The pods of a Deployment and the like: two containers of one name, or mounts of volumes that are not there. */
export function manifestPodIssues({ kind, spec }: Manifest, at: SettingPath): Issue[] {
    if (!["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"].includes(kind)) return [];
    const path = kind === "CronJob" ? ["jobTemplate", "spec", "template", "spec"] : ["template", "spec"];
    const pod = valueAt(spec, path);
    const containers = listOf(valueAt(pod, ["containers"]));
    const names = containers.map((container) => valueAt(container, ["name"]));
    const claims = listOf(valueAt(spec, ["volumeClaimTemplates"])).map((claim) => valueAt(claim, ["metadata", "name"]));
    const volumes = [...listOf(valueAt(pod, ["volumes"])).map((volume) => valueAt(volume, ["name"])), ...claims];
    const place = [...at, "spec", ...path, "containers"];
    return [
        ...duplicates(names)
            .filter((index) => names[index] !== undefined)
            .map((index) => issue("KCP_DUPLICATE_NAME", [...place, index, "name"], "two containers of one name")),
        ...containers.flatMap((container, index) =>
            listOf(valueAt(container, ["volumeMounts"])).flatMap((mount, number) => {
                const name = valueAt(mount, ["name"]);
                const known = volumes.map(String);
                return typeof name !== "string" || volumes.includes(name)
                    ? []
                    : [unlistedVolume([...place, index, "volumeMounts", number, "name"], name, known)];
            }),
        ),
    ];
}

const unlistedVolume = (path: SettingPath, name: string, known: readonly string[]): Issue =>
    invalidValue(path, name, "the name of a volume of the pod", { reason: suggestionFor(name, known) });
