/** Settings without effect, by the mode of the stack. Further cases: test/corpus/references.yaml. */
import assert from "node:assert/strict";
import type { z } from "zod";
import { settingNamesAt } from "../../src/schema/schemaPath";
import { sections } from "../../src/schema/sections";
import { unusedRules } from "../../src/validation/unusedRules";
import { issuesOf, minimal, warningsOf } from "../support/stacks";

describe("settings without effect", () => {
    it("have rules for settings that exist", () => {
        for (const { section, settings } of unusedRules)
            for (const setting of settings.filter(Boolean)) {
                const steps = setting.split(".");
                const names = settingNamesAt((sections as Record<string, z.ZodType>)[section], steps.slice(0, -1));
                assert.ok(names.includes(steps.at(-1)!), `${section}.${setting}`);
            }
    });

    it("are warnings where connect.install switches the workers off", () => {
        const raw = minimal({ connect: { install: false, replicas: 3, namespace: "data" } });
        assert.deepEqual(issuesOf(raw), []);
        assert.deepEqual(warningsOf(raw), ["KCP_UNUSED_SETTING connect.replicas"]);
    });

    it("are the secrets' where no workers read them", () => {
        const raw = minimal({ connect: { install: false }, secrets: { provider: "kubernetes" } });
        assert.deepEqual(warningsOf(raw), ["KCP_UNUSED_SETTING secrets"]);
    });

    it("do not include the interval that PodMonitors have", () => {
        const metrics = { scrapeIntervalSeconds: 60 };
        assert.deepEqual(issuesOf(minimal({ metrics })), ["KCP_UNUSED_SETTING metrics.scrapeIntervalSeconds"]);
        assert.deepEqual(issuesOf(minimal({ metrics: { ...metrics, prometheusOperator: {} } })), []);
    });
});
