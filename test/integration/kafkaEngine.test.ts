/**
 * The examples of Kafka, the bridge and the standalone worker on the real engine, against a real API server.
 */
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import * as YAML from "yaml";
import { projectFolder } from "../../src/util/project";
import { skipUnlessAvailable } from "./requirements";
import { kubectl, onPath } from "./support";

interface Job {
    metadata: { name: string };
    spec: { template: { spec: { containers: { env: { name: string; value: string }[] }[] } } };
    status: { succeeded?: number; startTime?: string };
}

const { TEST_KUBECONFIG: kubeconfig, TEST_STRIMZI_VERSION: version } = process.env;
const prefix = "kafka-connect-platform:";

describe("the examples on the real engine", function () {
    this.timeout(900_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kafka-engine-"));
    const project = path.join(folder, "project");
    const env = {
        ...process.env,
        PULUMI_BACKEND_URL: `file://${folder}`,
        PULUMI_HOME: path.join(folder, "home"),
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_SKIP_UPDATE_CHECK: "true",
    };

    function pulumi(args: string[], wanted: "succeeds" | "fails" = "succeeds"): string {
        const { status, stdout, stderr } = spawnSync("pulumi", [...args, "--non-interactive", "--color", "never"], {
            cwd: project,
            env,
            encoding: "utf8",
            maxBuffer: 64 << 20,
        });
        assert.equal(status === 0, wanted === "succeeds", `pulumi ${args.join(" ")}\n${stdout}${stderr}`);
        return `${stdout}${stderr}`;
    }
    const k = (...args: string[]) => kubectl(kubeconfig!, ...args);
    const stackFile = (stack: string) => path.join(project, `Pulumi.${stack}.yaml`);

    /** A stack of an example, for the test's cluster and without the operator, which nothing here would run. */
    function stackOf(
        stack: string,
        example: string,
        change: (document: YAML.Document) => void = () => undefined,
    ): void {
        const document = YAML.parseDocument(fs.readFileSync(path.join(projectFolder, "examples", example), "utf8"));
        document.setIn(["config", `${prefix}eks`], { kubeconfig });
        document.setIn(["config", `${prefix}strimzi`], {
            ...(document.toJS().config[`${prefix}strimzi`] ?? {}),
            ...(version ? { version } : {}),
            install: false,
        });
        change(document);
        fs.writeFileSync(stackFile(stack), document.toString());
        pulumi(["stack", "init", stack]);
    }
    const edit = (stack: string, from: string, to: string) => {
        const text = fs.readFileSync(stackFile(stack), "utf8");
        assert.ok(text.includes(from), from);
        fs.writeFileSync(stackFile(stack), text.replace(from, to));
    };
    const up = (stack: string, ...more: string[]) =>
        pulumi(["up", "--yes", "--skip-preview", "--stack", stack, ...more]);
    /** Sets an option of the first connector. */
    const setConnector = (stack: string, option: string, value: unknown) => {
        const document = YAML.parseDocument(fs.readFileSync(stackFile(stack), "utf8"));
        document.setIn(["config", `${prefix}connectors`, 0, option], value);
        fs.writeFileSync(stackFile(stack), document.toString());
    };
    const jobs = (): Job[] =>
        (JSON.parse(k("get", "jobs", "-n", "kafka", "-o", "json").output) as { items: Job[] }).items;
    const tablesOf = ({ spec }: Job): string | undefined =>
        spec.template.spec.containers[0].env.find(({ name }) => name === "TABLES")?.value;

    /** Runs a command, and returns what it prints. Throws when it fails. */
    const inBackground = async (command: string, args: string[]): Promise<string> => {
        const { stdout, stderr } = await promisify(execFile)(command, args, { cwd: project, env, maxBuffer: 64 << 20 });
        return stdout + stderr;
    };

    /** Sets the status of Jobs while something waits for them, as the controller and the kubelet do. */
    async function whileJobsComplete<T>(run: () => Promise<T>): Promise<T> {
        const timer = setInterval(() => {
            for (const { metadata, status } of jobs().filter((job) => job.status.succeeded === undefined)) {
                const time = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString().replace(".000", "");
                const condition = (type: string) => ({ type, status: "True", lastTransitionTime: time });
                const complete = {
                    active: 0,
                    ready: 0,
                    terminating: 0,
                    uncountedTerminatedPods: null,
                    startTime: status.startTime ?? time,
                    completionTime: time,
                    succeeded: 1,
                    conditions: [condition("SuccessCriteriaMet"), condition("Complete")],
                };
                k(
                    ...["patch", "job", metadata.name, "-n", "kafka", "--subresource=status", "--type=merge"],
                    ...["-p", JSON.stringify({ status: complete })],
                );
            }
        }, 500);
        try {
            return await run();
        } finally {
            clearInterval(timer);
        }
    }
    /** Kinds in the order in which the engine finished them. */
    const deleted = (output: string): string[] =>
        [...output.matchAll(/^ - +kubernetes:\S+:(\w+) \S+ deleted/gm)].map(([, kind]) => kind);

    before(function () {
        skipUnlessAvailable(this, "nightly", "engine", "kubectl", "cluster");
        fs.cpSync(projectFolder, project, {
            recursive: true,
            filter: (source) => !/\/(node_modules|\.git|rendered)$/.test(source),
        });
        fs.symlinkSync(path.join(projectFolder, "node_modules"), path.join(project, "node_modules"));
        k("create", "namespace", "kafka");
        // nothing provisions storage here, and the engine waits until the claim of a Deployment is bound
        const volume = path.join(folder, "volume.json");
        fs.writeFileSync(
            volume,
            JSON.stringify({
                apiVersion: "v1",
                kind: "PersistentVolume",
                metadata: { name: "kafka-engine-test" },
                spec: { capacity: { storage: "1Gi" }, accessModes: ["ReadWriteOnce"], hostPath: { path: folder } },
            }),
        );
        k("create", "-f", volume);
    });
    after(() => {
        if (kubeconfig && onPath("kubectl"))
            k("delete", "persistentvolume", "kafka-engine-test", "--ignore-not-found", "--wait=false");
        if (kubeconfig && onPath("kubectl"))
            k("delete", "namespace", "kafka", "connect", "--ignore-not-found", "--wait=false");
        fs.rmSync(folder, { recursive: true, force: true });
    });

    it("deploy kafka-on-minikube; a second `up` changes nothing", () => {
        stackOf("minikube", "kafka-on-minikube.yaml");
        assert.match(up("minikube"), /\+ \d+ created/);
        pulumi(["preview", "--stack", "minikube", "--expect-no-changes"]);
        const resources = k(
            "get",
            "kafka,kafkanodepool,kafkatopic,kafkauser,kafkaconnect,kafkaconnector",
            "-n",
            "kafka",
            "-o",
            "name",
        ).output;
        for (const name of [
            "kafka.kafka.strimzi.io/my-cluster",
            "kafkanodepool.kafka.strimzi.io/dual",
            "kafkatopic.kafka.strimzi.io/my-topic",
            "kafkauser.kafka.strimzi.io/data-kafka-connect-cluster",
            "kafkaconnect.kafka.strimzi.io/data-kafka-connect-cluster",
            "kafkaconnector.kafka.strimzi.io/shoppostgres-shop-orders",
        ])
            assert.match(resources, new RegExp(`^${name}$`, "m"));
    });

    it("give the workers of kafka-on-minikube access to the Secret of the connector and to no other", () => {
        const may = (...args: string[]) =>
            k(
                "auth",
                "can-i",
                ...args,
                "-n",
                "kafka",
                "--as",
                "system:serviceaccount:kafka:data-kafka-connect-cluster-connect",
            )
                .output.trim()
                .split("\n")
                .pop();
        assert.equal(may("get", "secret/shop"), "yes");
        assert.equal(may("get", "secret/other"), "no");
        assert.equal(may("list", "secrets"), "no");
    });

    it("reject fewer partitions in the preview and in `up`", () => {
        edit("minikube", "partitions: 3", "partitions: 1");
        const refused = /the topic my-topic has 3 partitions and cannot have 1: Kafka does not remove partitions/;
        assert.match(pulumi(["preview", "--stack", "minikube"], "fails"), refused);
        assert.match(pulumi(["up", "--yes", "--skip-preview", "--stack", "minikube"], "fails"), refused);
        assert.equal(
            k("get", "kafkatopic", "my-topic", "-n", "kafka", "-o", "jsonpath={.spec.partitions}").output,
            "3",
        );
        edit("minikube", "partitions: 1", "partitions: 6");
        assert.match(up("minikube"), /~ 2 updated/);
        assert.equal(
            k("get", "kafkatopic", "my-topic", "-n", "kafka", "-o", "jsonpath={.spec.partitions}").output,
            "6",
        );
    });

    it("create a Job that reads a table when the table is added, and replace the Job of the earlier tables", async () => {
        setConnector("minikube", "incrementalSnapshots", { signalTable: "public.debezium_signal" });
        setConnector("minikube", "source", { instance: "shop", database: "shop", tables: ["orders"] });
        await whileJobsComplete(() => inBackground("pulumi", ["up", "--yes", "--skip-preview", "--stack", "minikube"]));
        const [first, ...none] = jobs();
        assert.deepEqual([tablesOf(first), none], ["public.orders", []]);
        setConnector("minikube", "source", { instance: "shop", database: "shop", tables: ["orders", "customers"] });
        assert.match(pulumi(["preview", "--stack", "minikube"]), /public\\?\.customers/);
        await whileJobsComplete(() => inBackground("pulumi", ["up", "--yes", "--skip-preview", "--stack", "minikube"]));
        const [second, ...others] = jobs();
        assert.deepEqual([tablesOf(second), others], ["public.orders\npublic.customers", []]);
        assert.notEqual(second.metadata.name, first.metadata.name);
        pulumi(["preview", "--stack", "minikube", "--expect-no-changes"]);
    });

    it("read a table again by a Job of `kcp snapshot`, which is deleted at its end", async () => {
        const before = jobs();
        const kcp = [path.join(projectFolder, "cli", "kcp.js"), "snapshot", "shoppostgres-shop", "public.orders"];
        const options = ["--file", stackFile("minikube"), "--kubeconfig", kubeconfig!, "--apply"];
        const printed = await whileJobsComplete(() => inBackground(process.execPath, [...kcp, ...options]));
        assert.match(printed, /created the Job kafka\/shoppostgres-shop-snapshot-[0-9a-f]{8}/);
        assert.deepEqual(
            jobs().map(({ metadata }) => metadata.name),
            before.map(({ metadata }) => metadata.name),
        );
    });

    it("are destroyed as finalizers need: connectors, Connect, topics and users, Kafka, node pools", () => {
        const order = deleted(pulumi(["destroy", "--yes", "--skip-preview", "--stack", "minikube"]));
        const place = (kind: string) => {
            assert.ok(order.includes(kind), `${kind} in ${order.join(", ")}`);
            return order.indexOf(kind);
        };
        for (const [first, then] of [
            ["KafkaConnector", "KafkaConnect"],
            ["KafkaConnect", "KafkaTopic"],
            ["KafkaConnect", "KafkaUser"],
            ["KafkaTopic", "Kafka"],
            ["KafkaUser", "Kafka"],
            ["Kafka", "KafkaNodePool"],
        ])
            assert.ok(place(first) < place(then), `${first} before ${then}: ${order.join(", ")}`);
    });

    it("deploy and destroy http-bridge-sidecar with both containers", () => {
        stackOf("bridge", "http-bridge-sidecar.yaml", (document) =>
            document.setIn(["config", `${prefix}kafkaCluster`, "createNamespace"], false),
        );
        up("bridge");
        pulumi(["preview", "--stack", "bridge", "--expect-no-changes"]);
        assert.equal(
            k(
                "get",
                "deployment",
                "bridge-sidecar",
                "-n",
                "kafka",
                "-o",
                "jsonpath={.spec.template.spec.containers[*].name}",
            ).output,
            "main bridge",
        );
        pulumi(["destroy", "--yes", "--skip-preview", "--stack", "bridge"]);
    });

    it("deploy standalone-file-sink with a login from secret config, show it nowhere, and roll out a new one", () => {
        stackOf("standalone", "standalone-file-sink.yaml", (document) =>
            document.setIn(["config", `${prefix}standaloneConnect`, "credentials"], { username: "plain" }),
        );
        assert.match(
            pulumi(["preview", "--stack", "standalone"], "fails"),
            /standaloneConnect\.credentials\.username \(line \d+\): expected a secret value .*received a value \(not shown\)/,
        );
        const set = (key: string, value: string) =>
            pulumi([
                "config",
                "set",
                "--stack",
                "standalone",
                "--secret",
                "--path",
                `${prefix}standaloneConnect.credentials.${key}`,
                value,
            ]);
        set("username", "api-key");
        set("password", "hunter2");
        const printed = up("standalone");
        pulumi(["preview", "--stack", "standalone", "--expect-no-changes"]);
        const digest = () =>
            k(
                "get",
                "deployment",
                "file-sink-connector",
                "-n",
                "connect",
                "-o",
                "jsonpath={.spec.template.metadata.annotations.checksum/config}",
            ).output;
        const before = digest();
        assert.match(before, /^[0-9a-f]{64}$/);
        assert.equal(
            Buffer.from(
                k(
                    "get",
                    "secret",
                    "file-sink-connector-kafka-login",
                    "-n",
                    "connect",
                    "-o",
                    "jsonpath={.data.password}",
                ).output,
                "base64",
            ).toString(),
            "hunter2",
        );
        const state = spawnSync("grep", ["-rl", "hunter2", path.join(folder, ".pulumi"), stackFile("standalone")], {
            encoding: "utf8",
        }).stdout;
        assert.deepEqual([/hunter2|api-key/.test(printed), state], [false, ""]);
        set("password", "hunter3");
        up("standalone");
        assert.notEqual(digest(), before);
        pulumi(["destroy", "--yes", "--skip-preview", "--stack", "standalone"]);
    });
});
