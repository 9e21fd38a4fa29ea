/**
 * The program on the real engine, with a real API server. It needs
 *   pulumi, pulumi-language-nodejs and pulumi-resource-kubernetes on PATH
 *   TEST_KUBECONFIG      kubeconfig of a cluster to throw away, in which Strimzi resources become Ready
 *   TEST_STUB_PROVIDER   a provider plugin that stands in for AWS and Docker
 *   TEST_STRIMZI_CHART   folder with the operator's chart; without it the operator is left out
 *   TEST_STRIMZI_VERSION the version to run, where it is not the stack file's; the chart must be of that version
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as YAML from "yaml";
import { EngineProject, summary } from "./project";
import { skipUnlessAvailable } from "./requirements";
import { kubectl } from "./support";

interface Kubeconfig {
    readonly clusters: readonly { readonly cluster: { server: string } }[];
}

const {
    TEST_KUBECONFIG: kubeconfig,
    TEST_STUB_PROVIDER: stub,
    TEST_STRIMZI_CHART: chart,
    TEST_STRIMZI_VERSION: version,
} = process.env;

describe("on the real engine, the stack dev", function () {
    this.timeout(600_000);
    let project: EngineProject;

    function change(settings: Record<string, Record<string, unknown>>): void {
        const file = project.stackFile;
        const document = YAML.parseDocument(fs.readFileSync(file, "utf8"));
        for (const [group, values] of Object.entries(settings))
            for (const [key, value] of Object.entries(values)) {
                const at = ["config", `kafka-connect-platform:${group}`, key];
                if (value === undefined) document.deleteIn(at);
                else document.setIn(at, value);
            }
        fs.writeFileSync(file, document.toString());
    }

    function setProtect(value: boolean): void {
        const document = YAML.parseDocument(fs.readFileSync(project.stackFile, "utf8"));
        document.setIn(["config", "kafka-connect-platform:protect"], value);
        fs.writeFileSync(project.stackFile, document.toString());
    }

    before(async function () {
        skipUnlessAvailable(this, "engine", "cluster", "stubProvider");
        project = new EngineProject("dev", { aws: stub!, docker: stub! });
        change({
            eks: { kubeconfig, context: undefined },
            strimzi: { ...(chart ? { chart } : { install: false }), ...(version ? { version } : {}) },
        });
        const document = YAML.parseDocument(fs.readFileSync(project.stackFile, "utf8"));
        document.setIn(["config", "kafka-connect-platform:image", "build", "forceDelete"], true);
        fs.writeFileSync(project.stackFile, document.toString());
        await project.pulumi(["stack", "init"]);
    });
    after(() => project?.remove());

    it("reports an error of the stack file once, before anything is registered", async () => {
        const file = project.stackFile;
        const good = fs.readFileSync(file, "utf8");
        fs.writeFileSync(file, good.replace("        table: invoices", "        tabel: invoices"));
        const output = await project.pulumi(["preview"], "fails");
        fs.writeFileSync(file, good);
        assert.match(output, /Pulumi\.dev\.yaml has 1 error:/);
        assert.match(
            output,
            /connectors\[2\]\.source\.tabel \(line \d+\): .*did you mean "table"\? \[KCP_UNKNOWN_SETTING\]/,
        );
        assert.doesNotMatch(output, /KafkaConnect |settings\/index\.ts:|unhandled/);
    });

    it("previews connectors of files, and reports an error at the file's own line", async () => {
        const folder = path.join(project.program, "connectors");
        const file = project.stackFile;
        const good = fs.readFileSync(file, "utf8");
        const document = YAML.parseDocument(good);
        document.addIn(["config", "kafka-connect-platform:connectors"], "connectors/*.yaml");
        fs.writeFileSync(file, document.toString());
        fs.mkdirSync(folder);
        const connectors = Array.from(
            { length: 10 },
            (_, index) =>
                `- { connectorTemplate: fileStreamSourceConnector, file: /tmp/${index}, topic: lines-${index} }\n`,
        );
        fs.writeFileSync(path.join(folder, "lines.yaml"), connectors.join(""));
        assert.match(await project.pulumi(["preview"]), /lines-9/);
        fs.appendFileSync(path.join(folder, "lines.yaml"), "- { connectorTemplate: fileStreamSourceConnector }\n");
        const output = await project.pulumi(["preview"], "fails");
        assert.match(output, /connectors\/lines\.yaml \[10\]\.topic \(line 11\): required/);
        fs.rmSync(folder, { recursive: true });
        fs.writeFileSync(file, good);
    });

    it("previews without a cluster that answers", async () => {
        const { clusters, ...rest } = YAML.parse(fs.readFileSync(kubeconfig!, "utf8")) as Kubeconfig;
        for (const { cluster } of clusters) cluster.server = "https://127.0.0.1:9";
        const content = YAML.stringify({ clusters, ...rest });
        // with its token it is accepted as secret config only
        change({ eks: { kubeconfig: content } });
        assert.match(await project.pulumi(["preview"], "fails"), /eks\.kubeconfig .*\[KCP_LITERAL_CREDENTIAL\]/);
        const key = "kafka-connect-platform:eks.kubeconfig";
        await project.pulumi(["config", "set", "--secret", "--path", key, content]);
        const output = await project.pulumi(["preview"]);
        change({ eks: { kubeconfig } });
        assert.match(summary(output).join(), /^\+ \d+ to create$/);
    });

    it("deploys; a second `up` changes nothing", async () => {
        const [created] = summary(await project.up());
        assert.match(created, /^\+ \d+ created$/);
        const count = /\d+/.exec(created)![0];
        assert.deepEqual(summary(await project.pulumi(["preview", "--expect-no-changes"])), [`${count} unchanged`]);
        assert.deepEqual(summary(await project.up("succeeds", "--expect-no-changes")), [`${count} unchanged`]);
    });

    it("replaces a connector whose version changes, and deletes the old one first", async () => {
        const file = project.stackFile;
        fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("2025042401", "2025050101"));
        const output = await project.up();
        assert.match(summary(output).join(), /\+-1 replaced/);
        const names = kubectl(kubeconfig!, "get", "kafkaconnectors", "-n", "kafka-connect", "-o", "name").output;
        assert.match(names, /instance2mysql-schema2-table2-2025050101/);
        assert.doesNotMatch(names, /2025042401/);
    });

    it("is destroyed except for Strimzi's CRDs", async () => {
        assert.match(summary(await project.pulumi(["destroy", "--yes", "--skip-preview"])).join(), /^- \d+ deleted$/);
        const crds = kubectl(kubeconfig!, "get", "crds", "-o", "name").output;
        assert.match(crds, /kafkaconnects\.kafka\.strimzi\.io/);
    });

    it("deploys again after a destroy, with the CRDs that remained", async () => {
        setProtect(true);
        assert.match(summary(await project.up()).join(), /^\+ \d+ created$/);
    });

    it("is not destroyed while it is protected: nothing is deleted", async () => {
        const output = await project.pulumi(["destroy", "--yes", "--skip-preview"], "fails");
        assert.match(output, /set protect: false and run pulumi up before deleting this/);
        const names = kubectl(kubeconfig!, "get", "kafkaconnectors", "-n", "kafka-connect", "-o", "name").output;
        assert.match(names, /instance2mysql-schema2-table2-2025050101/);
        setProtect(false);
        await project.up();
        assert.match(summary(await project.pulumi(["destroy", "--yes", "--skip-preview"])).join(), /^- \d+ deleted$/);
    });
});
