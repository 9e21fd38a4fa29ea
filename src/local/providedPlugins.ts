/** Plugins that the user brings, because Maven does not have them: release archives, unpacked, each in a folder of its name. */
import * as fs from "fs";
import * as path from "path";
import type { Plugin } from "../image/manifest";
import { sha256 } from "../util/data";
import { cached } from "./cache";
import { script } from "./downloads";

/** What tells one content of a folder from another, without reading all of it. */
const contentOf = (folder: string): string =>
    fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort()
        .map((file) => `${file} ${fs.statSync(file).size} ${fs.statSync(file).mtimeMs}`)
        .join("\n");

/** Copies of these plugins with the index by which a worker finds them fast; returns their folder. The user's own stay as they are. */
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
