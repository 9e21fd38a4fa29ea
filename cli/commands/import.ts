import type { Command } from "commander";
import type { ImportArguments } from "../import";
import { contextOption, kubeconfigOption, outOption } from "../support/options";
import { userPath } from "../support/userPaths";

const isAddress = (from: string): boolean => /^https?:\/\//i.test(from);

/** `kcp import` */
export const importCommand = (program: Command): Command =>
    program
        .command("import")
        .summary("write a stack file of what already runs")
        .description(
            "Writes a stack file that renders the same resources as its sources, and compares the two key by key. " +
                "Nothing that runs is changed. Exits with 1 when the file is incomplete or renders something else.",
        )
        .argument(
            "[from...]",
            "files and folders with KafkaConnect, KafkaConnector, KafkaTopic and KafkaUser as YAML, or a connector's " +
                "JSON or .properties; or the address of the REST API of a Connect cluster. " +
                "Not required with --kubeconfig",
        )
        .requiredOption("--stack <name>", "stack to write, as Pulumi.<name>.yaml unless --out names another file")
        .addOption(outOption("file to write"))
        .option("--force", "replace the file if it exists")
        .addOption(kubeconfigOption("read the objects of --namespace from the cluster of this kubeconfig"))
        .addOption(contextOption())
        .option("--connect <name>", "KafkaConnect to import, if there are several")
        .option("--namespace <name>", "namespace to read, and of objects without a namespace (default: kafka-connect)")
        .option("--strimzi-version <version>", "version of the operator (default: one that runs the sources)")
        .option("--bootstrap-servers <list>", "Kafka of the workers, if the sources do not name it")
        .option(
            "--secrets <kind>",
            "where literal credentials go: kubernetes, aws-secrets-manager or file (default: kubernetes)",
        )
        .option("--secrets-prefix <prefix>", "prefix of names in AWS Secrets Manager (default: kafka_connect_)")
        .addHelpText("after", "\nExample:\n  $ npx kcp import connect.yaml connectors/ --stack dev")
        .action(async (from: string[], options: Omit<ImportArguments, "from">) => {
            const { runImport } = require("../import") as typeof import("../import");
            const sources = from.map((item) => (isAddress(item) ? item : userPath(item)));
            process.exitCode = await runImport({ ...options, from: sources }, (line) => console.log(line));
        });
