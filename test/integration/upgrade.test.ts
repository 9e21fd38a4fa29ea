/**
 * Strimzi's CRDs and all objects move from 0.45.0 by 0.51.0 to 1.2.0, with the real engine on a real API server.
 * Requires
 *   pulumi, pulumi-language-nodejs and pulumi-resource-kubernetes on PATH
 *   TEST_KUBECONFIG   kubeconfig of a disposable cluster in which Strimzi resources become Ready. Strimzi's CRDs are
 *                     deleted before and after the test
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as YAML from "yaml";
import { ClusterApi } from "../../src/util/clusterApi";
import { planUpgrade } from "../../src/upgrade/plan";
import { readClusterState } from "../../src/upgrade/clusterState";
import { projectFolder } from "../../src/util/project";
import { EngineProject, summary } from "./project";
import { skipUnlessAvailable } from "./requirements";
import { kubectl } from "./support";

const { TEST_KUBECONFIG: kubeconfig } = process.env;
const [platform, team] = ["upgrade-platform", "upgrade-team"];
const old = "kafka.strimzi.io/v1beta2";
const inTeam = (kind: string, name: string, spec: object, cluster?: string) => ({
    apiVersion: old,
    kind,
    metadata: { name, namespace: team, ...(cluster ? { labels: { "strimzi.io/cluster": cluster } } : {}) },
    spec,
});
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** What another team has, by kubectl. */
const teamObjects = [
    inTeam("KafkaConnect", "with-names", {
        replicas: 1,
        bootstrapServers: "kafka:9092",
        config: {
            "group.id": "team",
            "config.storage.topic": "team-configs",
            "offset.storage.topic": "team-offsets",
            "status.storage.topic": "team-status",
        },
    }),
    // Strimzi's defaults for the group, the topics and the replicas
    inTeam("KafkaConnect", "with-defaults", { bootstrapServers: "kafka:9092" }),
    ...numbers(200).map((index) =>
        inTeam(
            "KafkaConnector",
            `connector-${index}`,
            { class: "com.example.Sink", config: { topics: "a" } },
            "with-names",
        ),
    ),
    ...numbers(60).map((index) => inTeam("KafkaTopic", `topic-${index}`, { partitions: 1, replicas: 1 }, "kafka")),
    ...numbers(30).map((index) => inTeam("KafkaUser", `user-${index}`, { authentication: { type: "tls" } }, "kafka")),
];
const mirror = inTeam("KafkaMirrorMaker2", "mirror", {
    connectCluster: "b",
    clusters: [
        { alias: "a", bootstrapServers: "a:9092" },
        { alias: "b", bootstrapServers: "b:9092" },
    ],
    mirrors: [{ sourceCluster: "a", targetCluster: "b" }],
});

