/** Builds the image of a stack on this machine, and writes what it contains: `kcp image`. */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { contentTag } from "../src/image/content";
import { build, copyOut, inspect, whyNoBuild } from "../src/image/docker";
import { buildArguments, imageInputs, mirrorArguments } from "../src/image/inputs";
import { jarsOfPlugins } from "../src/image/inventory";
import { readManifest, unpinnedIn, type Manifest } from "../src/image/manifest";
import { writeReport } from "../src/image/report";
import { connectBaseImage } from "../src/release/releases";
import { loadStack } from "../src/stack/loadStack";
import { readStack } from "../src/stack/stackFile";
import { projectFolder } from "../src/util/project";
import { chooseStack, type StackOptions } from "./support/chooseStack";

/** Options of `kcp image`. */
export interface ImageOptions extends StackOptions {
    /** Absolute path of the folder for the report. */
    out?: string;
    /** False with --no-cache. */
    cache: boolean;
    /** Prints the result as JSON. */
    json?: boolean;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** Throws with what has to be done before the image can be built. */
function checkBuildable(manifest: Manifest): void {
    const unrecorded = unpinnedIn(manifest);
    if (unrecorded.length > 0) {
        const list = unrecorded.map((what) => `  ${what}`).join("\n");
        throw new Error(`no SHA-512 is recorded for\n${list}\nRun: npm run plugins -- pin`);
    }
    const obstacle = whyNoBuild();
    if (obstacle)
        throw new Error(
            `${obstacle}. To build, install Docker Engine 20.10 or newer with BuildKit: ` +
                "https://docs.docker.com/engine/install",
        );
}

/** Writes licenses and bill of materials of the plugins in an image. */
async function reportContents(
    { tag, id }: { tag: string; id: string },
    manifest: Manifest,
    out: string,
    say: (line: string) => void,
): Promise<void> {
    const work = fs.mkdtempSync(path.join(os.tmpdir(), "image-"));
    const usesLibs = manifest.plugins.some(({ into }) => into === "libs");
    try {
        await copyOut(tag, ["/opt/kafka/plugins", ...(usesLibs ? ["/opt/kafka/libs"] : [])], work);
        const jars = jarsOfPlugins(manifest.plugins, path.join(work, "plugins"), path.join(work, "libs"));
        writeReport(out, { name: tag.split(":")[0], version: id }, manifest.plugins, jars, say);
    } finally {
        fs.rmSync(work, { recursive: true, force: true });
    }
}

/** Builds the image and prints its tag, its size, what it contains and the next steps. */
export async function image(options: ImageOptions): Promise<void> {
    const say = options.json ? console.error : console.log;
    const { stack, file } = chooseStack(options);
    const settings = loadStack(readStack(stack, file), stack, file);
    if (!settings.image?.build) {
        const used = settings.image?.existing ?? "Strimzi's own image";
        throw new Error(`${path.basename(file)} has no image.build: its workers run ${used}`);
    }
    const { build: settingsOfBuild } = settings.image;
    const { platform, mavenImage, mirrors } = settingsOfBuild;
    const baseImage = settingsOfBuild.baseImage ?? connectBaseImage(settings.release, settings.strimzi.kafkaVersion);
    const context = path.resolve(projectFolder, settingsOfBuild.context);
    const manifest = readManifest(context);
    checkBuildable(manifest);

    const inputs = imageInputs(manifest, context, { baseImage, mavenImage, platform });
    const tag = `kafka-connect-platform/${stack}:${contentTag(context, inputs)}`;
    await build(
        { context, args: { ...buildArguments(inputs), ...mirrorArguments(mirrors) }, platform, tag },
        ...(options.cache ? [] : ["--no-cache"]),
    );

    const { id, layers, bytes } = await inspect(tag);
    const added = manifest.plugins.length + (manifest.truststore ? 1 : 0);
    say(`\n${tag}\n  ${id}, ${megabytes(bytes)}, ${added} layers over ${layers.length - added} of ${baseImage}`);
    const report = options.out ?? path.join(projectFolder, "rendered", "image", stack);
    await reportContents({ tag, id }, manifest, report, say);
    if (options.json) console.log(JSON.stringify({ tag, id, bytes, layers, baseImage, report }, null, 2));
    say(
        `Look into it: docker run --rm -it --entrypoint bash ${tag}\n` +
            `Deploy it: pulumi up --stack ${stack}, which builds the same layers and pushes them`,
    );
}
