/** Builds the image of a stack here, and writes next to it what it holds: npm run image -- --stack dev */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { parseArgs } from "util";
import { loadStack } from "../src/stack/loadStack";
import { projectFolder } from "../src/util/project";
import { knownStack, readStack, stackFile, stackNames } from "../src/stack/stackFile";
import { connectBaseImage } from "../src/release/releases";
import { contentTag } from "../src/image/content";
import { build, copyOut, inspect, whyNoBuild } from "../src/image/docker";
import { buildArguments, imageInputs, mirrorArguments } from "../src/image/inputs";
import { jarsOfPlugins } from "../src/image/inventory";
import { readManifest, unpinnedIn } from "../src/image/manifest";
import { writeReport } from "../src/image/report";

const usage = `Usage: npm run image -- --stack NAME [--file FILE] [--out DIR] [--no-cache]
Builds the image of a stack with the Docker Engine of this machine. Nothing is pushed.

  --stack NAME   the stack: ${stackNames().join(", ")}
  --file FILE    read this stack file instead of Pulumi.NAME.yaml
  --out DIR      where licences and the bill of materials go (rendered/image/NAME)
  --no-cache     build each layer anew; the layers are the same
  --help         this text`;

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

async function main(): Promise<void> {
    const { values } = parseArgs({
        options: {
            stack: { type: "string" },
            file: { type: "string" },
            out: { type: "string" },
            "no-cache": { type: "boolean", default: false },
            help: { type: "boolean", default: false },
        },
    });
    if (values.help) return console.log(usage);
    const stack = knownStack(values.stack);
    const file = values.file ?? stackFile(stack);
    const { image, release, strimzi } = loadStack(readStack(stack, file), stack, file);
    if (!image?.build)
        throw new Error(
            `${path.basename(file)} has no image.build: its workers run ${image?.existing ?? "Strimzi's own image"}`,
        );

    const {
        context: folder,
        platform,
        mavenImage,
        baseImage = connectBaseImage(release, strimzi.kafkaVersion),
        mirrors,
    } = image.build;
    const context = path.resolve(projectFolder, folder);
    const manifest = readManifest(context);
    const open = unpinnedIn(manifest);
    if (open.length > 0)
        throw new Error(
            `no SHA-512 is recorded for\n${open.map((what) => `  ${what}`).join("\n")}\nRun: npm run plugins -- pin`,
        );
    const obstacle = whyNoBuild();
    if (obstacle)
        throw new Error(
            `${obstacle}. To build, install Docker Engine 20.10 or newer with BuildKit: https://docs.docker.com/engine/install`,
        );

    const inputs = imageInputs(manifest, context, { baseImage, mavenImage, platform });
    const tag = `kafka-connect-platform/${stack}:${contentTag(context, inputs)}`;
    await build(
        { context, args: { ...buildArguments(inputs), ...mirrorArguments(mirrors) }, platform, tag },
        ...(values["no-cache"] ? ["--no-cache"] : []),
    );

    const { id, layers, bytes } = await inspect(tag);
    const before = layers.length - manifest.plugins.length - (manifest.truststore ? 1 : 0);
    console.log(
        `\n${tag}\n  ${id}, ${megabytes(bytes)}, ${layers.length - before} layers over ${before} of ${baseImage}`,
    );
    const work = fs.mkdtempSync(path.join(os.tmpdir(), "image-"));
    try {
        await copyOut(
            tag,
            [
                "/opt/kafka/plugins",
                ...(manifest.plugins.some(({ into }) => into === "libs") ? ["/opt/kafka/libs"] : []),
            ],
            work,
        );
        const jars = jarsOfPlugins(manifest.plugins, path.join(work, "plugins"), path.join(work, "libs"));
        writeReport(
            path.resolve(values.out ?? path.join(projectFolder, "rendered", "image", stack)),
            { name: tag.split(":")[0], version: id },
            manifest.plugins,
            jars,
        );
    } finally {
        fs.rmSync(work, { recursive: true, force: true });
    }
    console.log(
        `Look into it: docker run --rm -it --entrypoint bash ${tag}\nDeploy it: pulumi up --stack ${stack}, which builds the same layers and pushes them`,
    );
}

main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
});
