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

    // mistakes that the stack's own checks find, with their correction, and mistakes that only the plugins are sure of:
    // which versions an existing image has is unknown
    const planted = [
        "config:",
        "  kafka-connect-platform:secrets: { provider: file }",
        `  kafka-connect-platform:image: { existing: 'r.example.com/connect@sha256:${"1".repeat(64)}' }`,
        "  kafka-connect-platform:kafka: { bootstrapServers: localhost:9092 }",
        "  kafka-connect-platform:connectors:",
        "    - connectorTemplate: debeziumMysqlSourceConnector",
        "      source: { instance: a, database: b, table: c }",
        "      config:",
        "        snapshot.mode: sometimes # plugin",
        "        max.batch.size: 0 # stack: max.batch.size: 10",
        "        event.processing.failure.handling.mode: shrug # plugin",
        "        value.converter: org.apache.kafka.connect.json.JsonConvertor # stack: max.queue.size: 100",
        "        column.include.list: b.c.id",
        "        column.exclude.list: b.c.x # stack: poll.interval.ms: 100",
        "    - connectorTemplate: debeziumPostgresSourceConnector",
        "      source: { instance: a, database: b, table: c }",
        "      transforms:",
        "        - type: io.debezium.transforms.ExtractNewRecordStat # plugin",
        "      config:",
        "        hstore.handling.mode: xml # plugin",
        "    - connectorTemplate: mirrorSourceConnector",
        "      source: { instance: backend, topic: EVENT }",
        "      config:",
        "        offset-syncs.topic.location: nowhere # plugin",
        "    - connectorTemplate: jdbcSinkConnector",
        "      topics: [a]",
        "      converter: json-with-schemas",
        "      target: { type: postgresql, instance: a, database: b }",
        "      config:",
        "        errors.tolerance: some # stack: errors.tolerance: all",
        "    - connectorTemplate: fileStreamSourceConnector",
        "      file: /tmp/a",
        "      topic: b",
        "      transforms:",
        "        - type: route",
        "          config: { regex: '(' , replacement: x } # stack: config: { regex: a, replacement: x }",
    ];

    /** Checks a stack file; it must report the lines with a mark. */
    function finds(lines: readonly string[], mark: RegExp): void {
        const { status, stdout, stderr } = runCheck(lines.join("\n"), "--json");
        assert.equal(status, 1, stdout + stderr);
        const found = (JSON.parse(stdout) as Result).findings
            .filter(({ unreachable }) => !unreachable)
            .map(({ line }) => line);
        const expected = lines.flatMap((line, index) => (mark.test(line) ? index + 1 : []));
        assert.equal(expected.length, 5);
        for (const line of expected) assert.ok(found.includes(line), `line ${line}: ${lines[line - 1]}\n${stdout}`);
    }

    it("finds planted mistakes in the stack file, each at its line", () => finds(planted, /# stack/));

    it("finds planted mistakes by the plugins, each at its line", () => {
        const corrected = planted.map((line) => line.replace(/\S.* # stack: /, ""));
        finds(corrected, /# plugin$/);
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
