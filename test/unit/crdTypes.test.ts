import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { crdTypeFiles } from "../../cli/crdTypes";
import { projectFolder } from "../../src/util/project";

describe("the types of the Strimzi resources", () => {
    it("match the CRDs; `npm run crd-types` writes them", async function () {
        this.timeout(30_000);
        for (const [file, content] of await crdTypeFiles())
            assert.equal(fs.readFileSync(path.join(projectFolder, file), "utf8"), content, file);
    });
});
