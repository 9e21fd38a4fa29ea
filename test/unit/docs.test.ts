import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as YAML from "yaml";
import { configurationPage } from "../../cli/docs";
import { sections } from "../../src/schema/sections";
import { project, projectFolder } from "../../src/util/project";

const read = (file: string): string => fs.readFileSync(path.join(projectFolder, file), "utf8");

describe("the documentation", () => {
    it("has a configuration page that is the code's (npm run docs)", () => {
        assert.equal(read("docs/configuration.md"), configurationPage());
    });

    it("describes every setting", () => {
        for (const line of configurationPage()
            .split("\n")
            .filter((text) => text.startsWith("| `")))
            assert.doesNotMatch(line, /\|\s*\|$/, line);
    });

    it("links to files that are there", () => {
        const pages = [
            "README.md",
            "ARCHITECTURE.md",
            "CONTRIBUTING.md",
            ...fs
                .readdirSync(path.join(projectFolder, "docs"))
                .filter((file) => file.endsWith(".md"))
                .map((file) => `docs/${file}`),
        ];
        for (const page of pages) {
            for (const [, target] of read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g))
                assert.ok(fs.existsSync(path.join(projectFolder, path.dirname(page), target)), `${page}: ${target}`);
        }
    });

    it("names only npm scripts that exist", () => {
        const scripts = Object.keys(JSON.parse(read("package.json")).scripts);
        for (const page of ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/operations.md"])
            for (const [, name] of read(page).matchAll(/npm run ([\w:-]+)/g))
                assert.ok(scripts.includes(name), `${page}: ${name}`);
    });
});

describe("Pulumi.yaml", () => {
    const { name, config } = YAML.parse(read("Pulumi.yaml")) as {
        name: string;
        config: Record<string, { type: string; description: string; default?: unknown }>;
    };

    it("declares every group, with a description and a default", () => {
        assert.equal(name, project);
        assert.deepEqual(Object.keys(config).sort(), [...Object.keys(sections), "connectors"].sort());
        for (const [key, declared] of Object.entries(config))
            assert.ok(declared.description && declared.default !== undefined, key);
    });
});
