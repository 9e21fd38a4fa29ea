/** The logs of a real worker, in JSON and with levels, of both Kafka generations. Needs Java and Maven. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { until } from "../../src/local/ports";
import { startPostgres } from "../../src/local/postgres";
import { ConnectRig } from "./connectRig";
import { skipUnlessAvailable } from "./requirements";

/** A line of the log, as both layouts write it. */
interface Line {
    "@timestamp": string;
    level: string;
    logger_name: string;
    thread_name: string;
    message: string;
    exception?: { exception_class: string; stacktrace: string };
    mdc?: Record<string, string>;
}

const logging: Readonly<Record<string, Record<string, unknown>>> = {
    "0.45.0": { format: "json", levels: { "io.debezium": "DEBUG", "org.apache.kafka.connect.runtime.rest": "WARN" } },
    "1.2.0": {
        format: "json",
        levels: { "org.apache.kafka.connect.runtime.rest": "WARN" },
        connectorLevels: { orders: { level: "DEBUG" }, quiet: { level: "ERROR" } },
    },
};

const contextOf = (line: Line): string => line.mdc?.["connector.context"] ?? "";

for (const [version, settings] of Object.entries(logging))
    describe(`the logs of a worker of Strimzi ${version} in JSON`, function () {
        this.timeout(300_000);
        let rig: ConnectRig | undefined;
        let lines: string[] = [];
        let parsed: Line[] = [];
        const of = (connector: string) => parsed.filter((line) => contextOf(line).startsWith(`[${connector}|`));

        before(async function () {
            skipUnlessAvailable(this, "java", "maven");
            const connect = { logging: settings };
            rig = await ConnectRig.start(startPostgres, [], {}, { strimzi: { version }, connect });
            const table = "CREATE TABLE items (id int PRIMARY KEY); INSERT INTO items VALUES (1)";
            for (const database of ["orders", "quiet"]) {
                await rig.database.create(database);
                await rig.database.run(database, table);
                await rig.deploy({
                    connectorTemplate: "debeziumPostgresSourceConnector",
                    name: database,
                    source: { instance: "shop", database, table: "items", port: ConnectRig.port },
                });
                await rig.read([`${database}.public.items`]);
            }
            // the plugin logs the exception of a connection that fails
            const absent = {
                connectorTemplate: "debeziumPostgresSourceConnector",
                name: "absent",
                source: { instance: "shop", database: "absent", table: "items", port: ConnectRig.port },
            };
            await assert.rejects(rig.api.create(rig.resource(absent)));
            const file = path.join(rig.processes.folder, "logs", "worker.log");
            const read = () => fs.readFileSync(file, "utf8").split("\n").slice(0, -1);
            await until("the log of the source", 60_000, async () =>
                read().some(
                    (line) => line.includes("[orders|task-0") && line.includes("change-event-source-coordinator"),
                )
                    ? true
                    : undefined,
            );
            lines = read();
            parsed = lines.flatMap((line) => {
                try {
                    return [JSON.parse(line) as Line];
                } catch {
                    return [];
                }
            });
        });
        after(async () => rig?.stop());

        it("are an object on each line, with level, logger, thread and message", () => {
            assert.ok(lines.length > 50, `${lines.length} lines`);
            const notJson = lines.filter((line) => !line.startsWith('{"'));
            assert.deepEqual(notJson, []);
            assert.equal(parsed.length, lines.length);
            for (const line of parsed) {
                const { level, logger_name: logger, thread_name: thread, message } = line;
                assert.ok(
                    [level, logger, thread, message].every((value) => typeof value === "string"),
                    String(line),
                );
                assert.ok(!Number.isNaN(Date.parse(line["@timestamp"])), line["@timestamp"]);
            }
        });

        it("have the connector and the task, also in the threads that a connector starts", () => {
            const contexts = new Set(parsed.map(contextOf));
            assert.ok(contexts.has("[orders|task-0] "), [...contexts].join());
            assert.ok(contexts.has("[orders|worker] "), [...contexts].join());
            const streaming = of("orders").filter(({ thread_name: thread }) => thread.includes("change-event-source"));
            assert.ok(streaming.length > 0);
        });

        it("have the exception with its stack trace on the line of its message", () => {
            const traces = parsed.flatMap(({ exception }) => (exception ? [exception.stacktrace] : []));
            // Kafka's own exceptions that a client retries have no stack trace
            assert.ok(
                traces.some((trace) => /\n\s+at io\.debezium\./.test(trace)),
                traces.join("\n\n"),
            );
        });

        if (version === "1.2.0")
            it("have the level that is set for a connector", () => {
                assert.ok(of("orders").some(({ level }) => level === "DEBUG"));
                assert.deepEqual(
                    [...new Set(of("quiet").map(({ level }) => level))].filter((level) => level !== "ERROR"),
                    [],
                );
                const others = parsed.filter((line) => !contextOf(line).startsWith("[orders|"));
                assert.deepEqual(
                    [...new Set(others.map(({ level }) => level))].filter((level) => level === "DEBUG"),
                    [],
                );
            });
        else
            it("have the level that is set for a package", () => {
                const levelsOf = (name: string) =>
                    new Set(
                        parsed.filter(({ logger_name: logger }) => logger.startsWith(name)).map(({ level }) => level),
                    );
                assert.ok(levelsOf("io.debezium.").has("DEBUG"));
                const runtime = [...levelsOf("org.apache.kafka.connect.runtime.rest.")];
                assert.deepEqual(
                    runtime.filter((level) => level === "INFO" || level === "DEBUG"),
                    [],
                );
            });
    });
