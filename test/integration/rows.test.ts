/** Rows of a PostgreSQL table in another table, by a source and Debezium's JDBC sink. Needs Java and Maven. */
import assert from "node:assert/strict";
import { ConnectRig } from "./connectRig";
import { skipUnlessAvailable } from "./requirements";

describe("a JDBC sink behind a PostgreSQL source", function () {
    this.timeout(300_000);
    let rig: ConnectRig;
    const document = "x".repeat(20_000);

    before(async function () {
        skipUnlessAvailable(this, "java", "maven");
        rig = await ConnectRig.start();
        for (const database of ["shop", "reports"]) await rig.database.create(database);
    });
    after(async () => rig?.stop());

    /** Deploys a source of one table and a sink into a table of the same name, and returns once a row has arrived. */
    async function deploy(name: string, more: Record<string, unknown>): Promise<void> {
        await rig.database.run(
            "shop",
            `CREATE TABLE ${name} (id int PRIMARY KEY, title text, document text, price numeric(10,2));
             ALTER TABLE ${name} ALTER COLUMN document SET STORAGE EXTERNAL;
             INSERT INTO ${name} VALUES (1, 'first', '${document}', 12.50), (2, 'second', 'short', 0.10)`,
        );
        await rig.deploy({
            connectorTemplate: "debeziumPostgresSourceConnector",
            name,
            converter: "json-with-schemas",
            decimals: "precise",
            heartbeatSeconds: 5,
            source: { instance: "shop", database: "shop", port: ConnectRig.port, table: name },
            ...more,
        });
        await rig.database.run(
            "reports",
            `CREATE TABLE ${name} (id int PRIMARY KEY, title text, document text, price numeric(10,2))`,
        );
        await rig.deploy({
            connectorTemplate: "jdbcSinkConnector",
            topics: [`${name}.public.${name}`],
            converter: "json-with-schemas",
            target: {
                type: "postgresql",
                instance: "shop",
                database: "reports",
                port: ConnectRig.port,
                table: name,
            },
            consumer: { "metadata.max.age.ms": 500 },
        });
    }

    const absent = "no row";
    const valueOf = async (name: string, column: string): Promise<string> => {
        const sql = `SELECT coalesce((SELECT ${column} FROM ${name} WHERE id = 1), '${absent}') AS value`;
        return (await rig.row<{ value: string }>("reports", sql)).value;
    };
    const until = (name: string, column: string, value: string) =>
        ConnectRig.until(`${column} of ${name}`, async () => (await valueOf(name, column)) === value);

    it("keeps a large value that an UPDATE does not change, with reselect", async () => {
        await deploy("kept", { reselect: true });
        await until("kept", "title", "first");
        await rig.database.run("shop", "UPDATE kept SET title = 'changed' WHERE id = 1");
        await until("kept", "title", "changed");
        assert.equal(await valueOf("kept", "document"), document);
    });

    it("writes Debezium's placeholder over it without reselect, as the warning says", async () => {
        await deploy("lost", {});
        await until("lost", "title", "first");
        await rig.database.run("shop", "UPDATE lost SET title = 'changed' WHERE id = 1");
        await until("lost", "title", "changed");
        assert.equal(await valueOf("lost", "document"), "__debezium_unavailable_value");
    });

    it("fails on decimals as strings in a column of the type numeric, as the warning says", async () => {
        await deploy("decimal", { reselect: false, decimals: "string" });
        await ConnectRig.until("the failure of the sink", async () =>
            JSON.stringify(await rig.api.statuses()).includes('column \\"price\\" is of type numeric'),
        );
    });

    it("deletes the row of a deletion", async () => {
        await rig.database.run("shop", "DELETE FROM kept WHERE id = 1");
        await until("kept", "title", absent);
    });
});
