import assert from "node:assert/strict";
import * as YAML from "yaml";
import { isFaithful } from "../../src/import/report";
import { objectsOfKind, onlyOfKind, type KubernetesObject } from "../../src/synth/synth";
import { fullDeclarations, minimalDeclarations, stackWith } from "../support/declarations";
import { differencesOf, importFiles, kafkaConnect, notesOf, type Fields } from "../support/imports";
import { evaluated, type Raw } from "../support/stacks";

/** The KafkaConnect and the connectors that a stack renders, as they would be in a cluster. */
async function renderedFile(declarations: readonly Raw[]): Promise<{ text: string; connectors: KubernetesObject[] }> {
    const evaluation = await evaluated(stackWith(declarations));
    const connectors = objectsOfKind(evaluation, "KafkaConnector");
    const image = `registry.example.com/connect@sha256:${"1".repeat(64)}`;
    const connect = onlyOfKind(evaluation, "KafkaConnect");
    const objects = [{ ...connect, spec: { ...connect.spec, image } }, ...connectors];
    return { text: objects.map((object) => YAML.stringify(object)).join("---\n"), connectors };
}

const templateOf = ({ connectorTemplate }: Raw): string => String(connectorTemplate).replace(/^connector\./, "");

const connectorsOf = ({ raw }: { raw: Raw }): Raw[] => (raw.connectors as Raw[] | undefined) ?? [];

describe("connectors that a template rendered", function () {
    this.timeout(120_000);

    for (const declaration of [...minimalDeclarations, ...fullDeclarations]) {
        const size = minimalDeclarations.includes(declaration) ? "few" : "all";
        it(`are imported as ${templateOf(declaration)} again, with ${size} options`, async () => {
            const { text } = await renderedFile([declaration]);
            const imported = await importFiles({ "objects.yaml": text });
            const [connector, ...others] = connectorsOf(imported);
            assert.deepEqual(others, []);
            assert.equal(connector.connectorTemplate, templateOf(declaration));
            assert.deepEqual(differencesOf(imported), []);
            assert.deepEqual(notesOf(imported, "missing"), []);
        });
    }

    it("get back the options of their declaration, and no name that the template derives", async () => {
        const source = { instance: "shop", database: "shop", table: "orders" };
        const { text } = await renderedFile([{ connectorTemplate: "debeziumPostgresSourceConnector", source }]);
        const [{ autoRestart, state, ...connector }] = connectorsOf(await importFiles({ "objects.yaml": text }));
        assert.deepEqual([autoRestart, state], [{ enabled: true }, "running"]);
        assert.deepEqual(connector, {
            connectorTemplate: "debeziumPostgresSourceConnector",
            source,
            tasksMax: 1,
        });
    });

    it("stay raw when one key has another value than any option gives it, or when one is missing", async () => {
        const declaration = minimalDeclarations.find((item) => item.connectorTemplate === "mirrorSourceConnector")!;
        const { connectors } = await renderedFile([declaration]);
        const changes: ((config: Fields) => void)[] = [
            (config) => (config["replication.policy.class"] = "com.example.OwnPolicy"),
            (config) => delete config["source.cluster.alias"],
        ];
        for (const change of changes) {
            const object = structuredClone(connectors[0]);
            change(object.spec.config as Fields);
            const objects = [
                kafkaConnect({}, { name: object.metadata.labels!["strimzi.io/cluster"] }, object.apiVersion),
            ];
            const imported = await importFiles({
                "objects.yaml": [...objects, object].map((item) => YAML.stringify(item)).join("---\n"),
            });
            assert.equal(connectorsOf(imported)[0].connectorTemplate, "raw");
        }
    });
});

describe("the values of a chart", () => {
    const item = {
        connectorTemplate: "connector.debeziumMysqlSourceConnector",
        version: "2025010101",
        source: { instance: "billing", database: "ledger", table: "entries" },
    };
    const values = YAML.stringify({ environment: "test", connectors: [item] });

    it("become declarations, with a warning that nothing is compared", async () => {
        const imported = await importFiles({ "values.yaml": values }, { bootstrapServers: "kafka:9092" });
        assert.deepEqual(connectorsOf(imported), [{ ...item, connectorTemplate: "debeziumMysqlSourceConnector" }]);
        assert.deepEqual(notesOf(imported, "warning"), ["connectors"]);
    });

    it("are left to the chart's output where that is given, whose configuration decides", async () => {
        const output = {
            apiVersion: "kafka.strimzi.io/v1beta2",
            kind: "KafkaConnector",
            metadata: {
                name: "billingmysql-ledger-entries-2025010101",
                labels: { "strimzi.io/cluster": "old-connect" },
            },
            spec: {
                class: "io.debezium.connector.mysql.MySqlConnector",
                tasksMax: 1,
                config: {
                    "topic.prefix": "billing",
                    "table.include.list": "ledger.entries",
                    "database.server.id": 5,
                    "schema.history.internal.kafka.bootstrap.servers": "kafka:9092",
                    "schema.history.internal.kafka.topic": "billing.history",
                },
            },
        };
        const imported = await importFiles({
            "values.yaml": values,
            "output.yaml": [kafkaConnect({}), output].map((object) => YAML.stringify(object)).join("---\n"),
        });
        const [connector, ...others] = connectorsOf(imported);
        assert.deepEqual(others, []);
        assert.deepEqual([connector.connectorTemplate, connector.name], ["raw", output.metadata.name]);
        assert.ok(isFaithful(imported));
    });

    it("are rejected where a list has no connector", async () => {
        const file = { "values.yaml": "environment: test\n" };
        await assert.rejects(async () => importFiles(file), /connectorTemplate in a chart's values/);
    });
});
