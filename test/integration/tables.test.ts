/** PostgreSQL sources of several tables on a real server. Needs Java and Maven. */
import assert from "node:assert/strict";
import { ConnectRig } from "./connectRig";
import { skipUnlessAvailable } from "./requirements";

describe("a PostgreSQL source of several tables", function () {
    this.timeout(300_000);
    let rig: ConnectRig;

    before(async function () {
        skipUnlessAvailable(this, "java", "maven");
        rig = await ConnectRig.start();
        await rig.database.create("shop");
        const tables = ["orders", "customers", "invoices_2025", "invoices_2026", "audit", "ledger.entries"];
        await rig.database.run(
            "shop",
            ["CREATE SCHEMA ledger", ...tables.map((name) => `CREATE TABLE ${name} (id int PRIMARY KEY)`)].join(";"),
        );
        await rig.database.run("shop", tables.map((name) => `INSERT INTO ${name} VALUES (1)`).join(";"));
    });
    after(async () => rig?.stop());

    const declaration = (name: string, source: Record<string, unknown>) => ({
        connectorTemplate: "debeziumPostgresSourceConnector",
        name,
        heartbeatSeconds: 5,
        source: { instance: "shop", database: "shop", port: ConnectRig.port, ...source },
    });

    /** Inserts a row into a table again and again until one arrives, and returns the ids in the table's topic. */
    async function idsOnceCaptured(name: string, table: string): Promise<number[]> {
        const topic = `${name}.${table}`;
        let id = 1000;
        await ConnectRig.until(`the topic ${topic}`, async () => {
            await rig.database.run("shop", `INSERT INTO ${table} VALUES (${(id += 1)})`);
            return (await rig.admin.listTopics()).includes(topic);
        });
        const events = await rig.read([topic]);
        await ConnectRig.until(`rows of ${topic}`, () => events.length > 0);
        return events.map(({ row }) => (row as { id: number }).id);
    }

    /** Deploys a source, and waits until the snapshot and one more row of each table are in the expected topics. */
    async function captures(name: string, source: Record<string, unknown>, tables: readonly string[]): Promise<void> {
        await rig.deploy(declaration(name, source));
        const topics = tables.map((table) => `${name}.${table}`);
        const events = await rig.read(topics);
        const id = Date.now() % 1_000_000_000;
        await rig.database.run("shop", tables.map((table) => `INSERT INTO ${table} VALUES (${id})`).join(";"));
        const has = (topic: string, row: number) =>
            events.some((event) => event.topic === topic && (event.row as { id: number }).id === row);
        await ConnectRig.until(`all rows of ${topics.join(", ")}`, () =>
            topics.every((topic) => has(topic, 1) && has(topic, id)),
        );
        const written = (await rig.admin.listTopics()).filter((topic) => topic.startsWith(`${name}.`));
        assert.deepEqual(written.sort(), [...topics].sort());
    }

    it("captures the named tables", () =>
        captures("named", { tables: ["orders", "customers"] }, ["public.orders", "public.customers"]));

    it("captures the tables that a pattern matches", () =>
        captures("pattern", { tables: [{ pattern: "invoices_\\d+" }, { schema: "ledger", name: "entries" }] }, [
            "public.invoices_2025",
            "public.invoices_2026",
            "ledger.entries",
        ]));

    it("captures a whole schema but for the excluded tables", () =>
        captures("schema", { schemas: ["public"], excludeTables: ["audit", { pattern: "invoices_.*" }] }, [
            "public.orders",
            "public.customers",
        ]));

    it("captures the whole database", () =>
        captures("whole", { schemas: "all", excludeTables: ["audit"] }, [
            "public.orders",
            "public.customers",
            "public.invoices_2025",
            "public.invoices_2026",
            "ledger.entries",
        ]));

    it("captures the changes of an added table, but not the rows that it has already", async () => {
        await rig.database.run("shop", "CREATE TABLE added (id int PRIMARY KEY); INSERT INTO added VALUES (1)");
        await rig.deploy(declaration("growing", { tables: ["orders"] }));
        await rig.read(["growing.public.orders"]);
        await rig.update(declaration("growing", { tables: ["orders", "added"] }));
        const ids = await idsOnceCaptured("growing", "public.added");
        assert.ok(!ids.includes(1), String(ids));
    });

    it("captures a new table that its pattern matches after a restart", async () => {
        await rig.deploy(declaration("later", { tables: [{ pattern: "order.*" }] }));
        await rig.read(["later.public.orders"]);
        await rig.database.run("shop", "CREATE TABLE orders_archive (id int PRIMARY KEY)");
        await rig.request("POST", "/connectors/later/restart?includeTasks=true");
        assert.notDeepEqual(await idsOnceCaptured("later", "public.orders_archive"), []);
    });
});
