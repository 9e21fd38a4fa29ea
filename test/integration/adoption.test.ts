/**
 * Objects that kubectl, Helm and Argo CD created are imported from the cluster and taken over by `pulumi up`, on the
 * real engine and a real API server. Requires
 *   pulumi, pulumi-language-nodejs and pulumi-resource-kubernetes on PATH
 *   TEST_KUBECONFIG   kubeconfig of a disposable cluster in which Strimzi resources become Ready
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as YAML from "yaml";
import { runImport } from "../../cli/import";
import { crdsOf } from "../../src/release/crds";
import { defaultStrimziVersion, strimziRelease } from "../../src/release/releases";
import { EngineProject, summary } from "./project";
import { skipUnlessAvailable } from "./requirements";
import { kubectl } from "./support";

const { TEST_KUBECONFIG: kubeconfig, TEST_STRIMZI_VERSION: version = defaultStrimziVersion } = process.env;
const namespace = "adoption-test";
const { apiVersion } = strimziRelease(version);
const prefix = "kafka-connect-platform:";

const names = {
    groupId: "legacy-group",
    configStorageTopic: "legacy-configs",
    offsetStorageTopic: "legacy-offsets",
    statusStorageTopic: "legacy-status",
};
const keys = {
    "group.id": "legacy-group",
    "config.storage.topic": "legacy-configs",
    "offset.storage.topic": "legacy-offsets",
    "status.storage.topic": "legacy-status",
};

const connect = {
    apiVersion,
    kind: "KafkaConnect",
    metadata: { name: "legacy", namespace, annotations: { "strimzi.io/use-connector-resources": "true" } },
    spec: {
        replicas: 2,
        bootstrapServers: "kafka:9092",
        image: `registry.example.com/connect@sha256:${"1".repeat(64)}`,
        ...(strimziRelease(version).storageFields === "spec" ? names : {}),
        config: {
            ...(strimziRelease(version).storageFields === "spec" ? {} : keys),
            "key.converter": "org.apache.kafka.connect.json.JsonConverter",
        },
        template: { pod: { metadata: { labels: { team: "data" } } } },
    },
};

const connector = (name: string, annotations: Record<string, string> = {}, labels: Record<string, string> = {}) => ({
    apiVersion,
    kind: "KafkaConnector",
    metadata: { name, namespace, labels: { "strimzi.io/cluster": "legacy", ...labels }, annotations },
    spec: { class: "com.example.ExampleSource", tasksMax: 2, config: { topic: name } },
});

const storage = (prefix: string) => ({
    groupId: prefix,
    configStorageTopic: `${prefix}-configs`,
    offsetStorageTopic: `${prefix}-offsets`,
    statusStorageTopic: `${prefix}-status`,
});
const [old, current] = [
    { alias: "old", bootstrapServers: "old:9092" },
    { alias: "current", bootstrapServers: "kafka:9092" },
];
const mirrorSpec =
    strimziRelease(version).storageFields === "spec"
        ? {
              replicas: 1,
              target: { ...current, ...storage("mirror") },
              mirrors: [{ source: old, sourceConnector: { tasksMax: 2, config: {} } }],
          }
        : {
              replicas: 1,
              connectCluster: "current",
              clusters: [old, current],
              mirrors: [{ sourceCluster: "old", targetCluster: "current", sourceConnector: { tasksMax: 2 } }],
          };
/** What no section of a stack file has. */
const further = [
    { apiVersion, kind: "KafkaMirrorMaker2", metadata: { name: "mirror", namespace }, spec: mirrorSpec },
    {
        apiVersion,
        kind: "KafkaTopic",
        metadata: { name: "broker-defaults", namespace, labels: { "strimzi.io/cluster": "kafka" } },
        spec: { topicName: "Broker_Defaults" },
    },
];

