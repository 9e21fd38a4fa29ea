/**
 * The program on the real engine, against a real API server. It wants
 *   pulumi, pulumi-language-nodejs and pulumi-resource-kubernetes on PATH
 *   TEST_KUBECONFIG      kubeconfig of a cluster to throw away, in which Strimzi resources become Ready
 *   TEST_STUB_PROVIDER   a provider plugin that stands in for AWS and Docker
 *   TEST_STRIMZI_CHART   folder with the operator's chart; without it the operator is left out
 *   TEST_STRIMZI_VERSION the version to run, where it is not the stack file's; the chart must be of that version
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as YAML from "yaml";
import { projectFolder } from "../../settings/stackFile";
import { onPath, skipUnless } from "./support";

const { TEST_KUBECONFIG: kubeconfig, TEST_STUB_PROVIDER: stub, TEST_STRIMZI_CHART: chart, TEST_STRIMZI_VERSION: version } = process.env;

describe("on the real engine, the stack dev", function () {
    this.timeout(600_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "engine-"));
    const project = path.join(folder, "project");
    const env = {
        ...process.env,
        PATH: `${path.join(folder, "bin")}${path.delimiter}${process.env.PATH}`,
        PULUMI_BACKEND_URL: `file://${folder}`,
        PULUMI_HOME: path.join(folder, "home"),
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        STUB_NODE_ROOT: projectFolder,
    };

    /** Runs pulumi; returns what it printed. */
    function pulumi(args: string[], wanted: "succeeds" | "fails" = "succeeds"): string {
        const { status, stdout, stderr } = spawnSync("pulumi", [...args, "--non-interactive", "--color", "never"], { cwd: project, env, encoding: "utf8", maxBuffer: 64 << 20 });
        assert.equal(status === 0, wanted === "succeeds", `pulumi ${args.join(" ")}\n${stdout}${stderr}`);
        return `${stdout}${stderr}`;
    }

    /** The lines under `Resources:`, such as `42 unchanged`. */
    const summary = (output: string): string[] => (/Resources:\n((?: {4}.*\n?)+)/.exec(output)?.[1] ?? "").split("\n").map((line) => line.trim()).filter(Boolean);

    function change(settings: Record<string, Record<string, unknown>>): void {
        const file = path.join(project, "Pulumi.dev.yaml");
        const document = YAML.parseDocument(fs.readFileSync(file, "utf8"));
        for (const [group, values] of Object.entries(settings)) for (const [key, value] of Object.entries(values)) {
            const at = ["config", `kafka-connect-platform:${group}`, key];
            if (value === undefined) document.deleteIn(at);
            else document.setIn(at, value);
        }
        fs.writeFileSync(file, document.toString());
    }

    before(function () {
        skipUnless(this, onPath("pulumi") ? undefined : "no pulumi on PATH", onPath("pulumi-resource-kubernetes") ? undefined : "no pulumi-resource-kubernetes on PATH", kubeconfig ? undefined : "TEST_KUBECONFIG is not set", stub ? undefined : "TEST_STUB_PROVIDER is not set");
        fs.cpSync(projectFolder, project, { recursive: true, filter: (source) => !/\/(node_modules|\.git|rendered)$/.test(source) });
        fs.symlinkSync(path.join(projectFolder, "node_modules"), path.join(project, "node_modules"));
        fs.mkdirSync(path.join(folder, "bin"));
        for (const provider of ["aws", "docker"]) {
            fs.copyFileSync(stub!, path.join(folder, "bin", `pulumi-resource-${provider}`));
            fs.chmodSync(path.join(folder, "bin", `pulumi-resource-${provider}`), 0o755);
        }
        change({ eks: { kubeconfig, context: undefined }, strimzi: { ...(chart ? { chart } : { install: false }), ...(version ? { version } : {}) } });
        pulumi(["stack", "init", "dev"]);
    });
    after(() => fs.rmSync(folder, { recursive: true, force: true }));

    it("is refused with every fault, before anything is registered", () => {
        const file = path.join(project, "Pulumi.dev.yaml");
        const good = fs.readFileSync(file, "utf8");
        fs.writeFileSync(file, good.replace("        table: invoices", "        tabel: invoices"));
        const output = pulumi(["preview", "--stack", "dev"], "fails");
        fs.writeFileSync(file, good);
        assert.match(output, /Pulumi\.dev\.yaml has 2 faults/);
        assert.match(output, /connectors\[2\]\.source\.tabel \(line \d+\) is not a setting; did you mean "table"\?/);
        assert.doesNotMatch(output, /KafkaConnect |settings\/index\.ts:|unhandled/);
    });

    it("has a plan without a cluster that answers", () => {
        change({ eks: { kubeconfig: fs.readFileSync(kubeconfig!, "utf8").replace(/server: .*/g, "server: https://127.0.0.1:9") } });
        const output = pulumi(["preview", "--stack", "dev"]);
        change({ eks: { kubeconfig } });
        assert.match(summary(output).join(), /^\+ \d+ to create$/);
    });

    it("goes up, and a second time changes nothing", () => {
        const [created] = summary(pulumi(["up", "--yes", "--skip-preview", "--stack", "dev"]));
        assert.match(created, /^\+ \d+ created$/);
        const count = /\d+/.exec(created)![0];
        assert.deepEqual(summary(pulumi(["preview", "--stack", "dev", "--expect-no-changes"])), [`${count} unchanged`]);
        assert.deepEqual(summary(pulumi(["up", "--yes", "--skip-preview", "--stack", "dev", "--expect-no-changes"])), [`${count} unchanged`]);
    });

    it("replaces a connector whose version changes, the old one first", () => {
        const file = path.join(project, "Pulumi.dev.yaml");
        fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("2025042401", "2025050101"));
        const output = pulumi(["up", "--yes", "--skip-preview", "--stack", "dev"]);
        assert.match(summary(output).join(), /\+-1 replaced/);
        const names = spawnSync("kubectl", ["--kubeconfig", kubeconfig!, "get", "kafkaconnectors", "-n", "kafka-connect", "-o", "name"], { encoding: "utf8" }).stdout;
        assert.match(names, /instance2mysql-schema2-table2-2025050101/);
        assert.doesNotMatch(names, /2025042401/);
    });

    it("comes down, and leaves Strimzi's CRDs", () => {
        assert.match(summary(pulumi(["destroy", "--yes", "--skip-preview", "--stack", "dev"])).join(), /^- \d+ deleted$/);
        const crds = spawnSync("kubectl", ["--kubeconfig", kubeconfig!, "get", "crds", "-o", "name"], { encoding: "utf8" }).stdout;
        assert.match(crds, /kafkaconnects\.kafka\.strimzi\.io/);
    });
});
