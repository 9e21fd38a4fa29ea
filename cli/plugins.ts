/** Tends the plugin manifest: npm run plugins -- generate | pin | list | audit */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { extraJars, fetchJars, fetchRuntime, kafkaRuntime, pluginSet, sandboxPlugins } from "../src/local/downloads";
import { recordChecksums } from "../src/local/runtimeChecksums";
import { projectFolder } from "../src/util/project";
import { defaultKafkaVersion, defaultStrimziVersion, strimziRelease, strimziVersions } from "../src/release/releases";
import { dockerfile } from "../src/image/dockerfile";
import { jarsOfPlugins } from "../src/image/inventory";
import { readManifest } from "../src/image/manifest";
import { pin } from "../src/image/pin";
import { writeReport } from "../src/image/report";

const usage = `Usage: npm run plugins -- COMMAND [FOLDER]
  generate   write the Dockerfile of plugins.json
  pin        fetch what has no SHA-512 yet, record it in plugins.json with what it depends on, and generate. Compare it
             with what the publisher says
  pin-runtime  fetch the jars of every Kafka version that the sandbox can run, and record the SHA-512 of new ones
  list       print the plugins with their licences
  audit      unpack the plugins as an image has them; write licences and SBOM, and report jars that are there twice
FOLDER is the build context, docker/connect unless given.`;

function generate(context: string): void {
    fs.writeFileSync(path.join(context, "Dockerfile"), dockerfile(readManifest(context)));
    console.log(`wrote ${path.relative(process.cwd(), path.join(context, "Dockerfile"))}`);
}

/** What an image would hold, as far as it can be had by Maven: no Docker is needed. */
async function audit(context: string): Promise<void> {
    const manifest = readManifest(context);
    const { plugins, left } = sandboxPlugins(manifest);
    const kafkaVersion = defaultKafkaVersion(strimziRelease(defaultStrimziVersion));
    console.log(`fetching and unpacking ${plugins.length} plugins, where they are not in the cache`);
    const folder = await pluginSet(context, plugins, kafkaVersion, () => kafkaRuntime(kafkaVersion));
    for (const { name, why } of left) console.log(`left out: ${name}: ${why}`);
    writeReport(
        path.join(projectFolder, "rendered", "image", "audit"),
        { name: path.basename(context) },
        plugins,
        jarsOfPlugins(plugins, path.join(folder, "plugins"), path.join(folder, "libs")),
    );
}

/** Records the checksums of every jar that the sandbox runs and the manifest does not name. Returns how many could not be fetched. */
async function pinRuntime(): Promise<number> {
    const kafkaVersions = strimziVersions.flatMap((version) => strimziRelease(version).kafkaVersions);
    const work = fs.mkdtempSync(path.join(os.tmpdir(), "pin-runtime-"));
    let failed = 0;
    const record = async (what: string, jars: string, fetched: (folder: string) => Promise<void>) => {
        const folder = fs.mkdtempSync(path.join(work, "fetch-"));
        try {
            await fetched(folder);
            console.log(`${what}: ${recordChecksums(path.join(folder, jars))} new checksums`);
        } catch (error) {
            failed++;
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
    return failed;
}

async function main([command, folder = "docker/connect"]: string[]): Promise<void> {
    const context = path.resolve(projectFolder, folder);
    if (command === "generate") generate(context);
    else if (command === "pin") {
        const failed = await pin(context, (text) => console.log(text));
        generate(context);
        if (failed > 0) process.exitCode = 1;
    } else if (command === "pin-runtime") {
        if ((await pinRuntime()) > 0) process.exitCode = 1;
    } else if (command === "list") {
        for (const { name, license, classes } of readManifest(context).plugins)
            console.log(`${name}  ${license}  ${classes.join(", ")}`);
    } else if (command === "audit") await audit(context);
    else {
        console.log(usage);
        if (command !== "--help") process.exitCode = 1;
    }
}

main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
});
