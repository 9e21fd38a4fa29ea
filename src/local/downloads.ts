/** Kafka and the plugins, fetched by Maven itself: the user's settings, mirrors and proxies hold, and no address stands here. */
import * as fs from "fs";
import * as path from "path";
import { folderDigest } from "../image/content";
import { downloadsOf, fileName, unpinned, type Artifact, type Manifest, type Plugin } from "../image/manifest";
import { copyByMaven } from "../image/maven";
import { projectFolder } from "../util/project";
import { sha256 } from "../util/data";
import { cached, cacheFolder } from "./cache";
import { usesLog4j2 } from "./java";
import { verifyChecksums } from "./runtimeChecksums";
import { runToEnd } from "../util/exec";

const log4jVersion = "2.24.3";

/** What a broker and a worker of a Kafka version are run from. MirrorMaker's connectors are on the workers' class path in Strimzi's image too. */
function runtimeArtifacts(kafkaVersion: string): string[] {
    const kafka = [
        "kafka_2.13",
        "connect-runtime",
        "connect-json",
        "connect-transforms",
        "connect-mirror",
        "kafka-tools",
    ].map((artifact) => `org.apache.kafka:${artifact}:${kafkaVersion}`);
    // 4.x brings no binding for its logging; without one it is silent
    return usesLog4j2(kafkaVersion) ? [...kafka, `org.apache.logging.log4j:log4j-slf4j-impl:${log4jVersion}`] : kafka;
}

/** The folder of the jars of Kafka and Connect. */
export const kafkaRuntimeName = (kafkaVersion: string): string =>
    path.join("kafka", `${kafkaVersion}-${sha256(runtimeArtifacts(kafkaVersion).join()).slice(0, 8)}`);

export async function kafkaRuntime(kafkaVersion: string): Promise<string> {
    const folder = await cached(kafkaRuntimeName(kafkaVersion), async (target) => {
        await fetchRuntime(kafkaVersion, target);
        verifyChecksums(path.join(target, "runtime"));
    });
    return path.join(folder, "runtime");
}

/** Fetches the jars into `runtime` of a folder, unverified. */
export const fetchRuntime = (kafkaVersion: string, folder: string): Promise<void> =>
    copyByMaven({ whole: { artifacts: runtimeArtifacts(kafkaVersion), folder: path.join(folder, "runtime") } }, folder);

/** The JMX exporter that Strimzi's images carry: an agent that serves a worker's metrics. */
const exporterArtifact = "io.prometheus.jmx:jmx_prometheus_javaagent:1.0.1";

/** One jar alone. */
export async function jar(artifact: string): Promise<string> {
    const folder = await cached(path.join("jars", fileName(artifact)), async (target) => {
        await fetchJars([artifact], path.join(target, "archives"), target);
        verifyChecksums(path.join(target, "archives"));
    });
    return path.join(folder, "archives", fileName(artifact));
}

/** Fetches jars alone, unverified; `work` takes Maven's project. */
export const fetchJars = (artifacts: readonly string[], folder: string, work: string): Promise<void> =>
    copyByMaven({ alone: { artifacts, folder } }, work);

/** Jars besides the runtime that run here and are in no plugin manifest. */
export const extraJars = (kafkaVersions: readonly string[]): string[] => [
    exporterArtifact,
    ...kafkaVersions.map((version) => `org.apache.kafka:connect-file:${version}`),
];

/** The exporter's jar. */
export const metricsExporter = (): Promise<string> => jar(exporterArtifact);

/** Why an artifact cannot be in the sandbox, or undefined. */
function obstacle(artifact: Artifact): string | undefined {
    if (artifact.sha512 === unpinned) return "has no recorded SHA-512";
    if (!artifact.maven && !artifact.folder) return "is not to be had by Maven";
    return undefined;
}

/** The plugins of a manifest that the sandbox runs, and those it cannot, with the reason. */
export function sandboxPlugins(manifest: Manifest): {
    plugins: Plugin[];
    left: { name: string; classes: string[]; why: string }[];
} {
    const left = manifest.plugins.flatMap((plugin) => {
        const why = plugin.artifacts.map(obstacle).find(Boolean);
        return why
            ? [
                  {
                      name: plugin.name,
                      classes: plugin.classes,
                      why: `${plugin.artifacts.map((artifact) => artifact.maven ?? artifact.confluentHub ?? artifact.url).join(", ")} ${why}`,
                  },
              ]
            : [];
    });
    return { plugins: manifest.plugins.filter((plugin) => !left.some(({ name }) => name === plugin.name)), left };
}

const contentOf = (context: string, plugins: Plugin[]): string =>
    sha256(
        JSON.stringify(
            plugins.map((plugin) => [
                plugin.name,
                plugin.into,
                plugin.classes,
                plugin.artifacts.map((artifact) =>
                    artifact.folder ? folderDigest(path.join(context, artifact.folder)) : downloadsOf(artifact),
                ),
            ]),
        ),
    ).slice(0, 12);

/** Name in the cache of a set of plugins as one Kafka version has indexed them. */
export const pluginSetName = (context: string, plugins: Plugin[], kafkaVersion: string): string =>
    path.join("plugins", `${contentOf(context, plugins)}-kafka-${kafkaVersion}`);

/**
 * The plugin folders of a manifest, checked, unpacked and indexed by the very scripts of the image's build: `plugins` for the
 * worker's plugin path and `libs` for its class path. The index lets a worker find plugins without scanning every class of
 * every jar.
 */
export async function pluginSet(
    context: string,
    plugins: Plugin[],
    kafkaVersion: string,
    runtime: () => Promise<string>,
): Promise<string> {
    return cached(pluginSetName(context, plugins, kafkaVersion), async (target) => {
        const archives = path.join(target, "archives");
        const downloads = plugins.flatMap((plugin) => plugin.artifacts.flatMap(downloadsOf));
        if (downloads.length > 0)
            await copyByMaven(
                { alone: { artifacts: [...new Set(downloads.map(({ what }) => what))], folder: archives } },
                target,
            );
        fs.mkdirSync(path.join(target, "plugins"), { recursive: true });
        for (const plugin of plugins) {
            const folder =
                plugin.into === "libs" ? path.join(target, "libs") : path.join(target, "plugins", plugin.name);
            fs.mkdirSync(folder, { recursive: true });
            for (const artifact of plugin.artifacts) {
                if (artifact.folder) fs.cpSync(path.join(context, artifact.folder), folder, { recursive: true });
                for (const { what, sha512 } of downloadsOf(artifact))
                    await script("unpack.sh", path.join(archives, fileName(what)), sha512, folder, what);
            }
        }
        fs.rmSync(archives, { recursive: true, force: true });
        const classes = plugins.filter(({ into }) => into === "plugins").flatMap((plugin) => plugin.classes);
        await script("index.sh", path.join(target, "plugins"), await runtime(), ...classes);
    });
}

/** Runs a script of the image's build. */
export const script = (name: string, ...args: string[]): Promise<string> =>
    runToEnd("bash", [path.join(projectFolder, "docker", "connect", name), ...args], projectFolder);

/** Whether everything a run needs is in the cache already. */
export const isCached = (...names: string[]): boolean =>
    names.every((name) => fs.existsSync(path.join(cacheFolder(), name)));
