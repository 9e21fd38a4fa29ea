/**
 * Lints GitHub workflows with GitHub's own language service, which is an ES module that plain `require` cannot load:
 * a separate program, `tsx lintWorkflows.mts FILE…`, that prints a JSON object of messages by file.
 */
import * as fs from "node:fs";
import { validate } from "@actions/languageservice";
import { TextDocument } from "vscode-languageserver-textdocument";

const found: Record<string, string[]> = {};
for (const file of process.argv.slice(2)) {
    const diagnostics = await validate(TextDocument.create(`file://${file}`, "yaml", 1, fs.readFileSync(file, "utf8")));
    found[file] = diagnostics.map(({ message, range }) => `line ${range.start.line + 1}: ${message}`);
}
console.log(JSON.stringify(found));
