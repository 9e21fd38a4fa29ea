import type { Command } from "commander";
import type { TargetOptions } from "../operations/openTarget";
import { withTarget } from "../support/options";

/** `kcp status` */
export const statusCommand = (program: Command): Command =>
    withTarget(program.command("status"))
        .summary("show connectors, tasks, lags and last errors")
        .description(
            "Shows each connector of a stack as it runs: state, tasks, how far it is behind, and the last error with " +
                "the line of the setting that it names. Exits with 1 when one failed, is missing, has no task, or is " +
                "managed by another tool or stack as well.",
        )
        .addHelpText(
            "after",
            `
Examples:
  $ npx kcp status
  $ npx kcp status --stack prod --kubeconfig ~/.kube/config`,
        )
        .action(async (options: TargetOptions) => {
            process.exitCode = await (require("../operations/status") as typeof import("../operations/status")).status(
                options,
            );
        });
