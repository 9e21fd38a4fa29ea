/** Records missing checksums and the dependencies of transitive artifacts in plugins.json. */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { sha512 } from "../util/data";
import { readJsonFile } from "../util/jsonFile";
import { copyByMaven, inRepository } from "./maven";
import { fileName, manifestFile, unpinned } from "./manifest";

/** The fields of an artifact that are read and written; the rest of the file is not changed. */
interface Recorded {
    url?: string;
    file?: string;
    confluentHub?: string;
    maven?: string;
    transitive?: boolean;
    sha512?: string;
    resolved?: Record<string, string>;
}

/**
 * Libraries that every worker has on its class path and never loads from a plugin's folder (PluginUtils of Connect).
 * The compression libraries are dependencies of kafka-clients alone.
 */
const workerLibraries = [
    "org.apache.kafka:*",
    "org.slf4j:slf4j-api",
    "com.github.luben:zstd-jni",
    "org.lz4:lz4-java",
    "org.xerial.snappy:snappy-java",
];

const hubAddress = (component: string, hub: string): string => {
    const [, owner, name, version] = /^([^/]+)\/([^:]+):(.+)$/.exec(component)!;
    return `${hub}/${owner}/${name}/versions/${version}/${owner}-${name}-${version}.zip`;
};

/** The address of Confluent Hub's archives, as in the Dockerfile. */
const hubOf = (context: string): string =>
    /^ARG CONFLUENT_HUB=(\S+)/m.exec(fs.readFileSync(path.join(context, "Dockerfile"), "utf8"))![1];

async function downloaded(url: string): Promise<Buffer> {
    const response = await fetch(url).catch((error: Error & { cause?: Error }) => {
        throw new Error(`cannot fetch ${url}: ${error.cause?.message ?? error.message}`);
    });
    if (!response.ok)
        throw new Error(`cannot fetch ${url}: expected status 200, received ${response.status} ${response.statusText}`);
    return Buffer.from(await response.arrayBuffer());
}

/** Fetches an artifact with Maven, with its dependencies where it is transitive, and records the checksums. */
async function pinMaven(item: Recorded): Promise<void> {
    const work = fs.mkdtempSync(path.join(os.tmpdir(), "pin-"));
    try {
        const artifact = item.maven!;
        if (item.transitive) {
            await copyByMaven(
                {
                    whole: {
                        artifacts: [artifact],
                        folder: path.join(work, "jars"),
                        without: workerLibraries,
                        layout: "repository",
                    },
                },
                work,
            );
            const all = inRepository(path.join(work, "jars")).map(([coordinates, file]) => [
                coordinates,
                sha512(fs.readFileSync(file)),
            ]);
            item.sha512 = all.find(([coordinates]) => coordinates === artifact)![1];
            item.resolved = Object.fromEntries(all.filter(([coordinates]) => coordinates !== artifact));
        } else {
            await copyByMaven({ alone: { artifacts: [artifact], folder: path.join(work, "jars") } }, work);
            item.sha512 = sha512(fs.readFileSync(path.join(work, "jars", fileName(artifact))));
        }
    } finally {
        fs.rmSync(work, { recursive: true, force: true });
    }
}

async function pinOne(item: Recorded, context: string): Promise<void> {
    if (item.maven) return pinMaven(item);
    item.sha512 = sha512(
        item.file
            ? fs.readFileSync(path.join(context, item.file))
            : await downloaded(item.url ?? hubAddress(item.confluentHub!, hubOf(context))),
    );
}

/** JSON with a short array of strings on one line. */
export function formatted(value: unknown): string {
    const onOneLine = (array: string, items: string): string =>
        items.length > 400 ? array : `[${items.replace(/,\n\s+/g, ", ")}]`;
    return `${JSON.stringify(value, null, 2).replace(/\[\n\s+("[^\]]*?")\n\s+\]/g, onOneLine)}\n`;
}

/**
 * Records the missing checksums. A download that fails does not prevent the others from being recorded.
 *
 * @param say receives each line of progress
 * @returns number of downloads that failed
 */
export async function pin(context: string, say: (text: string) => void): Promise<number> {
    const file = manifestFile(context);
    const raw = readJsonFile(file) as {
        plugins: { artifacts: Recorded[] }[];
        truststore?: Recorded;
    };
    const open = [
        ...raw.plugins.flatMap((plugin) => plugin.artifacts),
        ...(raw.truststore ? [raw.truststore] : []),
    ].filter((item) => item.sha512 === unpinned);
    if (open.length === 0) say("the SHA-512 of every download is recorded");
    let failed = 0;
    for (const item of open) {
        const what = item.maven ?? item.confluentHub ?? item.url ?? item.file;
        say(`fetching ${what}`);
        try {
            await pinOne(item, context);
            const dependencies = Object.keys(item.resolved ?? {}).length;
            say(`  ${item.sha512}${dependencies > 0 ? ` and ${dependencies} dependencies` : ""}`);
            fs.writeFileSync(file, formatted(raw));
        } catch (error) {
            failed++;
            say(`  left unpinned: ${(error as Error).message}`);
        }
    }
    return failed;
}
