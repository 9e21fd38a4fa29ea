/** What a volume contains: keys and their paths, modes and sizes, which the API server checks only with the pods. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { duplicates, isObject, listOf, valueAt } from "../util/data";
import { quantityValue } from "../util/quantity";

type Values = Readonly<Record<string, unknown>>;

interface Volume {
    readonly volume: Values;
    readonly at: SettingPath;
}

/** The volumes of the workers, and those of the pod templates. */
function volumesOf({ connect, httpBridge, standaloneConnect }: ParsedSections): Volume[] {
    const lists: [unknown, SettingPath][] = [
        [connect?.volumes, ["connect", "volumes"]],
        [valueAt(connect?.spec, ["template", "pod", "volumes"]), ["connect", "spec", "template", "pod", "volumes"]],
        [httpBridge?.template?.spec?.volumes, ["httpBridge", "template", "spec", "volumes"]],
        [standaloneConnect?.template?.spec?.volumes, ["standaloneConnect", "template", "spec", "volumes"]],
    ];
    return lists.flatMap(([list, path]) =>
        listOf(list).flatMap((volume, index) => (isObject(volume) ? [{ volume, at: [...path, index] }] : [])),
    );
}

/** Highest mode of a file: 0777 is 511. */
const highestMode = 0o777;

/** YAML 1.2 and JSON have no octal numbers as 0644: 644 is the decimal number. */
function modeIssues(mode: unknown, at: SettingPath): Issue[] {
    if (typeof mode !== "number" || (mode >= 0 && mode <= highestMode)) return [];
    const octal = /^[0-7]{3,4}$/.test(String(mode)) ? `; write ${parseInt(String(mode), 8)} for 0${mode}` : "";
    return [invalidValue(at, mode, "a mode from 0 to 511 (0777)", { reason: `it is a decimal number${octal}` })];
}

/** Keys of a Secret or a ConfigMap, and the files that they become. */
function itemIssues(source: Values, at: SettingPath): Issue[] {
    const items = listOf(source.items).map((item) => (isObject(item) ? item : {}));
    const isInside = (path: unknown) =>
        typeof path !== "string" || (!path.startsWith("/") && !path.split("/").includes(".."));
    const paths = items.map(({ path }) => path);
    return [
        ...items.flatMap(({ key, path, mode }, index): Issue[] => [
            ...(key === "" ? [invalidValue([...at, "items", index, "key"], key, "a key")] : []),
            ...(isInside(path)
                ? []
                : [invalidValue([...at, "items", index, "path"], path, "a path below the volume, without ..")]),
            ...modeIssues(mode, [...at, "items", index, "mode"]),
        ]),
        ...duplicates(paths)
            .filter((index) => paths[index] !== undefined)
            .map((index) =>
                issue("KCP_DUPLICATE_NAME", [...at, "items", index, "path"], "the path of another key; change one"),
            ),
        ...modeIssues(source.defaultMode, [...at, "defaultMode"]),
    ];
}

function sizeIssues(emptyDir: unknown, at: SettingPath): Issue[] {
    const size = valueAt(emptyDir, ["sizeLimit"]);
    const bytes = quantityValue(size);
    if (size !== undefined && (bytes === undefined || bytes < 0))
        return [invalidValue([...at, "sizeLimit"], size, "a size such as 500Mi")];
    if (bytes === undefined || bytes === 0 || bytes >= 2 ** 10) return [];
    const reason = String(size).endsWith("m") ? "m is a thousandth of a byte" : "this is in bytes";
    return [invalidValue([...at, "sizeLimit"], size, "a size such as 500Mi", { reason })];
}

/** A mount path of the workers that is not the path that it looks like. */
function mountIssues({ connect }: ParsedSections): Issue[] {
    return (connect?.volumes ?? []).flatMap(({ mountPath }, index) =>
        mountPath.includes(":") || mountPath.split("/").includes("..")
            ? [
                  invalidValue(
                      ["connect", "volumes", index, "mountPath"],
                      mountPath,
                      "a path under /mnt without : and ..",
                  ),
              ]
            : [],
    );
}

/** Volumes with which no pod starts. */
export const checkVolumeSources = (sections: ParsedSections): Issue[] => [
    ...volumesOf(sections).flatMap(({ volume, at }) => [
        ...(["secret", "configMap"] as const).flatMap((type) =>
            isObject(volume[type]) ? itemIssues(volume[type], [...at, type]) : [],
        ),
        ...sizeIssues(volume.emptyDir, [...at, "emptyDir"]),
    ]),
    ...mountIssues(sections),
];

/** Drivers whose volumes exist only by a claim: as a volume of a pod the driver refuses them. */
const claimDrivers = /^(ebs|efs|fsx)\.csi\.aws\.com$/;

const secretsStore = "secrets-store.csi.k8s.io";

function driverWarnings(csi: unknown, at: SettingPath): Issue[] {
    const driver = String(valueAt(csi, ["driver"]) ?? "");
    if (claimDrivers.test(driver))
        return [
            invalidValue([...at, "driver"], driver, "a driver of volumes without a claim", {
                reason: "its volumes need a PersistentVolumeClaim; use persistentVolumeClaim",
            }),
        ];
    if (driver !== secretsStore) return [];
    const issues: Issue[] = [];
    if (valueAt(csi, ["volumeAttributes", "secretProviderClass"]) === undefined)
        issues.push(
            invalidValue(
                [...at, "volumeAttributes", "secretProviderClass"],
                undefined,
                "the name of a SecretProviderClass",
            ),
        );
    if (valueAt(csi, ["readOnly"]) !== true)
        issues.push(
            invalidValue([...at, "readOnly"], valueAt(csi, ["readOnly"]) ?? false, "true", {
                reason: "the driver mounts secrets read-only, and refuses other volumes",
            }),
        );
    return issues;
}

/** A folder in memory, which counts as memory of the container. */
function memoryWarnings({ connect }: ParsedSections): Issue[] {
    const limit = valueAt(connect?.resources, ["limits", "memory"]);
    return (connect?.volumes ?? []).flatMap(({ emptyDir }, index) => {
        const size = quantityValue(emptyDir?.sizeLimit);
        const isLarger = emptyDir?.medium === "Memory" && (size ?? 0) >= (quantityValue(limit) ?? Infinity);
        return isLarger
            ? [
                  invalidValue(
                      ["connect", "volumes", index, "emptyDir", "sizeLimit"],
                      emptyDir?.sizeLimit,
                      `less than the memory limit, ${String(limit)}`,
                      { reason: "files in memory count as memory of the container" },
                  ),
              ]
            : [];
    });
}

/** Volumes that are probably wrong. */
export const volumeSourceWarnings = (sections: ParsedSections): Issue[] => [
    ...volumesOf(sections).flatMap(({ volume, at }) => driverWarnings(volume.csi, [...at, "csi"])),
    ...memoryWarnings(sections),
];
