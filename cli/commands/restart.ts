import type { Command } from "commander";
import type { RestartOptions } from "../operations/changeStates";
import { applyOption, withTarget } from "../support/options";

/** `kcp restart` */
export const restartCommand = (program: Command): Command =>
    withTarget(program.command("restart"))
        .summary("restart connectors, or what has failed")
        .description(
            "Restarts connectors with their tasks, or with --failed only failed connectors and tasks. On a cluster " +
                "the operator restarts them one after the other, each within two minutes.",
        )
        .argument("[connectors...]", "names of connectors, with their versions")
        .option("--failed", "restart failed connectors and tasks")
        .addOption(applyOption())
        .addHelpText(
            "after",
            `
Examples:
  $ npx kcp restart --failed --apply
  $ npx kcp restart shoppostgres-shop-orders --stack prod --apply`,
        )
        .action((names: string[], options: RestartOptions) =>
            (require("../operations/changeStates") as typeof import("../operations/changeStates")).restart(
                names,
                options,
            ),
        );
