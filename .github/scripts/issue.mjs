/**
 * Opens an issue with the text of a file, or updates the open one that it opened earlier; closes it when the file is
 * empty. Usage: node issue.mjs KEY TITLE FILE; KEY identifies the issue.
 */
import { readFileSync } from "node:fs";

const { GITHUB_API_URL, GITHUB_REPOSITORY, GH_TOKEN } = process.env;
const [key, title, file] = process.argv.slice(2);
const marker = `<!-- kafka-connect-platform: ${key} -->`;
/** GitHub accepts 65536 characters. */
const limit = 65_000;
const pageSize = 100;

async function request(method, path, body) {
    const response = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}${path}`, {
        method,
        headers: { authorization: `Bearer ${GH_TOKEN}`, accept: "application/vnd.github+json" },
        body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status} ${await response.text()}`);
    return response.json();
}

/** The open issue of an earlier run. An issue of a person with the same marker is not taken for it. */
async function findIssue() {
    for (let page = 1; ; page++) {
        const issues = await request("GET", `/issues?state=open&per_page=${pageSize}&page=${page}`);
        const found = issues.find(({ user, body }) => user.type === "Bot" && (body ?? "").startsWith(marker));
        if (found || issues.length < pageSize) return found?.number;
    }
}

const text = readFileSync(file, "utf8").trim();
const body = `${marker}\n${text.slice(0, limit)}`;
const number = await findIssue();
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
