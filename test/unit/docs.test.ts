import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as YAML from "yaml";
import { generatedFiles } from "../../cli/docs";
import { configurationPage } from "../../cli/pages/configurationPage";
import { loadStack } from "../../src/stack/loadStack";
import { readStack } from "../../src/stack/stackFile";
import { sections } from "../../src/schema/sections";
import { settingsOf } from "../../src/stack/settingNames";
import { project, projectFolder } from "../../src/util/project";
import { eks, messagesOf, minimal, type Raw } from "../support/stacks";

const read = (file: string): string => fs.readFileSync(path.join(projectFolder, file), "utf8");

const pages = [
    ...fs.readdirSync(projectFolder).filter((file) => file.endsWith(".md")),
    ...["docs", "examples"].flatMap((folder) =>
        fs
            .readdirSync(path.join(projectFolder, folder))
            .filter((file) => file.endsWith(".md"))
            .map((file) => `${folder}/${file}`),
    ),
];

/** The addresses of a page's headings, as GitHub makes them. */
const anchorsOf = (page: string): string[] =>
    [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
        title
            .toLowerCase()
            .replace(/[^\w\- ]/g, "")
            .replace(/ /g, "-"),
    );

describe("the documentation", () => {
    it("has generated files that are current (npm run docs)", async function () {
        this.timeout(120_000);
        for (const [file, content] of await generatedFiles())
            assert.ok(read(file) === content, `${file} is out of date: run "npm run docs"`);
    });

    it("describes every setting", () => {
        for (const line of configurationPage()
            .split("\n")
            .filter((text) => text.startsWith("| `")))
            assert.doesNotMatch(line, /\|\s*\|$/, line);
    });

    it("describes an option that templates share once", () => {
        const rows = configurationPage()
            .split("\n")
            .filter((line) => line.startsWith("| `tasksMax` |"));
        assert.equal(rows.length, 1);
    });

    it("links only to files and headings that exist", () => {
        for (const page of pages)
            for (const [, target, anchor] of read(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)) {
                const file = target ? path.join(path.dirname(page), target) : page;
                assert.ok(fs.existsSync(path.join(projectFolder, file)), `${page}: ${target}`);
                if (anchor && file.endsWith(".md"))
                    assert.ok(anchorsOf(file).includes(anchor), `${page}: ${target}#${anchor}`);
            }
    });

    it("names only npm scripts that exist", () => {
        const scripts = Object.keys(JSON.parse(read("package.json")).scripts);
        for (const page of pages)
            for (const [, name] of read(page).matchAll(/npm run (?:-s )?([\w:-]+)/g))
                assert.ok(scripts.includes(name), `${page}: ${name}`);
    });
});

describe("the pages about connectors", () => {
    /** The errors of a stack that has these sections or connectors, and otherwise what every stack needs. */
    const errorsOf = (text: string): string[] => {
        const parsed = YAML.parse(text) as unknown;
        const sections = Array.isArray(parsed) ? { connectors: parsed as unknown[] } : settingsOf(parsed as Raw);
        // files of connectors do not exist here: one connector stands for them
        const connectors = (sections.connectors as unknown[]).filter((item) => typeof item !== "string");
        const fromFiles = sections.connectorOverrides ? [declared("orders", { table: "orders" })] : [];
        return messagesOf(
            minimal({
                eks,
                secrets: { provider: "aws-secrets-manager", prefix: "data_" },
                ...sections,
                connectors: [...connectors, ...fromFiles],
            }),
        );
    };
    const declared = (name: string, source: Raw, template = "debeziumPostgresSourceConnector") => ({
        connectorTemplate: template,
        name,
        source: { instance: "shop", ...(template.includes("Postgres") ? { database: "shop" } : {}), ...source },
    });

    for (const page of ["docs/connectors.md", "docs/contracts.md"])
        for (const [index, [, text]] of [...read(page).matchAll(/```yaml\n([^`]+)```/g)].entries())
            it(`have examples that are valid: ${page}, number ${index + 1}`, () =>
                assert.deepEqual(errorsOf(text), []));

    it("select tables as the connector does", () => {
        const [, table] = /\| to capture \| write \|\n\|---\|---\|\n((?:\|.*\n)+)/.exec(read("docs/connectors.md"))!;
        const selections = [...table.matchAll(/`((?:table|tables|schemas|databases|excludeTables): [^`]+)`/g)];
        assert.ok(selections.length >= 8);
        for (const [, text] of selections) {
            const source = YAML.parse(text.replaceAll("\\|", "|")) as Raw;
            const template = "databases" in source ? "debeziumMysqlSourceConnector" : undefined;
            const all = "excludeTables" in source ? { schemas: "all" } : {};
            assert.deepEqual(
                messagesOf(
                    minimal({
                        eks,
                        secrets: { provider: "aws-secrets-manager", prefix: "data_" },
                        connectors: [declared("orders", { ...source, ...all }, template)],
                    }),
                ),
                [],
                text,
            );
        }
    });
});

describe("the README", () => {
    const readme = read("README.md");
    const [, example] = /```yaml\n([^`]+)```/.exec(readme)!;
    const load = (text: string) => {
        const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "readme-")), "Pulumi.dev.yaml");
        fs.writeFileSync(file, text);
        return loadStack(readStack("dev", file), "dev", file);
    };

    it("has an example that is a valid stack", () => {
        const { connectors, warnings } = load(example);
        assert.deepEqual(connectors[0].outputTopics, ["shoppostgres-shop-orders.public.orders"]);
        assert.deepEqual(warnings, []);
    });

    it("shows the error that the misspelt example has", () => {
        const [, shown] = /```\n(Pulumi\.dev\.yaml has [^`]+)\n```/.exec(readme)!;
        assert.throws(() => load(example.replace("table:", "tabel:")), { message: shown });
    });

    it("begins with the two commands of a newcomer", () => {
        const commands = [...readme.matchAll(/```sh\n([^`]+)```/g)].map(([, command]) => command.trim());
        assert.deepEqual(commands.slice(0, 2), ["npm ci && npm run sandbox", "npm ci && npm test"]);
    });
});

describe("Pulumi.yaml", () => {
    const { name, config } = YAML.parse(read("Pulumi.yaml")) as {
        name: string;
        config: Record<string, { type: string; description: string; default?: unknown }>;
    };

    it("declares every section, with a description and a default", () => {
        assert.equal(name, project);
        assert.deepEqual(
            Object.keys(config).sort(),
            [...Object.keys(sections), "connectors", "connectorOverrides"].sort(),
        );
        for (const [key, declared] of Object.entries(config))
            assert.ok(declared.description && declared.default !== undefined, key);
    });
});
