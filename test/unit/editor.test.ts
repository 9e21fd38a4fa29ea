import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import Ajv from "ajv";
import { stackSchemaFile } from "../../cli/docs";
import { templates } from "../../src/connectors/templates";
import { stackFileSchema } from "../../src/schema/jsonSchema";
import { project, projectFolder } from "../../src/util/project";
import { stackWith, fullDeclarations, minimalDeclarations } from "../support/declarations";
import { YamlLanguageServer } from "../support/yamlLanguageServer";

const yamlIn = (folder: string): string[] =>
    fs
        .readdirSync(path.join(projectFolder, folder))
        .filter((file) => file.endsWith(".yaml"))
        .map((file) => path.join(folder, file));

const stackFiles = [...yamlIn(".").filter((file) => /^Pulumi\..+\.yaml$/.test(file)), ...yamlIn("examples")];
const read = (file: string): string => fs.readFileSync(path.join(projectFolder, file), "utf8");

/** A stack file that is open in an editor; `|` is where the cursor is. */
function document(...lines: string[]) {
    const marked = [`# yaml-language-server: $schema=${stackSchemaFile}`, "config:", ...lines];
    const line = marked.findIndex((text) => text.includes("|"));
    return { text: marked.join("\n").replace("|", ""), line, character: line < 0 ? 0 : marked[line].indexOf("|") };
}

describe("stack files", () => {
    for (const file of stackFiles)
        it(`${file} names the schema in its first line`, () => {
            const schema = path.relative(path.dirname(file), stackSchemaFile);
            assert.equal(read(file).split("\n")[0], `# yaml-language-server: $schema=${schema}`);
        });
});

describe("the JSON Schema of a stack file", () => {
    const validate = new Ajv({ strict: false, allErrors: true }).compile(stackFileSchema(templates));
    const errorsOf = (settings: Record<string, unknown>, others: Record<string, unknown> = {}) => {
        const keys = Object.entries(settings).map(([name, value]) => [`${project}:${name}`, value]);
        validate({ config: { ...Object.fromEntries(keys), ...others }, encryptionsalt: "v1:abc=" });
        return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    };

    it("accepts the minimalDeclarations and the fullDeclarations declaration of every template", () => {
        for (const declarations of [minimalDeclarations, fullDeclarations])
            assert.deepEqual(errorsOf(stackWith(declarations)), []);
    });

    it("accepts a template's name with its prefix", () => {
        const [first] = minimalDeclarations;
        const prefixed = { ...first, connectorTemplate: `connector.${String(first.connectorTemplate)}` };
        assert.deepEqual(errorsOf({ connectors: [prefixed] }), []);
    });

    it("accepts the configuration of other projects and encrypted values", () => {
        const others = { "aws:region": "eu-west-1", "kubernetes:context": { secure: "v1:abc" } };
        assert.deepEqual(errorsOf({ eks: { kubeconfig: { secure: "v1:abc" } }, image: null }, others), []);
    });

    it("accepts overrides that are valid, change part of an option or remove it", () => {
        const orders = {
            state: "stopped",
            tasksMax: null,
            source: { instance: "shop-staging", table: null },
            topics: ["a", { pattern: "b.*" }],
            config: { "max.batch.size": 512, "max.queue.size": null },
            snapshot: { mode: "no_data" },
        };
        assert.deepEqual(errorsOf({ connectorOverrides: { orders } }), []);
        for (const { connectorTemplate: _template, ...options } of fullDeclarations)
            assert.deepEqual(errorsOf({ connectorOverrides: { orders: options } }), [], String(options.name));
    });

    it("rejects overrides of unknown options, and values that no template accepts", () => {
        for (const orders of [
            { stat: "stopped" },
            { state: "stoped" },
            { source: { instnace: "shop" } },
            { tasksMax: "two" },
            { connectorTemplate: "raw" },
        ])
            assert.notDeepEqual(errorsOf({ connectorOverrides: { orders } }), [], JSON.stringify(orders));
    });

    it("rejects a misspelt section and an option of another template", () => {
        assert.equal(errorsOf({ conect: {} }).length, 1);
        assert.equal(errorsOf({ connectors: [{ ...minimalDeclarations[0], insertMode: "upsert" }] }).length, 3);
    });
});

/** A file of connectors that is open in an editor. */
const connectorFile = (...lines: string[]): string =>
    ["# yaml-language-server: $schema=../schema/connectors.schema.json", ...lines].join("\n");

