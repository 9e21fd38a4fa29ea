/**
 * The whole chain: the real engine, a real API server, Strimzi's own operator, a real worker with the real plugins, and
 * a real database. In the cluster of TEST_KUBECONFIG only pods become Ready: the operator writes every other status. It
 * needs port 8083, where the worker listens, and an entry in the hosts file by which the operator finds it there.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as dns from "node:dns/promises";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import * as YAML from "yaml";
import { synth, onlyOfKind } from "../../src/synth/synth";
import { startBroker } from "../../src/local/broker";
import { seed, type Database } from "../../src/local/database";
import { preparePrerequisites } from "../../src/local/prerequisites";
import { accepts, freePort, until } from "../../src/local/ports";
import { pause } from "../../src/util/pause";
import { projectFolder } from "../../src/util/project";
import { startPostgres } from "../../src/local/postgres";
import { Processes } from "../../src/local/processes";
import { writeSecrets } from "../../src/local/secrets";
import { startWorker } from "../../src/local/worker";
import { crdsOf } from "../../src/release/crds";
import { settingsFrom } from "../support/stacks";
import { startOperator } from "./operator";
import { diagnostics, EngineProject, summary } from "./project";
import { skipUnlessAvailable, testVariables } from "./requirements";
import { kubectl } from "./support";

const { TEST_KUBECONFIG: kubeconfig, TEST_STRIMZI_VERSION: version } = testVariables;
const namespace = "chain-test";
const connect = "chain";
const restPort = 8083;
const host = `${connect}-connect-api.${namespace}.svc`;

type Connector = Record<string, unknown>;
// one database is used as several instances: no two connectors of a stack may read the same table
const connector = (name: string, more: Connector = {}): Connector => ({
    connectorTemplate: "debeziumPostgresSourceConnector",
    name,
    source: {
        instance: name,
        database: "shop",
        table: "orders",
        port: `\${secretManager:${name.toUpperCase()}:PORT}`,
    },
    ...more,
});

describe("the whole chain", function () {
    this.timeout(600_000);
    let project: EngineProject;
    let raw: Record<string, unknown>;
    const processes: Processes[] = [];
    /** Processes that end together, with their own folder. */
    const together = () => {
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chain-"));
        // the operating system user of the database must be able to enter the folder
        fs.chmodSync(folder, 0o711);
        processes.push(new Processes(folder));
        return processes[processes.length - 1];
    };
    let worker: Processes | undefined;
    let database: Database;
    let startTheWorker: () => Promise<void>;

    function stack(...connectors: Connector[]): void {
        raw = { ...raw, connectors };
        fs.writeFileSync(
            project.stackFile,
            YAML.stringify({
                config: Object.fromEntries(
                    Object.entries(raw).map(([key, value]) => [`kafka-connect-platform:${key}`, value]),
                ),
            }),
        );
    }
    const place = (index: number, name: string) =>
        `connectors[${index}] (line ${fs
            .readFileSync(project.stackFile, "utf8")
            .split("\n")
            .findIndex((line) => line.trim() === `name: ${name}`)} of Pulumi.chain.yaml): ${name}: `;

    before(async function () {
        const resolved = await dns.lookup(host).catch(() => undefined);
        skipUnlessAvailable(
            this,
            "operator",
            "strimziVersion",
            "cluster",
            "java",
            "maven",
            "kubectl",
            "engine",
            { missing: resolved?.address === "127.0.0.1" ? undefined : `the hosts file has no "127.0.0.1 ${host}"` },
            { missing: (await accepts(restPort)) ? `port ${restPort} is taken` : undefined },
        );
        const [kafkaPort, databasePort] = [await freePort(), await freePort()];
        raw = {
            eks: { kubeconfig },
            strimzi: { version, install: false, crds: false },
            secrets: { provider: "file" },
            image: { build: { registry: "localhost:5000/kafka-connect" } },
            kafka: { bootstrapServers: `127.0.0.1:${kafkaPort}` },
            connect: {
                name: connect,
                namespace,
                createNamespace: false,
                timeoutMinutes: 4,
                logging: { format: "json", levels: { "io.debezium.util": "WARN" } },
            },
        };
        const base = together();
        const secrets = path.join(base.folder, "secrets");
        const parts = await preparePrerequisites(settingsFrom(raw), {
            what: "the chain",
            say: () => undefined,
            // the connectors are declared later
            allPlugins: true,
        });
        const [runtime, plugins] = await Promise.all([parts.runtime, parts.plugins]);
        const kafkaConnect = onlyOfKind(await synth("chain", raw), "KafkaConnect");
        // no pod runs the image, so it is not built
        delete raw.image;
        startTheWorker = async () => {
            worker = together();
            startWorker(worker, kafkaConnect, { runtime, plugins, restPort, secrets });
        };
        await startBroker(base, parts.kafkaVersion, runtime, kafkaPort);
        database = await startPostgres(base, databasePort);
        await seed(database, "postgres", ["shop"]);
        fs.mkdirSync(secrets, { recursive: true });
        const { user: USERNAME, password: PASSWORD } = database;
        const login = { HOST: "127.0.0.1", PORT: String(databasePort), USERNAME, PASSWORD };
        writeSecrets(secrets, new Map(["GOOD", "IDLE", "REFUSED", "BROKEN"].map((name) => [name, login])));

        const crds = path.join(base.folder, "crds.json");
        fs.writeFileSync(crds, JSON.stringify({ apiVersion: "v1", kind: "List", items: crdsOf(version!) }));
        const applied = kubectl(kubeconfig!, "apply", "--server-side", "--force-conflicts", "-f", crds);
        assert.equal(applied.status, 0, applied.output);
        kubectl(kubeconfig!, "wait", "--for=condition=Established", "--timeout=60s", "crd", "-l", "app=strimzi");
        kubectl(kubeconfig!, "create", "namespace", namespace);
        startOperator(base, namespace);

        project = new EngineProject("chain");
        stack();
        await project.pulumi(["stack", "init"]);
    });
    after(async () => {
        if (project) {
            await project.pulumi(["destroy", "--yes", "--skip-preview"]);
            project.remove();
        }
        for (const group of processes) {
            await group.stop();
            fs.rmSync(group.folder, { recursive: true, force: true });
        }
        if (project) kubectl(kubeconfig!, "delete", "namespace", namespace, "--wait=false");
    });

    it("deploys a running and a paused connector, although the worker starts later", async () => {
        stack(connector("good"), connector("idle", { state: "paused" }));
        const up = project.up();
        await pause(15_000);
        await startTheWorker();
        await up;
        const states = kubectl(
            kubeconfig!,
            "get",
            "kafkaconnectors",
            "-n",
            namespace,
            "-o",
            'jsonpath={range .items[*]}{.metadata.name} {.status.conditions[0].type}{"\\n"}{end}',
        ).output;
        assert.match(states, /good Ready\nidle Ready/);
        assert.match(summary(await project.up("succeeds", "--expect-no-changes")).join(), /^\d+ unchanged$/);
    });

    it("restarts the task of a connector by kcp restart", async () => {
        // a task that starts again reads its slot by another process of PostgreSQL
        const reader = async () =>
            (
                await database.run("shop", "SELECT active_pid FROM pg_replication_slots WHERE slot_name = 'dbz_good'")
            ).join();
        const before = await reader();
        assert.match(before, /\d/);
        const kcp = path.join(projectFolder, "cli", "kcp.js");
        const args = ["restart", "good", "--apply", "--file", project.stackFile, "--kubeconfig", kubeconfig!];
        const { stdout } = await promisify(execFile)(process.execPath, [kcp, ...args]);
        assert.match(stdout, /done: restart good and its tasks/);
        await until("another process", 60_000, async () => {
            const now = await reader();
            return (/\d/.test(now) && now !== before) || undefined;
        });
    });

    it("has the log configuration and the levels of connect.logging", async () => {
        const { output } = kubectl(
            kubeconfig!,
            "get",
            "configmap",
            `${connect}-connect-config`,
            "-n",
            namespace,
            "-o",
            "yaml",
        );
        const { data } = YAML.parse(output) as { data: Record<string, string> };
        const configuration = data["log4j.properties"] ?? data["log4j2.properties"];
        assert.match(configuration, /net\.logstash\.log4j\.JSONEventLayoutV1|JsonTemplateLayout/);
        assert.match(configuration, /^log4j\.rootLogger=INFO, JSON$|^rootLogger\.appenderRef\.console\.ref=JSON$/m);
        // the operator of 0.45 sets the levels through Connect's REST API, that of 1.x only in the file
        if (data["log4j.properties"]) {
            const response = await fetch(`http://127.0.0.1:${restPort}/admin/loggers/io.debezium.util`);
            assert.equal(((await response.json()) as { level: string }).level, "WARN");
        }
    });

    it("fails for a rejected connector and for a failing task, each with its message and line", async () => {
        stack(
            connector("good"),
            connector("idle", { state: "paused" }),
            connector("refused", { config: { "topic.naming.strategy": true } }),
            connector("broken", { config: { "plugin.name": "decoderbufs" } }),
        );
        const said = diagnostics(await project.up("fails"));
        assert.ok(said.includes(`${place(2, "refused")}Connect refused it:\n`), said);
        assert.match(said, /The 'topic\.naming\.strategy' value is invalid: A Java class name is expected/);
        assert.ok(said.includes(`${place(3, "broken")}task 0 has failed:\n`), said);
        assert.match(said, /Caused by: .*decoderbufs/);
        assert.doesNotMatch(said, /error: connectors\[[01]\]/);
    });

    it("deploys both after they are fixed, although the worker is down for a while", async () => {
        await worker!.stop();
        stack(connector("good"), connector("idle", { state: "paused" }), connector("refused"), connector("broken"));
        const up = project.up();
        await pause(15_000);
        await startTheWorker();
        assert.match(summary(await up).join(), /^~ \d+ updated,\d+ unchanged$/);
    });
});
