import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Command } from "commander";
import { createProgram } from "../../cli/program";
import { projectFolder } from "../../src/util/project";

const pages = [
    "README.md",
    ...fs
        .readdirSync(path.join(projectFolder, "docs"), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".md"))
        .map((name) => path.join("docs", name)),
];

const scripts = (
    JSON.parse(fs.readFileSync(path.join(projectFolder, "package.json"), "utf8")) as { scripts: Record<string, string> }
).scripts;

/** The parts of a page that are code: blocks line by line, and inline code, which can contain a line break. */
function codeOf(page: string): string[] {
    const text = fs.readFileSync(path.join(projectFolder, page), "utf8");
    const blocks = [...text.matchAll(/^ *```[^\n`]*\n([^]*?)^ *```/gm)].flatMap(([, block]) =>
        block.replace(/\\\n\s*/g, " ").split("\n"),
    );
    const prose = text.replace(/^ *```[^\n`]*\n[^]*?^ *```/gm, "");
    return [...blocks, ...[...prose.matchAll(/`([^`]+)`/g)].map(([, code]) => code.replace(/\s+/g, " "))];
}

/** What follows the name of a program in a line of code, as words, up to a comment, a pipe or the next command. */
const argumentsOf = (code: string, program: RegExp): string[][] =>
    [...code.matchAll(program)].map(({ index, 0: found }) =>
        code
            .slice(index + found.length)
            .split(/ #|[|;&`]|…/)[0]
            .split(/\s+/)
            .filter(Boolean),
    );

/** What is wrong with the words after `kcp`; undefined when the command and its options exist. */
function problemOf(program: Command, words: readonly string[]): string | undefined {
    let command = program;
    let rest = [...words];
    while (command.commands.length > 0 && rest.length > 0 && !rest[0].startsWith("-")) {
        const next = command.commands.find((item) => item.name() === rest[0]);
        if (!next && command === program) return `there is no command ${rest[0]}`;
        if (!next) break;
        command = next;
        rest = rest.slice(1);
    }
    const known = command.options.flatMap(({ long, short }) => [long, short]);
    const unknown = rest.find((word) => /^--?[a-z]/.test(word) && ![...known, "--help"].includes(word.split("=")[0]));
    return unknown && `${command.name()} has no option ${unknown}`;
}

describe("the commands that the pages print", () => {
    const program = createProgram();

    it("are found in the pages, with their options", () => {
        assert.deepEqual(argumentsOf("npx kcp slots drop X --apply | cat", /(?:^|npx )kcp /g), [
            ["slots", "drop", "X", "--apply"],
        ]);
        assert.equal(problemOf(program, ["slots", "drop", "X", "--apply"]), undefined);
        assert.equal(problemOf(program, ["slot"]), "there is no command slot");
        assert.equal(problemOf(program, ["slots", "drop", "X", "--force"]), "drop has no option --force");
    });

    for (const page of pages) {
        it(`${page}: kcp has the commands and options, package.json the scripts`, () => {
            const code = codeOf(page);
            const problems = code
                .flatMap((line) => argumentsOf(line, /(?:^\$?\s*|npx |node cli\/kcp\.js |\b)kcp (?=[a-z])/g))
                .map((words) => problemOf(program, words))
                .filter((problem) => problem !== undefined);
            const missing = code
                .flatMap((line) => argumentsOf(line, /npm run (?:-s )?/g))
                .map(([script]) => script)
                .filter((script) => script !== undefined && !(script in scripts));
            assert.deepEqual([...problems, ...missing], []);
        });
    }
});
