/** The sandbox as a user runs it: real broker, worker, plugins and database. Needs Java and Maven. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { projectFolder } from "../../src/util/project";
import { Sandbox } from "./sandboxRun";
import { skipUnlessAvailable } from "./requirements";

/** Processes whose command line names a folder. */
const processesIn = (folder: string): string[] =>
    spawnSync("ps", ["-eo", "pid,args"], { encoding: "utf8" })
        .stdout.split("\n")
        .filter((line) => line.includes(folder));

async function noneLeft(folder: string): Promise<string[]> {
    for (let attempt = 0; attempt < 50 && processesIn(folder).length > 0; attempt++)
        await new Promise((resolve) => setTimeout(resolve, 100));
    return processesIn(folder);
}

describe("the sandbox", function () {
    this.timeout(600_000);
    let sandbox: Sandbox | undefined;
    afterEach(async () => {
        await sandbox?.stop();
    });

    before(function () {
        skipUnlessAvailable(this, "java", "maven");
    });

    it("--once shows the plan, the running connectors and the first change events, and exits with 0", async () => {
        sandbox = new Sandbox("--once");
        assert.equal(await sandbox.ended, 0, sandbox.output);
        assert.match(sandbox.output, /KafkaConnector shoppostgres-shop-orders/);
        assert.match(sandbox.output, /shoppostgres-shop-orders\s+PostgresConnector\s+RUNNING\s+RUNNING/);
        assert.match(sandbox.output, /shoppostgres-shop-orders\.public\.orders {2}snapshot {2}\{"id":1,.*"kettle"/);
    });

    it("runs a MySQL connector on MariaDB, schema history and binary log included", async function () {
        skipUnlessAvailable(this, "mariadb");
        sandbox = new Sandbox("--once", "--file", path.join(__dirname, "mysql.yaml"));
        assert.equal(await sandbox.ended, 0, sandbox.output);
        assert.match(sandbox.output, /membersmysql-members-accounts-1\s+MySqlConnector\s+RUNNING\s+RUNNING/);
        assert.match(
            sandbox.output,
            /membersmysql-members-accounts\.members\.accounts {2}snapshot {2}\{"id":1,"login":"jiwoo","balance":"12\.30"/,
        );
    });

    it("runs the Kafka of the older Strimzi generation", async () => {
        const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "stack-")), "x.yaml");
        fs.writeFileSync(
            file,
            fs
                .readFileSync(path.join(projectFolder, "Pulumi.local.yaml"), "utf8")
                .replace("config:\n", "config:\n  kafka-connect-platform:strimzi: { version: 0.45.0 }\n"),
        );
        sandbox = new Sandbox("--once", "--file", file);
        assert.equal(await sandbox.ended, 0, sandbox.output);
        assert.match(sandbox.output, /Kafka Connect 3\.9\.0 is ready/);
        assert.match(sandbox.output, /snapshot {2}\{"id":1,.*"kettle"/);
    });

    it("reports a rejected setting at its line, runs the other connectors, and ends with 1", async () => {
        const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "stack-")), "x.yaml");
        const good = fs.readFileSync(path.join(projectFolder, "Pulumi.local.yaml"), "utf8");
        fs.writeFileSync(
            file,
            good.replace(
                "      heartbeatSeconds: 5\n    -",
                "      heartbeatSeconds: 5\n      config: { topic.naming.strategy: true }\n    -",
            ),
        );
        sandbox = new Sandbox("--once", "--file", file);
        assert.equal(await sandbox.ended, 1);
        assert.match(
            sandbox.output,
            /REJECTED {2}shoppostgres-shop-orders \(x\.yaml line \d+\)\n.*topic\.naming\.strategy/,
        );
        assert.match(sandbox.output, /public\.customers {2}snapshot/);
        const [, logs] = /The logs are kept in (\S+)/.exec(sandbox.output)!;
        assert.ok(fs.existsSync(path.join(logs, "worker.log")));
        fs.rmSync(path.dirname(logs), { recursive: true });
    });

    it("shows an inserted row, and Ctrl-C stops every process", async () => {
        sandbox = new Sandbox();
        const [, logs] = await sandbox.prints(/the logs:\s+(\S+)\/logs/);
        sandbox.child.stdin!.write("INSERT INTO customers (name, email)\n VALUES ('Park', 'park@example.com');\n");
        await sandbox.prints(
            /shoppostgres-shop-customers\.public\.customers {2}insert {2}\{"id":4,"name":"Park"/,
            30_000,
        );
        assert.ok(processesIn(logs).length >= 3);
        sandbox.child.kill("SIGINT");
        assert.equal(await sandbox.ended, 130);
        assert.deepEqual(await noneLeft(logs), []);
    });

    it("kills a part on demand, starts it again, and goes on", async () => {
        sandbox = new Sandbox();
        await sandbox.prints(/the logs:/);
        for (const part of ["worker", "broker", "database"]) {
            sandbox.child.stdin!.write(`\\kill ${part}\n`);
            await sandbox.prints(new RegExp(`${part} was killed and starts again`), 60_000);
        }
        sandbox.child.stdin!.write("\\kill everything\n");
        await sandbox.prints(/expected one of worker, broker, database/, 60_000);
        // a statement that comes before the database is ready fails, and a failed task has to be restarted
        const insert = () => sandbox!.child.stdin!.write("INSERT INTO customers (name, email) VALUES ('Eve', 'e');\n");
        const restart = () => sandbox!.child.stdin!.write("\\restart shoppostgres-shop-customers-2025042401\n");
        const again = setInterval(() => [insert(), restart()], 10_000);
        insert();
        try {
            // a row of a snapshot that the worker's end has interrupted is read with the snapshot
            await sandbox.prints(/customers {2}(insert|snapshot) {2}\{"id":\d+,"name":"Eve"/, 240_000);
        } finally {
            clearInterval(again);
        }
    });

    it("leaves nothing behind when it is killed", async () => {
        sandbox = new Sandbox();
        const [, logs] = await sandbox.prints(/the logs:\s+(\S+)\/logs/);
        sandbox.child.kill("SIGKILL");
        await sandbox.ended;
        assert.deepEqual(await noneLeft(logs), []);
    });

    it("runs a table and three lines without a port, and reports a table that does not exist", async () => {
        const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "stack-")), "shop.yaml");
        const connector = (table: string) =>
            "    - connectorTemplate: debeziumPostgresSourceConnector\n" +
            `      source: { instance: shop, database: shop, table: ${table} }\n`;
        fs.writeFileSync(
            file,
            "config:\n" +
                "  kafka-connect-platform:secrets: { provider: file }\n" +
                "  kafka-connect-platform:image: { build: { registry: localhost:5000/kafka-connect } }\n" +
                "  kafka-connect-platform:kafka: { bootstrapServers: localhost:9092 }\n" +
                `  kafka-connect-platform:connectors:\n${["orders", "customers", "nothing"].map(connector).join("")}`,
        );
        sandbox = new Sandbox("--file", file);
        await sandbox.prints(
            /FAILED {2}shoppostgres-shop-nothing, task 0 \(shop\.yaml line \d+\)\n.*\n {4}caused by: /,
        );
        await sandbox.prints(/table public\.nothing does not exist; create it in examples\/seed\/postgres\/shop\.sql/);
        await sandbox.prints(/public\.orders {2}snapshot/);
        await sandbox.prints(/public\.customers {2}snapshot/);
        sandbox.child.stdin!.write("BEGIN;\nDELETE FROM orders;\nROLLBACK;\nDELETE FROM orders WHERE id = 1;\n");
        await sandbox.prints(/public\.orders {2}delete {2}key \{"id":1\}/, 60_000);
        assert.doesNotMatch(sandbox.output, /delete {2}key \{"id":2\}/);
    });

    it("reports a part that dies with the end of its log, and keeps the log", async () => {
        sandbox = new Sandbox();
        const [, folder] = await sandbox.prints(/the logs:\s+(\S+)\/logs/);
        const [worker] = processesIn(folder).filter((line) => line.includes("ConnectDistributed"));
        process.kill(Number(worker.trim().split(/\s+/)[0]), "SIGKILL");
        assert.equal(await sandbox.ended, 1);
        assert.match(
            sandbox.output,
            /kcp: the Connect worker ended unexpectedly \(SIGKILL\)\. The end of \S+worker\.log:\n/,
        );
        assert.doesNotMatch(sandbox.output, /UnhandledPromise|at process\.processTicks/);
        const [, logs] = /The logs are kept in (\S+)/.exec(sandbox.output)!;
        assert.ok(fs.statSync(path.join(logs, "worker.log")).size > 0);
        fs.rmSync(path.dirname(logs), { recursive: true });
    });
});
