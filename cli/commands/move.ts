import type { Command } from "commander";
import type { MoveArguments } from "../move";
import { contextOption, fileOption, kubeconfigOption } from "../support/options";
import { userPath } from "../support/userPaths";

const collect = (value: string, all: string[] = []): string[] => [...all, value];

/** `kcp move` */
export const moveCommand = (program: Command): Command =>
    program
        .command("move")
        .summary("move connectors with their offsets to another Connect cluster")
        .description(
            "Stops each connector at the source, creates it at the target without running it, sets its offsets " +
                "there, resumes it and checks that it reads nothing again. Nothing is changed without --apply. " +
                "A journal records each step: after an interruption, run the same command again.",
        )
        .requiredOption(
            "--from <address>",
            "what runs the connectors: REST API of a Connect cluster, or NAMESPACE/NAME of a KafkaConnect",
        )
        .addOption(kubeconfigOption("cluster of --from (default: --kubeconfig)", "from-kubeconfig"))
        .option("--from-context <name>", "context for --from (default: --context)")
        .option("--to <address>", "REST API of the Connect cluster that will run them (with --kubeconfig: a tunnel)")
        .option("--stack <name>", "take the connectors' configuration at the target from Pulumi.<name>.yaml")
        .addOption(fileOption())
        .addOption(
            kubeconfigOption(
                "cluster of the stack: connectors become KafkaConnectors there, and Strimzi sets their offsets",
            ),
        )
        .addOption(contextOption())
        .option("--connector <name>", "connector to move, or NAME=NEW_NAME; repeat it (default: all)", collect)
        .option("--journal <file>", "journal of the move (default: kcp-move.json)", (given: string) => userPath(given))
        .option("--apply", "do it")
        .option("--rollback", "bring the connectors of the journal back, with what they have read at the target")
        .addHelpText(
            "after",
            `
Examples:
  $ npx kcp move --from http://127.0.0.1:8083 --to http://127.0.0.1:8084
  $ npx kcp move --from http://127.0.0.1:8083 --stack prod \\
      --kubeconfig ~/.kube/config
  $ npx kcp move --from kafka/old-connect --from-context old \\
      --stack prod --kubeconfig ~/.kube/config`,
        )
        .action(async (options: MoveArguments) => {
            const { runMove } = require("../move") as typeof import("../move");
            process.exitCode = await runMove(options, (line) => console.log(line));
        });
