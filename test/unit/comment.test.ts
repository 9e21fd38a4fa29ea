import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { projectFolder } from "../../src/util/project";

interface Comment {
    id: number;
    user: { type: string };
    body: string;
}

const script = path.join(projectFolder, ".github", "scripts", "comment.mjs");

/** GitHub's REST API as far as the script uses it, with one pull request of a fork. */
class FakeGithub {
    readonly comments: Comment[] = [];
    readonly requests: string[] = [];
    private readonly server: Server;

    constructor(private readonly headSha: string) {
        this.server = createServer((request, response) => {
            let body = "";
            request.on("data", (data) => (body += data));
            request.on("end", () => {
                this.requests.push(request.method!);
                const answer = this.answer(request.method!, new URL(request.url!, "http://x"), body);
                response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? {}));
            });
        });
    }

    private answer(method: string, { pathname, searchParams }: URL, body: string): unknown {
        const text = body ? (JSON.parse(body) as { body: string }).body : "";
        if (pathname === "/repos/o/r/pulls")
            return searchParams.get("head") === "fork:a&b#c" ? [{ number: 7, head: { sha: this.headSha } }] : [];
        if (pathname === "/repos/o/r/issues/7/comments" && method === "GET") {
            const start = (Number(searchParams.get("page")) - 1) * 100;
            return this.comments.slice(start, start + 100);
        }
        if (pathname === "/repos/o/r/issues/7/comments") {
            const comment = { id: this.comments.length + 1, user: { type: "Bot" }, body: text };
            this.comments.push(comment);
            return comment;
        }
        const comment = this.comments.find(({ id }) => pathname === `/repos/o/r/issues/comments/${id}`);
        if (comment && method === "PATCH") comment.body = text;
        return comment;
    }

    async start(): Promise<string> {
        await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    stop = (): void => void this.server.close();
}

describe("the comment on a pull request", () => {
    let github: FakeGithub;
    let url: string;
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "comment-"));
    beforeEach(async () => {
        github = new FakeGithub("abc");
        url = await github.start();
    });
    afterEach(() => github.stop());
    after(() => fs.rmSync(folder, { recursive: true }));

    async function post(text: string, sha = "abc"): Promise<string> {
        const file = path.join(folder, "comment.md");
        fs.writeFileSync(file, text);
        const env = {
            ...process.env,
            GITHUB_API_URL: url,
            GITHUB_REPOSITORY: "o/r",
            GH_TOKEN: "x",
            HEAD_OWNER: "fork",
            HEAD_BRANCH: "a&b#c",
            HEAD_SHA: sha,
        };
        return (await promisify(execFile)(process.execPath, [script, file], { env })).stdout;
    }

    it("is posted once and then updated in place, also after a hundred other comments", async () => {
        for (let id = 1; id <= 100; id++) github.comments.push({ id, user: { type: "User" }, body: "looks good" });
        assert.match(await post("first"), /posted the comment on #7/);
        assert.match(await post("second"), /updated the comment on #7/);
        assert.equal(github.comments.length, 101);
        assert.match(github.comments[100].body, /^<!-- [^\n]+ -->\nsecond$/);
    });

    it("does not replace the comment of a person who copied its marker", async () => {
        github.comments.push({
            id: 1,
            user: { type: "User" },
            body: "<!-- kafka-connect-platform: consequences -->\nmine",
        });
        await post("ours");
        assert.match(github.comments[0].body, /mine/);
        assert.equal(github.comments.length, 2);
    });

    it("is not posted when the branch has received another commit", async () => {
        assert.match(await post("late", "older"), /nothing to do/);
        assert.deepEqual(github.requests, ["GET"]);
    });

    it("is cut to the length that GitHub accepts", async () => {
        await post("x".repeat(70_000));
        assert.ok(github.comments[0].body.length < 65_536);
    });
});
