/** Avro by Apicurio's converter, from a PostgreSQL table to another, with a registry that answers its API. */
import assert from "node:assert/strict";
import { startPostgres } from "../../src/local/postgres";
import { ConnectRig } from "./connectRig";
import { skipUnlessAvailable } from "./requirements";
import { SchemaRegistry } from "./schemaRegistry";

describe("the converter avro with Apicurio's registry", function () {
    this.timeout(300_000);
    const registry = new SchemaRegistry();
    let rig: ConnectRig;

    before(async function () {
        skipUnlessAvailable(this, "java", "maven");
        const url = await registry.start();
        const schemaRegistry = { type: "apicurio", url, subjectNames: "topic-record" };
        rig = await ConnectRig.start(startPostgres, [], { schemaRegistry });
        for (const database of ["shop", "reports"]) await rig.database.create(database);
        const table = "CREATE TABLE orders (id int PRIMARY KEY, title text, price numeric(10,2))";
        await rig.database.run("shop", `${table}; INSERT INTO orders VALUES (1, 'first', 12.50)`);
        await rig.database.run("reports", table);
    });
    after(async () => {
        registry.stop();
        await rig?.stop();
    });

    it("writes and reads records whose schemas are in the registry, under the configured names", async () => {
        const common = { converter: "avro" };
        await rig.deploy({
            ...common,
            connectorTemplate: "debeziumPostgresSourceConnector",
            name: "avro",
            decimals: "precise",
            heartbeatSeconds: 5,
            source: { instance: "shop", database: "shop", port: ConnectRig.port, table: "orders" },
        });
        await rig.deploy({
            ...common,
            connectorTemplate: "jdbcSinkConnector",
            topics: ["avro.public.orders"],
            target: {
                type: "postgresql",
                instance: "shop",
                database: "reports",
                port: ConnectRig.port,
                table: "orders",
            },
            consumer: { "metadata.max.age.ms": 500 },
        });
        const sql = "SELECT coalesce((SELECT title FROM orders WHERE price = 12.50), 'no row') AS value";
        await ConnectRig.until(
            "the row in the other table",
            async () => (await rig.row<{ value: string }>("reports", sql)).value === "first",
        );
        const names = registry.artifacts.map(({ id }) => id);
        assert.ok(
            names.includes("avro.public.orders-Envelope") && names.includes("avro.public.orders-Key"),
            names.join(),
        );
        assert.deepEqual(registry.unknown, []);
    });
});
