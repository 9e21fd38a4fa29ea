/** Records in plugins.json the checksums that are missing, and what transitive artifacts depend on. */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { sha512 } from "../util/data";
import { copyByMaven, inRepository } from "./maven";
import { fileName, manifestFile, unpinned } from "./manifest";

/** What is read and written of an artifact; the rest of the file stays as it is. */
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
 * What every worker has on its own class path and never loads from a plugin's folder (PluginUtils of Connect). The
 * compression libraries come by way of kafka-clients only, and go with it.
 */
const ofTheWorker = [
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
        throw new Error(`${url} cannot be fetched: ${error.cause?.message ?? error.message}`);
    });
    if (!response.ok) throw new Error(`${url} answered ${response.status} ${response.statusText}`);
    return Buffer.from(await response.arrayBuffer());
}

/** Has Maven fetch an artifact, alone or with what it depends on, and records what came. */
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
                        without: ofTheWorker,
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

/** JSON as it is written by hand: a short list of strings on one line. */
export const formatted = (value: unknown): string =>
    `${JSON.stringify(value, null, 2).replace(/\[\n\s+("[^\]]*?")\n\s+\]/g, (list, items: string) => (items.length > 400 ? list : `[${items.replace(/,\n\s+/g, ", ")}]`))}\n`;

/** Pins whatever has no checksum. One that cannot be had does not keep the others from being recorded; says how many remain. */
export async function pin(context: string, say: (text: string) => void): Promise<number> {
    const file = manifestFile(context);
    const raw = JSON.parse(fs.readFileSync(file, "utf8")) as {
        plugins: { artifacts: Recorded[] }[];
        truststore?: Recorded;
    };
    const open = [
        ...raw.plugins.flatMap((plugin) => plugin.artifacts),
        ...(raw.truststore ? [raw.truststore] : []),
    ].filter((item) => item.sha512 === unpinned);
    if (open.length === 0) say("every download has its SHA-512");
    let failed = 0;
    for (const item of open) {
        const what = item.maven ?? item.confluentHub ?? item.url ?? item.file;
        say(`fetching ${what}`);
        try {
            await pinOne(item, context);
            say(
                `  ${item.sha512}${item.resolved ? `, with ${Object.keys(item.resolved).length} that it depends on` : ""}`,
            );
            fs.writeFileSync(file, formatted(raw));
        } catch (error) {
            failed++;
            say(`  left unpinned: ${(error as Error).message}`);
        }
    }
    return failed;
}