describe("the upgrade of Strimzi from 0.45.0 to 1.2.0", function () {
    this.timeout(900_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "upgrade-"));
    let project: EngineProject;
    let api: ClusterApi;
    let initial: Map<string, string>;

    const k = (...args: string[]): string => {
        const { status, output } = kubectl(kubeconfig!, ...args);
        assert.equal(status, 0, output);
        return output;
    };
    const apply = (items: unknown, ...args: string[]) => {
        const file = path.join(folder, "objects.json");
        fs.writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
        k("apply", "-f", file, ...args);
    };
    const removeCrds = () => {
        const owned = k("get", "crds", "-o", "name")
            .split("\n")
            .filter((name) => /\.strimzi\.io$/.test(name));
        if (owned.length > 0) k("delete", ...owned);
    };
    const up = async (version: string): Promise<string> => {
        const document = YAML.parseDocument(fs.readFileSync(project.stackFile, "utf8"));
        document.setIn(["config", "kafka-connect-platform:strimzi", "version"], version);
        fs.writeFileSync(project.stackFile, document.toString());
        return project.up();
    };
    /**
     * Runs `kcp upgrade` as a user does.
     *
     * @param interrupted asked again and again: whether the command is killed now
     */
    async function upgrade(to: string, apply = false, interrupted?: () => boolean) {
        const args = ["upgrade", "--file", project.stackFile, "--to", to, "--kubeconfig", kubeconfig!];
        const all = [path.join(projectFolder, "cli", "kcp.js"), ...args, ...(apply ? ["--apply"] : [])];
        const child = spawn(process.execPath, all, { cwd: projectFolder });
        let output = "";
        child.stdout.on("data", (data) => (output += data));
        child.stderr.on("data", (data) => (output += data));
        const timer = setInterval(() => interrupted?.() && child.kill("SIGKILL"), 100);
        const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
        clearInterval(timer);
        return { code, output };
    }
    /** What it refuses, a line each. */
    const refusals = async (to: string) =>
        (await upgrade(to)).output.split("\n").flatMap((line) => /^refused: (.*)/.exec(line)?.[1] ?? []);
    const storedVersions = () =>
        k("get", "crd", "kafkaconnectors.kafka.strimzi.io", "-o", "jsonpath={.status.storedVersions}");
    /** uid by kind and name. */
    const uids = async () =>
        new Map(
            (await readClusterState(api)).objects
                .map(({ kind, metadata }) => [`${kind} ${metadata.namespace}/${metadata.name}`, metadata.uid] as const)
                .sort(([one], [other]) => (one < other ? -1 : 1)),
        );
    const generations = () =>
        k("get", "kafkaconnectors,kafkatopics,kafkausers", "-A", "-o", "jsonpath={.items[*].metadata.generation}");

    before(async function () {
        // it deletes and replaces the CRDs of the cluster, which other suites use
        skipUnlessAvailable(this, "nightly", "engine", "cluster", "kubectl");
        removeCrds();
        k("create", "namespace", platform);
        k("create", "namespace", team);
        api = await ClusterApi.connect({ kubeconfig });
        project = new EngineProject("upgrade");
        const config = {
            eks: { kubeconfig },
            strimzi: { version: "0.45.0", install: false },
            kafka: { bootstrapServers: "kafka:9092" },
            connect: { name: "platform", namespace: platform, createNamespace: false },
            kafkaAccess: { cluster: "kafka", namespace: platform, topics: [{ name: "orders", partitions: 3 }] },
            metrics: { exporter: false },
            connectors: ["one", "two"].map((name) => ({ connectorTemplate: "raw", name, class: "com.example.Source" })),
        };
        const prefixed = Object.entries(config).map(([key, value]) => [`kafka-connect-platform:${key}`, value]);
        fs.writeFileSync(project.stackFile, YAML.stringify({ config: Object.fromEntries(prefixed) }));
        await project.pulumi(["stack", "init"]);
        await up("0.45.0");
        apply([...teamObjects, mirror], "--server-side");
        initial = await uids();
    });
    after(async () => {
        if (project) {
            // the garbage collector remembers it in v1beta2, and would not end a foreground deletion
            // (docs/operations.md)
            kubectl(kubeconfig!, "delete", "kafkaconnect", "platform", "-n", platform, "--cascade=background");
            await project.pulumi(["destroy", "--yes", "--skip-preview"]);
            project.remove();
            removeCrds();
            for (const namespace of [platform, team])
                kubectl(kubeconfig!, "delete", "namespace", namespace, "--wait=false");
        }
        fs.rmSync(folder, { recursive: true, force: true });
    });

    it("is refused as one step", async () => {
        assert.match((await refusals("1.2.0")).join("\n"), /do not serve v1, .*: go to 0\.51\.0 first/);
        assert.deepEqual(await refusals("0.51.0"), []);
    });

    it("reaches 0.51.0 by one command, the version and `pulumi up`, and replaces no object", async () => {
        assert.match((await upgrade("0.51.0")).output, /Nothing was changed; --apply does it\./);
        const { code, output: printed } = await upgrade("0.51.0", true);
        assert.equal(code, 0, printed);
        assert.match(printed, /KafkaConnect upgrade-team\/with-names: groupId, .* filled in/);
        const config = "jsonpath={.spec.config.group\\.id} {.spec.groupId}";
        assert.equal(k("get", "kafkaconnect", "with-names", "-n", team, "-o", config), "team team");
        const output = await up("0.51.0");
        assert.doesNotMatch(summary(output).join(), /replaced|created/);
        // it leaves the stack and stays in the cluster
        k("get", "crd", "kafkamirrormakers.kafka.strimzi.io");
        assert.deepEqual(await uids(), initial);
        assert.match(summary(await project.up("succeeds", "--expect-no-changes")).join(), /^\d+ unchanged$/);
    });

    it("refuses 1.2.0 while an object has fields that v1 has not, and names it", async () => {
        const found = await refusals("1.2.0");
        assert.match(found.join("\n"), /KafkaMirrorMaker2 upgrade-team\/mirror: spec\..*connectCluster/);
        assert.ok(
            found.every((line) => line.startsWith("KafkaMirrorMaker2 ")),
            found.join("\n"),
        );
        const inV1 = {
            replicas: 1,
            target: {
                alias: "b",
                bootstrapServers: "b:9092",
                groupId: "mirror",
                configStorageTopic: "mirror-configs",
                offsetStorageTopic: "mirror-offsets",
                statusStorageTopic: "mirror-status",
            },
            mirrors: [{ source: { alias: "a", bootstrapServers: "a:9092" } }],
        };
        const file = path.join(folder, "mirror.json");
        const metadata = { name: "mirror", namespace: team };
        const item = { apiVersion: "kafka.strimzi.io/v1", kind: "KafkaMirrorMaker2", metadata, spec: inV1 };
        fs.writeFileSync(file, JSON.stringify(item));
        k("replace", "-f", file);
        assert.deepEqual(await refusals("1.2.0"), []);
    });

    it("stores every object as v1, also after an interruption, with the same uid and generation", async () => {
        const had = generations();
        // killed while it writes the objects: the CRD stores v1 by then, and the API server still lists both
        const isWriting = () => /v1beta2.*"v1"|"v1".*v1beta2/.test(storedVersions());
        const killed = await upgrade("1.2.0", true, isWriting);
        assert.equal(killed.code, null, killed.output);
        assert.match(storedVersions(), /v1beta2/);
        const { code, output } = await upgrade("1.2.0", true);
        assert.equal(code, 0, output);
        assert.match(output, /objects read and written as v1, 0 of them were stored in another form/);
        assert.match(output, /set strimzi\.version to 1\.2\.0 in Pulumi\.upgrade\.yaml/);
        assert.deepEqual(await uids(), initial);
        assert.equal(generations(), had);
        const connect = k(
            "get",
            "kafkaconnect",
            "with-defaults",
            "-n",
            team,
            "-o",
            "jsonpath={.spec.groupId} {.spec.replicas}",
        );
        assert.equal(connect, "connect-cluster 3");
        assert.equal(planUpgrade(await readClusterState(api), "1.2.0").migratesStorage, false);
    });

    it("reaches 1.2.0 by the version and `pulumi up`, with every object of every team readable", async () => {
        const output = await up("1.2.0");
        assert.doesNotMatch(summary(output).join(), /replaced|created/);
        assert.deepEqual(await uids(), initial);
        assert.equal(initial.size, teamObjects.length + 1 + 4);
    });
});
