import type { Command } from "commander";
import type { CheckOptions } from "../check/check";
import { chooseStack } from "../support/chooseStack";
import {
    contextOption,
    fileOption,
    jsonOption,
    kubeconfigOption,
    outOption,
    pluginsOption,
    stackOption,
} from "../support/options";

/** `kcp check` */
export const checkCommand = (program: Command): Command =>
    program
        .command("check")
        .summary("validate every connector with the plugin that will run it")
        .description(
            "Starts a Connect worker with the image's plugins, and lets each plugin validate its connectors. " +
                "Needs Java, and Maven the first time; no cluster and no credentials. " +
                "Exits with 1 when a plugin rejects a setting.",
        )
        .addOption(stackOption())
        .addOption(fileOption())
        .addOption(outOption("write the result to this file instead of stdout"))
        .addOption(jsonOption())
        .addOption(pluginsOption())
        .option(
            "--connect",
            "ask the databases of the sources too, read-only; the address of the instance shop is in KCP_DATABASE_SHOP",
        )
        .addOption(kubeconfigOption("read the KafkaConnectors of this cluster too, and report those that two manage"))
        .addOption(contextOption("eks.context, or its current context"))
        .option("--write-keys", "record the configuration keys of every template's plugin in the project")
        .addHelpText(
            "after",
            `
Examples:
  $ npx kcp check --stack dev
  $ KCP_DATABASE_SHOP=postgres://reader:secret@db:5432 \\
      npx kcp check --stack dev --connect
  $ npx kcp check --stack prod --kubeconfig ~/.kube/config
  $ npx kcp check --file ../shop/Pulumi.dev.yaml --json`,
        )
        .action(async (options: CheckOptions) => {
            const stack = chooseStack(options, options.writeKeys ? "local" : undefined);
            const { check } = require("../check/check") as typeof import("../check/check");
            process.exitCode = await check({ ...options, ...stack });
        });
