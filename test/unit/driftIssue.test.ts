import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { projectFolder } from "../../src/util/project";

interface Issue {
    number: number;
    state: string;
    user: { type: string };
    title: string;
    body: string | null;
}

const script = path.join(projectFolder, ".github", "scripts", "issue.mjs");

describe("the issue of the drift workflow", () => {
    const issues: Issue[] = [];
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "issue-"));
    let server: Server;

    /** GitHub's REST API as far as the script uses it. */
    const answer = (method: string, { pathname, searchParams }: URL, body: string): unknown => {
        const change = body ? (JSON.parse(body) as Partial<Issue>) : {};
        if (pathname === "/repos/o/r/issues" && method === "GET") {
            const start = (Number(searchParams.get("page")) - 1) * 100;
            return issues.filter(({ state }) => state === "open").slice(start, start + 100);
        }
        if (method === "POST") {
            const issue = { number: issues.length + 1, state: "open", user: { type: "Bot" }, ...change } as Issue;
            issues.push(issue);
            return issue;
        }
        const issue = issues.find(({ number }) => pathname === `/repos/o/r/issues/${number}`)!;
        return Object.assign(issue, change);
    };

    before(async () => {
        server = createServer((request, response) => {
            let body = "";
            request.on("data", (data) => (body += data));
            request.on("end", () =>
                response.end(JSON.stringify(answer(request.method!, new URL(request.url!, "http://x"), body))),
            );
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    });
    beforeEach(() => (issues.length = 0));
    after(() => {
        server.close();
        fs.rmSync(folder, { recursive: true });
    });

    async function report(text: string): Promise<string> {
        const file = path.join(folder, "drift.md");
        fs.writeFileSync(file, text);
        const { port } = server.address() as AddressInfo;
        const env = {
            ...process.env,
            GITHUB_API_URL: `http://127.0.0.1:${port}`,
            GITHUB_REPOSITORY: "o/r",
            GH_TOKEN: "x",
        };
        return (await promisify(execFile)(process.execPath, [script, "drift", "Drift", file], { env })).stdout;
    }

    it("is opened once, updated while the difference lasts, and closed after it", async () => {
        assert.match(await report("connector a does not run"), /opened #1/);
        assert.match(await report("connector b does not run"), /updated #1/);
        assert.equal(issues.length, 1);
        assert.match(issues[0].body!, /^<!-- [^\n]+ -->\nconnector b does not run$/);
        assert.match(await report("\n"), /closed #1/);
        assert.equal(issues[0].state, "closed");
        assert.match(await report("connector a does not run"), /opened #2/);
    });

    it("is not opened without a difference, and no issue of a person is changed", async () => {
        const body = "<!-- kafka-connect-platform: drift -->\nmine";
        issues.push({ number: 1, state: "open", user: { type: "User" }, title: "t", body });
        issues.push({ number: 2, state: "open", user: { type: "Bot" }, title: "without text", body: null });
        assert.match(await report(""), /no difference/);
        await report("connector a does not run");
        assert.equal(issues[0].body, body);
        assert.equal(issues.length, 3);
    });
});
