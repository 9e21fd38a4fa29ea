/** Tends the plugin manifest: npm run plugins -- generate | pin | list | audit */
import * as fs from "fs";
import * as path from "path";
import { kafkaRuntime, pluginSet, sandboxPlugins } from "../sandbox/downloads";
import { projectFolder } from "../settings/stackFile";
import { defaultKafkaVersion, defaultStrimziVersion, strimziRelease } from "../strimzi/versions";
import { dockerfile } from "./dockerfile";
import { jarsOfPlugins } from "./inventory";
import { readManifest } from "./manifest";
import { pin } from "./pin";
import { writeReport } from "./report";

const usage = `Usage: npm run plugins -- COMMAND [FOLDER]
  generate   write the Dockerfile of plugins.json
  pin        fetch what has no SHA-512 yet, record it in plugins.json with what it depends on, and generate. Compare it
             with what the publisher says
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
    writeReport(path.join(projectFolder, "rendered", "image", "audit"), { name: path.basename(context) }, plugins, jarsOfPlugins(plugins, path.join(folder, "plugins"), path.join(folder, "libs")));
}

async function main([command, folder = "docker/connect"]: string[]): Promise<void> {
    const context = path.resolve(projectFolder, folder);
    if (command === "generate") generate(context);
    else if (command === "pin") {
        const failed = await pin(context, (text) => console.log(text));
        generate(context);
        if (failed > 0) process.exitCode = 1;
    } else if (command === "list") {
        for (const { name, license, classes } of readManifest(context).plugins) console.log(`${name}  ${license}  ${classes.join(", ")}`);
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
