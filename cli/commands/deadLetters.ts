import type { Command } from "commander";
import type { ReplayOptions } from "../operations/deadLetters";
import type { TargetOptions } from "../operations/openTarget";
import { applyOption, positiveInteger, withTarget } from "../support/options";

const operations = () => import("../operations/deadLetters");

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
    ).action(async (options: TargetOptions) => (await operations()).listQueues(options));
    withTarget(group.command("replay").description("send the records of a queue back to their topics"))
        .argument("<connector>", "name of the sink, with its version")
        .option("--limit <records>", "how many records at most", positiveInteger, 1_000_000)
        .addOption(applyOption())
        .action(async (name: string, options: ReplayOptions) => (await operations()).replay(name, options));
}
