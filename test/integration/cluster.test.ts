/**
 * What render writes, against a real API server: every field is known and every value is allowed.
 *   TEST_KUBECONFIG        kubeconfig of a disposable cluster
 *   TEST_STRIMZI_VERSION   the version to render for; default: the one of the stack file. One cluster can test only one
 *                          API version: Kubernetes rejects other CRDs while objects may be stored in the first one
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { synth } from "../../src/synth/synth";
import { renderedFiles } from "../../src/synth/renderedFiles";
import { writeFiles } from "../../cli/render";
import { defaultStrimziVersion, strimziRelease } from "../../src/release/releases";
import { projectFolder } from "../../src/util/project";
import { readStack } from "../../src/stack/stackFile";
import { stackFile, type Raw } from "../support/stacks";
import { kubectl, onPath } from "./support";
import { skipUnlessAvailable } from "./requirements";

const { TEST_KUBECONFIG: kubeconfig, TEST_STRIMZI_VERSION: version } = process.env;
const stacks = ["dev", "prod", "local"];
const examples = fs.readdirSync(path.join(projectFolder, "examples")).filter((name) => name.endsWith(".yaml"));

describe("on a real API server", function () {
    this.timeout(120_000);
    before(function () {
        skipUnlessAvailable(this, "kubectl", "cluster");
    });
    const run = (...args: string[]) => kubectl(kubeconfig!, ...args);

    for (const stack of stacks) {
        it(`accepts every object of the stack ${stack} with strict validation`, async () => {
            const folder = fs.mkdtempSync(path.join(os.tmpdir(), `rendered-${stack}-`));
            writeFiles(
                folder,
                renderedFiles(await synth(stack, stackFile(stack, version ? { strimzi: { version } } : {}))),
            );
            const objects = path.join(folder, "kubernetes");
            // a dry run needs the namespaces and CRDs in the cluster
            for (const file of fs
                .readdirSync(objects)
                .filter((name) => /^(namespace|customresourcedefinition)_/.test(name))) {
                const { status, output } = run(
                    "apply",
                    "--server-side",
                    "--force-conflicts",
                    "-f",
                    path.join(objects, file),
                );
                assert.equal(status, 0, output);
            }
            assert.equal(
                run("wait", "--for=condition=Established", "--timeout=60s", "crd", "-l", "app=strimzi").status,
                0,
            );
            const { status, output } = run(
                "apply",
                "--server-side",
                "--dry-run=server",
                "--validate=strict",
                "-f",
                objects,
            );
            assert.equal(status, 0, output);
            const connectors = output.split("\n").filter((line) => line.startsWith("kafkaconnector."));
            assert.equal(connectors.length, (stackFile(stack).connectors as unknown[]).length);
        });
    }

    for (const example of examples) {
        it(`accepts every object of the example ${example} with strict validation`, async () => {
            const raw = readStack("example", path.join(projectFolder, "examples", example));
            const generation = { ...(raw.strimzi as Raw | undefined), version: version ?? defaultStrimziVersion };
            const folder = fs.mkdtempSync(path.join(os.tmpdir(), "rendered-example-"));
            writeFiles(
                folder,
                renderedFiles(await synth("example", { ...raw, strimzi: { ...generation, crds: false } })),
            );
            for (const name of ["kafka", "connect", "kafka-connect", "strimzi"]) run("create", "namespace", name);
            const { status, output } = run(
                "apply",
                "--server-side",
                "--dry-run=server",
                "--validate=strict",
                "-f",
                path.join(folder, "kubernetes"),
            );
            assert.equal(status, 0, output);
        });
    }

    it("rejects an unknown field", () => {
        const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "issue-")), "a.yaml");
        fs.writeFileSync(
            file,
            [
                `apiVersion: ${strimziRelease(version ?? defaultStrimziVersion).apiVersion}`,
                "kind: KafkaConnector",
                "metadata: { name: a, namespace: kafka-connect }",
                "spec: { klass: x }",
            ].join("\n"),
        );
        const { status, output } = run("apply", "--dry-run=server", "--validate=strict", "-f", file);
        assert.notEqual(status, 0);
        assert.match(output, /unknown field "spec.klass"/);
    });

    after(() => {
        if (kubeconfig && onPath("kubectl"))
            run(
                "delete",
                "namespace",
                "strimzi",
                "kafka-connect",
                "kafka",
                "connect",
                "--ignore-not-found",
                "--wait=false",
            );
    });
});
