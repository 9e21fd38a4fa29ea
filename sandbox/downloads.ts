/** Kafka and the plugins, fetched by Maven itself: the user's settings, mirrors and proxies hold, and no address stands here. */
import { createHash } from "crypto";
import * as fs from "fs";
import * as path from "path";
import { unpinned, type Artifact, type Manifest, type Plugin } from "../image/manifest";
import { sha256 } from "../util/plain";
import { cached, cacheFolder } from "./cache";
import { usesLog4j2 } from "./java";
import { javaCommand, runToEnd } from "./tools";

const dependencyPlugin = "3.8.1";
const log4jVersion = "2.24.3";

/** What a broker and a worker of a Kafka version are run from. MirrorMaker's connectors are on the workers' class path in Strimzi's image too. */
function runtimeArtifacts(kafkaVersion: string): string[] {
    const kafka = ["kafka_2.13", "connect-runtime", "connect-json", "connect-transforms", "connect-mirror", "kafka-tools"].map((artifact) => `org.apache.kafka:${artifact}:${kafkaVersion}`);
    // 4.x brings no binding for its logging; without one it is silent
    return usesLog4j2(kafkaVersion) ? [...kafka, `org.apache.logging.log4j:log4j-slf4j-impl:${log4jVersion}`] : kafka;
}

const element = (name: string, value: string | undefined): string => (value ? `<${name}>${value}</${name}>` : "");

function coordinates(artifact: string): string {
    const [group, name, version, type, classifier] = artifact.split(":");
    return element("groupId", group) + element("artifactId", name) + element("version", version) + element("type", type) + element("classifier", classifier);
}

