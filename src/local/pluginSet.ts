/** The plugins of a manifest on this machine: each downloaded, verified, unpacked and indexed once. */
import * as fs from "fs";
import * as path from "path";
import { folderDigest } from "../image/content";
import { downloadsOf, fileName, unpinned, type Artifact, type Manifest, type Plugin } from "../image/manifest";
import { sha256 } from "../util/data";
import { runToEnd } from "../util/exec";
import { projectFolder } from "../util/project";
import { cachedEntries } from "./cache";
import { folderProblem, recordFolder } from "./fileChecksums";
import { download, type Say } from "./mavenDownloads";

/** A plugin that cannot run here. */
export interface MissingPlugin {
    readonly name: string;
    readonly classes: readonly string[];
    readonly reason: string;
}

/** A plugin with its folder. */
export interface UnpackedPlugin {
    readonly plugin: Plugin;
    /** The folder of its jars. */
    readonly folder: string;
}

/** Why an artifact cannot be here, or undefined. */
function obstacle(artifact: Artifact): string | undefined {
    if (artifact.sha512 === unpinned) return "has no recorded SHA-512";
    if (!artifact.maven && !artifact.folder) return "is not available from a Maven repository";
    return undefined;
}

const sourceOf = ({ maven, confluentHub, url }: Artifact): string => maven ?? confluentHub ?? url ?? "";

/** The plugins of a manifest that can run here, and those that cannot, with the reason. */
export function sandboxPlugins(manifest: Manifest): { plugins: Plugin[]; missing: MissingPlugin[] } {
    const missing = manifest.plugins.flatMap(({ name, classes, artifacts }) => {
        const reason = artifacts.map(obstacle).find(Boolean);
        return reason ? [{ name, classes, reason: `${artifacts.map(sourceOf).join(", ")} ${reason}` }] : [];
    });
    return { plugins: manifest.plugins.filter(({ name }) => !missing.some((item) => item.name === name)), missing };
}

/** Identifies the content of a plugin. */
const contentOf = (context: string, plugin: Plugin): string =>
    sha256(
        JSON.stringify([
            plugin.into,
            plugin.classes,
            plugin.artifacts.map((artifact) =>
                artifact.folder ? folderDigest(path.join(context, artifact.folder)) : downloadsOf(artifact),
            ),
        ]),
    ).slice(0, 12);

/** Name of a plugin's entry in the cache. Its index is made by the tools of one Kafka version. */
export const pluginEntryName = (context: string, plugin: Plugin, kafkaVersion: string): string =>
    path.join("plugin", `${plugin.name}-${contentOf(context, plugin)}-kafka-${kafkaVersion}`);

/** Folder of a plugin's jars in its entry: one of the worker's plugin path, or of its class path. */
const jarsIn = (entry: string, { into, name }: Plugin): string =>
    into === "libs" ? path.join(entry, "libs") : path.join(entry, "plugins", name);

/** Runs a script of the image's build. */
export const script = (name: string, ...args: string[]): Promise<string> =>
    runToEnd("bash", [path.join(projectFolder, "docker", "connect", name), ...args], projectFolder);

async function unpack(context: string, plugin: Plugin, archives: string, folder: string): Promise<void> {
    fs.mkdirSync(folder, { recursive: true });
    for (const artifact of plugin.artifacts) {
        if (artifact.folder) fs.cpSync(path.join(context, artifact.folder), folder, { recursive: true });
        for (const { what, sha512 } of downloadsOf(artifact))
            await script("unpack.sh", path.join(archives, fileName(what)), sha512, folder, what);
    }
}

/**
 * The plugins, prepared by the scripts of the image's build. The index lets a worker find plugins without scanning
 * every class of every jar.
 */
export async function pluginSet(
    context: string,
    plugins: readonly Plugin[],
    kafkaVersion: string,
    runtime: () => Promise<string>,
    say?: Say,
): Promise<UnpackedPlugin[]> {
    const named = new Map(plugins.map((plugin) => [pluginEntryName(context, plugin, kafkaVersion), plugin]));
    const fill = async (folders: ReadonlyMap<string, string>) => {
        const missing = [...folders].map(([name, entry]) => ({ plugin: named.get(name)!, entry }));
        const work = missing[0].entry;
        const archives = path.join(work, "archives");
        const downloads = missing.flatMap(({ plugin }) => plugin.artifacts.flatMap(downloadsOf));
        const artifacts = [...new Set(downloads.map(({ what }) => what))];
        if (artifacts.length > 0) await download({ alone: { artifacts, folder: archives } }, work, say);
        for (const { plugin, entry } of missing) await unpack(context, plugin, archives, jarsIn(entry, plugin));
        fs.rmSync(archives, { recursive: true, force: true });

        const indexed = missing.filter(({ plugin }) => plugin.into === "plugins");
        if (indexed.length > 0)
            await script(
                "index.sh",
                indexed.map(({ entry }) => path.join(entry, "plugins")).join(","),
                await runtime(),
                ...indexed.flatMap(({ plugin }) => plugin.classes),
            );
        for (const { plugin, entry } of missing) await recordFolder(path.join(entry, plugin.into));
    };
    const verify = (folder: string) =>
        folderProblem(["plugins", "libs"].map((into) => path.join(folder, into)).find(fs.existsSync) ?? folder);
    const entries = await cachedEntries([...named.keys()], fill, { verify, say });
    return [...named].map(([name, plugin]) => ({ plugin, folder: jarsIn(entries.get(name)!, plugin) }));
}
