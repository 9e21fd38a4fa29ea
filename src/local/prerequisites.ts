/** What a broker and a worker of a stack are made of: fetched where they are not in the cache, checked before anything starts. */
import * as fs from "fs";
import * as path from "path";
import { readManifest } from "../image/manifest";
import type { Settings } from "../stack/settings";
import { projectFolder } from "../util/project";
import { isCached, kafkaRuntime, kafkaRuntimeName, pluginSet, pluginSetName, sandboxPlugins } from "./downloads";
import { indexedPlugins } from "./providedPlugins";
import { missingTools } from "./tools";

export interface Prerequisites {
    readonly kafkaVersion: string;
    /** Folder with the jars of Kafka and Connect. */
    readonly runtime: Promise<string>;
    /** Folder with the plugins, and how many they are. */
    readonly plugins: Promise<string>;
    readonly pluginCount: number;
    /** Folder of plugins that the user brought, where one of them is wanted. */
    readonly providedPlugins: Promise<string | undefined>;
    /** Plugins of the image that cannot be had here, with the reason. */
    readonly missingPlugins: readonly { name: string; classes: readonly string[]; why: string }[];
}

/**
 * Begins to fetch what is missing; throws with how to get a tool that `what` needs and the machine has not.
 *
 * @param ownFolder folder with plugins that Maven does not have, each in a folder of its name in the manifest
 */
export async function preparePrerequisites(
    settings: Settings,
    what: string,
    say: (text: string) => void,
    ownFolder?: string,
): Promise<Prerequisites> {
    const { kafkaVersion } = settings.strimzi;
    const context = path.join(projectFolder, settings.image?.build?.context ?? "docker/connect");
    const manifest = readManifest(context);
    const { plugins, left: missingPlugins } = sandboxPlugins(manifest);
    if (ownFolder && !fs.existsSync(ownFolder)) throw new Error(`--plugins: got "${ownFolder}", wants a folder`);
    const own = manifest.plugins.filter(
        ({ name }) =>
            ownFolder && missingPlugins.some((item) => item.name === name) && fs.existsSync(path.join(ownFolder, name)),
    );
    const left = missingPlugins.filter(({ name }) => !own.some((plugin) => plugin.name === name));
    const fetched = isCached(kafkaRuntimeName(kafkaVersion), pluginSetName(context, plugins, kafkaVersion));
    const missing = await missingTools(!fetched);
    if (missing.length > 0) throw new Error(`${what} needs\n${missing.map((tool) => `  ${tool}`).join("\n")}`);
    if (!fetched) say("fetching Kafka and the plugins by Maven, once on this machine (a minute or so)");
    const runtime = kafkaRuntime(kafkaVersion);
    const folder = pluginSet(context, plugins, kafkaVersion, () => runtime);
    const indexed =
        own.length > 0 ? indexedPlugins(ownFolder!, own, kafkaVersion, runtime) : Promise.resolve(undefined);
    // whoever awaits them sees a failure; until then it is not an unhandled one
    for (const part of [runtime, folder, indexed]) part.catch(() => undefined);
    return {
        kafkaVersion,
        runtime,
        plugins: folder,
        pluginCount: plugins.length + own.length,
        providedPlugins: indexed,
        missingPlugins: left,
    };
}
