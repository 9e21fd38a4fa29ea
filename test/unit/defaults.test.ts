import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { kafkaDefaults } from "../../cli/pages/kafkaDefaults";
import { reportedDefaults } from "../../cli/pages/pluginDefaults";
import { projectFolder } from "../../src/util/project";
import { templateDefaults, workerDefaults } from "../../cli/pages/defaults";
import { objectsOfKind } from "../../src/synth/synth";
import { evaluated, minimal, settingsFrom, type Raw } from "../support/stacks";
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
        assert.deepEqual(found.flat(), ["offset.mismatch.strategy", "capture.scope"]);
    });

    it("know a default that Kafka changed between two versions, and none of a plugin's key", () => {
        const [newest, older] = kafkaDefaults("producer.override.linger.ms");
        assert.deepEqual([newest.value, older.value], ["5", "0"]);
        assert.deepEqual(kafkaDefaults("snapshot.mode"), []);
    });
});

describe("the defaults of the workers' pods", () => {
    const specOf = async (connect: Raw = {}): Promise<any> =>
        objectsOfKind(await evaluated(minimal({ connect })), "KafkaConnect")[0].spec;

    it("are as documented", async () => {
        const spec = await specOf();
        for (const { field, value } of workerDefaults)
            assert.equal(
                field.split(".").reduce((at, step) => at[step], spec),
                value,
                field,
            );
    });

    it("have memory for the heap of the stack file", async () => {
        const memoryOf = async (jvm: Raw) => (await specOf({ jvm })).resources.limits.memory;
        assert.deepEqual(
            [await memoryOf({ xmx: "1g" }), await memoryOf({ xmx: "8g" }), await memoryOf({ xms: "512m" })],
            ["1536Mi", "10240Mi", "1024Mi"],
        );
    });

    it("apply only where the stack file says nothing", async () => {
        const own = { limits: { memory: "4Gi" } };
        assert.deepEqual((await specOf({ resources: own })).resources, own);
        assert.equal((await specOf({ resources: {} })).resources, undefined);
        assert.deepEqual((await specOf({ spec: { resources: own } })).resources, own);
        assert.deepEqual((await specOf({ jvm: { options: { UseZGC: "true" } } })).jvmOptions["-XX"], {
            ExitOnOutOfMemoryError: "true",
            UseZGC: "true",
        });
        const { jvmOptions } = await specOf({ jvm: { options: { ExitOnOutOfMemoryError: "false" } } });
        assert.deepEqual(jvmOptions["-XX"], { ExitOnOutOfMemoryError: "false" });
        assert.equal((await specOf({ spec: { jvmOptions: null } })).jvmOptions, undefined);
    });
});
