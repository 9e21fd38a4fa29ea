/** Tends the plugin manifest: npm run plugins -- generate | pin | list */
import { createHash } from "crypto";
import * as fs from "fs";
import * as path from "path";
import { projectFolder } from "../settings/stackFile";
import { dockerfile } from "./dockerfile";
import { manifestFile, readManifest, unpinned } from "./manifest";

const usage = `Usage: npm run plugins -- COMMAND [FOLDER]
  generate   write the Dockerfile of plugins.json
  pin        download what has no SHA-512 yet, record it in plugins.json, and generate. Compare it with the publisher's
  list       print the plugins with their licences
FOLDER is the build context, docker/connect unless given.`;

const hubAddress = (component: string, hub: string): string => {
    const [, owner, name, version] = /^([^/]+)\/([^:]+):(.+)$/.exec(component)!;
    return `${hub}/${owner}/${name}/versions/${version}/${owner}-${name}-${version}.zip`;
};

/** The address of Confluent Hub's archives, as the Dockerfile has it. */
const hubOf = (context: string): string => /^ARG CONFLUENT_HUB=(\S+)/m.exec(fs.readFileSync(path.join(context, "Dockerfile"), "utf8"))![1];

async function digestOf(url: string): Promise<string> {
    console.log(`fetching ${url}`);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answered ${response.status} ${response.statusText}`);
    return createHash("sha512").update(Buffer.from(await response.arrayBuffer())).digest("hex");
}

interface Downloadable {
    url?: string;
    confluentHub?: string;
    maven?: string;
    sha512?: string;
}

/** Records the checksums that are missing; the rest of the file stays as it is written. */
async function pin(context: string): Promise<void> {
    const file = manifestFile(context);
    const raw = JSON.parse(fs.readFileSync(file, "utf8")) as { plugins: { artifacts: Downloadable[] }[]; truststore?: Downloadable };
    const open = [...raw.plugins.flatMap((plugin) => plugin.artifacts), ...(raw.truststore ? [raw.truststore] : [])].filter((item) => item.sha512 === unpinned);
    if (open.length === 0) console.log("every download has its SHA-512");
    for (const item of open) {
        if (item.maven) throw new Error(`${item.maven}: the repository that Maven uses publishes its .sha512; record that`);
        item.sha512 = await digestOf(item.url ?? hubAddress(item.confluentHub!, hubOf(context)));
        console.log(`  ${item.sha512}`);
    }
    fs.writeFileSync(file, `${JSON.stringify(raw, null, 2)}\n`);
}

function generate(context: string): void {
    fs.writeFileSync(path.join(context, "Dockerfile"), dockerfile(readManifest(context)));
    console.log(`wrote ${path.relative(process.cwd(), path.join(context, "Dockerfile"))}`);
}

async function main([command, folder = "docker/connect"]: string[]): Promise<void> {
    const context = path.resolve(projectFolder, folder);
    if (command === "generate") generate(context);
    else if (command === "pin") {
        await pin(context);
        generate(context);
    } else if (command === "list") {
        for (const { name, license, classes } of readManifest(context).plugins) console.log(`${name}  ${license}  ${classes.join(", ")}`);
    } else {
        console.log(usage);
        if (command !== "--help") process.exitCode = 1;
    }
}

main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
});
