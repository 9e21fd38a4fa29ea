/** Plugins that the user provides, because no Maven repository has them: each unpacked in a folder of its name. */
import * as fs from "fs";
import * as path from "path";
import type { Plugin } from "../image/manifest";
import { sha256 } from "../util/data";
import { cached } from "./cache";
import { filesBelow } from "./fileChecksums";
import { script } from "./pluginSet";

/** Identifies the content of a folder without reading the files. */
const contentOf = (folder: string): string =>
    filesBelow(folder)
        .map((file) => path.join(folder, file))
        .map((file) => `${file} ${fs.statSync(file).size} ${fs.statSync(file).mtimeMs}`)
        .join("\n");

/** Copies of these plugins with an index, in one folder. The user's own folders are not changed. */
export function indexedPlugins(
    folder: string,
    plugins: readonly Plugin[],
    kafkaVersion: string,
    runtime: Promise<string>,
): Promise<string> {
    const content = sha256(plugins.map(({ name }) => contentOf(path.join(folder, name))).join("\n")).slice(0, 12);
    return cached(path.join("own-plugins", `${content}-kafka-${kafkaVersion}`), async (target) => {
        for (const { name } of plugins)
            fs.cpSync(path.join(folder, name), path.join(target, name), { recursive: true });
        await script("index.sh", target, await runtime, ...plugins.flatMap(({ classes }) => classes));
    });
}
