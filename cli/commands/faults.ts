import type { Command } from "commander";
import type { FaultsOptions } from "../faults/faults";
import { jsonOption, outOption } from "../support/options";

/** `kcp faults` */
export const faultsCommand = (program: Command): Command =>
    program
        .command("faults")
        .summary("break a running source in many ways and count what is lost")
        .description(
            "Kills the worker, the broker and the database of a PostgreSQL source on this machine, cuts its network, " +
                "drops its slot and more, while rows change, and compares a ledger of all changes with the records " +
                "that arrived. Exits with 1 when a change is lost that the defaults cover. Takes up to 20 minutes.",
        )
        .option("--only <names...>", "run these scenarios")
        .option("--nightly", "run the scenarios of .ci/nightly")
        .addOption(outOption("file for the page, such as docs/faults.md"))
        .addOption(jsonOption())
        .addHelpText("after", "\nExample:\n  $ npx kcp faults --only worker slot")
        .action(async (options: FaultsOptions) => {
            const { faults } = require("../faults/faults") as typeof import("../faults/faults");
            process.exitCode = await faults(options);
        });
