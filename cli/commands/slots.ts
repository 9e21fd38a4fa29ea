import type { Command } from "commander";
import type { TargetOptions } from "../operations/openTarget";
import type { DropOptions } from "../operations/slots";
import { applyOption, positiveInteger, withTarget } from "../support/options";

const operations = () => require("../operations/slots") as typeof import("../operations/slots");

/** `kcp slots` */
export function slotsCommand(program: Command): void {
    const group = program
        .command("slots")
        .summary("show replication slots with their owners, and drop one")
        .description(
            "Shows the replication slots of a PostgreSQL server: which connector owns each, how far it is behind, " +
                "and those that nothing reads. Exits with 1 when a slot is lost or missing.",
        )
        .addHelpText(
            "after",
            `
Examples:
  $ npx kcp slots
  $ npx kcp slots list --stack prod --database postgres://monitor@db/shop
  $ npx kcp slots drop dbz_shoppostgres_shop_old --apply`,
        );
    withTarget(group.command("list", { isDefault: true }).description("list the slots")).action(
        async (options: TargetOptions) => {
            process.exitCode = await operations().listSlots(options);
        },
    );
    withTarget(group.command("drop").description("drop a slot that nothing reads, after a second check"))
        .argument("<slot>", "name of the slot")
        .option("--owned", "also drop a slot that a connector of the stack declares")
        .option("--second-look <seconds>", "time until the second look", positiveInteger, 10)
        .addOption(applyOption())
        .action((name: string, options: DropOptions) => operations().removeSlot(name, options));
}
