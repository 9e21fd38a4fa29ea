import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { runMove } from "../../cli/move";
import type { ConnectSide } from "../../src/move/connectSide";
import { Journal } from "../../src/move/journal";
import { olderOffsets, sameOffsets } from "../../src/move/offsets";
import { planMove } from "../../src/move/plan";
import { folderWith } from "../support/imports";

const offset = (value: Record<string, unknown>) => [{ partition: { server: "shop" }, offset: value }];

describe("offsets of a move", () => {
    it("are the same whatever the order of their keys and partitions", () => {
        const [a, b] = [offset({ lsn: 1, txId: 2 })[0], { partition: { a: 1, b: 2 }, offset: { x: 1 } }];
        assert.ok(
            sameOffsets([a, b], [{ partition: { b: 2, a: 1 }, offset: { x: 1 } }, ...offset({ txId: 2, lsn: 1 })]),
        );
        assert.ok(!sameOffsets([a], offset({ lsn: 2, txId: 2 })));
    });

    it("are older where a value is lower or a partition is missing", () => {
        assert.deepEqual(olderOffsets(offset({ lsn: 5 }), offset({ lsn: 5 })), []);
        assert.deepEqual(olderOffsets(offset({ lsn: 5 }), offset({ lsn: 4 })), ['{"server":"shop"}']);
        assert.deepEqual(olderOffsets(offset({ lsn: 5 }), []), ['{"server":"shop"}']);
        const binlog = (file: number, pos: number) => offset({ file: `binlog.00000${file}`, pos });
        assert.deepEqual(olderOffsets(binlog(1, 900), binlog(2, 4)), []);
        assert.equal(olderOffsets(binlog(2, 900), binlog(2, 4)).length, 1);
    });
});

/** A side with one sink that runs. */
function side(
    address: string,
    changes: { version?: string; kafka?: string; plugins?: string[]; state?: string },
): ConnectSide {
    const refuse = () => Promise.reject(new Error("a plan changes nothing"));
    return {
        address,
        facts: () =>
            Promise.resolve({
                version: changes.version ?? "3.9.0",
                kafkaClusterId: changes.kafka ?? "one",
                plugins: changes.plugins ?? ["com.example.Sink"],
            }),
        names: () => Promise.resolve(["copy"]),
        status: () => Promise.resolve(changes.state ? { state: changes.state, tasks: [] } : undefined),
        config: () => Promise.resolve({ "connector.class": "com.example.Sink", topics: "orders" }),
        offsets: () => Promise.resolve([]),
        stop: refuse,
        createStopped: refuse,
        setOffsets: refuse,
        bring: refuse,
    };
}

describe("the plan of a move", () => {
    const from = side("http://old", { state: "RUNNING" });
    const planTo = async (to: ConnectSide, source = from) => {
        const journal = Journal.open(path.join(folderWith({}), "j.json"), source.address, to.address);
        return (await planMove(source, to, [], journal)).refusals;
    };

    it("has no refusal for the same Kafka", async () => {
        assert.deepEqual(await planTo(side("http://new", {})), []);
        assert.deepEqual(await planTo(side("http://new", { state: "STOPPED" })), []);
    });

    it("refuses what would read again, fail or overwrite", async () => {
        assert.match(
            (await planTo(side("http://new", { kafka: "two" }))).join(),
            /is a sink, and the target uses another Kafka/,
        );
        assert.match(
            (await planTo(side("http://new", { plugins: [] }))).join(),
            /the target has no plugin com\.example\.Sink/,
        );
        assert.match(
            (await planTo(side("http://new", { state: "RUNNING" }))).join(),
            /exists at the target and is RUNNING/,
        );
        assert.match((await planTo(side("http://new", { version: "3.6.1" }))).join(), /created stopped from 3\.7 on/);
        const failed = side("http://old", { state: "FAILED" });
        assert.match((await planTo(side("http://new", {}), failed)).join(), /copy has failed at the source/);
    });

    it("rejects bad input with one sentence", async () => {
        await assert.rejects(
            runMove({ from: "http://127.0.0.1:65001", to: "http://127.0.0.1:10" }, () => undefined),
            /^Error: http:\/\/127\.0\.0\.1:65001 does not answer \(ECONNREFUSED\)\.$/,
        );
        await assert.rejects(
            runMove({ from: "old", to: "http://new" }, () => undefined),
            /^Error: --from old: expected the address of Kafka Connect's REST API, or NAMESPACE\/NAME of a KafkaConnect\.$/,
        );
        const journal = path.join(folderWith({ "j.json": "{}" }), "j.json");
        await assert.rejects(
            runMove({ from: "http://127.0.0.1:65001", to: "http://new", journal }, () => undefined),
            /is not a journal of kcp move\.$/,
        );
    });

    it("is of one pair of Connect clusters", () => {
        const file = path.join(folderWith({}), "j.json");
        fs.writeFileSync(file, JSON.stringify({ version: 1, from: "http://a", to: "http://b", connectors: [] }));
        assert.throws(() => Journal.open(file, "http://a", "http://c"), /is of a move from http:\/\/a to http:\/\/b/);
    });
});
