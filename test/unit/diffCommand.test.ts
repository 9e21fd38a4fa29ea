import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { projectFolder } from "../../src/util/project";

const kcp = (...args: string[]) =>
    spawnSync(process.execPath, [path.join(projectFolder, "cli", "kcp.js"), ...args], {
        cwd: projectFolder,
        encoding: "utf8",
    });

describe("kcp diff", function () {
    this.timeout(120_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "diff-"));
    const file = path.join(folder, "Pulumi.shop.yaml");
    const base = path.join(folder, "base");
    const original = fs.readFileSync(path.join(projectFolder, "Pulumi.dev.yaml"), "utf8");
    before(() => {
        fs.writeFileSync(file, original);
        assert.equal(kcp("render", "--file", file, "--out", base).status, 0);
    });
    after(() => fs.rmSync(folder, { recursive: true }));

    it("compares with a rendered folder, with figures of a statistics file", () => {
        const statistics = path.join(folder, "statistics.json");
        const tables = { "schema.table": { rows: 41_000_000 } };
        fs.writeFileSync(statistics, JSON.stringify({ tables, snapshotRowsPerSecond: 27_000 }));
        fs.writeFileSync(file, original.replace("2025032102", "2026010101"));
        const { stdout, status } = kcp("diff", "--file", file, "--base", base, "--statistics", statistics);
        assert.equal(status, 0);
        assert.match(stdout, /instancemysql-schema-table-2026010101 replaces instancemysql-schema-table-2025032102/);
        assert.match(stdout, /reads every row of schema\.table \(41 M rows, about 25 min\)/);
        const { consequences } = JSON.parse(kcp("diff", "--file", file, "--base", base, "--json").stdout) as {
            consequences: { class: string }[];
        };
        assert.deepEqual(
            consequences.map((item) => item.class),
            ["snapshot", "orphan", "replacement"],
        );
    });

    it("compares with a commit, which its own program renders", function () {
        if (spawnSync("git", ["-C", projectFolder, "rev-parse", "HEAD"]).status !== 0) this.skip();
        fs.writeFileSync(file, original);
        const known = kcp("diff", "--stack", "dev", "--base", "HEAD");
        assert.equal(known.status, 0, known.stderr);
        assert.match(known.stdout, /^dev: /);
        const unknown = kcp("diff", "--file", file, "--base", "HEAD");
        assert.match(
            unknown.stdout,
            /^shop: \d+ consequences\n\nNew\n/,
            "a stack that the commit does not have is new",
        );
    });

    it("compares connectors of files and folders with those of a commit", function () {
        const copy = path.join(folder, "project");
        fs.cpSync(projectFolder, copy, {
            recursive: true,
            filter: (source) => !/\/(node_modules|\.git|rendered|test|docs)$/.test(source),
        });
        fs.symlinkSync(path.join(projectFolder, "node_modules"), path.join(copy, "node_modules"));
        const write = (name: string, content: string) => {
            fs.mkdirSync(path.dirname(path.join(copy, name)), { recursive: true });
            fs.writeFileSync(path.join(copy, name), content);
        };
        const orders = (tables: string) =>
            "connectorTemplate: debeziumPostgresSourceConnector\nname: orders\n" +
            `source: { instance: shop, database: shop, tables: [${tables}] }\n`;
        const lines = (file: string) => {
            const config = { "connector.class": "FileStreamSource", file, topic: "lines" };
            return JSON.stringify({ name: "lines", config });
        };
        write(
            "Pulumi.shop.yaml",
            "config:\n" +
                '  kafka-connect-platform:kafka: { bootstrapServers: "kafka:9092" }\n' +
                "  kafka-connect-platform:secrets: { provider: file }\n" +
                "  kafka-connect-platform:connectors: [connectors/*.yaml, teams/billing]\n",
        );
        write("connectors/orders.yaml", orders("orders"));
        write("teams/billing/lines.json", lines("/tmp/a"));
        const git = (...args: string[]) =>
            spawnSync("git", ["-C", copy, "-c", "user.name=a", "-c", "user.email=a@example.com", ...args]).status;
        if (git("init", "--quiet") !== 0) this.skip();
        // .gitignore names the folder, which is a link here
        fs.appendFileSync(path.join(copy, ".git", "info", "exclude"), "node_modules\n");
        git("add", "--all");
        assert.equal(git("commit", "--quiet", "--message", "a"), 0);
        const diff = (): { class: string; subject: string }[] => {
            const args = [path.join(copy, "cli", "kcp.js"), "diff", "--stack", "shop", "--base", "HEAD", "--json"];
            const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: "utf8" });
            assert.ok(stdout, stderr);
            return (JSON.parse(stdout) as { consequences: { class: string; subject: string }[] }).consequences;
        };
        write("connectors/orders.yaml", orders("orders, customers"));
        write("teams/billing/lines.json", lines("/tmp/b"));
        write("connectors/items.yaml", orders("items").replace("name: orders", "name: items"));
        assert.deepEqual(
            diff().map((item) => `${item.class} ${item.subject}`),
            [
                "data-loss KafkaConnector orders",
                "task-restart KafkaConnector lines",
                "task-restart KafkaConnector orders",
                "new KafkaConnector items",
            ],
        );
    });

    it("rejects a base that is neither a folder nor a commit, and an invalid statistics file", () => {
        const { status, stderr } = kcp("diff", "--stack", "dev", "--base", "no-such-commit");
        assert.equal(status, 2);
        assert.match(stderr, /^kcp: --base no-such-commit: expected a folder that kcp render wrote, or a commit/);
        const wrong = path.join(folder, "wrong.json");
        fs.writeFileSync(wrong, '{ "rows": 1 }');
        const result = kcp("diff", "--stack", "dev", "--base", base, "--statistics", wrong);
        assert.equal(result.status, 2);
        assert.match(result.stderr, /is not a statistics file: .*"rows"/);
    });

    it("rejects a password on the command line", () => {
        const args = ["--database", "postgres://a:geheim@db/shop", "--out", path.join(folder, "x.json")];
        const { status, stderr } = kcp("statistics", ...args);
        assert.equal(status, 2);
        assert.match(stderr, /set PGPASSWORD or MYSQL_PWD/);
        assert.doesNotMatch(stderr, /geheim/);
    });
});
