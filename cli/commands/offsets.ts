import type { Command } from "commander";
import type { SaveOptions, SetOptions } from "../operations/offsets";
import type { TargetOptions } from "../operations/openTarget";
import { applyOption, outOption, withTarget } from "../support/options";
import { existingFile } from "../support/userPaths";

const operations = () => require("../operations/offsets") as typeof import("../operations/offsets");

/** `kcp offsets` */
export function offsetsCommand(program: Command): void {
    const group = program
        .command("offsets")
        .summary("show, save, set and reset offsets of connectors")
        .description(
            "Shows, saves, sets and resets the offsets of connectors. A connector that runs is stopped while its " +
                "offsets change. Uses Connect's REST API; on a cluster through `kubectl port-forward`.",
        )
        .addHelpText(
            "after",
            `
Examples:
  $ npx kcp offsets show shoppostgres-shop-orders
  $ npx kcp offsets save shoppostgres-shop-orders --out orders.json
  $ npx kcp offsets set shoppostgres-shop-orders-2 --from orders.json --apply`,
        );
    const named = (name: string, description: string) =>
        withTarget(group.command(name).description(description)).argument("<connector>", "name, with its version");
    named("show", "print the offsets of a connector").action((name: string, options: TargetOptions) =>
        operations().showOffsets(name, options),
    );
    named("save", "write the offsets of a connector to a file")
        .addOption(outOption("file to write").makeOptionMandatory())
        .action((name: string, options: SaveOptions) => operations().saveOffsets(name, options));
    named("set", "set the offsets of a connector from a file, also of the connector that it replaces")
        .requiredOption("--from <file>", "file that `kcp offsets save` wrote", existingFile("--from"))
        .addOption(applyOption())
        .action((name: string, options: SetOptions) => operations().changeOffsets(name, options));
    named("reset", "delete the offsets of a connector: it then starts as if it were new")
        .addOption(applyOption())
        .action((name: string, options: TargetOptions) => operations().deleteOffsets(name, options));
}
