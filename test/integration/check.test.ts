/** The check with the real plugins. Needs Java and, on a new machine, Maven. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import type { Result } from "../../cli/check/checkReport";
import { componentKeysFile, keysFile } from "../../src/validation/pluginKeyLists";
import { check, runCheck } from "./checkRun";
import { skipUnlessAvailable } from "./requirements";

describe("npm run check", function () {
    this.timeout(300_000);
    before(function () {
        skipUnlessAvailable(this, "java", "maven");
    });

    for (const stack of ["local", "dev", "prod"]) {
        it(`finds nothing wrong with ${stack}`, () => {
            const { status, stdout, stderr } = check("--stack", stack, "--json");
            assert.equal(status, 0, stdout + stderr);
            const result = JSON.parse(stdout) as Result;
            assert.deepEqual(
                result.findings.filter(({ unreachable }) => !unreachable),
                [],
            );
            // the sinks whose plugins Maven Central does not have
            for (const name of result.unchecked) assert.match(name, /(BigQuery|Http)SinkConnector/);
        });
    }

    // ten mistakes that only the plugins know of: in `config`, and in options of a template
    const planted = [
        "config:",
        "  kafka-connect-platform:secrets: { provider: file }",
        "  kafka-connect-platform:image: { build: { registry: localhost:5000/kafka-connect } }",
        "  kafka-connect-platform:kafka: { bootstrapServers: localhost:9092 }",
        "  kafka-connect-platform:connectors:",
        "    - connectorTemplate: debeziumMysqlSourceConnector",
        "      source: { instance: a, database: b, table: c }",
        "      config:",
        "        snapshot.mode: sometimes # 1",
        "        max.batch.size: 0 # 2",
        "        event.processing.failure.handling.mode: shrug # 3",
        "        value.converter: org.apache.kafka.connect.json.JsonConvertor # 4",
        "        column.include.list: a.b",
        "        column.exclude.list: a.c # 5",
        "    - connectorTemplate: debeziumPostgresSourceConnector",
        "      source: { instance: a, database: b, table: c }",
        "      transforms:",
        "        - type: io.debezium.transforms.ExtractNewRecordStat # 6",
        "      config:",
        "        hstore.handling.mode: xml # 7",
        "    - connectorTemplate: mirrorSourceConnector",
        "      source: { instance: backend, topic: EVENT }",
        "      config:",
        "        offset-syncs.topic.location: nowhere # 8",
        "    - connectorTemplate: jdbcSinkConnector",
        "      topics: [a]",
        "      converter: json-with-schemas",
        "      target: { type: postgresql, instance: a, database: b }",
        "      config:",
        "        errors.tolerance: some # 9",
        "    - connectorTemplate: fileStreamSourceConnector",
        "      file: /tmp/a",
        "      topic: b",
        "      transforms:",
        "        - type: route",
        "          config: { regex: '(' , replacement: x } # 10",
    ];

    it("finds ten planted mistakes, each at its line", () => {
        const { status, stdout, stderr } = runCheck(planted.join("\n"), "--json");
        assert.equal(status, 1, stdout + stderr);
        const lines = (JSON.parse(stdout) as Result).findings
            .filter(({ unreachable }) => !unreachable)
            .map(({ line }) => line);
        planted.forEach((text, index) => {
            if (/# \d+$/.test(text)) assert.ok(lines.includes(index + 1), `line ${index + 1}: ${text}\n${stdout}`);
        });
    });

    it("has the recorded keys", () => {
        const files = [keysFile, componentKeysFile];
        const recorded = files.map((file) => fs.readFileSync(file, "utf8"));
        try {
            assert.equal(check("--write-keys").status, 0);
            assert.deepEqual(
                files.map((file) => fs.readFileSync(file, "utf8")),
                recorded,
            );
        } finally {
            files.forEach((file, index) => fs.writeFileSync(file, recorded[index]));
        }
    });
});
