import { Option, type Command } from "commander";
import type { RenderOptions } from "../render";
import { chooseStack } from "../support/chooseStack";
import { existingFile } from "../support/userPaths";
import { fileOption, jsonOption, outOption, stackOption } from "../support/options";

/** `kcp render` */
export const renderCommand = (program: Command): Command =>
    program
        .command("render")
        .summary("write every object that a stack would create as a file")
        .description(
            "Evaluates the program without an engine, a cluster or credentials, and writes each object as a file. " +
                "Files of an earlier render in the same folder are replaced; other files are left alone.",
        )
        .addOption(stackOption())
        .addOption(fileOption())
        .addOption(outOption("folder to write to").makeOptionMandatory())
        .addOption(
            new Option("--format <format>", "`argocd` writes a folder that Argo CD syncs, with waves and health rules")
                .choices(["files", "argocd"])
                .default("files"),
        )
        .option(
            "--outputs <file>",
            "outputs that the objects contain, such as roleArn, as `pulumi stack output --json` prints them " +
                "(only with argocd)",
            existingFile("--outputs"),
        )
        .option("--argocd-namespace <name>", "namespace of Argo CD (default: argocd)")
        .addOption(jsonOption())
        .addHelpText(
            "after",
            `
Examples:
  $ npx kcp render --stack dev --out rendered/dev
  $ npx kcp render --file examples/kafka-on-minikube.yaml --out /tmp/minikube
  $ npx kcp render --stack dev --out gitops --format argocd`,
        )
        .action(async (options: RenderOptions) => {
            const stack = chooseStack(options);
            const { render } = require("../render") as typeof import("../render");
            await render({ ...options, ...stack });
        });
