import type { Command } from "commander";
import { jsonOption, outOption } from "../support/options";
import { existingFolder } from "../support/userPaths";

const plugins = () => require("../plugins") as typeof import("../plugins");

const withContext = (command: Command): Command =>
    command.argument("[context]", "build context (default: docker/connect)", existingFolder("context"));

/** `kcp plugins` */
export function pluginsCommand(program: Command): void {
    const group = program
        .command("plugins")
        .summary("maintain plugins.json, the list of the image's plugins")
        .description("Maintains plugins.json, the list of the image's plugins, and the Dockerfile generated from it.")
        .addHelpText(
            "after",
            `
Examples:
  $ npx kcp plugins pin
  $ npx kcp plugins list --json`,
        );
    withContext(group.command("generate").description("write the Dockerfile of plugins.json")).action(
        (context?: string) => plugins().generate(context),
    );
    withContext(
        group
            .command("pin")
            .description(
                "download what has no SHA-512 yet, record it in plugins.json with its dependencies, and generate the " +
                    "Dockerfile; compare the recorded checksums with the publisher's",
            ),
    ).action(async (context?: string) => {
        process.exitCode = await plugins().pinPlugins(context);
    });
    group
        .command("pin-runtime")
        .description("download the jars of every Kafka version that the sandbox runs, and record their SHA-512")
        .action(async () => {
            process.exitCode = await plugins().pinRuntime();
        });
    withContext(
        group.command("list").description("list the plugins with their licenses").addOption(jsonOption()),
    ).action((context: string | undefined, options: { json?: boolean }) => plugins().list(context, options));
    withContext(
        group
            .command("audit")
            .description(
                "unpack the plugins as the image does; write licenses and bill of materials, and report duplicate jars",
            )
            .addOption(outOption("folder to write to (default: rendered/image/audit)")),
    ).action((context: string | undefined, options: { out?: string }) => plugins().audit(context, options));
}
