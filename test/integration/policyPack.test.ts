/** The policy pack on the real engine. Requires pulumi, its Node.js host and Kubernetes provider, and a stub of AWS. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import { policies } from "../../src/policies/policies";
import type { SynthResource } from "../../src/synth/synth";
import { policyCases } from "../support/policyCases";
import { EngineProject } from "./project";
import { skipUnlessAvailable, testVariables } from "./requirements";

/** Registers the resources of a file: those of Kubernetes with a provider that writes files, as there is no cluster. */
const program = `
import * as fs from "fs";
import * as pulumi from "@pulumi/pulumi";

const resources = JSON.parse(fs.readFileSync("resources.json", "utf8"));
const provider = new pulumi.ProviderResource("kubernetes", "files", { renderYamlToDirectory: "rendered" });
for (const { type, name, inputs, protect } of resources) {
    const options = type.startsWith("kubernetes:") ? { provider } : {};
    new pulumi.CustomResource(type, name, inputs, { protect, ...options });
}
`;

describe("the policy pack", function () {
    this.timeout(300_000);
    let project: EngineProject | undefined;

    /** Previews the resources of cases, each under the name of its policy. */
    async function preview(
        resources: readonly SynthResource[],
        outcome: "succeeds" | "fails",
        production = true,
    ): Promise<string> {
        fs.writeFileSync(project!.stackFile, `config: { "kafka-connect-platform:protect": ${production} }\n`);
        fs.writeFileSync(`${project!.program}/resources.json`, JSON.stringify(resources));
        return project!.pulumi(["preview", "--policy-pack", "policies"], outcome);
    }
    const named = (kind: "passing" | "failing", names: readonly string[]): SynthResource[] =>
        names.flatMap((policy) =>
            policyCases[policy][kind].map((resource, index) => ({ ...resource, name: `${policy}-${index}` })),
        );
    const all = policies.map(({ name }) => name);

    before(async function () {
        skipUnlessAvailable(this, "engine", "stubProvider");
        project = new EngineProject("dev", { aws: testVariables.TEST_STUB_PROVIDER! });
        fs.writeFileSync(`${project.program}/index.ts`, program);
        await project.pulumi(["stack", "init"]);
    });
    after(() => project?.remove());

    it("accepts what fits every policy", async () => {
        assert.match(await preview(named("passing", all), "succeeds"), /Policies:\n.*✅ kafka-connect-platform/);
    });

    describe("in a preview of what breaks every policy", () => {
        let output: string;
        before(async () => {
            output = await preview(named("failing", all), "fails");
        });

        for (const { name, description } of policies)
            it(`reports what breaks ${name}`, () => {
                const reported = output.split("\n").filter((line) => line.includes(`[mandatory]  ${name} `));
                assert.ok(reported.length > 0, output);
                assert.ok(output.includes(description), output);
            });

        it("reports nothing else", () => {
            const reported = [...output.matchAll(/\[mandatory\] {2}(\S+) /g)].map(([, policy]) => policy);
            assert.deepEqual([...new Set(reported)].sort(), [...all].sort());
        });
    });

    it("asks for protection and a second worker in production only", async () => {
        await preview(named("failing", ["protected-state", "available-workers"]), "succeeds", false);
    });
});
