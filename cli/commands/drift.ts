import type { Command } from "commander";
import type { TargetOptions } from "../operations/openTarget";
import { withTarget } from "../support/options";

/** `kcp drift` */
export const driftCommand = (program: Command): Command =>
    withTarget(program.command("drift"))
        .summary("compare what runs with the stack file")
        .description(
            "Compares states and configurations of the connectors that Connect runs, the configuration of declared " +
                "topics, and the connectors that have offsets, with the stack file. Exits with 1 when they differ. " +
                "`pulumi preview --refresh` compares the objects in Kubernetes and AWS.",
        )
        .addHelpText(
            "after",
            `
Examples:
  $ npx kcp drift
  $ npx kcp drift --stack prod --kubeconfig ~/.kube/config --json`,
        )
        .action(async (options: TargetOptions) => {
            process.exitCode = await (require("../operations/drift") as typeof import("../operations/drift")).drift(
                options,
            );
        });
