/**
 * Posts a file as a comment on the open pull request of a branch, or replaces the comment that it posted earlier.
 * Usage: node comment.mjs FILE, with the variables that .github/workflows/comment.yml sets.
 */
import { readFileSync } from "node:fs";

/** First line of the comment, by which it is found again. */
const marker = "<!-- kafka-connect-platform: consequences -->";
/** GitHub accepts 65536 characters. */
const limit = 65_000;
const pageSize = 100;

const { GITHUB_API_URL, GITHUB_REPOSITORY, GH_TOKEN, HEAD_OWNER, HEAD_BRANCH, HEAD_SHA } = process.env;

async function request(method, path, body) {
    const response = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}${path}`, {
        method,
        headers: { authorization: `Bearer ${GH_TOKEN}`, accept: "application/vnd.github+json" },
        body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status} ${await response.text()}`);
    return response.json();
}

/** The number of the pull request; undefined when the branch has received another commit since. */
async function findPullRequest() {
    const query = new URLSearchParams({ state: "open", head: `${HEAD_OWNER}:${HEAD_BRANCH}` });
    const pulls = await request("GET", `/pulls?${query}`);
    return pulls.find(({ head }) => head.sha === HEAD_SHA)?.number;
}

/** The comment of an earlier run. A comment of a person with the same marker is not taken for it. */
async function findComment(number) {
    for (let page = 1; ; page++) {
        const comments = await request("GET", `/issues/${number}/comments?per_page=${pageSize}&page=${page}`);
        const found = comments.find(({ user, body }) => user.type === "Bot" && body.startsWith(marker));
        if (found || comments.length < pageSize) return found?.id;
    }
}

function bodyOf(file) {
    const text = readFileSync(file, "utf8");
    const shown =
        text.length > limit ? `${text.slice(0, limit)}\n\nThe rest is in the summary of the workflow run.` : text;
    return `${marker}\n${shown}`;
}

const number = await findPullRequest();
if (number === undefined) {
    console.log(`no open pull request has ${HEAD_SHA} as its head; nothing to do`);
} else {
    const body = bodyOf(process.argv[2]);
    const id = await findComment(number);
    if (id === undefined) await request("POST", `/issues/${number}/comments`, { body });
    else await request("PATCH", `/issues/comments/${id}`, { body });
    console.log(`${id === undefined ? "posted" : "updated"} the comment on #${number}`);
}
