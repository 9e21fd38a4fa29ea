/** The pages of docs/runbooks as a person follows them: their commands are run as they are printed. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectFolder } from "../../src/util/project";
import type { DeclaredStack } from "./declaredStack";

type Declaration = Record<string, unknown>;

/** Variables of the commands, such as CONNECTOR. */
type Variables = Record<string, string>;

const textOf = (page: string): string =>
    fs.readFileSync(path.join(projectFolder, "docs", "runbooks", `${page}.md`), "utf8");

/** The part of a page below a heading. */
const section = (page: string, heading: "Look" | "Fix"): string =>
    textOf(page).split(`\n## ${heading}\n`)[1].split("\n## ")[0];

/** Shell commands in their order. A line that ends with a backslash continues on the next one. */
const shellCommands = (text: string): string[] =>
    [...text.matchAll(/^ *```sh\n([^]*?)^ *```/gm)].flatMap(([, block]) =>
        block
            .replace(/\\\n */g, "")
            .split("\n")
            .flatMap((line) => line.trim() || []),
    );

/** The `kcp` commands, also those within a sentence. */
const kcpCommands = (text: string): string[] =>
    [...text.matchAll(/^npx kcp .*$|`(npx kcp [^`]+)`/gm)].map(([line, inline]) => inline ?? line);

/** The SQL statements under "Look", in their order. */
export const sqlOf = (page: string): string[] =>
    [...section(page, "Look").matchAll(/^```sql\n([^]*?)^```/gm)].flatMap(([, block]) =>
        block
            .replace(/^--.*$/gm, "")
            .split(";")
            .flatMap((statement) => statement.trim() || []),
    );

/** Commands that exit with 1 because they report the problem that is being fixed. */
const reports = /^npx kcp (status|slots) \$TARGET( *#.*)?$/;

async function run(commands: readonly string[], stack: DeclaredStack, variables: Variables): Promise<string[]> {
    const printed: string[] = [];
    for (const command of commands)
        printed.push(
            await stack.shell(reports.test(command) ? `set +e; ${command}\ntest $? -le 1` : command, variables),
        );
    return printed;
}

/** Runs the `kcp` commands of a page, one after the other. Returns what they printed. */
export const runCommands = (page: string, stack: DeclaredStack, variables: Variables): Promise<string[]> =>
    run(kcpCommands(textOf(page)), stack, variables);

/**
 * Runs the commands under "Look". Returns what they printed.
 *
 * @param values what the person writes in place of words such as HOST
 */
export const look = (
    page: string,
    stack: DeclaredStack,
    variables: Variables,
    values: Variables = {},
): Promise<string[]> =>
    run(
        shellCommands(section(page, "Look")).map((command) =>
            Object.entries(values).reduce((text, [word, value]) => text.replace(word, value), command),
        ),
        stack,
        variables,
    );

/** Runs the `kcp` commands under "Fix". */
export const fix = (page: string, stack: DeclaredStack, variables: Variables): Promise<string[]> =>
    run(kcpCommands(section(page, "Fix")), stack, variables);

/**
 * Does what a page says.
 *
 * @param edits what the person writes into the stack file before each `pulumi up`
 */
export async function follow(
    page: string,
    stack: DeclaredStack,
    variables: Variables,
    edits: readonly (readonly Declaration[])[],
    settle: () => Promise<void>,
): Promise<void> {
    const remaining = [...edits];
    const commands = shellCommands(textOf(page));
    for (const command of commands) {
        if (command === "pulumi up --stack $STACK") {
            stack.write(...remaining.shift()!);
            await stack.up();
            // the next command is typed when `pulumi up` has ended
            await settle();
        } else await run([command], stack, variables);
    }
    assert.equal(remaining.length, 0, `${page} prints fewer \`pulumi up\` than expected`);
    const last = commands.at(-1)!;
    assert.equal(last, "npx kcp status $TARGET", "a page ends with a look at the result");
}
