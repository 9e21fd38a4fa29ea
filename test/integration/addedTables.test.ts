/**
 * Tables that are added to a running source, and tables that are read again, on real databases. The Job of the cluster
 * runs its script as a process here. Needs Java and Maven; MariaDB for a part.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { ChangeEvent } from "../../src/local/changeEvents";
import { startMariadb } from "../../src/local/mariadb";
import { startPostgres } from "../../src/local/postgres";
import { requestSnapshot } from "../../src/local/snapshotSignals";
import { loadStack } from "../../src/stack/loadStack";
import { snapshotJob } from "../../src/strimzi/snapshotJob";
import { readStack } from "../../src/stack/stackFile";
import { ConnectRig } from "./connectRig";
import { kafkaTools } from "./kafkaTools";
import { mariadbPlugin } from "./mariadbPlugin";
import { skipUnlessAvailable, testVariables } from "./requirements";
import { kubectl } from "./support";

/** Runs a Job's script as its container would; returns what it prints. */
async function runJob(rig: ConnectRig, job: ReturnType<typeof snapshotJob>): Promise<string> {
    const home = kafkaTools(path.join(rig.processes.folder, "kafka"), rig.runtime);
    const [container] = job.spec.template.spec.containers;
    const environment = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
    const [command, ...args] = container.command;
    const child = spawn(command, args, { env: { ...process.env, ...environment, KAFKA_HOME: home } });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (output += String(part)));
    const code = await new Promise((resolve) => child.once("exit", resolve));
    assert.equal(code, 0, output);
    return output;
}

/** What differs between the databases. */
interface Variant {
    start: typeof startPostgres;
    template: string;
    /** Schema or database of the tables. */
    container: string;
    options: Record<string, unknown>;
    rows: (count: number) => string;
    /** Class in place of the template's. */
    class?: string;
    /** Whether only `.ci/nightly` runs it. */
    nightly?: boolean;
}

const variants: Record<string, Variant> = {
    PostgreSQL: {
        start: startPostgres,
        template: "debeziumPostgresSourceConnector",
        container: "public",
        options: { incrementalSnapshots: { signalTable: "public.debezium_signal" } },
        rows: (count) => `SELECT generate_series(1, ${count})`,
    },
    "MariaDB with a signal table": {
        start: startMariadb,
        template: "debeziumMysqlSourceConnector",
        container: "shop",
        options: { sslMode: "disabled", incrementalSnapshots: { signalTable: "shop.debezium_signal" } },
        nightly: true,
        rows: (count) => `SELECT seq FROM seq_1_to_${count}`,
    },
    "MariaDB with Debezium's MariaDB plugin, read-only": {
        start: startMariadb,
        template: "debeziumMysqlSourceConnector",
        container: "shop",
        options: { sslMode: "disabled", incrementalSnapshots: { readOnly: true } },
        nightly: true,
        rows: (count) => `SELECT seq FROM seq_1_to_${count}`,
        class: mariadbPlugin.classes[0],
    },
};

