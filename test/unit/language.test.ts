import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectFolder } from "../../src/util/project";
import { proseOf } from "../support/prose";
import { findWords } from "../support/words";

/** Folders and files that people read, and the endings of what is read whole. */
const folders = ["src", "components", "cli", "test", "docs", "examples", ".github"];
const readWhole = /\.(md|ya?ml)$|^\.ci\//;
/** Recorded output, and the rules themselves, which have to name what they reject. */
const excluded = /^test\/(golden\/|support\/(words|prose)\.ts$|unit\/language\.test\.ts$)|^CHANGELOG\.md$/;

function filesWithin(folder: string): string[] {
    return fs.readdirSync(path.join(projectFolder, folder), { withFileTypes: true }).flatMap((entry) => {
        const file = path.join(folder, entry.name);
        return entry.isDirectory() ? filesWithin(file) : [file];
    });
}

const files = [
    ...fs.readdirSync(projectFolder).filter((file) => /\.(md|ya?ml)$|^index\.ts$/.test(file)),
    ".ci/run",
    ...folders.flatMap(filesWithin),
].filter((file) => /\.(ts|mts|md|ya?ml)$|^\.ci\//.test(file) && !excluded.test(file));

/** What a file has of the words in words.ts: `file:line: found, write …`. */
function findingsIn(file: string): string[] {
    const source = fs.readFileSync(path.join(projectFolder, file), "utf8");
    const prose = readWhole.test(file)
        ? [{ offset: 0, text: source }]
        : proseOf(file, source, file.startsWith("test/"));
    return prose.flatMap(({ offset, text }) =>
        findWords(text).map(({ offset: within, found, write }) => {
            const line = source.slice(0, offset + within).split("\n").length;
            return `${file}:${line}: "${found}", write: ${write}`;
        }),
    );
}

describe("the language", () => {
    it("finds a planted word in a comment, a string and the name of a test, and in no identifier", () => {
        const source = 'const told = 1; // the mend\nit("is told", () => use("told"));\n';
        const found = (isTest: boolean) =>
            proseOf("x.ts", source, isTest).flatMap(({ text }) => findWords(text).map((finding) => finding.found));
        assert.deepEqual(found(true), ["mend", "told"]);
        assert.deepEqual(found(false), ["mend", "told", "told"]);
    });

    it("is plain technical English (test/support/words.ts)", () => {
        assert.deepEqual(files.flatMap(findingsIn), []);
    });
});
