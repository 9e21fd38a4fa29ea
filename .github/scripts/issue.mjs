/**
 * Opens an issue with the text of a file, or updates the open one that it opened earlier; closes it when the file is
 * empty. Usage: node issue.mjs KEY TITLE FILE; KEY identifies the issue.
 */
import { readFileSync } from "node:fs";
import { findMarked, limit, request } from "./github.mjs";

const [key, title, file] = process.argv.slice(2);
const marker = `<!-- kafka-connect-platform: ${key} -->`;

const text = readFileSync(file, "utf8").trim();
const body = `${marker}\n${text.slice(0, limit)}`;
const number = (await findMarked("/issues?state=open", marker))?.number;
if (text === "") {
    if (number !== undefined) await request("PATCH", `/issues/${number}`, { state: "closed" });
    console.log(number === undefined ? "no difference" : `closed #${number}`);
} else if (number === undefined) {
    const issue = await request("POST", "/issues", { title, body });
    console.log(`opened #${issue.number}`);
} else {
    await request("PATCH", `/issues/${number}`, { title, body });
    console.log(`updated #${number}`);
}