for (const [title, variant] of Object.entries(variants)) {
    describe(`a table that is added to a running source of ${title}`, function () {
        this.timeout(400_000);
        let rig: ConnectRig;
        let orders: ChangeEvent[];
        const topicOf = (table: string) => `app.${variant.container}.${table}`;

        const declaration = (...tables: string[]) => ({
            connectorTemplate: variant.template,
            name: "app",
            heartbeatSeconds: 5,
            source: { instance: "shop", database: "shop", port: ConnectRig.port, tables },
            ...variant.options,
        });
        const job = (...tables: string[]) => {
            const stack = { ...rig.stack, connectors: [declaration(...tables)] };
            const settings = loadStack(stack, "local");
            return snapshotJob({
                connector: settings.connectors[0],
                connect: settings.connect,
                kafka: settings.kafka,
                image: "image",
                request: { again: [], waitSeconds: 120 },
            });
        };

        before(async function () {
            skipUnlessAvailable(this, "java", "maven");
            if (variant.nightly) skipUnlessAvailable(this, "nightly");
            if (variant.start === startMariadb) skipUnlessAvailable(this, "mariadb");
            rig = await ConnectRig.start(variant.start, variant.class ? [mariadbPlugin] : []);
            rig.classOverride = variant.class;
            await rig.database.create("shop");
            const { rows } = variant;
            await rig.database.run(
                "shop",
                `CREATE TABLE orders (id int PRIMARY KEY); INSERT INTO orders ${rows(100)};
                 CREATE TABLE customers (id int PRIMARY KEY); INSERT INTO customers ${rows(3000)};
                 CREATE TABLE debezium_signal (
                     id varchar(42) PRIMARY KEY, type varchar(32) NOT NULL, data varchar(2048))`,
            );
            await rig.deploy(declaration("orders"));
            assert.match(await runJob(rig, job("orders")), /tables that are added are read alone/);
            orders = await rig.read([topicOf("orders")]);
            await ConnectRig.until("the initial snapshot", () => orders.length === 100);
        });
        after(async () => rig?.stop());

        it("is read alone, and its progress is reported", async () => {
            await rig.update(declaration("orders", "customers"));
            const output = await runJob(rig, job("orders", "customers"));
            assert.match(output, /IN_PROGRESS .*customers/);
            assert.match(output, /TABLE_SCAN_COMPLETED .*total_rows_scanned:3000/);
            assert.match(output, /the snapshot is complete/);
            const customers = await rig.read([topicOf("customers")]);
            await ConnectRig.until("the rows of the added table", () => customers.length >= 3000);
            const ids = customers.map(({ row }) => (row as { id: number }).id);
            assert.equal(new Set(ids).size, 3000);
            assert.equal(orders.length, 100, "rows of the other table were read again");
        });

        it("is not read again when the Job runs again", async () => {
            assert.match(await runJob(rig, job("orders", "customers")), /no table was added/);
        });

        it("is read again on demand", async () => {
            const lines: string[] = [];
            await requestSnapshot({
                bootstrapServers: rig.bootstrapServers,
                config: rig.resource(declaration("orders", "customers")).spec.config,
                items: [`${variant.container}.orders`],
                timeoutSeconds: 120,
                say: (text) => lines.push(text),
            });
            assert.match(lines.join("\n"), /TABLE_SCAN_COMPLETED .*orders 100 rows SUCCEEDED/);
            await ConnectRig.until("the rows again", () => orders.length === 200);
        });

        it("keeps its topic when it is removed, and the Job reports that", async () => {
            await rig.update(declaration("orders"));
            assert.match(await runJob(rig, job("orders")), /customers is not captured any more; its topic .* stay/);
            assert.ok((await rig.admin.listTopics()).includes(topicOf("customers")));
        });
    });
}

describe("the Job that asks for a snapshot", function () {
    this.timeout(60_000);

    it("is accepted by the API server, strictly", function () {
        skipUnlessAvailable(this, "kubectl", "cluster");
        const settings = loadStack(
            {
                ...readStack("local"),
                kafka: {
                    bootstrapServers: "kafka:9093",
                    tls: { trustedCertificates: [{ secretName: "ca", certificate: "ca.crt" }] },
                    authentication: { type: "tls", secretName: "connect" },
                },
                connectors: [
                    {
                        connectorTemplate: "debeziumPostgresSourceConnector",
                        name: "app",
                        source: { instance: "shop", database: "shop", tables: ["orders"] },
                        incrementalSnapshots: { signalTable: "public.debezium_signal" },
                    },
                ],
            },
            "local",
        );
        const job = snapshotJob({
            connector: settings.connectors[0],
            connect: { ...settings.connect, namespace: "default" },
            kafka: settings.kafka,
            image: "image",
            request: { again: [], waitSeconds: 120 },
        });
        const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "snapshot-job-")), "job.json");
        fs.writeFileSync(file, JSON.stringify(job));
        const { status, output } = kubectl(
            testVariables.TEST_KUBECONFIG!,
            "create",
            "--dry-run=server",
            "--validate=strict",
            "-f",
            file,
        );
        assert.equal(status, 0, output);
    });
});
