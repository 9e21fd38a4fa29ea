/** Writes a stack file of what already runs: `kcp import`. */
import * as fs from "fs";
import * as path from "path";
import { importStack } from "../src/import/importStack";
import { readCluster } from "../src/import/readCluster";
import { readFiles } from "../src/import/readFiles";
import { readRest } from "../src/import/readRest";
import { isFaithful, reportLines } from "../src/import/report";
import { ImportError, type ImportSource } from "../src/import/source";
import { stackFile } from "../src/stack/stackFile";

const secretKinds = ["kubernetes", "aws-secrets-manager", "file"] as const;

/** The arguments of the command. */
export interface ImportArguments {
    readonly from: readonly string[];
    readonly stack: string;
    readonly out?: string;
    readonly force?: boolean;
    /** Path of a kubeconfig: the objects of `namespace` in its cluster are read. */
    readonly kubeconfig?: string;
    /** Context within the kubeconfig. */
    readonly context?: string;
    readonly connect?: string;
    readonly namespace?: string;
    readonly strimziVersion?: string;
    readonly bootstrapServers?: string;
    readonly secrets?: string;
    readonly secretsPrefix?: string;
}

const isAddress = (from: string): boolean => /^https?:\/\//i.test(from);

async function read({ from, kubeconfig, context, namespace }: ImportArguments): Promise<ImportSource> {
    const fromCluster = kubeconfig !== undefined || context !== undefined;
    if (from.length === 0 && !fromCluster)
        throw new ImportError("FROM: expected a file, a folder or a REST address, or --kubeconfig; see --help.");
    if (fromCluster && namespace === undefined)
        throw new ImportError("--namespace: required with --kubeconfig and --context, as the namespace to read.");
    const sources = await Promise.all([
        ...(fromCluster ? [readCluster({ kubeconfig, context }, namespace!)] : []),
        ...from.filter(isAddress).map((address) => readRest(address)),
        ...(from.some((item) => !isAddress(item)) ? [readFiles(from.filter((item) => !isAddress(item)))] : []),
    ]);
    return {
        objects: sources.flatMap(({ objects }) => objects),
        connectors: sources.flatMap(({ connectors }) => connectors),
        declarations: sources.flatMap(({ declarations = [] }) => declarations),
        kafkaVersion: sources.find(({ kafkaVersion }) => kafkaVersion)?.kafkaVersion,
    };
}

/** Imports, writes the stack file and reports. Returns the exit code. */
export async function runImport(args: ImportArguments, print: (line: string) => void): Promise<number> {
    if (!/^[A-Za-z0-9][\w.-]*$/.test(args.stack)) throw new ImportError("--stack: expected the name of a stack.");
    const secrets = secretKinds.find((kind) => kind === (args.secrets ?? "kubernetes"));
    if (!secrets) throw new ImportError(`--secrets: expected one of ${secretKinds.join(", ")}.`);
    const file = path.resolve(args.out ?? stackFile(args.stack));
    if (fs.existsSync(file) && !args.force)
        throw new ImportError(
            `${args.out ?? path.basename(file)} exists; --force replaces it, --out names another file.`,
        );
    const imported = await importStack(await read(args), { ...args, secrets });
    fs.writeFileSync(file, imported.text);
    for (const line of reportLines(imported, args.out ?? path.basename(file))) print(line);
    return imported.complete && isFaithful(imported) ? 0 : 1;
}
