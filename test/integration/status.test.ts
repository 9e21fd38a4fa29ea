/**
 * What `pulumi up` makes of the statuses of Strimzi's resources: the real engine and a real API server, the statuses
 * written by this test as Strimzi's operator writes them (chain.test.ts has the operator itself). It needs
 *   pulumi, pulumi-language-nodejs and pulumi-resource-kubernetes on PATH
 *   TEST_KUBECONFIG      kubeconfig of a cluster to throw away
 *   TEST_STRIMZI_VERSION the version to run, where it is not the default
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as YAML from "yaml";
import type { StrimziObject } from "../../src/strimzi/status";
import { defaultStrimziVersion } from "../../src/release/releases";
import { diagnostics, EngineProject, summary } from "./project";
import { StatusWriter } from "./statusWriter";
import { kubectl } from "./support";
import { skipUnlessAvailable } from "./requirements";

const { TEST_KUBECONFIG: kubeconfig, TEST_STRIMZI_VERSION: version = defaultStrimziVersion } = process.env;
const namespace = "status-test";
const cluster = "status";

/** The kubeconfig as content, its token from a command: as the program makes one for EKS. */
function withCommand(): { kubeconfig: string; context: string } {
    const config = YAML.parse(fs.readFileSync(kubeconfig!, "utf8"));
    assert.ok(config.users[0].user.token, "the kubeconfig's first user has no token");
    const credential = {
        apiVersion: "client.authentication.k8s.io/v1beta1",
        kind: "ExecCredential",
        status: { token: config.users[0].user.token },
    };
    config.users[0].user = {
        exec: { apiVersion: credential.apiVersion, command: "echo", args: [JSON.stringify(credential)] },
    };
    return { kubeconfig: JSON.stringify(config), context: config.contexts[0].name };
}

type Status = NonNullable<StrimziObject["status"]>;
const ready: Status = { conditions: [{ type: "Ready", status: "True" }] };
const running: Status = {
    ...ready,
    connectorStatus: { connector: { state: "RUNNING" }, tasks: [{ id: 0, state: "RUNNING" }] },
};
const notReady = (reason: string, message: string): Status => ({
    conditions: [{ type: "NotReady", status: "True", reason, message }],
});
const refused = notReady(
    "ConnectRestException",
    "PUT /connectors/a/config returned 400 (Bad Request): Connector configuration is invalid and contains the following 1 error(s):\nThe 'snapshot.mode' value is invalid: login by db://cdc:pa55word@db/ says no",
);
const taskFailed: Status = {
    ...notReady("Throwable", "The following tasks have failed: 0, see connectorStatus for more details."),
    connectorStatus: {
        connector: { state: "RUNNING" },
        tasks: [
            {
                id: 0,
                state: "FAILED",
                trace:
                    "org.example.Outer: it\n\tat A.b(A.java:1)\n" +
                    "Caused by: org.example.Inner: the file is not there\n\t... 3 more",
            },
        ],
    },
};

