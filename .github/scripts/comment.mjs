/**
 * Posts a file as a comment on the open pull request of a branch, or replaces the comment that it posted earlier.
 * Usage: node comment.mjs FILE, with the variables that .github/workflows/comment.yml sets.
 */
import { readFileSync } from "node:fs";
import { findMarked, limit, request } from "./github.mjs";

/** First line of the comment, by which it is found again. */
const marker = "<!-- kafka-connect-platform: consequences -->";
const { HEAD_OWNER, HEAD_BRANCH, HEAD_SHA } = process.env;

/** The number of the pull request; undefined when the branch has received another commit since. */
async function findPullRequest() {
    const query = new URLSearchParams({ state: "open", head: `${HEAD_OWNER}:${HEAD_BRANCH}` });
    const pulls = await request("GET", `/pulls?${query}`);
    return pulls.find(({ head }) => head.sha === HEAD_SHA)?.number;
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
    const id = (await findMarked(`/issues/${number}/comments`, marker))?.id;
    if (id === undefined) await request("POST", `/issues/${number}/comments`, { body });
    else await request("PATCH", `/issues/comments/${id}`, { body });
    console.log(`${id === undefined ? "posted" : "updated"} the comment on #${number}`);
}
