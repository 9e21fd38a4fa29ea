/**
 * Connectors under load move from one Connect worker to another with their offsets, and back: a PostgreSQL source, a
 * JDBC sink and a mirror. Needs Java and Maven.
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { runMove } from "../../cli/move";
import type { ChangeEvent } from "../../src/local/changeEvents";
import type { ConnectApi } from "../../src/local/connectApi";
import { pause } from "../../src/util/pause";
import { RestSide } from "../../src/move/restSide";
import { ConnectRig } from "./connectRig";
import { skipUnlessAvailable } from "./requirements";

const database = "shop";
const topic = "orders.public.orders";
const snapshotRows = 500;
const port = ConnectRig.port;

const connectors = [
    {
        connectorTemplate: "debeziumPostgresSourceConnector",
        name: "orders",
        converter: "json-with-schemas",
        source: { instance: "shop", database, table: "orders", port },
    },
    {
        connectorTemplate: "jdbcSinkConnector",
        name: "orders-copy",
        converter: "json-with-schemas",
        topics: [topic],
        target: { type: "postgresql", instance: "shop", database, table: "orders_copy", port },
        schemaEvolution: "basic",
    },
];

/** How often each row is in a topic. */
function countById(events: readonly ChangeEvent[]): Map<number, number> {
    const counts = new Map<number, number>();
    for (const { row } of events) {
        const { id } = row as { id: number };
        counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
}

describe("a move to another Connect worker under load", function () {
    this.timeout(300_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "move-"));
    const journal = path.join(folder, "journal.json");
    let rig: ConnectRig;
    let other: ConnectApi;
    let events: ChangeEvent[];
    let copies: ChangeEvent[];
    let inserted = snapshotRows;
    let writing = true;
    let load: Promise<void>;
    const printed: string[] = [];

    /** Inserts rows until it is stopped. */
    async function writeRows(): Promise<void> {
        while (writing) {
            await rig.database.run(
                database,
                `INSERT INTO orders SELECT ${inserted} + n, 'x' FROM generate_series(1, 5) n`,
            );
            inserted += 5;
            await pause(20);
        }
    }
    const move = (...flags: ("apply" | "rollback")[]): Promise<number> =>
        runMove(
            {
                from: rig.api.url,
                to: other.url,
                journal,
                ...Object.fromEntries(flags.map((flag) => [flag, true])),
            },
            (line) => printed.push(line),
        );
    const stateAt = async (url: string) => {
        const side = new RestSide(url);
        const states = await Promise.all(
            ["mirror", "orders", "orders-copy"].map(async (name) => (await side.status(name))?.state),
        );
        return states.join(" ");
    };

    before(async function () {
        skipUnlessAvailable(this, "java", "maven");
        rig = await ConnectRig.start();
        await rig.database.create(database);
        await rig.database.run(
            database,
            `CREATE TABLE orders (id int PRIMARY KEY, item text);
             INSERT INTO orders SELECT n, 'x' FROM generate_series(1, ${snapshotRows}) n`,
        );
        for (const declaration of connectors) await rig.deploy(declaration);
        // until the topic to mirror exists
        events = await rig.read([topic]);
        await rig.deploy({
            connectorTemplate: "mirrorSourceConnector",
            name: "mirror",
            source: { instance: "copy", bootstrapServers: rig.bootstrapServers, topic },
            offsetSyncs: false,
        });
        copies = await rig.read([`copy.${topic}`]);
        other = await rig.startOther("other-connect");
        load = writeRows();
    });
    after(async () => {
        writing = false;
        await load;
        await rig?.stop();
        fs.rmSync(folder, { recursive: true, force: true });
    });

    it("changes nothing without --apply", async () => {
        assert.equal(await move(), 0, printed.join("\n"));
        assert.equal(await stateAt(rig.api.url), "RUNNING RUNNING RUNNING");
        assert.equal(fs.existsSync(journal), false);
        assert.match(printed.at(-1)!, /Nothing was changed; --apply does it\.$/);
    });

    it("goes on where it was interrupted", async () => {
        // the target stops answering after it has created the first connector
        const setOffsets = RestSide.prototype.setOffsets;
        RestSide.prototype.setOffsets = () => Promise.reject(new Error("interrupted"));
        await assert.rejects(move("apply"), /interrupted/).finally(() => (RestSide.prototype.setOffsets = setOffsets));
        assert.equal(await stateAt(rig.api.url), "STOPPED RUNNING RUNNING");
        assert.equal(await move("apply"), 0, printed.join("\n"));
        assert.equal(await stateAt(rig.api.url), "STOPPED STOPPED STOPPED");
        assert.equal(await stateAt(other.url), "RUNNING RUNNING RUNNING");
        assert.equal(await move("apply"), 0, "a third run changes nothing");
    });

    it("is rolled back by one command, with what the target has read", async () => {
        await pause(2000);
        assert.equal(await move("rollback", "apply"), 0, printed.join("\n"));
        assert.equal(await stateAt(rig.api.url), "RUNNING RUNNING RUNNING");
        assert.equal(await stateAt(other.url), "STOPPED STOPPED STOPPED");
        await pause(2000);
    });

    it("lost no row and took no snapshot again, there and back", async () => {
        writing = false;
        await load;
        const rows = inserted;
        const target = () => rig.row<{ count: string }>(database, "SELECT count(*) FROM orders_copy");
        await ConnectRig.until("all rows in the topic", () => countById(events).size === rows);
        await ConnectRig.until("all rows in the mirrored topic", () => countById(copies).size === rows);
        await ConnectRig.until("all rows in the sink's table", async () => Number((await target()).count) === rows);
        const snapshotted = events.filter(({ operation }) => operation === "r").length;
        assert.equal(snapshotted, snapshotRows);
        const duplicates = (all: readonly ChangeEvent[]) => all.length - countById(all).size;
        console.log(`      ${rows} rows; duplicates: source ${duplicates(events)}, mirror ${duplicates(copies)}`);
        assert.ok(duplicates(events) < rows / 10 && duplicates(copies) < rows / 10);
    });
});
