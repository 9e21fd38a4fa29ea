import type { Command } from "commander";
import type { PauseOptions } from "../operations/changeStates";
import type { TargetOptions } from "../operations/openTarget";
import { applyOption, withTarget } from "../support/options";

const operations = () => require("../operations/changeStates") as typeof import("../operations/changeStates");

/** `kcp pause-all` */
export const pauseAllCommand = (program: Command): Command =>
    withTarget(program.command("pause-all"))
        .summary("pause every connector of a stack")
        .description(
            "Pauses every connector that runs: before maintenance of a database or of Kafka. Replication slots keep " +
                "WAL meanwhile. `kcp resume-all` returns to the states of the stack file.",
        )
        .option("--stop", "stop them: tasks end, and their connections are closed")
        .addOption(applyOption())
        .addHelpText("after", "\nExample:\n  $ npx kcp pause-all --stack prod --apply")
        .action((options: PauseOptions) => operations().pauseEverything(options));

/** `kcp resume-all` */
export const resumeAllCommand = (program: Command): Command =>
    withTarget(program.command("resume-all"))
        .summary("return every connector to its declared state")
        .description("Returns every connector to the state of the stack file: one that is paused there stays paused.")
        .addOption(applyOption())
        .addHelpText("after", "\nExample:\n  $ npx kcp resume-all --stack prod --apply")
        .action((options: TargetOptions) => operations().resumeEverything(options));
