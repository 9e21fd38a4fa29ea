import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { kafkaDefaults } from "../../cli/pages/kafkaDefaults";
import { reportedDefaults } from "../../cli/pages/pluginDefaults";
import { projectFolder } from "../../src/util/project";
import { templateDefaults } from "../../cli/pages/defaults";
import { settingsFrom } from "../support/stacks";
import { minimalDeclarations, stackWith } from "../support/declarations";

describe("the documented defaults", () => {
    const { connectors } = settingsFrom(stackWith(minimalDeclarations));

    for (const { templates, key, value } of templateDefaults)
        for (const template of templates)
            it(`${template} has ${key} as documented`, () => {
                const connector = connectors.find((item) => item.template === template);
                assert.ok(connector, template);
                assert.equal(connector.config[key], value);
            });

    it("have the default of the plugin or of Kafka from what is recorded, where it is", () => {
        const page = fs.readFileSync(path.join(projectFolder, "docs", "defaults.md"), "utf8").split("\n");
        const found = templateDefaults.map(({ key, templates, pluginDefault }) => {
            const [recorded] = [...kafkaDefaults(key).map(({ value }) => value), ...reportedDefaults(templates, key)];
            const shown = page
                .filter((line) => line.startsWith(`| \`${key}\` |`))
                .map((line) => line.split("|")[3].trim());
            assert.ok(recorded === undefined || pluginDefault === undefined, key);
            const expected = recorded ?? pluginDefault;
            assert.ok(shown.includes(expected === undefined ? "" : `\`${expected}\``), `${key}: ${shown.join()}`);
            return pluginDefault === undefined ? [] : key;
        });
        assert.deepEqual(found.flat(), ["offset.mismatch.strategy", "capture.scope", "allBQFieldsNullable"]);
    });

    it("know a default that Kafka changed between two versions, and none of a plugin's key", () => {
        const [newest, older] = kafkaDefaults("producer.override.linger.ms");
        assert.deepEqual([newest.value, older.value], ["5", "0"]);
        assert.deepEqual(kafkaDefaults("snapshot.mode"), []);
    });
});
