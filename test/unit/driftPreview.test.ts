import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { projectFolder } from "../../src/util/project";

const script = path.join(projectFolder, ".github", "scripts", "preview.mjs");

/** A step as `pulumi preview --json` prints it. */
const step = (op: string, name: string, more: object = {}) => ({
    op,
    urn: `urn:pulumi:dev::kafka-connect-platform::kafka-connect-platform:index:Connector$kubernetes:core/v1:ConfigMap::${name}`,
    detailedDiff: null,
    ...more,
});

const differing = (...paths: string[]) => ({
    detailedDiff: Object.fromEntries(paths.map((item) => [item, { kind: "update", inputDiff: false }])),
});

describe("the difference of a preview in the issue of the drift workflow", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "preview-"));
    after(() => fs.rmSync(folder, { recursive: true }));

    function lines(steps: object[], diagnostics: object[] = [], exitStatus = 0): string[] {
        const file = path.join(folder, "preview.json");
        fs.writeFileSync(file, JSON.stringify({ steps, diagnostics }));
        const { status, stdout, stderr } = spawnSync(process.execPath, [script, file, "dev", String(exitStatus)], {
            encoding: "utf8",
        });
        assert.equal(status, 0, stderr);
        return stdout.split("\n").filter(Boolean);
    }

    it("has a line for each object, with the names of fields and no values", () => {
        const secret = { oldState: { outputs: { data: { password: "d7f3" } } } };
        const found = lines([
            step("refresh", "a", secret),
            step("same", "unchanged"),
            step("replace", "a", { ...secret, replaceReasons: ["data.x"], ...differing("data.x", "data.y") }),
            step("create", "b"),
            step("delete", "c"),
            step("update", "d", differing("spec.replicas")),
        ]);
        assert.deepEqual(found, [
            "dev: objects in Kubernetes and AWS",
            "- ConfigMap a: `pulumi up` replaces it (data.x)",
            "- ConfigMap b: `pulumi up` creates it",
            "- ConfigMap c: `pulumi up` deletes it",
            "- ConfigMap d: `pulumi up` updates it (spec.replicas)",
        ]);
    });

    it("is empty when nothing differs, or only what the API server writes", () => {
        const written = [
            "metadata.managedFields[0].time",
            "metadata.resourceVersion",
            "metadata.generation",
            "status.conditions[0].type",
            "__inputs.metadata.labels.a",
        ];
        assert.deepEqual(lines([step("same", "a"), step("update", "b", differing(...written))]), []);
    });

    it("has an update whose fields the provider does not name", () => {
        assert.deepEqual(lines([step("update", "a")]).slice(1), ["- ConfigMap a: `pulumi up` updates it"]);
    });

    it("leaves out providers and components of the engine", () => {
        const urn = "urn:pulumi:dev::kafka-connect-platform::pulumi:providers:kubernetes::cluster";
        assert.deepEqual(lines([{ op: "update", urn, ...differing("version") }]), []);
    });

    it("has at most ten lines for objects, and four fields in each", () => {
        const fields = differing("a", "b", "c", "d", "e", "f");
        const found = lines(Array.from({ length: 2846 }, (_, index) => step("update", `x${index}`, fields))).slice(1);
        assert.equal(found.length, 10);
        assert.equal(found[0], "- ConfigMap x0: `pulumi up` updates it (a, b, c, d and 2 more fields)");
        assert.equal(found[9], "- … and 2837 more objects");
    });

    it("has the first line of the first error when the preview fails, whatever the engine calls it", () => {
        const message = "\u001b[31mError\u001b[0m: could not reach the cluster\nstack trace";
        const warning = { severity: "warning", message: "using the provider of PATH" };
        const expected = ["- the preview failed: Error: could not reach the cluster"];
        assert.deepEqual(lines([], [warning, { severity: "info#err", message }], 1).slice(1), expected);
        assert.deepEqual(lines([], [{ severity: "error", message }], 255).slice(1), expected);
        assert.deepEqual(lines([], [], 1).slice(1), ["- the preview failed: see the run of the workflow"]);
    });
});
