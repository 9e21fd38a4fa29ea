import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { kafkaDefaults } from "../../cli/pages/kafkaDefaults";
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

    it("have Kafka's default from its own definitions, in no other place", () => {
        const ofKafka = templateDefaults.filter(({ key }) => kafkaDefaults(key).length > 0);
        assert.ok(ofKafka.length >= 4);
        for (const { key, pluginDefault } of ofKafka) assert.equal(pluginDefault, undefined, key);
        const page = fs.readFileSync(path.join(projectFolder, "docs", "defaults.md"), "utf8");
        for (const { key } of ofKafka) {
            const shown = page
                .split("\n")
                .find((line) => line.startsWith(`| \`${key}\``))!
                .split("|")[3]
                .trim();
            assert.ok(shown.startsWith(`\`${kafkaDefaults(key)[0].value}\``), `${key}: ${shown}`);
        }
    });

    it("know a default that Kafka changed between two versions, and none of a plugin's key", () => {
        const [newest, older] = kafkaDefaults("producer.override.linger.ms");
        assert.deepEqual([newest.value, older.value], ["5", "0"]);
        assert.deepEqual(kafkaDefaults("snapshot.mode"), []);
    });
});
