/** Makes a stack file of what already runs: npm run import -- FROM... --stack NAME */
import * as fs from "fs";
import * as path from "path";
import { parseArgs } from "util";
import { importStack } from "../src/import/importStack";
import { readFiles } from "../src/import/readFiles";
import { readRest } from "../src/import/readRest";
import { isFaithful, reportLines } from "../src/import/report";
import { ImportError, type ImportSource } from "../src/import/source";
import { stackFile } from "../src/stack/stackFile";

const usage = `Usage: npm run import -- FROM... --stack NAME [--out FILE]
Writes a stack file that renders the same resources as FROM, and compares the two key by key.
Nothing that runs is changed.

FROM is one of
  files and folders   KafkaConnect, KafkaConnector, KafkaTopic and KafkaUser as YAML; a connector's JSON or .properties
  http(s)://HOST      the REST API of a running Connect cluster

  --stack NAME              the stack; its file is Pulumi.NAME.yaml unless --out names another
  --out FILE                where to write it
  --force                   replace the file if it exists
  --connect NAME            the KafkaConnect to import, where FROM has several
  --namespace NAME          namespace of objects that name none. Default: kafka-connect
  --strimzi-version VERSION version of the operator. Default: one that has the API version and runs the Kafka of FROM
  --bootstrap-servers LIST  Kafka of the workers, where FROM does not have it
  --secrets KIND            where literal credentials go: kubernetes, aws-secrets-manager or file. Default: kubernetes
  --secrets-prefix PREFIX   prefix of the secrets' names in AWS Secrets Manager. Default: kafka_connect_
  --help                    this text
Exit code 0 when the stack file is complete and renders the same, 1 otherwise.`;

const secretKinds = ["kubernetes", "aws-secrets-manager", "file"] as const;

/** The arguments of the command. */
export interface ImportArguments {
    readonly from: readonly string[];
    readonly stack: string;
    readonly out?: string;
    readonly force?: boolean;
    readonly connect?: string;
    readonly namespace?: string;
    readonly strimziVersion?: string;
    readonly bootstrapServers?: string;
    readonly secrets?: string;
    readonly secretsPrefix?: string;
}

const isAddress = (from: string): boolean => /^https?:\/\//i.test(from);

async function read(from: readonly string[]): Promise<ImportSource> {
    if (from.length === 0) throw new ImportError("FROM: expected a file, a folder or a REST address; see --help.");
    const sources = await Promise.all([
        ...from.filter(isAddress).map((address) => readRest(address)),
        ...(from.some((item) => !isAddress(item)) ? [readFiles(from.filter((item) => !isAddress(item)))] : []),
    ]);
    return {
        objects: sources.flatMap(({ objects }) => objects),
        connectors: sources.flatMap(({ connectors }) => connectors),
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
    const imported = await importStack(await read(args.from), { ...args, secrets });
    fs.writeFileSync(file, imported.text);
    for (const line of reportLines(imported, args.out ?? path.basename(file))) print(line);
    return imported.complete && isFaithful(imported) ? 0 : 1;
}

async function main(): Promise<void> {
    const text = { type: "string" } as const;
    const { values, positionals } = parseArgs({
        allowPositionals: true,
        options: {
            stack: text,
            out: text,
            connect: text,
            namespace: text,
            "strimzi-version": text,
            "bootstrap-servers": text,
            secrets: text,
            "secrets-prefix": text,
            force: { type: "boolean", default: false },
            help: { type: "boolean", default: false },
        },
    });
    if (values.help) return console.log(usage);
    process.exitCode = await runImport(
        {
            ...values,
            from: positionals,
            stack: values.stack ?? "",
            strimziVersion: values["strimzi-version"],
            bootstrapServers: values["bootstrap-servers"],
            secretsPrefix: values["secrets-prefix"],
        },
        (line) => console.log(line),
    );
}

if (require.main === module) {
    main().catch((error: Error) => {
        console.error(error instanceof ImportError ? error.message : error);
        process.exitCode = 1;
    });
}
