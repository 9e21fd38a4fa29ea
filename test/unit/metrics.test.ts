import assert from "node:assert/strict";
import * as YAML from "yaml";
import { jmxRules } from "../../src/metrics/connectJmxRules";
import { checkMetrics } from "../../src/validation/metricsChecks";
import { metrics } from "../../src/schema/metrics";
import type { ParsedSections } from "../../src/schema/sections";

interface Rule {
    pattern: string;
    name: string;
    labels?: Record<string, string>;
}

/** The first rule that matches an attribute as the exporter prints it, with its name and labels filled in. */
function exported(attribute: string): { name: string; labels: Record<string, string> } | undefined {
    const { rules } = YAML.parse(jmxRules()) as { rules: Rule[] };
    for (const { pattern, name, labels = {} } of rules) {
        const match = new RegExp(`^.*(?:${pattern}).*$`).exec(attribute);
        if (!match) continue;
        const filled = (text: string) => text.replace(/\$(\d)/g, (_, index) => match[Number(index)] ?? "");
        const pairs = Object.entries(labels).map(([label, value]) => [label, filled(value)]);
        return {
            // the exporter replaces what a metric name cannot have
            name: filled(name).toLowerCase().replace(/\W/g, "_"),
            labels: Object.fromEntries(pairs.filter(([, value]) => value !== "")) as Record<string, string>,
        };
    }
    return undefined;
}

describe("the exporter's rules for workers", () => {
    const debezium = "debezium.mysql<type=connector-metrics, context=";
    for (const [what, attribute, name, labels] of [
        [
            "Debezium's schema history, whose context has a hyphen",
            `${debezium}schema-history, server=members><>ChangesApplied: 3`,
            "debezium_changesapplied",
            { plugin: "mysql", context: "schema-history", server: "members" },
        ],
        [
            "the state of the schema history",
            `${debezium}schema-history, server=members><>Status: RUNNING`,
            "debezium_schema_history_status",
            { plugin: "mysql", context: "schema-history", server: "members", status: "RUNNING" },
        ],
        [
            "a boolean",
            `${debezium}streaming, server=members><>Connected: true`,
            "debezium_connected",
            { plugin: "mysql", context: "streaming", server: "members" },
        ],
        [
            "the rows of a table",
            `${debezium}snapshot, server=members, key=members.accounts><>RowsScanned: 3`,
            "debezium_rowsscanned",
            { plugin: "mysql", context: "snapshot", server: "members", table: "members.accounts" },
        ],
        [
            "a task of MongoDB",
            "debezium.mongodb<type=connector-metrics, context=streaming, server=reviews, task=1><>Connected: false",
            "debezium_connected",
            { plugin: "mongodb", context: "streaming", server: "reviews", task: "1" },
        ],
        [
            "MirrorMaker of Kafka 3.9, without a source",
            "kafka.connect.mirror<type=MirrorSourceConnector, target=t, topic=b.x, partition=0><>record-count: 3.0",
            "kafka_connect_mirror_source_record_count",
            { target: "t", topic: "b.x", partition: "0" },
        ],
        [
            "MirrorMaker of Kafka 4",
            "kafka.connect.mirror<type=MirrorSourceConnector, source=b, target=t, topic=b.x, partition=0>" +
                "<>record-count: 3.0",
            "kafka_connect_mirror_source_record_count",
            { source: "b", target: "t", topic: "b.x", partition: "0" },
        ],
        [
            "a task's consumer",
            "kafka.consumer<type=consumer-fetch-manager-metrics, client-id=connector-consumer-a-b-12>" +
                "<>records-lag-max: 7.0",
            "kafka_consumer_fetch_manager_records_lag_max",
            { client_id: "connector-consumer-a-b-12", connector: "a-b", task: "12" },
        ],
        [
            "a worker's own consumer",
            "kafka.consumer<type=consumer-fetch-manager-metrics, client-id=c-offsets><>records-lag-max: 0.0",
            "kafka_consumer_fetch_manager_records_lag_max",
            { client_id: "c-offsets" },
        ],
    ] as const)
        it(`export ${what}`, () => {
            assert.deepEqual(exported(attribute), { name, labels });
        });

    it("leave out the partitions of consumers and values that are not numbers", () => {
        for (const attribute of [
            "kafka.consumer<type=consumer-fetch-manager-metrics, client-id=x, topic=t, partition=0><>records-lag: 0.0",
            "kafka.connect<type=sink-task-metrics, connector=a, task=0><>put-batch-avg-time-ms: NaN",
            "debezium.postgres<type=connector-metrics, context=streaming, server=s><>LastEvent: position {lsn=1}",
        ])
            assert.equal(exported(attribute), undefined, attribute);
    });
});

describe("the metrics section", () => {
    const issues = (section: object) =>
        checkMetrics({ metrics: metrics.parse(section) } as ParsedSections).map(({ code, path }) => [code, path]);

    it("accepts dashboards without a workspace", () => {
        assert.deepEqual(issues({ dashboards: true }), []);
    });

    it("rejects dashboards without the exporter", () => {
        assert.deepEqual(issues({ dashboards: true, exporter: false }), [
            ["KCP_CONFLICTING_SETTINGS", ["metrics", "exporter"]],
        ]);
    });

    it("rejects a WAL budget without alerts", () => {
        assert.deepEqual(issues({ slotWalBudgetGiB: 20 }), [["KCP_UNUSED_SETTING", ["metrics", "slotWalBudgetGiB"]]]);
    });
});
