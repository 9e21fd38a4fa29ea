/**
 * A source under load moves from a Connect worker to a Connect cluster that Strimzi's own operator runs, and back: the
 * operator lists and alters the offsets. In the cluster of TEST_KUBECONFIG only pods become Ready: the operator writes
 * every other status. It needs port 8083, where the worker of the target listens, and an entry in the hosts file by
 * which the operator finds it there.
 */
import assert from "node:assert/strict";
import * as dns from "node:dns/promises";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as YAML from "yaml";
import { runMove } from "../../cli/move";
import type { ChangeEvent } from "../../src/local/changeEvents";
import type { ConnectApi } from "../../src/local/connectApi";
import { accepts } from "../../src/local/ports";
import { Processes } from "../../src/local/processes";
import { RestSide } from "../../src/move/restSide";
import { crdsOf } from "../../src/release/crds";
import { onlyOfKind, synth } from "../../src/synth/synth";
import { pause } from "../../src/util/pause";
import { ConnectRig } from "./connectRig";
import { startOperator } from "./operator";
import { skipUnlessAvailable, testVariables } from "./requirements";
import { kubectl } from "./support";

const { TEST_KUBECONFIG: kubeconfig, TEST_STRIMZI_VERSION: version } = testVariables;
const namespace = "chain-test";
const cluster = "chain";
const host = `${cluster}-connect-api.${namespace}.svc`;
const restPort = 8083;
const database = "shop";
const topic = "orders.public.orders";
const snapshotRows = 500;

const source = {
    connectorTemplate: "debeziumPostgresSourceConnector",
    name: "orders",
    converter: "json-with-schemas",
    source: { instance: "shop", database, table: "orders", port: ConnectRig.port },
};

