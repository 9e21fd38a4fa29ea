import type { Command } from "commander";
import type { ContractOptions } from "../contract/contract";
import { chooseStack } from "../support/chooseStack";
import { fileOption, jsonOption, pluginsOption, stackOption } from "../support/options";
import { existingFolder } from "../support/userPaths";

/** `kcp contract` */
export const contractCommand = (program: Command): Command =>
    program
        .command("contract")
        .summary("run the contracts of connectors with their real plugins")
        .description(
            "Runs the connectors of a stack on this machine, and the SQL statements of each `expect`; compares the " +
                "records with those that are expected. With --migrations, applies SQL files one after the other and " +
                "lists what the records lose, gain and change. Exits with 1 when a contract is broken, or when a " +
                "migration breaks the records or a connector.",
        )
        .addOption(stackOption("local"))
        .addOption(fileOption())
        .option(
            "--migrations <dir>",
            "folder of the application's migrations, .sql files in the order of the numbers in their names",
            existingFolder("--migrations"),
        )
        .addOption(jsonOption())
        .addOption(pluginsOption())
        .addHelpText(
            "after",
            `
Examples:
  $ npx kcp contract --stack dev
  $ npx kcp contract --stack dev --migrations ../shop/migrations`,
        )
        .action(async (options: ContractOptions) => {
            const stack = chooseStack(options, "local");
            const { contract } = require("../contract/contract") as typeof import("../contract/contract");
            process.exitCode = await contract({ ...options, ...stack });
        });
