/**
 * The commands on a cluster: what they read from KafkaConnectors and write to them, on a real API server. Requires
 *   kubectl on PATH, TEST_KUBECONFIG   kubeconfig of a disposable cluster
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as YAML from "yaml";
import { crdsOf } from "../../src/release/crds";
import { defaultStrimziVersion, strimziRelease } from "../../src/release/releases";
import { project, projectFolder } from "../../src/util/project";
import { skipUnlessAvailable } from "./requirements";
import { kubectl } from "./support";

const { TEST_KUBECONFIG: kubeconfig, TEST_STRIMZI_VERSION: version = defaultStrimziVersion } = process.env;
const namespace = "operations-test";
const { apiVersion } = strimziRelease(version);

interface Object {
    metadata: { annotations?: Record<string, string> };
    spec: { state?: string };
}

describe("the commands on a cluster", function () {
    this.timeout(180_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "operations-"));
    const file = path.join(folder, "Pulumi.shop.yaml");

    const k = (...args: string[]): string => {
        const { status, output } = kubectl(kubeconfig!, ...args);
        assert.equal(status, 0, output);
        return output;
    };
    const apply = (objects: unknown, ...args: string[]) => {
        const list = path.join(folder, "objects.json");
        fs.writeFileSync(list, JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
        k("apply", "-f", list, ...args);
    };
    const object = (name: string): Object =>
        JSON.parse(k("get", "kafkaconnector", name, "-n", namespace, "-o", "json")) as Object;
    const setStatus = (name: string, status: unknown) =>
        k(
            "patch",
            "kafkaconnector",
            name,
            "-n",
            namespace,
            "--subresource=status",
            "--type=merge",
            "-p",
            JSON.stringify({ status }),
        );

    /** Runs a command; `annotated` is called while it waits. */
    async function kcp(args: readonly string[], meanwhile?: () => void): Promise<{ code: number; output: string }> {
        const all = [path.join(projectFolder, "cli", "kcp.js"), ...args, "--file", file, "--kubeconfig", kubeconfig!];
        const child = spawn(process.execPath, all, { cwd: projectFolder });
        let output = "";
        child.stdout.on("data", (data) => (output += data));
        child.stderr.on("data", (data) => (output += data));
        const timer = meanwhile && setInterval(meanwhile, 500);
        const code = await new Promise<number>((resolve) => child.once("exit", (status) => resolve(status ?? -1)));
        clearInterval(timer);
        return { code, output };
    }

    before(function () {
        skipUnlessAvailable(this, "cluster", "kubectl");
        const source = (table: string, state: string) => ({
            connectorTemplate: "debeziumPostgresSourceConnector",
            name: table,
            state,
            source: { instance: "shop", database: "shop", table },
        });
        const sections = {
            strimzi: { version },
            secrets: { provider: "file" },
            kafka: { bootstrapServers: "kafka:9092" },
            connect: { namespace, name: "shop" },
            connectors: [source("orders", "running"), source("customers", "paused"), source("items", "running")],
        };
        const config = Object.fromEntries(Object.entries(sections).map(([key, value]) => [`${project}:${key}`, value]));
        fs.writeFileSync(file, YAML.stringify({ config }));
        apply(crdsOf(version), "--server-side", "--force-conflicts");
        k("wait", "--for=condition=Established", "--timeout=60s", "crd", "-l", "app=strimzi");
        kubectl(kubeconfig!, "create", "namespace", namespace);
        apply(
            ["orders", "customers", "stray"].map((name) => ({
                apiVersion,
                kind: "KafkaConnector",
                metadata: { name, namespace, labels: { "strimzi.io/cluster": "shop" } },
                spec: {
                    class: "com.example.Source",
                    tasksMax: 1,
                    config: {},
                    ...(name === "customers" ? { state: "paused" } : {}),
                },
            })),
        );
        const running = { state: "RUNNING", worker_id: "a:8083" };
        setStatus("orders", {
            connectorStatus: {
                name: "orders",
                connector: running,
                tasks: [
                    {
                        id: 0,
                        state: "FAILED",
                        trace: "x.ConnectException: no\nCaused by: y.PSQLException: slot.name is used",
                    },
                ],
            },
        });
        setStatus("customers", {
            connectorStatus: { name: "customers", connector: { ...running, state: "PAUSED" }, tasks: [] },
        });
    });
    after(() => {
        if (kubeconfig) kubectl(kubeconfig, "delete", "namespace", namespace, "--wait=false");
        fs.rmSync(folder, { recursive: true, force: true });
    });

    it("status reads states and errors of KafkaConnectors, and what is missing or not declared", async () => {
        const { code, output } = await kcp(["status"]);
        assert.equal(code, 1);
        assert.match(output, /orders +RUNNING +1 failed +unknown +Pulumi\.shop\.yaml:\d+/);
        assert.match(output, /customers +PAUSED +none/);
        assert.match(output, /items +MISSING/);
        assert.match(output, /stray +UNKNOWN +none +unknown +not in the stack file/);
        assert.match(
            output,
            /orders, task 0 \(Pulumi\.shop\.yaml:\d+\)\n {4}ConnectException: no\n {4}caused by: PSQLException/,
        );
    });

    it("status reports a KafkaConnector that Helm, Argo CD or another Pulumi stack manages as well", async () => {
        const customers = (manager: string, annotations: Record<string, string> = {}) =>
            apply(
                [
                    {
                        apiVersion,
                        kind: "KafkaConnector",
                        metadata: {
                            name: "customers",
                            namespace,
                            annotations,
                            labels: { "strimzi.io/cluster": "shop" },
                        },
                        spec: { class: "com.example.Source", config: {}, state: "paused" },
                    },
                ],
                "--server-side",
                "--force-conflicts",
                `--field-manager=${manager}`,
            );
        customers("pulumi-kubernetes-11111111");
        assert.doesNotMatch((await kcp(["status"])).output, /also managed by/);
        customers("pulumi-kubernetes-22222222");
        assert.match((await kcp(["status"])).output, /customers is also managed by another Pulumi stack: each reverts/);
        customers("argocd-controller");
        const release = { "meta.helm.sh/release-name": "shop", "meta.helm.sh/release-namespace": namespace };
        customers("helm", release);
        const { code, output } = await kcp(["status", "--json"]);
        assert.equal(code, 1);
        const { connectors } = JSON.parse(output) as { connectors: { name: string; otherManagers?: string[] }[] };
        assert.deepEqual(
            connectors.map(({ name, otherManagers }) => [name, otherManagers]),
            [
                ["orders", undefined],
                ["customers", ["Helm (shop)", "Argo CD", "another Pulumi stack"]],
                ["items", undefined],
                ["stray", undefined],
            ],
        );
    });

    it("check reports the same KafkaConnector at the line that declares it", async function () {
        skipUnlessAvailable(this, "java", "maven");
        const out = path.join(folder, "check.json");
        const { code, output } = await kcp(["check", "--json", "--out", out]);
        assert.equal(code, 0, output);
        const { cluster } = JSON.parse(fs.readFileSync(out, "utf8")) as {
            cluster: { warnings: { code: string; path: unknown[]; message: string; line?: number }[] };
        };
        const line = fs
            .readFileSync(file, "utf8")
            .split("\n")
            .findIndex((text) => text.includes("name: customers"));
        for (const warning of cluster.warnings) {
            assert.deepEqual([warning.code, warning.path], ["KCP_MANAGED_BY_TWO", ["connectors", 1]]);
            assert.ok([line, line + 1].includes(warning.line!), `line ${warning.line} of ${line}`);
        }
        const managers = cluster.warnings.map(({ message }) => /also managed by (.*?):/.exec(message)?.[1]);
        assert.deepEqual(managers, ["Helm (shop)", "Argo CD", "another Pulumi stack"]);
    });

    it("restart --failed annotates the task and waits until the operator has restarted it", async () => {
        const planned = await kcp(["restart", "--failed"]);
        assert.match(planned.output, /would restart task 0 of orders/);
        assert.equal(object("orders").metadata.annotations?.["strimzi.io/restart-task"], undefined);
        let seen: string | undefined;
        const { code, output } = await kcp(["restart", "--failed", "--apply"], () => {
            const value = object("orders").metadata.annotations?.["strimzi.io/restart-task"];
            if (value === undefined) return;
            seen = value;
            // the operator removes it when it has restarted the task
            k("annotate", "kafkaconnector", "orders", "-n", namespace, "strimzi.io/restart-task-");
        });
        assert.equal(code, 0, output);
        assert.equal(seen, "0");
        assert.match(output, /done: restart task 0 of orders/);
    });

    it("restart restarts the connector and then each task, because the operator restarts one of them at a time", async () => {
        const seen: string[] = [];
        const { code, output } = await kcp(["restart", "orders", "--apply"], () => {
            for (const [name, value] of Object.entries(object("orders").metadata.annotations ?? {}))
                if (name.startsWith("strimzi.io/restart")) {
                    seen.push(`${name}=${value}`);
                    k("annotate", "kafkaconnector", "orders", "-n", namespace, `${name}-`);
                }
        });
        assert.equal(code, 0, output);
        assert.deepEqual(seen, ["strimzi.io/restart=true", "strimzi.io/restart-task=0"]);
        assert.match(output, /done: restart orders and its tasks/);
    });

    it("pause-all changes the state of running connectors, and resume-all returns to the stack file", async () => {
        const { output } = await kcp(["pause-all", "--apply"]);
        assert.match(output, /done: set orders to paused/);
        assert.match(output, /The next `pulumi up` sets the states of the stack file again/);
        assert.equal(object("orders").spec.state, "paused");
        setStatus("orders", { connectorStatus: { connector: { state: "PAUSED", worker_id: "a:8083" } } });
        const resumed = await kcp(["resume-all", "--apply"]);
        assert.match(resumed.output, /done: set orders to running/);
        assert.equal(object("orders").spec.state, "running");
        assert.equal(object("customers").spec.state, "paused");
    });

    it("offsets reports what the tunnel to the REST API lacks", async () => {
        const { code, output } = await kcp(["offsets", "show", "orders"]);
        assert.equal(code, 1);
        assert.match(
            output,
            /Connect's REST API cannot be reached: .*shop-connect-api.* Give its address with --connect/s,
        );
    });
});
