import type { Command } from "commander";
import { outOption } from "../support/options";

/** `kcp docs` */
export const docsCommand = (program: Command): Command =>
    program
        .command("docs")
        .summary("write the pages and the JSON Schema that are generated from the code")
        .description(
            "Writes the documentation pages that are generated from the code. Tests compare them with the code.",
        )
        .addOption(outOption("folder to write to (default: docs)"))
        .addHelpText("after", "\nExample:\n  $ npx kcp docs")
        .action((options: { out?: string }) => (require("../docs") as typeof import("../docs")).docs(options));
