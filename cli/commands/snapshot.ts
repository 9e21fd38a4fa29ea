import type { Command } from "commander";
import type { SnapshotOptions } from "../snapshot/snapshot";
import { chooseStack } from "../support/chooseStack";
import { kafkaOption } from "../support/addresses";
import { contextOption, fileOption, kubeconfigOption, positiveInteger, stackOption } from "../support/options";

/** `kcp snapshot` */
export const snapshotCommand = (program: Command): Command =>
    program
        .command("snapshot")
        .summary("read the rows of tables again, while the connector runs")
        .description(
            "Asks a running Debezium source with incrementalSnapshots to read tables again. The records have the " +
                "operation r and go to the tables' topics, between the changes. Without --apply, shows what would " +
                "be sent, and to which topic.",
        )
        .argument("<connector>", "name of the connector, with its version")
        .argument("<tables...>", "tables as the connector captures them: SCHEMA.TABLE, or DATABASE.TABLE")
        .addOption(stackOption("local"))
        .addOption(fileOption())
        .option("--apply", "send it")
        .addOption(kafkaOption("bootstrap servers of a Kafka without a login, such as the sandbox's"))
        .addOption(kubeconfigOption("cluster that the stack is deployed to"))
        .addOption(contextOption())
        .option("--timeout <seconds>", "how long to wait for the end of the snapshot", positiveInteger, 600)
        .addHelpText(
            "after",
            `
Examples:
  $ npx kcp snapshot shop-orders public.orders --kafka 127.0.0.1:9092 --apply
  $ npx kcp snapshot shop-orders public.orders --stack prod --apply`,
        )
        .action(async (connector: string, tables: string[], options: Omit<SnapshotOptions, "connector" | "tables">) => {
            const stack = chooseStack(options, "local");
            const { snapshot } = require("../snapshot/snapshot") as typeof import("../snapshot/snapshot");
            await snapshot({ ...options, ...stack, connector, tables });
        });