describe("objects of other tools on the real engine", function () {
    this.timeout(600_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "adoption-"));
    let project: EngineProject;
    let uids: string;
    const printed: string[] = [];

    const k = (...args: string[]): string => {
        const { status, output } = kubectl(kubeconfig!, ...args);
        assert.equal(status, 0, output);
        return output;
    };
    const apply = (objects: unknown, ...args: string[]) => {
        const file = path.join(folder, "objects.json");
        fs.writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
        k("apply", "-f", file, ...args);
    };
    const readUids = (): string =>
        k(
            "get",
            "kafkaconnects,kafkaconnectors,kafkamirrormaker2s,kafkatopics",
            "-n",
            namespace,
            "-o",
            'jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.uid}{"\\n"}{end}',
        );

    before(async function () {
        skipUnlessAvailable(this, "engine", "cluster", "kubectl");
        apply(crdsOf(version), "--server-side", "--force-conflicts");
        k("wait", "--for=condition=Established", "--timeout=60s", "crd", "-l", "app=strimzi");
        k("create", "namespace", namespace);
        apply([connect, connector("by-kubectl"), ...further]);
        // what marks resources in such a cluster can leave out this kind, and the engine waits for it
        const ready = { observedGeneration: 1, conditions: [{ type: "Ready", status: "True" }] };
        const patch = JSON.stringify({ status: ready });
        const mirror = ["kafkamirrormaker2", "mirror", "-n", namespace];
        k("patch", ...mirror, "--subresource=status", "--type=merge", "-p", patch);
        const helm = { "meta.helm.sh/release-name": "shop", "meta.helm.sh/release-namespace": namespace };
        apply(
            [connector("by-helm", helm, { "app.kubernetes.io/managed-by": "Helm" })],
            "--server-side",
            "--field-manager=helm",
        );
        const argo = { "argocd.argoproj.io/tracking-id": `shop:kafka.strimzi.io/KafkaConnector:${namespace}/by-argo` };
        apply([connector("by-argo", argo)], "--server-side", "--field-manager=argocd-controller");
        uids = readUids();
        project = new EngineProject("adoption");
    });
    after(async () => {
        if (project) {
            await project.pulumi(["destroy", "--yes", "--skip-preview"]);
            project.remove();
            kubectl(kubeconfig!, "delete", "namespace", namespace, "--wait=false");
        }
        fs.rmSync(folder, { recursive: true, force: true });
    });

    const change = (edit: (document: YAML.Document) => void): void => {
        const document = YAML.parseDocument(fs.readFileSync(project.stackFile, "utf8"));
        edit(document);
        fs.writeFileSync(project.stackFile, document.toString());
    };

    it("are imported from the cluster with the commands that make Helm and Argo CD let go", async () => {
        const code = await runImport(
            { from: [], kubeconfig, namespace, stack: "adoption", out: project.stackFile, strimziVersion: version },
            (line) => printed.push(line),
        );
        assert.equal(code, 0, printed.join("\n"));
        assert.match(printed.at(-1)!, /: identical$/);
        assert.match(printed.join("\n"), /Helm release shop manages imported objects: annotate each with helm\.sh/);
        assert.match(printed.join("\n"), /Argo CD application shop manages imported objects/);
        change((document) => document.setIn(["config", `${prefix}eks`], { kubeconfig }));
        await project.pulumi(["stack", "init"]);
    });

    it("are an error without the list of objects to adopt", async () => {
        const file = fs.readFileSync(project.stackFile, "utf8");
        change((document) => document.deleteIn(["config", `${prefix}adopt`]));
        assert.match(await project.up("fails"), /already exists/);
        fs.writeFileSync(project.stackFile, file);
        assert.equal(readUids(), uids);
    });

    it("are taken over with the same uid, and a second `up` changes nothing", async () => {
        assert.match(summary(await project.up()).join(), /created/);
        assert.equal(readUids(), uids);
        assert.match(summary(await project.up("succeeds", "--expect-no-changes")).join(), /^\d+ unchanged$/);
    });

    it("stay the same when the list is removed", async () => {
        const generations = () =>
            k(
                "get",
                "kafkaconnects,kafkaconnectors",
                "-n",
                namespace,
                "-o",
                "jsonpath={.items[*].metadata.generation}",
            );
        const before = generations();
        change((document) => document.deleteIn(["config", `${prefix}adopt`]));
        const output = await project.up();
        assert.doesNotMatch(output, /KafkaConnect\S* .*(replaced|updated)/);
        assert.equal(readUids(), uids);
        assert.equal(generations(), before);
        assert.match(summary(await project.up("succeeds", "--expect-no-changes")).join(), /^\d+ unchanged$/);
    });

    it("get further changes of the stack file as updates", async () => {
        change((document) => document.setIn(["config", `${prefix}connect`, "replicas"], 3));
        assert.match(summary(await project.up()).join(), /~ \d updated/);
        assert.equal(k("get", "kafkaconnect", "legacy", "-n", namespace, "-o", "jsonpath={.spec.replicas}"), "3");
        assert.equal(readUids(), uids);
    });

    it("are forgotten by `pulumi state delete --all`, and managed by the other tool as before", async () => {
        const count = JSON.parse(await project.pulumi(["stack", "export"])) as { deployment: { resources: unknown[] } };
        assert.ok(count.deployment.resources.length > 5);
        await project.pulumi(["state", "delete", "--all", "--force", "--yes"]);
        assert.equal(readUids(), uids);
        const changed = connector("by-kubectl");
        apply([{ ...changed, spec: { ...changed.spec, tasksMax: 3 } }]);
        const tasks = ["get", "kafkaconnector", "by-kubectl", "-n", namespace, "-o", "jsonpath={.spec.tasksMax}"];
        assert.equal(k(...tasks), "3");
        assert.equal(readUids(), uids);
        assert.doesNotMatch(await project.pulumi(["stack", "export"]), /KafkaConnect/);
    });
});
