import type { Command } from "commander";
import type { ImageOptions } from "../image";
import { chooseStack } from "../support/chooseStack";
import { fileOption, jsonOption, outOption, stackOption } from "../support/options";

/** `kcp image` */
export const imageCommand = (program: Command): Command =>
    program
        .command("image")
        .summary("build the Connect image of a stack")
        .description(
            "Builds the image with the Docker Engine of this machine, and writes licenses and bill of materials " +
                "of its plugins. Nothing is pushed.",
        )
        .addOption(stackOption())
        .addOption(fileOption())
        .addOption(outOption("folder for licenses and bill of materials (default: rendered/image/<name>)"))
        .addOption(jsonOption())
        .option("--no-cache", "build every layer again; the layers are the same")
        .addHelpText("after", "\nExamples:\n  $ npx kcp image --stack dev\n  $ npx kcp image --stack prod --json")
        .action(async (options: ImageOptions) => {
            const stack = chooseStack(options);
            const { image } = require("../image") as typeof import("../image");
            await image({ ...options, ...stack });
        });
