/**
 * What a broker and a worker of a stack run from: downloaded unless it is in the cache, checked before anything
 * starts.
 */
import * as fs from "fs";
import * as path from "path";
import { readManifest, type Plugin } from "../image/manifest";
import type { Settings } from "../stack/settings";
import { projectFolder } from "../util/project";
import { cacheNotice } from "./cacheFolder";
import { isCached, kafkaRuntime, kafkaRuntimeName } from "./kafkaRuntime";
import { pluginEntryName, pluginSet, sandboxPlugins, type MissingPlugin } from "./pluginSet";
import { indexedPlugins } from "./providedPlugins";
import { missingTools } from "./tools";
import { usedPlugins } from "./usedPlugins";

/** Where a worker finds its plugins. */
export interface WorkerPlugins {
    /** Folders of the plugin path, each with a folder for each plugin. */
    readonly pluginPath: readonly string[];
    /** Folders of jars for the class path. */
    readonly libraries: readonly string[];
}

/** What a broker and a worker of a stack run from. */
export interface Prerequisites {
    readonly kafkaVersion: string;
    /** Folder with the jars of Kafka and Connect. */
    readonly runtime: Promise<string>;
    readonly plugins: Promise<WorkerPlugins>;
    readonly pluginCount: number;
    /** Plugins that the stack uses and that cannot run here, with the reason. */
    readonly missingPlugins: readonly MissingPlugin[];
}

/** How the prerequisites are chosen. */
export interface PrerequisitesOptions {
    /** What needs them, for messages: "the sandbox". */
    readonly what: string;
    readonly say: (text: string) => void;
    /** Folder with plugins that no Maven repository has, each in a folder named as in the manifest. */
    readonly providedFolder?: string;
    /** Whether to prepare every plugin of the manifest, rather than those that the stack uses. */
    readonly allPlugins?: boolean;
}

async function requireTools(what: string, needsMaven: boolean): Promise<void> {
    const missing = await missingTools(needsMaven);
    if (missing.length > 0) throw new Error(`${what} needs\n${missing.map((tool) => `  ${tool}`).join("\n")}`);
}

async function workerPlugins(
    context: string,
    plugins: readonly Plugin[],
    provided: readonly Plugin[],
    kafkaVersion: string,
    runtime: Promise<string>,
    { say, providedFolder }: PrerequisitesOptions,
): Promise<WorkerPlugins> {
    const [unpacked, own] = await Promise.all([
        pluginSet(context, plugins, kafkaVersion, () => runtime, say),
        provided.length > 0 ? indexedPlugins(providedFolder!, provided, kafkaVersion, runtime) : undefined,
    ]);
    const foldersOf = (into: Plugin["into"]) => unpacked.filter(({ plugin }) => plugin.into === into);
    return {
        pluginPath: [...foldersOf("plugins").map(({ folder }) => path.dirname(folder)), ...(own ? [own] : [])],
        libraries: foldersOf("libs").map(({ folder }) => folder),
    };
}

/** Starts to download what is missing. Throws with how to get a tool that the machine does not have. */
export async function preparePrerequisites(settings: Settings, options: PrerequisitesOptions): Promise<Prerequisites> {
    const { what, say, providedFolder, allPlugins } = options;
    const { kafkaVersion } = settings.strimzi;
    const context = path.join(projectFolder, settings.image?.build?.context ?? "docker/connect");
    const manifest = readManifest(context);
    const available = sandboxPlugins(manifest);
    const chosen = <T extends { classes: readonly string[] }>(plugins: readonly T[]): T[] =>
        allPlugins ? [...plugins] : usedPlugins(plugins as (T & { classes: string[] })[], settings);
    const used = new Set(chosen(manifest.plugins).map(({ name }) => name));
    const plugins = available.plugins.filter(({ name }) => used.has(name));
    const missing = available.missing.filter(({ name }) => used.has(name));
    const isProvided = (name: string) => providedFolder !== undefined && fs.existsSync(path.join(providedFolder, name));
    const provided = manifest.plugins.filter(
        ({ name }) => missing.some((item) => item.name === name) && isProvided(name),
    );

    const entries = plugins.map((plugin) => pluginEntryName(context, plugin, kafkaVersion));
    const fetched = isCached(kafkaRuntimeName(kafkaVersion), ...entries);
    await requireTools(what, !fetched);
    const notice = cacheNotice();
    if (notice) say(notice);
    if (!fetched) say("downloading Kafka and the plugins with Maven; later runs find them in the cache");
    const runtime = kafkaRuntime(kafkaVersion, say);
    const prepared = workerPlugins(context, plugins, provided, kafkaVersion, runtime, options);
    // the code that awaits them handles a failure; until then it must not count as unhandled
    for (const part of [runtime, prepared]) part.catch(() => undefined);
    return {
        kafkaVersion,
        runtime,
        plugins: prepared,
        pluginCount: plugins.length + provided.length,
        missingPlugins: missing.filter(({ name }) => !isProvided(name)),
    };
}
