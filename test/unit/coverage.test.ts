import assert from "node:assert/strict";
import { coveredKinds, coverageOf } from "../../cli/pages/coveragePage";
import { sections } from "../../src/schema/sections";
import { settingNamesAt } from "../../src/schema/schemaPath";
import type { z } from "zod";

/** The names of the settings within a section or a setting, by a path such as `kafkaAccess.users[].quotas`. */
function hasSetting(path: string): boolean {
    const [section, ...steps] = path.replaceAll("[]", ".0").split(".");
    // the options of connectors are those of their templates
    if (section === "connectors") return true;
    const schema = sections[section as keyof typeof sections] as z.ZodType | undefined;
    if (!schema) return false;
    return steps.every((step, index) => {
        if (step === "0") return true;
        const inner = steps.slice(0, index).map((part) => (part === "0" ? 0 : part));
        return settingNamesAt(schema, inner).includes(step);
    });
}

describe("the coverage of Strimzi's resources", () => {
    for (const covered of coveredKinds) {
        it(`names a field of a CRD and a setting that exists for each entry of ${covered.kind}`, () => {
            const rows = coverageOf(covered);
            const fields = new Set(rows.map(({ field }) => field));
            for (const [field, setting] of Object.entries(covered.settings)) {
                const listed = field.split(".").slice(0, 3).join(".");
                assert.ok(fields.has(listed), `${covered.kind} has no field ${field}`);
                assert.ok(hasSetting(setting), `there is no setting ${setting}`);
            }
            assert.ok(rows.every(({ versions }) => versions.length > 0));
        });
    }

    it("has each field of every version", () => {
        const connect = coverageOf(coveredKinds[0]);
        const versionsOf = (name: string) => connect.find(({ field }) => field === name)?.versions;
        assert.deepEqual(versionsOf("groupId"), ["0.51.0", "1.2.0"]);
        assert.deepEqual(versionsOf("externalConfiguration"), ["0.45.0"]);
        assert.deepEqual(versionsOf("replicas"), ["0.45.0", "0.51.0", "1.2.0"]);
    });
});
