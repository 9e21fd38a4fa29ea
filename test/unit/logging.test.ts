import assert from "node:assert/strict";
import { schemaAt, violations } from "../../src/release/crdValidation";
import { schemaOf } from "../../src/release/crds";
import { onlyOfKind } from "../../src/synth/synth";
import { assertIssues, evaluated, minimal, settingsFrom, type Raw } from "../support/stacks";

const source = {
    connectorTemplate: "raw",
    name: "orders",
    class: "org.apache.kafka.connect.tools.VerifiableSourceConnector",
    tasksMax: 2,
};

const stack = (logging: Raw, version = "1.2.0", kafkaVersion?: string): Raw =>
    minimal({
        strimzi: { version, ...(kafkaVersion ? { kafkaVersion } : {}) },
        connect: { logging },
        connectors: [source],
    });

async function specOf(raw: Raw): Promise<Record<string, any>> {
    return onlyOfKind(await evaluated(raw), "KafkaConnect").spec as Record<string, unknown>;
}

const inheritance = { name: "log4j2.isThreadContextMapInheritable", value: "true" };

describe("the logging of workers", () => {
    it("writes JSON by the layout of Strimzi's images of Kafka 4", async () => {
        const spec = await specOf(stack({ format: "json", levels: { root: "WARN", "io.debezium": "DEBUG" } }));
        assert.deepEqual(spec.logging, {
            type: "inline",
            loggers: {
                "appender.json.type": "Console",
                "appender.json.name": "JSON",
                "appender.json.layout.type": "JsonTemplateLayout",
                "appender.json.layout.eventTemplateUri": "classpath:LogstashJsonEventLayoutV1.json",
                "rootLogger.appenderRef.console.ref": "JSON",
                "rootLogger.level": "WARN",
                "logger.io_debezium.name": "io.debezium",
                "logger.io_debezium.level": "DEBUG",
            },
        });
        assert.deepEqual(spec.jvmOptions.javaSystemProperties, [inheritance]);
    });

    it("writes JSON by the layout of Strimzi's images of Kafka 3", async () => {
        const spec = await specOf(stack({ format: "json", levels: { "io.debezium": "DEBUG" } }, "0.45.0"));
        assert.deepEqual(spec.logging, {
            type: "inline",
            loggers: {
                "log4j.rootLogger": "INFO, JSON",
                "log4j.appender.JSON": "org.apache.log4j.ConsoleAppender",
                "log4j.appender.JSON.layout": "net.logstash.log4j.JSONEventLayoutV1",
                "log4j.logger.io.debezium": "DEBUG",
            },
        });
        assert.equal(spec.jvmOptions?.javaSystemProperties, undefined);
    });

    it("keeps Strimzi's format where only levels are set", async () => {
        const levels = { root: "WARN", "org.reflections": "INFO" };
        assert.deepEqual((await specOf(stack({ levels }, "0.45.0"))).logging.loggers, {
            "log4j.rootLogger": "WARN, CONSOLE",
            "log4j.logger.org.reflections": "INFO",
        });
        const spec = await specOf(stack({ levels }));
        assert.deepEqual(spec.logging.loggers, {
            "rootLogger.level": "WARN",
            "logger.reflections.name": "org.reflections",
            "logger.reflections.level": "INFO",
        });
        assert.equal(spec.jvmOptions?.javaSystemProperties, undefined);
    });

    it("filters by the contexts of a connector's tasks", async () => {
        const spec = await specOf(stack({ connectorLevels: { orders: { level: "DEBUG", tasks: 2 } } }));
        const { loggers } = spec.logging as { loggers: Record<string, string> };
        const contexts = Object.entries(loggers).flatMap(([key, value]) =>
            /^filter\.accepted\.pair\d+\.key$/.test(key) ? [value] : [],
        );
        assert.deepEqual(contexts, [
            "[orders|worker] ",
            "[orders|task-0] ",
            "[orders|task-0|offsets] ",
            "[orders|task-1] ",
            "[orders|task-1|offsets] ",
        ]);
        assert.equal(loggers["filter.accepted.onMatch"], "ACCEPT");
        assert.equal(loggers["filter.denied.onMismatch"], "DENY");
        assert.deepEqual(spec.jvmOptions.javaSystemProperties, [inheritance]);
    });

    it("is valid for the CRD of each generation", async () => {
        for (const version of ["0.45.0", "0.51.0", "1.2.0"]) {
            const { logging } = await specOf(stack({ format: "json", levels: { root: "WARN" } }, version));
            const crd = schemaAt(schemaOf(version, "KafkaConnect")!, ["spec", "logging"]);
            assert.deepEqual(violations(crd, logging), []);
        }
    });

    it("passes Strimzi's own field on unchanged", async () => {
        const external = { type: "external", valueFrom: { configMapKeyRef: { name: "logging", key: "log4j2" } } };
        assert.deepEqual((await specOf(stack(external))).logging, external);
    });

    it("is Strimzi's by default", async () => {
        assert.equal((await specOf(stack({}))).logging, undefined);
        assert.equal((await specOf(stack({ format: "text" }))).logging, undefined);
    });

    it("rejects JSON with Kafka 4 of Strimzi 0.46, whose image has no layout for it", () => {
        assertIssues(stack({ format: "json" }, "0.46.0", "4.0.0"), [["KCP_INVALID_VALUE", "connect.logging.format"]]);
        assertIssues(stack({ format: "json" }, "0.46.0", "3.9.0"), []);
        assertIssues(stack({ format: "json" }, "0.47.0", "4.0.0"), []);
    });

    it("rejects levels of connectors with Kafka 3, whose log4j 1 cannot filter by connector", () => {
        assertIssues(stack({ connectorLevels: { orders: { level: "DEBUG", tasks: 2 } } }, "0.45.0"), [
            ["KCP_CONFLICTING_SETTINGS", "connect.logging.connectorLevels.orders"],
        ]);
    });

    it("rejects a level for fewer tasks than the connector has", () => {
        assertIssues(stack({ connectorLevels: { orders: { level: "DEBUG" } } }), [
            ["KCP_INVALID_VALUE", "connect.logging.connectorLevels.orders.tasks"],
        ]);
    });

    it("warns of a level for a connector that the stack does not have", () => {
        const { warnings } = settingsFrom(stack({ connectorLevels: { order: { level: "DEBUG" } } }));
        const ofLogging = warnings.filter(({ path }) => path.includes("logging"));
        assert.deepEqual(
            ofLogging.map(({ code, path, message }) => [code, path.join("."), message]),
            [
                [
                    "KCP_UNUSED_SETTING",
                    "connect.logging.connectorLevels.order",
                    'no connector of this stack has the name; did you mean "orders"?',
                ],
            ],
        );
    });

    it("rejects format and levels beside Strimzi's own field", () => {
        assertIssues(stack({ type: "inline", format: "json", levels: { root: "WARN" } }), [
            ["KCP_CONFLICTING_SETTINGS", "connect.logging.format"],
            ["KCP_CONFLICTING_SETTINGS", "connect.logging.levels"],
        ]);
    });

    it("rejects an incomplete or a contradictory field of Strimzi", () => {
        assertIssues(stack({ loggers: { "rootLogger.level": "INFO" } }), [
            ["KCP_MISSING_SETTING", "connect.logging.type"],
        ]);
        assertIssues(stack({ type: "external" }), [["KCP_MISSING_SETTING", "connect.logging.valueFrom"]]);
        assertIssues(stack({ type: "inline", loggers: { "rootLogger.level": "VERBOSE" } }), [
            ["KCP_INVALID_VALUE", 'connect.logging.loggers."rootLogger.level"'],
        ]);
        assertIssues(
            stack({ type: "external", loggers: {}, valueFrom: { configMapKeyRef: { name: "a", key: "b" } } }),
            [["KCP_UNUSED_SETTING", "connect.logging.loggers"]],
        );
    });

    it("rejects unknown levels, formats and names of loggers", () => {
        assertIssues(stack({ format: "xml", levels: { "io debezium": "DEBUG", "io.debezium": "VERBOSE" } }), [
            ["KCP_INVALID_VALUE", "connect.logging.format"],
            ["KCP_INVALID_VALUE", 'connect.logging.levels."io debezium"'],
            ["KCP_INVALID_VALUE", 'connect.logging.levels."io.debezium"'],
        ]);
    });
});
