/** Stack files of unusual notation as Pulumi's engine reads them, compared with what our reader reads. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import { project as projectName } from "../../src/util/project";
import { readScalar, scalarSettings } from "../../src/stack/stackFile";
import { notationCorpus } from "../support/corpus";
import { EngineProject } from "./project";
import { skipUnlessAvailable } from "./requirements";

/** A value of `pulumi config --json`. */
interface ConfigValue {
    readonly value: string;
    readonly objectValue?: unknown;
}

describe("the notation of a stack file on the real engine", function () {
    this.timeout(120_000);
    let project: EngineProject;

    before(async function () {
        skipUnlessAvailable(this, "engine");
        project = new EngineProject("test");
        fs.rmSync(project.stackFile, { force: true });
        await project.pulumi(["stack", "init"]);
    });
    after(() => project?.remove());

    it("means what it means to our reader", async () => {
        for (const { text, settings } of notationCorpus().valid.filter(({ engine }) => engine !== false)) {
            fs.writeFileSync(project.stackFile, text);
            const output = await project.pulumi(["config", "--json"]);
            const config = JSON.parse(output.slice(output.indexOf("{"))) as Record<string, ConfigValue>;
            for (const [name, expected] of Object.entries(settings)) {
                const { value, objectValue } = config[`${projectName}:${name}`];
                const read = scalarSettings.includes(name) ? readScalar(name, value) : objectValue;
                assert.deepEqual(read, expected, text);
            }
        }
    });
});