/** A project whose only work is to copy artifacts: the runtime's with all they depend on, the plugins' alone. */
function pom(runtime: string[], alone: string[], folder: string): string {
    const execution = (id: string, goal: string, configuration: string) =>
        `<execution><id>${id}</id><phase>process-resources</phase><goals><goal>${goal}</goal></goals><configuration>${configuration}</configuration></execution>`;
    const items = alone.map((artifact) => `<artifactItem>${coordinates(artifact)}</artifactItem>`).join("");
    return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>sandbox</groupId><artifactId>sandbox</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>${runtime.map((artifact) => `<dependency>${coordinates(artifact)}</dependency>`).join("")}</dependencies>
<build><plugins><plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId><version>${dependencyPlugin}</version><executions>
${runtime.length > 0 ? execution("runtime", "copy-dependencies", element("outputDirectory", path.join(folder, "runtime")) + element("includeScope", "runtime")) : ""}
${alone.length > 0 ? execution("plugins", "copy", `<artifactItems>${items}</artifactItems>${element("outputDirectory", path.join(folder, "archives"))}<useBaseVersion>true</useBaseVersion>`) : ""}
</executions></plugin></plugins></build></project>`;
}

async function runMaven(runtime: string[], alone: string[], folder: string): Promise<void> {
    fs.writeFileSync(path.join(folder, "pom.xml"), pom(runtime, alone, folder));
    await runToEnd("mvn", ["-B", "-q", "-f", path.join(folder, "pom.xml"), "process-resources"], folder);
}

/** The folder of the jars of Kafka and Connect. */
export const kafkaRuntimeName = (kafkaVersion: string): string => path.join("kafka", `${kafkaVersion}-${sha256(runtimeArtifacts(kafkaVersion).join()).slice(0, 8)}`);

export async function kafkaRuntime(kafkaVersion: string): Promise<string> {
    const folder = await cached(kafkaRuntimeName(kafkaVersion), (target) => runMaven(runtimeArtifacts(kafkaVersion), [], target));
    return path.join(folder, "runtime");
}

/** The JMX exporter that Strimzi's images carry: an agent that serves a worker's metrics. */
const exporterArtifact = "io.prometheus.jmx:jmx_prometheus_javaagent:1.0.1";

/** One jar alone. */
export async function jar(artifact: string): Promise<string> {
    const folder = await cached(path.join("jars", fileName(artifact)), (target) => runMaven([], [artifact], target));
    return path.join(folder, "archives", fileName(artifact));
}

/** The exporter's jar. */
export const metricsExporter = (): Promise<string> => jar(exporterArtifact);

/** Why an artifact cannot be in the sandbox, or undefined. */
function obstacle(artifact: Artifact): string | undefined {
    if (artifact.sha512 === unpinned) return "has no recorded SHA-512";
    if (!artifact.maven && !artifact.folder) return "is not to be had by Maven";
    return undefined;
}

/** The plugins of a manifest that the sandbox runs, and those it cannot, with the reason. */
export function sandboxPlugins(manifest: Manifest): { plugins: Plugin[]; left: { name: string; classes: string[]; why: string }[] } {
    const left = manifest.plugins.flatMap((plugin) => {
        const why = plugin.artifacts.map(obstacle).find(Boolean);
        return why ? [{ name: plugin.name, classes: plugin.classes, why: `${plugin.artifacts.map((artifact) => artifact.maven ?? artifact.confluentHub ?? artifact.url).join(", ")} ${why}` }] : [];
    });
    return { plugins: manifest.plugins.filter((plugin) => !left.some(({ name }) => name === plugin.name)), left };
}

const contentOf = (context: string, plugins: Plugin[]): string =>
    sha256(JSON.stringify(plugins.map((plugin) => [plugin.name, plugin.into, plugin.artifacts.map((artifact) => (artifact.folder ? [artifact.folder, fs.statSync(path.join(context, artifact.folder)).mtimeMs] : [artifact.maven, artifact.sha512]))]))).slice(0, 12);

/** Name in the cache of a set of plugins as one Kafka version has indexed them. */
export const pluginSetName = (context: string, plugins: Plugin[], kafkaVersion: string): string => path.join("plugins", `${contentOf(context, plugins)}-kafka-${kafkaVersion}`);

/**
 * The plugin folders of a manifest, checked, unpacked and indexed: `plugins` for the worker's plugin path and `libs` for its
 * class path. The index (`sync-manifests`) lets a worker find plugins without scanning every class of every jar.
 */
export async function pluginSet(context: string, plugins: Plugin[], kafkaVersion: string, runtime: () => Promise<string>): Promise<string> {
    return cached(pluginSetName(context, plugins, kafkaVersion), async (target) => {
        const artifacts = plugins.flatMap((plugin) => plugin.artifacts.map((artifact) => ({ plugin, artifact })));
        const maven = artifacts.flatMap(({ artifact }) => artifact.maven ?? []);
        if (maven.length > 0) await runMaven([], maven, target);
        fs.mkdirSync(path.join(target, "plugins"), { recursive: true });
        for (const { plugin, artifact } of artifacts) {
            const folder = plugin.into === "libs" ? path.join(target, "libs") : path.join(target, "plugins", plugin.name);
            fs.mkdirSync(folder, { recursive: true });
            if (artifact.folder) fs.cpSync(path.join(context, artifact.folder), folder, { recursive: true });
            else await unpack(path.join(target, "archives", fileName(artifact.maven!)), artifact, folder);
        }
        fs.rmSync(path.join(target, "archives"), { recursive: true, force: true });
        const classPath = path.join(await runtime(), "*");
        await runToEnd(javaCommand(), ["-cp", classPath, "org.apache.kafka.tools.ConnectPluginPath", "sync-manifests", "--plugin-path", path.join(target, "plugins")], target);
    });
}

/** The file Maven copies an artifact to. */
function fileName(artifact: string): string {
    const [, name, version, type = "jar", classifier] = artifact.split(":");
    return `${name}-${version}${classifier ? `-${classifier}` : ""}.${type}`;
}

async function unpack(file: string, artifact: Artifact, folder: string): Promise<void> {
    const sha512 = createHash("sha512").update(fs.readFileSync(file)).digest("hex");
    if (sha512 !== artifact.sha512) throw new Error(`${artifact.maven} has SHA-512 ${sha512}, the manifest wants ${artifact.sha512}. Nothing was unpacked.`);
    if (/\.(tar\.gz|tgz)$/.test(file)) await runToEnd("tar", ["-xzf", file, "-C", folder, "--strip-components=1", "--no-same-owner"], folder);
    else fs.copyFileSync(file, path.join(folder, path.basename(file)));
}

/** Whether everything a run needs is in the cache already. */
export const isCached = (...names: string[]): boolean => names.every((name) => fs.existsSync(path.join(cacheFolder(), name)));
