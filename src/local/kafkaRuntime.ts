/** The jars that a broker and a worker run from, and single jars that are in no plugin. */
import * as path from "path";
import { fileName } from "../image/manifest";
import { usesLog4j2 } from "../strimzi/connectLogging";
import { sha256 } from "../util/data";
import { cached, type CacheOptions } from "./cache";
import { findEntry } from "./cacheFolder";
import { folderProblem, recordFolder } from "./fileChecksums";
import { download, type Say } from "./mavenDownloads";
import { verifyChecksums } from "./runtimeChecksums";

const log4jVersion = "2.24.3";

/** Artifacts of a Kafka version. MirrorMaker's connectors are on the workers' class path in Strimzi's image too. */
function runtimeArtifacts(kafkaVersion: string): string[] {
    const kafka = [
        "kafka_2.13",
        "connect-runtime",
        "connect-json",
        "connect-transforms",
        "connect-mirror",
        "kafka-tools",
    ].map((artifact) => `org.apache.kafka:${artifact}:${kafkaVersion}`);
    // Kafka 4 comes without a binding for its logging, and is silent without one
    return usesLog4j2(kafkaVersion) ? [...kafka, `org.apache.logging.log4j:log4j-slf4j-impl:${log4jVersion}`] : kafka;
}

/** Name of the jars' entry in the cache. */
export const kafkaRuntimeName = (kafkaVersion: string): string =>
    path.join("runtime", `${kafkaVersion}-${sha256(runtimeArtifacts(kafkaVersion).join()).slice(0, 8)}`);

/** A folder of jars in an entry of the cache: the recorded ones when it was filled, and unchanged since. */
const verified = (jars: string, say?: Say): CacheOptions => ({
    verify: (folder) => folderProblem(path.join(folder, jars)),
    say,
});

async function recordVerified(folder: string): Promise<void> {
    await verifyChecksums(folder);
    await recordFolder(folder);
}

/** The folder of Kafka's jars, verified. */
export async function kafkaRuntime(kafkaVersion: string, say?: Say): Promise<string> {
    const fill = async (target: string) => {
        await fetchRuntime(kafkaVersion, target, say);
        await recordVerified(path.join(target, "runtime"));
    };
    const folder = await cached(kafkaRuntimeName(kafkaVersion), fill, verified("runtime", say));
    return path.join(folder, "runtime");
}

/** Downloads the jars into `runtime` of a folder, unverified. */
export const fetchRuntime = (kafkaVersion: string, folder: string, say?: Say): Promise<void> =>
    download(
        { whole: { artifacts: runtimeArtifacts(kafkaVersion), folder: path.join(folder, "runtime") } },
        folder,
        say,
    );

/** One jar without its dependencies, verified. */
export async function jar(artifact: string): Promise<string> {
    const fill = async (target: string) => {
        await fetchJars([artifact], path.join(target, "archives"), target);
        await recordVerified(path.join(target, "archives"));
    };
    const folder = await cached(path.join("single-jars", fileName(artifact)), fill, verified("archives"));
    return path.join(folder, "archives", fileName(artifact));
}

/** Downloads jars without their dependencies, unverified. `work` takes Maven's project. */
export const fetchJars = (artifacts: readonly string[], folder: string, work: string): Promise<void> =>
    download({ alone: { artifacts, folder } }, work);

/** The JMX exporter of Strimzi's images: an agent that serves a worker's metrics. */
const exporterArtifact = "io.prometheus.jmx:jmx_prometheus_javaagent:1.0.1";

/** The exporter's jar. */
export const metricsExporter = (): Promise<string> => jar(exporterArtifact);

/** What Strimzi's images have for logs in JSON, by the major version of Kafka. */
const jsonLayoutArtifacts = {
    log4j1: [
        "net.logstash.log4j:jsonevent-layout:1.7",
        "net.minidev:json-smart:2.4.9",
        "net.minidev:accessors-smart:2.4.9",
        "org.ow2.asm:asm:9.3",
        "commons-lang:commons-lang:2.6",
    ],
    log4j2: [`org.apache.logging.log4j:log4j-layout-template-json:${log4jVersion}`],
};

/** Paths of the jars for logs in JSON. */
export const jsonLayoutJars = (kafkaVersion: string): Promise<string[]> =>
    Promise.all(jsonLayoutArtifacts[usesLog4j2(kafkaVersion) ? "log4j2" : "log4j1"].map(jar));

/** Jars that run here besides the runtime and are in no plugin manifest. */
export const extraJars = (kafkaVersions: readonly string[]): string[] => [
    exporterArtifact,
    ...Object.values(jsonLayoutArtifacts).flat(),
    ...kafkaVersions.map((version) => `org.apache.kafka:connect-file:${version}`),
];

/** Whether entries are in the cache. */
export const isCached = (...names: string[]): boolean => names.every((name) => findEntry(name) !== undefined);
