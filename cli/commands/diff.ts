import { Option, type Command } from "commander";
import type { DiffOptions } from "../diff/diff";
import { chooseStack } from "../support/chooseStack";
import { fileOption, jsonOption, outOption, stackOption } from "../support/options";
import { existingFile } from "../support/userPaths";

/** `kcp diff` */
export const diffCommand = (program: Command): Command =>
    program
        .command("diff")
        .summary("show what a change would do to what runs")
        .description(
            "Renders a stack, compares it with an earlier render or with a Git commit, and lists the consequences: " +
                "records that are lost or read again, what is left behind, and what restarts. " +
                "Needs no cluster and no credentials.",
        )
        .addOption(stackOption())
        .addOption(fileOption())
        .requiredOption("--base <base>", "a folder that `kcp render` wrote, or a Git commit, branch or tag")
        .option(
            "--statistics <file>",
            "sizes of tables and measured rates, as `kcp statistics` writes them",
            existingFile("--statistics"),
        )
        .addOption(new Option("--markdown", "print Markdown, for a comment").conflicts("json"))
        .addOption(jsonOption())
        .addOption(outOption("write the result to this file instead of stdout"))
        .addHelpText(
            "after",
            `
Examples:
  $ npx kcp diff --stack prod --base main
  $ npx kcp diff --stack dev --base rendered/dev --markdown`,
        )
        .action(async (options: DiffOptions) => {
            const stack = chooseStack(options);
            const { diff } = require("../diff/diff") as typeof import("../diff/diff");
            await diff({ ...options, ...stack });
        });
