/** The options that mean the same in every command. */
import { InvalidArgumentError, Option, type Command } from "commander";
import { connectOption, databaseOption, kafkaOption } from "./addresses";
import { existingFile, existingFolder, userPath } from "./userPaths";

/** --stack NAME. */
export const stackOption = (fallback?: string): Option =>
    new Option("--stack <name>", `stack to read, from Pulumi.<name>.yaml${fallback ? ` (default: ${fallback})` : ""}`);

/** --file FILE. */
export const fileOption = (): Option =>
    new Option("--file <file>", "read this stack file instead of Pulumi.<name>.yaml").argParser(existingFile("--file"));

/** --out PATH. */
export const outOption = (what: string): Option =>
    new Option("--out <path>", what).argParser((given) => userPath(given));

/** --json. */
export const jsonOption = (): Option => new Option("--json", "print the result as JSON; progress goes to stderr");

/** --plugins DIR. */
export const pluginsOption = (): Option =>
    new Option(
        "--plugins <dir>",
        "folder of plugins that are not available from a Maven repository, " +
            "each unpacked in a folder named as in plugins.json",
    ).argParser(existingFolder("--plugins"));

/** --kubeconfig FILE. */
export const kubeconfigOption = (what: string, name = "kubeconfig"): Option =>
    new Option(`--${name} <file>`, what).argParser(existingFile(`--${name}`));

/** --context NAME. */
export const contextOption = (fallback = "its current context"): Option =>
    new Option("--context <name>", `context in the kubeconfig (default: ${fallback})`);

/** An option that takes a port. */
export const portOption = (name: string, what: string, fallback: string): Option =>
    new Option(`--${name} <port>`, `${what} (default: ${fallback})`).argParser((given) => {
        const port = Number(given);
        if (!Number.isInteger(port) || port < 1024 || port > 65535)
            throw new InvalidArgumentError("Expected a port from 1024 to 65535.");
        return port;
    });

/** Parses an integer of at least 1. */
export function positiveInteger(given: string): number {
    const value = Number(given);
    if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("Expected an integer of at least 1.");
    return value;
}

/** Adds the options that say where a stack runs: the same for every command, so that they can be kept in a variable. */
export const withTarget = (command: Command): Command =>
    command
        .addOption(stackOption("local"))
        .addOption(fileOption())
        .addOption(kubeconfigOption("cluster that the stack runs in (default: KUBECONFIG)"))
        .addOption(contextOption())
        .addOption(connectOption("address of a worker's REST API (default: the running sandbox, or a tunnel)"))
        .addOption(kafkaOption("bootstrap servers of a Kafka without a login (default: the sandbox's)"))
        .addOption(
            databaseOption(
                ["postgres"],
                "postgres://USER@HOST:PORT/DATABASE, with the password in PGPASSWORD (default: the sandbox's)",
            ),
        )
        .addOption(jsonOption());

/** --apply. */
export const applyOption = (): Option => new Option("--apply", "make the changes; without this option, only show them");
