/** The inputs of an image by name, and the arguments of its build. */
import * as fs from "fs";
import * as path from "path";
import { sha256 } from "../util/data";
import { contextFiles, folderDigest } from "./content";
import { dockerfile } from "./dockerfile";
import { downloadsOf, labelArgument, type Manifest, type Plugin } from "./manifest";

/** The images a build starts from, and the platform it is for. */
export interface BuildSources {
    readonly baseImage: string;
    readonly mavenImage: string;
    readonly platform: string;
}

/** Mirrors that a build uses instead of the public repositories. */
export interface Mirrors {
    readonly maven?: string;
    readonly confluentHub?: string;
    readonly downloads?: string;
}

/** Last part of what a download is called by: a version, where it has one. */
const versionOf = (what: string): string =>
    /^https:/.test(what) ? path.posix.basename(what) : what.split(":")[what.includes("/") ? 1 : 2];

/** A plugin's version, and a digest that changes with any file of it. */
function contentOf({ artifacts }: Plugin, context: string): string {
    const downloads = artifacts.flatMap(downloadsOf);
    const folders = artifacts.flatMap((artifact) =>
        artifact.folder ? [folderDigest(path.join(context, artifact.folder))] : [],
    );
    const digest = sha256([...downloads.map(({ what, sha512 }) => `${what} ${sha512}`), ...folders].join("\n")).slice(
        0,
        12,
    );
    return `${downloads.length > 0 ? versionOf(downloads[0].what) : artifacts[0].folder} ${digest}`;
}

/**
 * A digest of the part of the build that is independent of the plugins: its scripts and a Dockerfile without plugins.
 */
function scriptsDigest(context: string): string {
    const scripts = contextFiles(context).filter((file) => /^[^/]+\.(sh|java)$/.test(file));
    return sha256(
        [
            dockerfile({ plugins: [], provided: [] }),
            ...scripts.map((file) => fs.readFileSync(path.join(context, file), "utf8")),
        ].join("\n"),
    ).slice(0, 12);
}

/**
 * The inputs by name: the base images, a digest of what the build does, and a version and digest of each plugin.
 * They are inputs of the component, so that a preview shows which of them changed.
 */
export function imageInputs(
    manifest: Manifest,
    context: string,
    { baseImage, mavenImage, platform }: BuildSources,
): Record<string, string> {
    return {
        baseImage,
        mavenImage,
        platform,
        scripts: scriptsDigest(context),
        ...Object.fromEntries(manifest.plugins.map((plugin) => [plugin.name, contentOf(plugin, context)])),
        ...(manifest.truststore ? { truststore: manifest.truststore.sha512.slice(0, 12) } : {}),
    };
}

/**
 * Time of the image's history, in seconds: builders that know SOURCE_DATE_EPOCH then produce the same digest each
 * time.
 */
const sourceDate = "315532800";

/** The arguments of a build; what its plugins are is put on the image as labels. */
export function buildArguments({
    baseImage,
    mavenImage,
    platform: _platform,
    scripts: _scripts,
    ...contents
}: Record<string, string>): Record<string, string> {
    const labels = Object.entries(contents).map(([name, value]) => [labelArgument(name), value]);
    return {
        BASE_IMAGE: baseImage,
        MAVEN_IMAGE: mavenImage,
        SOURCE_DATE_EPOCH: sourceDate,
        ...Object.fromEntries(labels),
    };
}

/** The arguments that name mirrors. They are not inputs, because downloads are verified by their SHA-512. */
export const mirrorArguments = ({ maven, confluentHub, downloads }: Mirrors): Record<string, string> => ({
    ...(maven ? { MAVEN_MIRROR: maven } : {}),
    ...(confluentHub ? { CONFLUENT_HUB: confluentHub } : {}),
    ...(downloads ? { DOWNLOAD_MIRROR: downloads } : {}),
});