describe("an editor with yaml-language-server", function () {
    this.timeout(60_000);
    const server = new YamlLanguageServer();
    before(() => server.start());
    after(() => server.stop());

    const postgres = (...options: string[]) => [
        `  ${project}:connectors:`,
        "    - connectorTemplate: debeziumPostgresSourceConnector",
        "      source: { instance: shop, database: shop, table: orders }",
        ...options.map((option) => `      ${option}`),
    ];

    it("shows no problem in any stack file or example", async () => {
        for (const file of stackFiles) assert.deepEqual(await server.open(file, read(file)), [], file);
    });

    it("completes a setting of a section", async () => {
        const { text, line, character } = document(`  ${project}:connect:`, "    replicas: 2", "    |");
        await server.open("Pulumi.a.yaml", text);
        const offered = await server.complete("Pulumi.a.yaml", line, character);
        assert.ok(offered.includes("allowFrom") && !offered.includes("replicas"), offered.join());
    });

    it("completes the options of a connector's own template", async () => {
        const { text, line, character } = document(...postgres("|"));
        await server.open("Pulumi.b.yaml", text);
        const offered = await server.complete("Pulumi.b.yaml", line, character);
        assert.ok(offered.includes("slotName") && offered.includes("tasksMax"), offered.join());
        assert.ok(!offered.includes("serverId"), "serverId is an option of MySQL");
    });

    it("completes the name of a template", async () => {
        const { text, line, character } = document(`  ${project}:connectors:`, "    - connectorTemplate: |");
        await server.open("Pulumi.c.yaml", text);
        assert.ok((await server.complete("Pulumi.c.yaml", line, character)).includes("jdbcSinkConnector"));
    });

    it("shows the description of a setting", async () => {
        const { text, line, character } = document(...postgres("heart|beatSeconds: 10"));
        await server.open("Pulumi.d.yaml", text);
        const { description } = stackFileSchema(templates).$defs!.heartbeatSeconds;
        assert.ok((await server.hover("Pulumi.d.yaml", line, character)).includes(description!));
    });

    it("reports misspelt settings and invalid values at their lines", async () => {
        const { text } = document(
            `  ${project}:eks: { region: nowhere }`,
            `  ${project}:connecters: []`,
            ...postgres("tasksmax: 1", "state: runing", "heartbeatSeconds: 0.5"),
        );
        const found = await server.open("Pulumi.e.yaml", text);
        assert.deepEqual(
            found
                .map(({ message, range }) => `${range.start.line + 1}: ${message.split(". Valid")[0]}`)
                .sort((a, b) => parseInt(a) - parseInt(b)),
            [
                "3: Value is not accepted",
                `4: Property ${project}:connecters is not allowed.`,
                "8: Property tasksmax is not allowed.",
                "9: Value is not accepted",
                "10: expected an integer from 0 to 86400",
            ],
        );
    });

    it("completes and checks the options in connectorOverrides", async () => {
        const override = (...options: string[]) =>
            document(`  ${project}:connectorOverrides:`, "    orders:", ...options.map((option) => `      ${option}`));
        const open = override("state: stopped", "|");
        await server.open("Pulumi.f.yaml", open.text);
        const offered = await server.complete("Pulumi.f.yaml", open.line, open.character);
        assert.ok(["tasksMax", "slotName", "serverId", "source"].every((name) => offered.includes(name)));
        assert.ok(!offered.includes("connectorTemplate"));
        const { text } = override("tasksmax: 1", "state: runing", "config: { max.batch.size: null }", "topics: null");
        const found = await server.open("Pulumi.g.yaml", text);
        assert.deepEqual(
            found.map(({ message, range }) => `${range.start.line + 1}: ${message.split(". Valid")[0]}`).sort(),
            ["5: Property tasksmax is not allowed.", "6: Value is not accepted"],
        );
    });

    it("helps in a file of connectors, with one or with an array", async () => {
        const declaration = ["connectorTemplate: fileStreamSourceConnector", "file: /a", "topic: a", "topics: b"];
        const array = declaration.map((line, index) => `${index === 0 ? "- " : "  "}${line}`);
        for (const [name, lines] of Object.entries({ one: declaration, array })) {
            const found = await server.open(`connectors/${name}.yaml`, connectorFile(...lines));
            assert.deepEqual(
                found.map(({ message, range }) => `${range.start.line + 1}: ${message.split(". Valid")[0]}`),
                ["5: Property topics is not allowed."],
            );
        }
        const text = connectorFile(...declaration.slice(0, 1), "");
        await server.open("connectors/new.yaml", text);
        assert.ok((await server.complete("connectors/new.yaml", 2, 0)).includes("tasksMax"));
    });
});
