import type { Command } from "commander";
import type { SmokeOptions } from "../smoke/smoke";
import { chooseStack } from "../support/chooseStack";
import {
    contextOption,
    fileOption,
    jsonOption,
    kubeconfigOption,
    positiveInteger,
    stackOption,
} from "../support/options";

/** `kcp smoke` */
export const smokeCommand = (program: Command): Command =>
    program
        .command("smoke")
        .summary("write a record to Kafka and read it back")
        .description(
            "Writes a record and reads it back. Without --kubeconfig, on a broker of the stack's Kafka version on " +
                "this machine; with it, by a Job in the cluster, as a user of the stack and with a topic of the stack.",
        )
        .addOption(stackOption("local"))
        .addOption(fileOption())
        .addOption(jsonOption())
        .addOption(kubeconfigOption("cluster that the stack is deployed to"))
        .addOption(contextOption())
        .option("--timeout <seconds>", "how long the Job may take", positiveInteger, 120)
        .addHelpText(
            "after",
            `
Examples:
  $ npx kcp smoke --stack local
  $ npx kcp smoke --stack prod --kubeconfig ~/.kube/config`,
        )
        .action(async (options: SmokeOptions) => {
            const stack = chooseStack(options, "local");
            const { smoke } = require("../smoke/smoke") as typeof import("../smoke/smoke");
            await smoke({ ...options, ...stack });
        });
