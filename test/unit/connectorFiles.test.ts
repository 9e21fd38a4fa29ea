import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { SettingsError, formatIssue } from "../../src/schema/issues";
import { configSize } from "../../src/stack/configSize";
import { loadStack } from "../../src/stack/loadStack";
import { projectFolder } from "../../src/util/project";
import { evaluated, minimal, mysqlConnector, type Raw } from "../support/stacks";

describe("connectors in files", () => {
    let folder: string;
    /** Writes a file and returns its path relative to the project. */
    const write = (name: string, content: string): string => {
        const file = path.join(folder, name);
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, content);
        return path.relative(projectFolder, file);
    };
    const inFolder = (name: string): string => path.relative(projectFolder, path.join(folder, name));
    const stack = (...connectors: unknown[]): Raw => minimal({ secrets: { provider: "file" }, connectors });
    const load = (...connectors: unknown[]) => loadStack(stack(...connectors), "test");
    const messagesOf = (...connectors: unknown[]): string[] => {
        try {
            load(...connectors);
            return [];
        } catch (error) {
            return (error as SettingsError).issues.map((found) => formatIssue(found));
        }
    };
    const source = (table: string, more = "") =>
        `connectorTemplate: debeziumPostgresSourceConnector\nsource: { instance: shop, database: shop, table: ${table} }\n${more}`;

    beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "kcp-connectors-"))));
    afterEach(() => fs.rmSync(folder, { recursive: true }));

    it("reads the files that a pattern matches, sorted, after those of the stack file before it", () => {
        write("b.yaml", source("orders"));
        write("a.yaml", source("customers").replace(/^/gm, "  ").replace("  ", "- ").trimEnd());
        write("notes.txt", "not read");
        const { connectors } = load(mysqlConnector(), inFolder("*.yaml"));
        assert.deepEqual(
            connectors.map(({ declaredAt }) => declaredAt),
            ["connectors[0]", `${inFolder("a.yaml")}[0]`, inFolder("b.yaml")],
        );
    });

    it("reads a folder with its subfolders, and each file once", () => {
        write("team/a.yaml", source("a"));
        write("team/deep/b.yml", source("b"));
        write("team/README.md", "no connector");
        assert.equal(load(inFolder("team"), inFolder("team/*.yaml"), inFolder("**/b.yml")).connectors.length, 2);
    });

    it("reports an issue at the path and the line of the connector's own file", () => {
        const file = write(
            "a.yaml",
            `# shop\n- connectorTemplate: debeziumPostgresSourceConnector\n  source: { instance: shop, database: shop, tabel: orders }\n`,
        );
        assert.deepEqual(messagesOf(mysqlConnector({ state: "pause" }), file), [
            'connectors[0].state: expected one of running, paused, stopped, received "pause": did you mean "paused"? [KCP_INVALID_VALUE]',
            `${file} [0].source.tabel (line 3): unknown setting; did you mean "table"? [KCP_UNKNOWN_SETTING]`,
        ]);
    });

    it("reports an issue in the stack file at its own index, whatever the files before it contain", () => {
        write(
            "a.yaml",
            `- { connectorTemplate: fileStreamSourceConnector, file: /a, topic: a }\n- { connectorTemplate: fileStreamSourceConnector, file: /b, topic: b }\n`,
        );
        assert.deepEqual(
            messagesOf(inFolder("a.yaml"), mysqlConnector({ state: "pause" })).map((text) => text.split(":")[0]),
            ["connectors[1].state"],
        );
    });

    it("names the other connector's file where two connectors share a name", () => {
        const first = write("a.yaml", source("orders"));
        const second = write("b.yaml", source("orders"));
        const [message] = messagesOf(first, second);
        assert.ok(message.startsWith(`${second} `) && message.includes(`also used by ${first};`), message);
    });

    it("reads the JSON of Connect's REST API", () => {
        const config = { "connector.class": "FileStreamSource", "tasks.max": "1", file: "/tmp/in", topic: "lines" };
        const body = write("body.json", JSON.stringify({ name: "lines", config }));
        const { connectors } = load(body, write("config.json", JSON.stringify({ name: "more", ...config })));
        assert.deepEqual(
            connectors.map(({ name, class: className }) => [name, className]),
            ["lines", "more"].map((name) => [name, "org.apache.kafka.connect.file.FileStreamSourceConnector"]),
        );
    });

    it("rejects a path without a file, invalid YAML and a file without connectors", () => {
        write("orders.yaml", source("orders"));
        assert.deepEqual(
            [
                ...messagesOf(inFolder("order.yaml")),
                ...messagesOf(write("broken.yaml", "a: 1\nb: [\n")),
                ...messagesOf(write("text.yaml", "hello\n")),
                // a long path, as that of a temporary folder can be, is shortened
            ].map((text) => text.replaceAll(inFolder(""), "").replace(/received "[^:]+: no/, "received PATH: no")),
            [
                `connectors[0]: expected a connector, or the path of a file or folder with connectors, received PATH: no file matches; did you mean "/orders.yaml"? [KCP_INVALID_VALUE]`,
                "/broken.yaml (line 3): invalid YAML: Flow sequence in block collection must be sufficiently indented and end with a ] [KCP_INVALID_VALUE]",
                "/text.yaml (line 1): expected a connector or an array of connectors [KCP_INVALID_VALUE]",
            ],
        );
    });

    it("reports warnings at the line of the file", () => {
        const file = write("a.yaml", source("orders", "heartbeatSeconds: 0\n"));
        const found = load(file).warnings.filter((warning) => warning.file === file);
        assert.deepEqual(
            found.map(({ code, line }) => [code, line]),
            [["KCP_NO_HEARTBEAT", 3]],
        );
    });

    it("creates the connectors of files like those of the stack file", async () => {
        const file = write("a.yaml", source("orders"));
        const { resources } = await evaluated(stack(file));
        assert.equal(resources.filter(({ type }) => type.endsWith(":KafkaConnector")).length, 1);
    });
});

describe("the size of a stack's config", () => {
    const warningsOf = (count: number) => {
        const connectors = Array.from({ length: count }, (_, index) =>
            mysqlConnector({ source: { instance: "a", database: "b", table: `table${index}` } }),
        );
        const raw = minimal({ secrets: { provider: "file" }, connectors });
        return loadStack(raw, "test").warnings.filter(({ code }) => code === "KCP_LARGE_CONFIG");
    };

    it("is a warning from three quarters of what Linux accepts", () => {
        assert.deepEqual([warningsOf(500).length, warningsOf(800).length], [0, 1]);
    });

    it("counts what Go escapes", () => {
        assert.equal(configSize({ a: "<" }) - configSize({ a: "x" }), 5);
    });
});