describe("a move to a Connect cluster of Strimzi", function () {
    this.timeout(600_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "move-strimzi-"));
    const [file, journal] = [path.join(folder, "Pulumi.chain.yaml"), path.join(folder, "journal.json")];
    const processes = new Processes(folder);
    let rig: ConnectRig;
    let target: ConnectApi;
    let events: ChangeEvent[];
    let inserted = snapshotRows;
    let writing = true;
    let load: Promise<void> | undefined;
    const printed: string[] = [];

    const k = (...args: string[]): string => {
        const { status, output } = kubectl(kubeconfig!, ...args);
        assert.equal(status, 0, output);
        return output;
    };
    const apply = (objects: readonly unknown[], ...args: string[]) => {
        const list = path.join(folder, "objects.json");
        fs.writeFileSync(list, JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
        k("apply", "-f", list, ...args);
    };
    const move = (...flags: ("apply" | "rollback")[]): Promise<number> =>
        runMove(
            {
                from: rig.api.url,
                to: target.url,
                kubeconfig,
                stack: "chain",
                file,
                journal,
                ...Object.fromEntries(flags.map((flag) => [flag, true])),
            },
            (line) => printed.push(line),
        );
    /**
     * The same with the KafkaConnect as the source, through a tunnel. There is no kubelet that could forward a port.
     */
    async function moveFromStrimzi(...flags: ("apply" | "rollback")[]): Promise<number> {
        const forward = `echo "Forwarding from 127.0.0.1:${restPort} -> 8083"; exec sleep 600`;
        fs.writeFileSync(path.join(folder, "kubectl"), `#!/bin/sh\n${forward}\n`, { mode: 0o755 });
        const { PATH } = process.env;
        process.env.PATH = `${folder}${path.delimiter}${PATH}`;
        try {
            return await runMove(
                {
                    from: `${namespace}/${cluster}`,
                    fromKubeconfig: kubeconfig,
                    to: rig.api.url,
                    connector: ["orders=orders-again"],
                    journal: path.join(folder, "again.json"),
                    ...Object.fromEntries(flags.map((flag) => [flag, true])),
                },
                (line) => printed.push(line),
            );
        } finally {
            process.env.PATH = PATH;
        }
    }
    const connector = (): { spec: Record<string, unknown>; status: { conditions: { type: string }[] } } =>
        JSON.parse(k("get", "kafkaconnector", "orders", "-n", namespace, "-o", "json")) as never;
    async function writeRows(): Promise<void> {
        while (writing) {
            const rows = `SELECT ${inserted} + n, 'x' FROM generate_series(1, 5) n`;
            await rig.database.run(database, `INSERT INTO orders ${rows}`);
            inserted += 5;
            await pause(50);
        }
    }

    before(async function () {
        const resolved = await dns.lookup(host).catch(() => undefined);
        skipUnlessAvailable(
            this,
            ...(["operator", "strimziVersion", "cluster", "java", "maven", "kubectl"] as const),
            { missing: resolved?.address === "127.0.0.1" ? undefined : `the hosts file has no "127.0.0.1 ${host}"` },
            { missing: (await accepts(restPort)) ? `port ${restPort} is taken` : undefined },
        );
        fs.chmodSync(folder, 0o711);
        rig = await ConnectRig.start();
        await rig.database.create(database);
        await rig.database.run(
            database,
            `CREATE TABLE orders (id int PRIMARY KEY, item text);
             INSERT INTO orders SELECT n, 'x' FROM generate_series(1, ${snapshotRows}) n`,
        );
        await rig.deploy(source);
        events = await rig.read([topic]);
        target = await rig.startOther(cluster, restPort);
        const stack = {
            strimzi: { version, install: false, crds: false },
            secrets: { provider: "file" },
            kafka: { bootstrapServers: rig.bootstrapServers },
            // the rules of the exporter would be a ConfigMap, which nobody creates here
            metrics: { exporter: false },
            connect: { name: cluster, namespace, createNamespace: false },
            connectors: [source],
        };
        const prefixed = Object.entries(stack).map(([key, value]) => [`kafka-connect-platform:${key}`, value]);
        fs.writeFileSync(file, YAML.stringify({ config: Object.fromEntries(prefixed) }));
        apply(crdsOf(version!), "--server-side", "--force-conflicts");
        k("wait", "--for=condition=Established", "--timeout=60s", "crd", "-l", "app=strimzi");
        k("create", "namespace", namespace);
        startOperator(processes, namespace);
        apply([onlyOfKind(await synth("chain", stack), "KafkaConnect")]);
        k("wait", "--for=condition=Ready", "--timeout=240s", "-n", namespace, `kafkaconnect/${cluster}`);
        load = writeRows();
    });
    after(async () => {
        writing = false;
        await load;
        if (rig) {
            kubectl(kubeconfig!, "delete", "kafkaconnector,kafkaconnect", "--all", "-n", namespace, "--timeout=60s");
            kubectl(kubeconfig!, "delete", "namespace", namespace, "--wait=false");
        }
        await processes.stop();
        await rig?.stop();
        fs.rmSync(folder, { recursive: true, force: true });
    });

    it("changes nothing without --apply", async () => {
        assert.equal(await move(), 0, printed.join("\n"));
        assert.equal(kubectl(kubeconfig!, "get", "kafkaconnector", "-n", namespace, "-o", "name").output.trim(), "");
    });

    it("sets the offsets through the operator, and leaves a KafkaConnector as the stack declares it", async () => {
        assert.equal(await move("apply"), 0, printed.join("\n"));
        assert.match(printed.join("\n"), /adopt: \[KafkaConnector\/orders\]/);
        const { spec, status } = connector();
        assert.deepEqual([spec.state, spec.listOffsets, spec.alterOffsets], ["running", undefined, undefined]);
        assert.equal(status.conditions[0].type, "Ready");
        assert.doesNotMatch(k("get", "configmaps", "-n", namespace, "-o", "name"), /kcp/);
        assert.equal((await new RestSide(rig.api.url).status("orders"))?.state, "STOPPED");
        assert.equal((await new RestSide(target.url).status("orders"))?.state, "RUNNING");
        await pause(3000);
    });

    it("moves away from the KafkaConnect by the operator, which keeps the connector stopped, and back", async () => {
        assert.equal(await moveFromStrimzi("apply"), 0, printed.join("\n"));
        assert.equal(connector().spec.state, "stopped");
        assert.equal((await new RestSide(rig.api.url).status("orders-again"))?.state, "RUNNING");
        const { from } = JSON.parse(fs.readFileSync(path.join(folder, "again.json"), "utf8")) as { from: string };
        assert.match(from, /^KafkaConnect chain-test\/chain of https:/);
        await pause(3000);
        assert.equal(await moveFromStrimzi("rollback", "apply"), 0, printed.join("\n"));
        assert.equal(connector().spec.state, "running");
        assert.equal((await new RestSide(rig.api.url).status("orders-again"))?.state, "STOPPED");
    });

    it("is rolled back, and has lost no row and taken no snapshot again", async () => {
        assert.equal(await move("rollback", "apply"), 0, printed.join("\n"));
        assert.equal(connector().spec.state, "stopped");
        assert.equal((await new RestSide(rig.api.url).status("orders"))?.state, "RUNNING");
        writing = false;
        await load;
        const ids = () => new Set(events.map(({ row }) => (row as { id: number }).id));
        await ConnectRig.until("all rows in the topic", () => ids().size === inserted);
        assert.equal(events.filter(({ operation }) => operation === "r").length, snapshotRows);
        console.log(`      ${inserted} rows; duplicates: ${events.length - inserted}`);
        assert.ok(events.length - inserted < inserted / 10);
    });
});
