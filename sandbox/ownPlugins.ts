/** Plugins that the user brings, because Maven does not have them: release archives, unpacked, each in a folder of its name. */
import * as fs from "fs";
import * as path from "path";
import { sha256 } from "../util/plain";
import { cached } from "./cache";
import { javaCommand, runToEnd } from "./tools";

/** What tells one content of a folder from another, without reading all of it. */
const contentOf = (folder: string): string =>
    fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)).sort().map((file) => `${file} ${fs.statSync(file).size} ${fs.statSync(file).mtimeMs}`).join("\n");

/** Copies of these plugins with the index by which a worker finds them fast; returns their folder. The user's own stay as they are. */
export function indexedPlugins(folder: string, names: readonly string[], kafkaVersion: string, runtime: Promise<string>): Promise<string> {
    const content = sha256(names.map((name) => contentOf(path.join(folder, name))).join("\n")).slice(0, 12);
    return cached(path.join("own-plugins", `${content}-kafka-${kafkaVersion}`), async (target) => {
        for (const name of names) fs.cpSync(path.join(folder, name), path.join(target, name), { recursive: true });
        await runToEnd(javaCommand(), ["-cp", path.join(await runtime, "*"), "org.apache.kafka.tools.ConnectPluginPath", "sync-manifests", "--plugin-path", target], target);
    });
}
