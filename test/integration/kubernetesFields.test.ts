/** The corpus of objects of Kubernetes' built-in kinds, against a real API server: it agrees with each verdict. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import type { Manifest } from "../../src/schema/manifests";
import { corpus } from "../support/corpus";
import { skipUnlessAvailable, testVariables } from "./requirements";

/** What the API server answers to a dry run of an object; empty where it accepts it. */
function rejection(object: Manifest): string {
    const { status, stderr } = spawnSync(
        "kubectl",
        ["create", "--dry-run=server", "--validate=strict", "-n", "default", "-f", "-"],
        {
            encoding: "utf8",
            env: { ...process.env, KUBECONFIG: testVariables.TEST_KUBECONFIG },
            input: JSON.stringify(object),
        },
    );
    return status === 0 ? "" : stderr;
}

const objectsOf = (raw: Readonly<Record<string, unknown>>): Manifest[] => (raw.manifests ?? []) as Manifest[];

describe("Kubernetes' schemas of its built-in kinds", function () {
    this.timeout(120_000);
    const cases = corpus().kubernetesFields;

    before(function () {
        skipUnlessAvailable(this, "cluster", "kubectl");
    });

    it("accept only what the API server accepts", () => {
        const wrong = cases.filter(({ errors, raw }) => errors.length > 0 && objectsOf(raw).length > 0);
        assert.ok(wrong.length >= 20, String(wrong.length));
        const accepted = wrong.filter(({ raw }) => rejection(objectsOf(raw)[0]) === "");
        assert.deepEqual(
            accepted.map(({ errors }) => errors),
            [],
        );
    });

    it("reject nothing that the API server accepts", () => {
        const objects = cases.filter(({ errors }) => errors.length === 0).flatMap(({ raw }) => objectsOf(raw));
        assert.ok(objects.length >= 6, String(objects.length));
        assert.deepEqual(objects.map(rejection).filter(Boolean), []);
    });
});
