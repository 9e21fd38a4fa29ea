import type { Command } from "commander";
import type { ReplayOptions } from "../operations/deadLetters";
import type { TargetOptions } from "../operations/openTarget";
import { applyOption, positiveInteger, withTarget } from "../support/options";

const operations = () => require("../operations/deadLetters") as typeof import("../operations/deadLetters");

/** `kcp dlq` */
export function deadLettersCommand(program: Command): void {
    const group = program
        .command("dlq")
        .summary("show dead letter queues, and replay one")
        .description(
            "Shows what is in the dead letter queues of a stack's sinks, and sends records back to the topics that " +
                "they came from once the cause is fixed. A record is sent back once.",
        )
        .addHelpText(
            "after",
            `
Examples:
  $ npx kcp dlq list
  $ npx kcp dlq replay orders-to-warehouse --limit 100 --apply`,
        );
    withTarget(
        group.command("list", { isDefault: true }).description("list the queues and why records are in them"),
    ).action((options: TargetOptions) => operations().listQueues(options));
    withTarget(group.command("replay").description("send the records of a queue back to their topics"))
        .argument("<connector>", "name of the sink, with its version")
        .option("--limit <records>", "how many records at most", positiveInteger, 1_000_000)
        .addOption(applyOption())
        .action((name: string, options: ReplayOptions) => operations().replay(name, options));
}
