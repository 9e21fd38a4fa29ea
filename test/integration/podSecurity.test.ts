/** Pods of the platform's own Deployments in a namespace that enforces the `restricted` Pod Security Standard. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { kubernetesObjects } from "../../src/synth/synth";
import { evaluated, minimal, type Raw } from "../support/stacks";
import { skipUnlessAvailable, testVariables } from "./requirements";
import { kubectl } from "./support";

const namespace = "pod-security-test";

const stacks: Readonly<Record<string, Raw>> = {
    "the HTTP bridge": {
        kafkaCluster: { name: "kafka" },
        httpBridge: { main: { image: "busybox", command: ["sleep", "infinity"] }, produce: ["orders"] },
    },
    "the standalone worker": {
        connect: { install: false },
        standaloneConnect: {
            bootstrapServers: "kafka:9092",
            connectors: [{ name: "sink", class: "FileStreamSink", config: { topics: "a" } }],
        },
    },
};

describe("the restricted Pod Security Standard", function () {
    this.timeout(60_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "pod-security-"));
    const run = (...args: string[]) => kubectl(testVariables.TEST_KUBECONFIG!, ...args);

    before(function () {
        skipUnlessAvailable(this, "cluster", "kubectl");
        run("create", "namespace", namespace);
        const label = "pod-security.kubernetes.io/enforce=restricted";
        assert.equal(run("label", "--overwrite", "namespace", namespace, label).status, 0);
    });
    after(() => {
        fs.rmSync(folder, { recursive: true });
        if (testVariables.TEST_KUBECONFIG) run("delete", "namespace", namespace, "--wait=false");
    });

    /** What the API server says of a pod without creating it. */
    function dryRun(spec: unknown): { status: number | null; output: string } {
        const file = path.join(folder, "pod.json");
        const metadata = { name: "pod", namespace };
        fs.writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata, spec }));
        return run("create", "--dry-run=server", "--validate=strict", "-f", file);
    }

    it("rejects a pod without a security context", () => {
        assert.match(dryRun({ containers: [{ name: "a", image: "busybox" }] }).output, /violates PodSecurity/);
    });

    for (const [name, raw] of Object.entries(stacks))
        it(`accepts the pods of ${name}`, async () => {
            const objects = kubernetesObjects(await evaluated({ ...minimal(), ...raw, kafka: undefined }));
            const [deployment] = objects.filter(({ kind }) => kind === "Deployment");
            const { status, output } = dryRun(deployment.spec.template.spec);
            assert.equal(status, 0, output);
        });
});
