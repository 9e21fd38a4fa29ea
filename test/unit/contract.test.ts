import assert from "node:assert/strict";
import { contractDifferences, type ReceivedRecord } from "../../src/local/contract/compareRecords";
import { shapeChanges, shapeOf } from "../../src/local/contract/recordShape";
import { settingsFrom } from "../support/stacks";

const expected = (record: object) => ({ tombstone: false, absent: [], ...record });
const received = (record: Partial<ReceivedRecord>): ReceivedRecord => ({ topic: "t", key: null, value: {}, ...record });

describe("a contract", () => {
    it("is kept by records that have the expected fields, and others too", () => {
        const record = received({ key: { id: 1 }, value: { op: "c", after: { id: 1, name: "Mo" } } });
        assert.deepEqual(contractDifferences([expected({ value: { after: { id: 1 } } })], [record], 30), []);
    });

    it("is broken by a further field of the key, because the key decides the partition", () => {
        const [, line] = contractDifferences([expected({ key: { id: 1 } })], [received({ key: { id: 1, v: 2 } })], 30);
        assert.match(line, /key\.v +expected nothing +received 2/);
    });

    it("is broken by an absent column that is there", () => {
        const record = received({ value: { after: { email: null } } });
        const [, line] = contractDifferences([expected({ absent: ["after.email"] })], [record], 30);
        assert.match(line, /value\.after\.email +expected nothing +received null/);
    });

    it("is broken by records that are missing, and by records that are not expected", () => {
        assert.deepEqual(contractDifferences([expected({ tombstone: true, key: { id: 1 } })], [], 5), [
            'record 1: expected a tombstone with key {"id":1}, received nothing within 5 s',
        ]);
        assert.deepEqual(contractDifferences([], [received({ key: 1, value: null })], 5), [
            "unexpected record of t: key 1, a tombstone",
        ]);
    });

    it("takes one statement or several, and refuses a tombstone with a value", () => {
        const connectors = (record: object) => [
            {
                connectorTemplate: "debeziumPostgresSourceConnector",
                source: { instance: "shop", database: "shop", table: "orders" },
                expect: [{ sql: "SELECT 1", records: [record] }],
            },
        ];
        const stack = { kafka: { bootstrapServers: "kafka:9092" }, secrets: { provider: "file" } };
        const settings = settingsFrom({ ...stack, connectors: connectors({ key: { id: 1 } }) });
        assert.deepEqual(settings.connectors[0].expect![0].sql, ["SELECT 1"]);
        assert.throws(
            () => settingsFrom({ ...stack, connectors: connectors({ tombstone: true, value: {} }) }),
            /a tombstone has neither value nor absent/,
        );
    });
});

describe("the shape of records", () => {
    it("is that of the row, without what describes the source", () => {
        const shape = shapeOf({ op: "c", before: null, after: { id: 1, address: { city: "X" } }, source: { lsn: 1 } });
        assert.deepEqual(
            [...shape],
            [
                ["id", "number"],
                ["address.city", "string"],
            ],
        );
    });

    it("loses, gains and changes fields; null says nothing about a type", () => {
        const changes = shapeChanges(
            shapeOf({ a: 1, b: "x", c: null, d: true }),
            shapeOf({ a: "1", c: 1, d: true, e: [] }),
        );
        assert.deepEqual(
            changes.map(({ text }) => text),
            ["loses b (string)", "changes a from number to string", "gains e (array)"],
        );
    });
});
