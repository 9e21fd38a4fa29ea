import type { Command } from "commander";
import { contextOption, fileOption, kubeconfigOption, stackOption } from "../support/options";
import type { UpgradeArguments } from "../upgrade";

/** `kcp upgrade` */
export const upgradeCommand = (program: Command): Command =>
    program
        .command("upgrade")
        .summary("prepare a cluster for another Strimzi version")
        .description(
            "Reads the cluster, refuses an upgrade that cannot work with the reason, and does what Pulumi cannot: it " +
                "brings the objects of every namespace to API version v1, which Strimzi 1.x requires. No object and " +
                "no CRD is deleted. Nothing is changed without --apply. It can be interrupted and run again.",
        )
        .addOption(stackOption())
        .addOption(fileOption())
        .requiredOption("--to <version>", "Strimzi version to upgrade to")
        .addOption(kubeconfigOption("kubeconfig of the cluster (default: that of the stack)"))
        .addOption(contextOption("that of the stack"))
        .option("--apply", "do it")
        .addHelpText("after", "\nExample:\n  $ npx kcp upgrade --stack prod --to 1.2.0")
        .action(async (options: UpgradeArguments) => {
            const { runUpgrade } = require("../upgrade") as typeof import("../upgrade");
            process.exitCode = await runUpgrade(options, (line) => console.log(line));
        });
