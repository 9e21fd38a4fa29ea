/** `connect.spec.build` and `connect.spec.image`: an image that Strimzi builds, or one without a digest. */
import { issue, missingSetting, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { isObject } from "../util/data";

const at = ["connect", "spec", "build"];

/** Strimzi's operator fails on a build without an output or plugins; its CRD requires neither. */
export function checkConnectBuild({ connect }: ParsedSections): Issue[] {
    const build = connect?.spec?.build;
    if (!isObject(build)) return [];
    const plugins = Array.isArray(build.plugins) ? (build.plugins as unknown[]) : [];
    return [
        ...(isObject(build.output)
            ? []
            : [missingSetting([...at, "output"], "where the image is pushed: type and image")]),
        ...(plugins.length > 0
            ? []
            : [missingSetting([...at, "plugins"], "at least one plugin, which is what the build adds to the image")]),
        ...plugins.flatMap((plugin, index) =>
            isObject(plugin) && (!Array.isArray(plugin.artifacts) || plugin.artifacts.length === 0)
                ? [missingSetting([...at, "plugins", index, "artifacts"], "at least one artifact of the plugin")]
                : [],
        ),
    ];
}

/** An image in `connect.spec` that can change under its name. */
export function connectImageWarnings({ connect }: ParsedSections): Issue[] {
    const image = connect?.spec?.image;
    if (typeof image !== "string" || image.includes("@sha256:")) return [];
    return [
        issue(
            "KCP_MUTABLE_IMAGE",
            ["connect", "spec", "image"],
            "is a tag, which can be moved to another image; a digest (REPOSITORY@sha256:…) cannot",
        ),
    ];
}
