/**
 * The example of the library on the real engine, with the compiled package. Requires
 *   pulumi, pulumi-language-nodejs and pulumi-resource-kubernetes on PATH
 *   TEST_KUBECONFIG   kubeconfig of a disposable cluster in which Strimzi resources become Ready
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as YAML from "yaml";
import { EngineProject, summary } from "./project";
import { kubectl } from "./support";
import { skipUnlessAvailable } from "./requirements";

const { TEST_KUBECONFIG: kubeconfig } = process.env;
const namespace = "shop";

describe("the library on the real engine", function () {
    this.timeout(600_000);
    let project: EngineProject;

    before(async function () {
        skipUnlessAvailable(this, "engine", "kubectl", "cluster");
        project = new EngineProject("library", {}, "examples/library");
        project.installPackage();
        const config = { kubeconfig, installOperator: "false" };
        const prefixed = Object.entries(config).map(([key, value]) => [`kafka-connect-library:${key}`, value]);
        fs.writeFileSync(project.stackFile, YAML.stringify({ config: Object.fromEntries(prefixed) }));
        await project.pulumi(["stack", "init"]);
    });
    after(() => {
        delete process.env.PULUMI_NODEJS_TRANSPILE_ONLY;
        project?.remove();
    });

    const stateOf = (connector: string): string =>
        kubectl(kubeconfig!, "get", "kafkaconnector", "-n", namespace, connector, "-o", "jsonpath={.spec.state}")
            .output;

    it("previews the example, type-checked against the package's declarations", async () => {
        assert.match(summary(await project.pulumi(["preview"])).join(), /^\+ \d+ to create$/);
        // it is not type-checked again on every run
        process.env.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
    });

    it("creates everything, and changes nothing the second time", async () => {
        const output = await project.up();
        const [created] = summary(output);
        assert.match(created, /^\+ \d+ created$/);
        assert.doesNotMatch(output, /Undefined value/);
        const count = /\d+/.exec(created)![0];
        assert.deepEqual(summary(await project.pulumi(["preview", "--expect-no-changes"])), [`${count} unchanged`]);
        assert.deepEqual(summary(await project.up("succeeds", "--expect-no-changes")), [`${count} unchanged`]);
    });

    it("fails when a connector was stopped by hand, and changes it back with --refresh", async () => {
        const patch = JSON.stringify({ spec: { state: "stopped" } });
        kubectl(kubeconfig!, "patch", "kafkaconnector", "-n", namespace, "files", "--type=merge", "-p", patch);
        const output = await project.up("fails");
        assert.match(output, /Connector files: its spec\.state in the cluster is stopped, expected running: /);
        assert.match(output, /Fix the error above and rerun `pulumi up`\./);
        assert.match(summary(await project.up("succeeds", "--refresh")).join(), /~ 1 updated/);
        assert.equal(stateOf("files"), "running");
    });

    it("destroys everything except the CRDs", async () => {
        assert.match(summary(await project.pulumi(["destroy", "--yes", "--skip-preview"])).join(), /^- \d+ deleted$/);
        assert.match(kubectl(kubeconfig!, "get", "crds", "-o", "name").output, /kafkaconnects\.kafka\.strimzi\.io/);
        assert.match(kubectl(kubeconfig!, "get", "namespace", namespace).output, /NotFound|Terminating/);
    });
});
