import type { Command } from "commander";
import type { PolicyOptions } from "../policies";
import { chooseStack } from "../support/chooseStack";
import { fileOption, jsonOption, stackOption } from "../support/options";

/** `kcp policies` */
export const policiesCommand = (program: Command): Command =>
    program
        .command("policies")
        .summary("check what a stack would create against policies")
        .description(
            "Renders a stack and checks it: images pinned by digest, no literal credentials, no wildcard in IAM " +
                "policies, restricted pods, retention of schema histories, and in production protection, two " +
                "workers and a PodDisruptionBudget. Needs no cluster and no credentials. Exits with 1 for a violation.",
        )
        .addOption(stackOption())
        .addOption(fileOption())
        .addOption(jsonOption())
        .addHelpText("after", "\nExample:\n  $ npx kcp policies --stack prod")
        .action(async (options: PolicyOptions) => {
            const stack = chooseStack(options);
            process.exitCode = await (require("../policies") as typeof import("../policies")).checkStack({
                ...options,
                ...stack,
            });
        });
