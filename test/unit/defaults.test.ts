import assert from "node:assert/strict";
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
});
