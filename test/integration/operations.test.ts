/** The commands on a running stack, on a real worker with a real database. Needs Java and Maven. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { kafkaClient } from "../../src/local/kafkaClient";
import { ConnectRig } from "./connectRig";
import { DeclaredStack } from "./declaredStack";
import { skipUnlessAvailable } from "./requirements";

const database = "shop";
const source = {
    connectorTemplate: "debeziumPostgresSourceConnector",
    name: "orders",
    heartbeatSeconds: 5,
    source: { instance: "shop", database, table: "orders", port: ConnectRig.port },
};

describe("the commands on a running stack", function () {
    this.timeout(300_000);
    let rig: ConnectRig;
    let stack: DeclaredStack;
    let sink: Record<string, unknown>;

    before(async function () {
        skipUnlessAvailable(this, "java", "maven");
        rig = await ConnectRig.start();
        stack = new DeclaredStack(rig, database);
        await rig.database.create(database);
        await rig.database.run(database, "CREATE TABLE orders (id int PRIMARY KEY, item text)");
        await rig.database.run(
            database,
            "INSERT INTO orders SELECT n, 'a' FROM generate_series(1, 50) n; ANALYZE orders",
        );
        await rig.admin.createTopics({
            waitForLeaders: false,
            topics: [{ topic: "lines", numPartitions: 1, replicationFactor: 1 }],
        });
        sink = {
            connectorTemplate: "fileStreamSinkConnector",
            name: "lines-to-file",
            topics: ["lines"],
            file: path.join(rig.processes.folder, "lines.txt"),
            converter: "json",
            errors: { tolerance: "all" },
        };
        await stack.deploy(source, sink);
    });
    after(async () => rig?.stop());

    const stateOf = async (name: string) => (await stack.rest.status(name))!.connector.state;

    async function produce(...values: string[]): Promise<void> {
        const producer = kafkaClient(rig.bootstrapServers).producer();
        await producer.connect();
        await producer.send({ topic: "lines", messages: values.map((value) => ({ value })) });
        await producer.disconnect();
    }

    it("status shows states, tasks, lags and lines", async () => {
        await produce('{"a":1}');
        await ConnectRig.until("a committed offset", async () => {
            const { stdout } = await stack.kcp("status");
            return /lines-to-file +RUNNING +1 running +\d+ records? +Pulumi\.shop\.yaml:\d+/.test(stdout);
        });
        const { code, stdout } = await stack.kcp("status");
        assert.equal(code, 0, stdout);
        assert.match(stdout, /orders +RUNNING +1 running +\S+ [KM]?i?B of WAL +Pulumi\.shop\.yaml:\d+/);
    });

    it("status shows a failure with the line of the setting that it names, and restart --failed ends it", async () => {
        // a setting that the plugin reads only when its task starts
        stack.write(
            { ...source, config: { "publication.autocreate.mode": "disabled", "publication.name": "none" } },
            sink,
        );
        await stack.up();
        await ConnectRig.until("a failed task", async () => (await stack.kcp("status")).code === 1);
        const { stdout } = await stack.kcp("status");
        const [, line] = /orders, task 0 \(Pulumi\.shop\.yaml:(\d+)\)\n {4}\S+/.exec(stdout) ?? [];
        assert.ok(line, stdout);
        const planned = await stack.kcp("restart", "--failed");
        assert.equal(planned.stdout.match(/would restart task 0 of orders/)?.length, 1, planned.stdout);
        await rig.database.run(database, "CREATE PUBLICATION none FOR TABLE orders");
        const done = await stack.kcp("restart", "--failed", "--apply");
        assert.match(done.stdout, /done: restart task 0 of orders/);
        await stack.untilTasksRun("orders");
        await stack.deploy(source, sink);
    });

    it("pause-all pauses what runs, and resume-all returns to the states of the stack file", async () => {
        await stack.deploy(source, { ...sink, state: "stopped" });
        const planned = await stack.kcp("pause-all");
        assert.match(planned.stdout, /would set orders to paused/);
        assert.equal(await stateOf("orders"), "RUNNING");
        await stack.kcp("pause-all", "--apply");
        await stack.rest.untilState("orders", "paused");
        const { stdout } = await stack.kcp("resume-all", "--apply", "--json");
        assert.deepEqual(JSON.parse(stdout), {
            stack: "shop",
            applied: true,
            steps: ["set orders to running (it is paused)"],
        });
        await stack.rest.untilState("orders", "running");
        assert.equal(await stateOf("lines-to-file"), "STOPPED");
        await stack.deploy(source, sink);
    });

    it("offsets are shown, saved, reset and set, while the connector is stopped", async () => {
        const saved = path.join(rig.processes.folder, "orders.json");
        await ConnectRig.until("an offset", async () => (await stack.rest.offsets("orders")).length > 0);
        await stack.deploy({ ...source, state: "stopped" }, sink);
        assert.equal((await stack.kcp("offsets", "save", "orders", "--out", saved)).code, 0);
        const { offsets } = JSON.parse(fs.readFileSync(saved, "utf8")) as { offsets: { partition: unknown }[] };
        assert.deepEqual(offsets[0].partition, { server: "orders" });
        const planned = await stack.kcp("offsets", "reset", "orders");
        assert.match(planned.stdout, /would delete 1 offset of orders/);
        assert.equal((await stack.rest.offsets("orders")).length, 1);
        await stack.kcp("offsets", "reset", "orders", "--apply");
        assert.match((await stack.kcp("offsets", "show", "orders")).stdout, /orders has no offsets/);
        await stack.kcp("offsets", "set", "orders", "--from", saved, "--apply");
        assert.deepEqual(await stack.rest.offsets("orders"), offsets);
        await stack.deploy(source, sink);
        // once the slot has confirmed more, the saved offset is too old
        await rig.database.run(database, "INSERT INTO orders VALUES (51, 'b')");
        await ConnectRig.until("an advanced slot", async () => {
            const { code, stderr } = await stack.kcp("offsets", "set", "orders", "--from", saved);
            return code === 2 && /is before the one that slot dbz_orders has confirmed/.test(stderr);
        });
        await stack.rest.setState("orders", "stopped");
        await stack.rest.untilState("orders", "stopped");
        await stack.kcp("offsets", "save", "orders", "--out", saved);
        await stack.rest.setState("orders", "running");
        await stack.untilTasksRun("orders");
        const { stdout } = await stack.kcp("offsets", "set", "lines-to-file", "--from", await savedSink(), "--apply");
        assert.match(
            stdout,
            /done: stop lines-to-file.*\ndone: set 1 offset of .*\ndone: set lines-to-file to running/,
        );
        await stack.untilTasksRun("lines-to-file");
    });

    async function savedSink(): Promise<string> {
        const file = path.join(rig.processes.folder, "sink.json");
        assert.equal((await stack.kcp("offsets", "save", "lines-to-file", "--out", file)).code, 0);
        return file;
    }

    it("offsets of another topic prefix are rejected, because the plugin would not find them", async () => {
        const file = path.join(rig.processes.folder, "other.json");
        const offsets = [{ partition: { server: "other" }, offset: { lsn: 1 } }];
        fs.writeFileSync(file, JSON.stringify({ connector: "other", savedAt: "", offsets }));
        const { code, stderr } = await stack.kcp("offsets", "set", "orders", "--from", file, "--apply");
        assert.equal(code, 2);
        assert.match(stderr, /the offsets are of the topic prefix "other", but orders has "orders"/);
    });

    it("slots shows owners and orphans, and drops an orphan only when nothing reads it", async () => {
        await rig.database.run(database, "SELECT pg_create_logical_replication_slot('left_behind', 'pgoutput')");
        const { stdout, code } = await stack.kcp("slots");
        assert.equal(code, 0, stdout);
        assert.match(stdout, /dbz_orders +shop +active +reserved .* orders\n/);
        assert.match(stdout, /left_behind +shop +inactive .* no connector of this stack\n/);
        const active = await stack.kcp("slots", "drop", "dbz_orders", "--apply");
        assert.match(active.stderr, /^kcp: slot dbz_orders is active: something reads it\n$/);
        const planned = await stack.kcp("slots", "drop", "left_behind");
        assert.match(planned.stdout, /would look at slot left_behind again after 10 s, and drop it/);
        assert.equal((await stack.kcp("slots", "drop", "left_behind", "--second-look", "1", "--apply")).code, 0);
        assert.doesNotMatch((await stack.kcp("slots")).stdout, /left_behind/);
    });

    it("slots of a declared connector are kept unless --owned is given", async () => {
        await stack.deploy({ ...source, state: "stopped" }, sink);
        await ConnectRig.until("an inactive slot", async () => /inactive/.test((await stack.kcp("slots")).stdout));
        const refused = await stack.kcp("slots", "drop", "dbz_orders", "--apply");
        assert.match(refused.stderr, /belongs to orders; stop the connector and add --owned/);
        await stack.deploy(source, sink);
    });

    it("dlq shows why records were put aside, and sends each back once", async () => {
        await produce("not json", '{"b":2}', "not json either");
        await ConnectRig.until("two records in the queue", async () =>
            /dlq\.lines-to-file of lines-to-file: 2 records, 2 of them not replayed/.test(
                (await stack.kcp("dlq")).stdout,
            ),
        );
        assert.match((await stack.kcp("dlq")).stdout, / {4}\d × \w+Exception: /);
        const planned = await stack.kcp("dlq", "replay", "lines-to-file");
        assert.match(planned.stdout, /would send 2 records of dlq\.lines-to-file/);
        // the cause is fixed: the sink takes strings
        await stack.deploy(source, { ...sink, converter: "string" });
        const done = await stack.kcp("dlq", "replay", "lines-to-file", "--apply");
        assert.match(done.stdout, /sent 2 records/);
        await ConnectRig.until("both records in the file", () => {
            const text = fs.readFileSync(String(sink.file), "utf8");
            return /^not json$/m.test(text) && /^not json either$/m.test(text);
        });
        assert.match(
            (await stack.kcp("dlq", "replay", "lines-to-file", "--apply")).stdout,
            /every record .* sent back/,
        );
    });

    it("drift reports what was changed by hand, and offsets of connectors that nobody declares", async () => {
        await stack.deploy(source, sink);
        const clean = await stack.kcp("drift");
        assert.match(clean.stdout, /^shop: what runs is what the stack declares\n$/);
        assert.equal(clean.code, 0);
        const config = await stack.rest.config("orders");
        stack.write(sink);
        await stack.up();
        stack.write(source, sink);
        await stack.rest.setState("lines-to-file", "paused");
        await stack.rest.untilState("lines-to-file", "paused");
        const { code, stdout } = await stack.kcp("drift");
        assert.equal(code, 1);
        assert.match(
            stdout,
            /^shop: 2 differences\nconnector lines-to-file is paused, declared running\nconnector orders does not run\n$/,
        );
        stack.write(sink);
        assert.match(
            (await stack.kcp("drift")).stdout,
            /offsets of orders are kept although no connector of this name/,
        );
        await stack.deploy(source, sink);
        await stack.rest.request("PUT", "/connectors/orders/config", { ...config, "poll.interval.ms": "1234" });
        assert.match((await stack.kcp("drift")).stdout, /connector orders poll\.interval\.ms is "1234", declared "50"/);
        await stack.deploy(source, sink);
    });

    it("statistics reads the sizes of tables, and diff shows them", async () => {
        const file = path.join(rig.processes.folder, "statistics.json");
        const args = ["--database", stack.databaseUrl, "--out", file, "--rows-per-second", "25"];
        const { stdout } = await stack
            .shell(`npx kcp statistics ${args.join(" ")}`, {})
            .then((text) => ({ stdout: text }));
        assert.match(stdout, /tables of shop/);
        const { tables } = JSON.parse(fs.readFileSync(file, "utf8")) as { tables: Record<string, { rows: number }> };
        assert.equal(tables["shop.public.orders"].rows, 50);
        const base = path.join(rig.processes.folder, "base");
        stack.write(source);
        await stack.shell(`npx kcp render --file ${stack.file} --out ${base}`, {});
        stack.write({ ...source, version: "2" });
        const text = await stack.shell(`npx kcp diff --file ${stack.file} --base ${base} --statistics ${file}`, {});
        assert.match(text, /orders-2 reads every row of shop\.public\.orders \(50 rows, \S+ k?B, about 2 s\)/);
    });
});
