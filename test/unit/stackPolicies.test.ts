import assert from "node:assert/strict";
import { checkPolicies, policies } from "../../src/policies/policies";
import { readStack, stackNames } from "../../src/stack/stackFile";
import type { SynthResource, SynthResult } from "../../src/synth/synth";
import { policyCases } from "../support/policyCases";
import { evaluated } from "../support/stacks";

const violationsOf = (resources: SynthResource[], production = true): string[] => {
    const evaluation: SynthResult = { stack: "test", resources, outputs: {} };
    return [...new Set(checkPolicies({ evaluation, production }).map(({ policy }) => policy))];
};

describe("the policies", () => {
    for (const { name } of policies) {
        it(`${name} accepts what fits it`, () => assert.deepEqual(violationsOf(policyCases[name].passing), []));
        it(`${name} rejects what breaks it`, () => assert.deepEqual(violationsOf(policyCases[name].failing), [name]));
    }

    it("require protection and a second worker in production only", () => {
        for (const name of ["protected-state", "available-workers"])
            assert.deepEqual(violationsOf(policyCases[name].failing, false), []);
    });

    for (const stack of stackNames())
        it(`accept the stack ${stack}`, async () => {
            const raw = readStack(stack);
            const evaluation = await evaluated(raw, stack);
            assert.deepEqual(checkPolicies({ evaluation, production: stack === "prod" }), []);
        });
});
