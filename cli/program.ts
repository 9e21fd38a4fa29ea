/** The command line: its subcommands, and what is the same for all of them. */
import { Command } from "commander";
import { benchCommand } from "./commands/bench";
import { checkCommand } from "./commands/check";
import { contractCommand } from "./commands/contract";
import { diffCommand } from "./commands/diff";
import { deadLettersCommand } from "./commands/deadLetters";
import { docsCommand } from "./commands/docs";
import { faultsCommand } from "./commands/faults";
import { driftCommand } from "./commands/drift";
import { imageCommand } from "./commands/image";
import { importCommand } from "./commands/import";
import { offsetsCommand } from "./commands/offsets";
import { moveCommand } from "./commands/move";
import { pluginsCommand } from "./commands/plugins";
import { policiesCommand } from "./commands/policies";
import { restartCommand } from "./commands/restart";
import { renderCommand } from "./commands/render";
import { sandboxCommand } from "./commands/sandbox";
import { slotsCommand } from "./commands/slots";
import { smokeCommand } from "./commands/smoke";
import { upgradeCommand } from "./commands/upgrade";
import { pauseAllCommand, resumeAllCommand } from "./commands/states";
import { snapshotCommand } from "./commands/snapshot";
import { statisticsCommand } from "./commands/statistics";
import { statusCommand } from "./commands/status";

const help = `
Exit codes:
  0    success
  1    the command found problems, or could not finish
  2    the command line is wrong; nothing was started
  130  interrupted

Paths are relative to the current folder.

Examples:
  $ npx kcp sandbox                 run the stack "local" on this machine
  $ npx kcp check --stack dev       validate every connector with its plugin
  $ npx kcp render --stack dev --out rendered/dev`;

/** The commands in the order of their use, by what they need. */
const groups: Readonly<Record<string, readonly ((program: Command) => unknown)[]>> = {
    "Before a merge, without a cluster:": [
        sandboxCommand,
        checkCommand,
        contractCommand,
        renderCommand,
        diffCommand,
        policiesCommand,
        statisticsCommand,
    ],
    "On a running stack:": [
        statusCommand,
        driftCommand,
        restartCommand,
        pauseAllCommand,
        resumeAllCommand,
        snapshotCommand,
        offsetsCommand,
        slotsCommand,
        deadLettersCommand,
        smokeCommand,
    ],
    "Move in and upgrade:": [importCommand, moveCommand, upgradeCommand],
    "Image and project:": [imageCommand, pluginsCommand, docsCommand, benchCommand, faultsCommand],
};

/** The whole command line, ready to parse. */
export function createProgram(): Command {
    const program = new Command("kcp")
        .description("Try, check, build and operate a Kafka Connect platform.")
        .helpOption("--help", "display help")
        .helpCommand(false)
        .configureHelp({ subcommandTerm: (command) => command.name() })
        .exitOverride()
        .configureOutput({
            // one sentence, with the nearest spelling where commander has one
            outputError: (text, write) =>
                write(
                    `${text
                        .replace(/^error: /, "kcp: ")
                        .trim()
                        .replace(/\n/g, " ")}\n`,
                ),
            getOutHelpWidth: () => Math.min(process.stdout.columns ?? 80, 100),
        })
        .addHelpText("after", help);
    for (const [group, commands] of Object.entries(groups)) {
        program.commandsGroup(group);
        for (const add of commands) add(program);
    }
    return program;
}
