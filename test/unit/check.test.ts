import assert from "node:assert/strict";
import * as fs from "node:fs";
import { faultsIn, markdown, type Result } from "../../cli/check/checkReport";
import { findings, withDummies } from "../../src/local/pluginValidation";
import { keysFile, type KnownKeys } from "../../src/validation/pluginKeyLists";
import { templateClasses } from "../../src/connectors/templates";
import { readManifest } from "../../src/image/manifest";
import { mysqlConnector, settingsFrom, withConnectors } from "../support/stacks";

const [plan] = settingsFrom(withConnectors(mysqlConnector({ config: { "snapshot.mode": "when_needed" } }))).connectors;

describe("the check", () => {
    it("validates with dummy secrets and no real database", () => {
        const config = withDummies(
            plan,
            new Map([
                ["database.port", "INT"],
                ["database.password", "PASSWORD"],
            ]),
        );
        assert.equal(config["database.hostname"], "127.0.0.1");
        assert.equal(config["database.port"], "1");
        assert.equal(config["database.password"], "dummy");
        assert.equal(config["connector.class"], plan.class);
        assert.equal(config["tasks.max"], "1");
        for (const value of Object.values(config)) assert.doesNotMatch(value, /\$\{/);
    });

    it("reports each finding at its setting, and marks a database that cannot be reached", () => {
        const found = findings(plan, [
            { name: "snapshot.mode", errors: ["Value must be one of a, b"] },
            { name: "topic.prefix", errors: ["bad", "bad"] },
            { name: "database.hostname", errors: ["Unable to connect: Communications link failure"] },
            { name: "name", errors: [] },
        ]);
        assert.deepEqual(
            found.map(({ path, unreachable }) => [path.join("."), unreachable]),
            [
                ["connectors.0.config.snapshot.mode", false],
                ["connectors.0.source.table", false],
                ["connectors.0.source.instance", true],
            ],
        );
        assert.equal(found[1].message, "(topic.prefix) rejected by the plugin: bad");
    });

    it("reports in Markdown", () => {
        const result: Result = {
            stack: "dev",
            connectors: 2,
            unchecked: ["x (y is on no plugin that can be had here)"],
            findings: [
                {
                    code: "KCP_PLUGIN_REJECTED",
                    path: ["connectors", 0],
                    message: "is bad",
                    unreachable: false,
                    line: 7,
                },
                { code: "KCP_PLUGIN_REJECTED", path: ["connectors", 1], message: "no", unreachable: true },
            ],
        };
        assert.equal(faultsIn(result).length, 1);
        assert.match(markdown(result), /^### ❌ `dev`/);
        assert.match(markdown(result), /^- connectors\[0\] \(line 7\): is bad \[KCP_PLUGIN_REJECTED\]$/m);
    });

    it("has the keys of every template's plugin in the version of the manifest", () => {
        const known = JSON.parse(fs.readFileSync(keysFile, "utf8")) as KnownKeys;
        const { plugins } = readManifest("docker/connect");
        for (const className of templateClasses) {
            assert.ok(Object.keys(known[className][0].keys).length > 20, className);
            // plugins that come with Kafka have the worker's version, and Aiven's report none
            const artifact = plugins.find(({ classes }) => classes.includes(className))?.artifacts[0].maven;
            if (artifact && !artifact.startsWith("org.apache.kafka:"))
                assert.equal(known[className][0].version, artifact.split(":")[2], `run: npm run check -- --write-keys`);
        }
    });
});
