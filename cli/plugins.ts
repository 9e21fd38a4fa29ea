/** Maintains the plugin manifest: `kcp plugins`. */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { dockerfile } from "../src/image/dockerfile";
import { jarsOfPlugins } from "../src/image/inventory";
import { readManifest } from "../src/image/manifest";
import { pin } from "../src/image/pin";
import { writeReport } from "../src/image/report";
import { extraJars, fetchJars, fetchRuntime, kafkaRuntime } from "../src/local/kafkaRuntime";
import { pluginSet, sandboxPlugins } from "../src/local/pluginSet";
import { recordChecksums } from "../src/local/runtimeChecksums";
import { defaultKafkaVersion, defaultStrimziVersion, strimziRelease, strimziVersions } from "../src/release/releases";
import { projectFolder } from "../src/util/project";
import { exitCodes, type ExitCode } from "./support/exitCodes";
import { shownPath } from "./support/userPaths";

const defaultContext = path.join(projectFolder, "docker", "connect");

/** Writes the Dockerfile of a build context. */
export function generate(context = defaultContext): void {
    const file = path.join(context, "Dockerfile");
    fs.writeFileSync(file, dockerfile(readManifest(context)));
    console.log(`wrote ${shownPath(file)}`);
}

/** Records missing checksums, and generates the Dockerfile. */
export async function pinPlugins(context = defaultContext): Promise<ExitCode> {
    const failed = await pin(context, (text) => console.log(text));
    generate(context);
    return failed > 0 ? exitCodes.failed : exitCodes.ok;
}

/** Prints name, license and classes of every plugin. */
export function list(context = defaultContext, { json }: { json?: boolean } = {}): void {
    const plugins = readManifest(context).plugins.map(({ name, license, classes }) => ({ name, license, classes }));
    if (json) console.log(JSON.stringify(plugins, null, 2));
    else for (const { name, license, classes } of plugins) console.log(`${name}  ${license}  ${classes.join(", ")}`);
}

/** Reports the contents of an image without Docker: those that a Maven repository has. */
export async function audit(context = defaultContext, { out }: { out?: string } = {}): Promise<void> {
    const { plugins, missing } = sandboxPlugins(readManifest(context));
    const kafkaVersion = defaultKafkaVersion(strimziRelease(defaultStrimziVersion));
    console.log(`downloading and unpacking ${plugins.length} plugins, unless they are in the cache`);
    const folders = await pluginSet(context, plugins, kafkaVersion, () => kafkaRuntime(kafkaVersion));
    for (const { name, reason } of missing) console.log(`not included: ${name}: ${reason}`);
    const work = fs.mkdtempSync(path.join(os.tmpdir(), "audit-"));
    try {
        // the report reads one folder of plugins and one of libraries, like the folders of the image
        for (const { folder, plugin } of folders) {
            const target = path.join(work, plugin.into, ...(plugin.into === "plugins" ? [plugin.name] : []));
            fs.cpSync(folder, target, { recursive: true });
        }
        writeReport(
            out ?? path.join(projectFolder, "rendered", "image", "audit"),
            { name: path.basename(context) },
            plugins,
            jarsOfPlugins(plugins, path.join(work, "plugins"), path.join(work, "libs")),
        );
    } finally {
        fs.rmSync(work, { recursive: true, force: true });
    }
}

/** Records the checksums of the jars that the sandbox runs and that are not in the manifest. */
export async function pinRuntime(): Promise<ExitCode> {
    const kafkaVersions = strimziVersions.flatMap((version) => strimziRelease(version).kafkaVersions);
    const work = fs.mkdtempSync(path.join(os.tmpdir(), "pin-runtime-"));
    let code: ExitCode = exitCodes.ok;
    const record = async (what: string, jars: string, fetch: (folder: string) => Promise<void>) => {
        const folder = fs.mkdtempSync(path.join(work, "fetch-"));
        try {
            await fetch(folder);
            console.log(`${what}: ${await recordChecksums(path.join(folder, jars))} new checksums`);
        } catch (error) {
            code = exitCodes.failed;
            console.log(`${what}: ${(error as Error).message}`);
        }
    };
    try {
        for (const version of kafkaVersions)
            await record(`Kafka ${version}`, "runtime", (folder) => fetchRuntime(version, folder));
        for (const artifact of extraJars(kafkaVersions))
            await record(artifact, "jars", (folder) => fetchJars([artifact], path.join(folder, "jars"), folder));
    } finally {
        fs.rmSync(work, { recursive: true, force: true });
    }
    return code;
}