describe("on the real engine, statuses as the operator writes them", function () {
    this.timeout(300_000);
    let project: EngineProject;
    let writer: StatusWriter;

    /** Writes the stack file: two connectors, the second with a configuration to change. */
    function stack(mode: string, more: { connect?: object; state?: string } = {}): void {
        const prefix = (groups: Record<string, unknown>) =>
            Object.fromEntries(Object.entries(groups).map(([key, value]) => [`kafka-connect-platform:${key}`, value]));
        const connector = (name: string, extra: object) => ({
            connectorTemplate: "raw",
            name,
            class: "org.example.TrialSource",
            ...extra,
        });
        const config = prefix({
            eks: withCommand(),
            strimzi: { version, install: false },
            secrets: { provider: "file" },
            image: { existing: `registry.example.com/connect@sha256:${"0".repeat(64)}` },
            kafka: { bootstrapServers: "kafka:9092" },
            connect: { name: cluster, namespace, ...more.connect },
            connectors: [
                connector("a", { config: { topic: "a" } }),
                connector("b", { state: more.state ?? "running", config: { topic: "b", mode } }),
            ],
        });
        fs.writeFileSync(project.stackFile, YAML.stringify({ config }));
    }
    /** Place of the second connector, as an error names it. */
    const place = () =>
        `connectors[1] (line ${fs
            .readFileSync(project.stackFile, "utf8")
            .split("\n")
            .findIndex((line) => line.includes("name: b"))} of Pulumi.status.yaml): b`;

    before(async function () {
        skipUnlessAvailable(this, "engine", "kubectl", "cluster");
        project = new EngineProject("status");
        writer = new StatusWriter(kubeconfig!, namespace, { [cluster]: ready, a: running, b: running });
        stack("one");
        await project.pulumi(["stack", "init"]);
    });
    after(async () => {
        if (!writer) return;
        await writer.stop();
        project.remove();
        kubectl(kubeconfig!, "delete", "namespace", namespace, "--ignore-not-found", "--wait=false");
    });

    it("fails when Connect rejects a new connector, with its message and line, and without secrets", async () => {
        writer.statuses.b = refused;
        const output = await project.up("fails");
        assert.ok(output.includes(`${place()}: Connect refused it:\n`), output);
        assert.match(output, /The 'snapshot\.mode' value is invalid: login by db:\/\/\(not shown\)@db\/ says no\n/);
        assert.doesNotMatch(output, /pa55word|unhandled exception|statusWatch\.ts|connectors\[0\]/);
        assert.equal(diagnostics(output).split("Connect refused it").length, 2, output);
    });

    it("fails again until the stack file is fixed, though nothing changes", async () => {
        const output = await project.up("fails");
        assert.ok(output.includes(`${place()}: Connect refused it:`), output);
        assert.match(summary(output).join(), /^\d+ unchanged,1 errored$/);
    });

    it("passes when the stack file is fixed, after a temporary error and an old status", async () => {
        stack("two");
        writer.statuses.b = notReady(
            "ConnectRestException",
            "PUT /connectors/b/config returned 409 (Conflict): Cannot complete request momentarily due to stale " +
                "configuration (typically caused by a concurrent config change)",
        );
        setTimeout(() => (writer.statuses.b = running), 8000);
        // the KafkaConnector alone: the configuration is no input of its component
        assert.match(summary(await project.up()).join(), /^~ 1 updated,\d+ unchanged$/);
        const { output } = kubectl(
            kubeconfig!,
            "get",
            "kafkaconnector",
            "-n",
            namespace,
            "b",
            "-o",
            "jsonpath={.spec.config.mode} {.metadata.annotations}",
        );
        assert.match(output, /^two /);
        // what prompts the operator leaves no trace
        assert.doesNotMatch(output, /reconcile-at/);
    });

    it("changes nothing the second time, also after a refresh", async () => {
        assert.match(summary(await project.up("succeeds", "--expect-no-changes")).join(), /^\d+ unchanged$/);
        assert.match(
            summary(await project.up("succeeds", "--refresh", "--expect-no-changes")).join(),
            /^\d+ unchanged$/,
        );
    });

    it("fails when an update makes a task fail, with its trace", async () => {
        stack("three");
        writer.statuses.b = taskFailed;
        const output = await project.up("fails");
        assert.ok(output.includes(`${place()}: task 0 has failed:\n`), output);
        assert.match(output, /org\.example\.Outer: it\n.*Caused by: org\.example\.Inner: the file is not there\n/);
        assert.doesNotMatch(output, /A\.java/);
    });

    it("passes when the connector with the failed task is paused", async () => {
        stack("three", { state: "paused" });
        await project.up();
    });

    it("waits for nothing when connect.wait is false", async function () {
        skipUnlessAvailable(this, "nightly");
        stack("four", { connect: { wait: false } });
        writer.statuses.b = refused;
        await project.up();
    });

    it("creates no connector before its cluster is ready, and reports the status at the timeout", async function () {
        skipUnlessAvailable(this, "nightly");
        stack("four", { connect: { timeoutMinutes: 1, replicas: 2 } });
        writer.statuses[cluster] = notReady(
            "TimeoutException",
            "Exceeded timeout while waiting for Pods resource status-connect-0",
        );
        const output = await project.up("fails");
        assert.match(
            output,
            /Connect cluster status: not ready within 1 minutes \(timeoutMinutes\); its status: TimeoutException: Exceeded/,
        );
        assert.equal(diagnostics(output).split("Connect cluster status: not ready").length, 2, output);
        // what could not be registered is not taken for gone
        assert.doesNotMatch(summary(output).join(), /deleted/);
    });

    it("fails when the state of a connector was changed by hand, and changes it back with --refresh", async () => {
        stack("four");
        writer.statuses[cluster] = ready;
        writer.statuses.b = running;
        await project.up();
        const patch = JSON.stringify({ spec: { state: "stopped" } });
        kubectl(kubeconfig!, "patch", "kafkaconnector", "-n", namespace, "b", "--type=merge", "-p", patch);
        const output = await project.up("fails");
        assert.ok(output.includes(`${place()}: its spec.state in the cluster is stopped, expected running`), output);
        await project.up("succeeds", "--refresh");
    });

    it("reports a connector that was deleted by hand", async function () {
        skipUnlessAvailable(this, "nightly");
        stack("four");
        writer.statuses[cluster] = ready;
        writer.statuses.b = running;
        await project.up();
        kubectl(kubeconfig!, "delete", "kafkaconnector", "-n", namespace, "b");
        assert.ok((await project.up("fails")).includes(`${place()}: it no longer exists in the cluster`));
        await project.up("succeeds", "--refresh");
    });

    it("is destroyed", async () => {
        assert.match(summary(await project.pulumi(["destroy", "--yes", "--skip-preview"])).join(), /^- \d+ deleted$/);
    });
});
