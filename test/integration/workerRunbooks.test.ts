/**
 * The runbooks for workers: the commands that a page prints show a real problem of real workers, and what the page says
 * ends it. `kubectl get` and `describe` are real and read pods that report these processes. Needs Java and Maven, and
 *   kubectl on PATH, TEST_KUBECONFIG   kubeconfig of a disposable cluster
 */
import assert from "node:assert/strict";
import { ConfigResourceTypes } from "kafkajs";
import * as fs from "node:fs";
import { defaultKafkaVersion, defaultStrimziVersion, strimziRelease } from "../../src/release/releases";
import { ConnectRig, type WorkerChanges } from "./connectRig";
import { freePort } from "../../src/local/ports";
import { pause } from "../../src/util/pause";
import type { DeclaredStack } from "./declaredStack";
import { PodRig } from "./podRig";
import { SecuredBroker } from "./securedBroker";
import { skipUnlessAvailable } from "./requirements";
import { look } from "./runbookPages";
import { idsOf, sourceOf, TableSources } from "./tableSources";

describe("the runbooks for workers", function () {
    this.timeout(300_000);
    let tables: TableSources;
    let rig: ConnectRig;
    let stack: DeclaredStack;
    let cluster: PodRig;

    let metricsPort: number;
    const config = { "offset.flush.interval.ms": 2000, "scheduled.rebalance.max.delay.ms": 3000 };
    const connect = { namespace: "worker-runbooks-test", config };

    before(async function () {
        skipUnlessAvailable(this, "java", "maven", "cluster", "kubectl", "nightly");
        metricsPort = await freePort();
        tables = await TableSources.start(ConnectRig.start(undefined, [], {}, { connect }, { metricsPort }));
        ({ rig, stack } = tables);
        cluster = await PodRig.start(rig, stack);
    });
    after(async () => {
        cluster?.stop();
        await rig?.stop();
    });

    it("workers-down: a worker that was killed", async () => {
        const events = await tables.running("killed");
        await tables.untilCommitted("killed");
        await rig.worker.kill();
        await tables.sql("INSERT INTO killed VALUES (4)");
        cluster.pods.restart(cluster.pod(0));
        const [pods, description, , conditions] = await look("workers-down", stack, cluster.variables());
        assert.match(pods, /-connect-0 +1\/1 +Running +1 /);
        assert.match(description, /Last State: +Terminated\n +Reason: +Error\n +Exit Code: +137\n/);
        assert.match(conditions, /"type":"Ready"/);
        await ConnectRig.until("the row of the interruption", () => idsOf(events, "c").includes(4));
        assert.equal(idsOf(events, "r").length, 3, "no row is read again");
    });

    it("workers-down: a login that Kafka rejects", async () => {
        const kafkaVersion = defaultKafkaVersion(strimziRelease(defaultStrimziVersion));
        const broker = await SecuredBroker.start(rig.processes, kafkaVersion, { name: "secured" });
        const changes = (password: string): WorkerChanges => ({
            settings: { kafka: { bootstrapServers: broker.saslBootstrap } },
            properties: {
                "security.protocol": "SASL_SSL",
                "sasl.mechanism": "PLAIN",
                "sasl.jaas.config":
                    "org.apache.kafka.common.security.plain.PlainLoginModule required " +
                    `username="key" password="${password}";`,
                "ssl.truststore.type": "PEM",
                "ssl.truststore.location": broker.authority.certificate,
            },
        });
        await stack.deploy();
        await cluster.replaceWorker(changes("old"), false);
        await ConnectRig.until("the end of the worker", () => !rig.worker.isAlive, 90_000);
        cluster.pods.restart(cluster.pod(0));
        const [, description, previous] = await look("workers-down", stack, cluster.variables());
        assert.match(description, /Reason: +Error\n +Exit Code: +2\n/);
        assert.match(previous, /SaslAuthenticationException/);
        // the login of kafka.authentication
        await cluster.replaceWorker(changes("secret"));
        assert.ok(rig.worker.isAlive);
        await cluster.replaceWorker({ metricsPort });
    });

    it("heap-high: a snapshot of large rows on a worker with a small heap", async () => {
        const rows = 130;
        const heap = "144m";
        const everyRow = async (table: string) => {
            const events = await rig.read([`${table}.public.${table}`]);
            const ids = () => new Set(idsOf(events, "r"));
            await ConnectRig.until(`the rows of ${table}`, () => ids().size === rows, 120_000);
        };
        await stack.deploy();
        await cluster.replaceWorker({ metricsPort, heap });
        for (const table of ["large", "bounded"])
            await tables.sql(
                `CREATE TABLE ${table} (id int PRIMARY KEY, content text)`,
                `INSERT INTO ${table} SELECT n, repeat(md5(n::text), 25000) FROM generate_series(1, ${rows}) n`,
            );
        const values = { "localhost:9404": `localhost:${metricsPort}` };
        stack.write(sourceOf("large"));
        await stack.up();
        await ConnectRig.until("the end of the worker", () => !rig.worker.isAlive, 90_000);
        cluster.pods.restart(cluster.pod(0));
        const [, description] = await look("workers-down", stack, cluster.variables());
        assert.match(description, /Reason: +Error\n +Exit Code: +3\n/);
        await rig.api.ready(60_000);
        const [previous, memory, metrics] = await look("heap-high", stack, cluster.variables(), values);
        assert.match(previous, /java.lang.OutOfMemoryError: Java heap space/);
        assert.match(memory, /-connect-0 .* \d+Mi/);
        assert.match(metrics, /jvm_heap_max_bytes 1\.\d+E8/);

        // more heap
        await cluster.replaceWorker({ metricsPort });
        await everyRow("large");
        // or less that is held
        await stack.deploy();
        await cluster.replaceWorker({ metricsPort, heap });
        const bounds = { "snapshot.fetch.size": 10, "max.queue.size.in.bytes": 8_000_000 };
        await stack.deploy(sourceOf("bounded", { config: bounds }));
        await everyRow("bounded");
        assert.ok(rig.worker.isAlive);
        await stack.deploy();
        await cluster.replaceWorker({ metricsPort });
    });

    it("rebalancing: a worker that does not run for longer than its session", async () => {
        const seen = async () => (await look("rebalancing", stack, cluster.variables()))[1];
        const rebalances = async () => (await seen()).match(/Rebalance started/g)?.length ?? 0;
        /** Two workers of which the second one does not run for a while, as in a long garbage collection. */
        async function stopSecond(settings: Record<string, unknown>) {
            await cluster.replaceWorker({ settings });
            const name = `second-${Object.keys(settings).length}`;
            const { running, api } = await rig.startFurther({ name, settings });
            cluster.pods.add(cluster.pod(1), running);
            await api.ready(60_000);
            const log = () => fs.readFileSync(running.log, "utf8");
            await ConnectRig.until("an assignment", () => /Finished starting connectors and tasks/.test(log()));
            await pause(3000);
            const before = await rebalances();
            process.kill(running.pid!, "SIGSTOP");
            await pause(13_000);
            process.kill(running.pid!, "SIGCONT");
            return { before, running };
        }
        const events = await tables.running("moved");
        await tables.untilCommitted("moved");
        const { running } = await stopSecond({});
        await ConnectRig.until("the reason", async () => /session timed out/.test(await seen()));
        await tables.arrives(events, "moved", 4);
        await running.kill();
        cluster.pods.remove(cluster.pod(1));

        const longer = { connect: { ...connect, config: { ...config, "session.timeout.ms": 30_000 } } };
        const second = await stopSecond(longer);
        await pause(5000);
        assert.equal(await rebalances(), second.before);
        await tables.arrives(events, "moved", 5);
    });

    it("offset-commits-fail: an offsets topic that takes no record, and a sink that writes too slowly", async () => {
        const shows = (pattern: RegExp) =>
            ConnectRig.until(String(pattern), async () =>
                pattern.test((await look("offset-commits-fail", stack, cluster.variables()).catch(String)).toString()),
            );
        const limit = (...further: { name: string; value: string }[]) => {
            const configEntries = [{ name: "cleanup.policy", value: "compact" }, ...further];
            const resource = { type: ConfigResourceTypes.TOPIC, name: `${cluster.cluster}-offsets`, configEntries };
            return rig.admin.alterConfigs({ validateOnly: false, resources: [resource] });
        };
        const events = await tables.running("kept");
        await tables.untilCommitted("kept");
        await limit({ name: "max.message.bytes", value: "80" });
        await tables.arrives(events, "kept", 4);
        await shows(/Failed to flush offsets to storage[^]*RecordTooLargeException/);
        const committed = JSON.stringify(await stack.rest.offsets("kept"));
        await limit();
        await ConnectRig.until(
            "a later offset",
            async () => JSON.stringify(await stack.rest.offsets("kept")) !== committed,
        );
        await stack.rest.restart("kept");
        await tables.arrives(events, "kept", 5);
        assert.equal(idsOf(events, "r").length, 3, "no row is read again");

        const converter = "json-with-schemas";
        const copies = (options: Record<string, unknown>) => ({
            connectorTemplate: "jdbcSinkConnector",
            name: "copies",
            topics: ["slow.public.slow"],
            converter,
            target: { type: "postgresql", instance: "shop", database: "shop", table: "copies", port: ConnectRig.port },
            ...options,
        });
        const source = sourceOf("slow", { converter, reselect: true });
        const copied = async () => (await tables.sql("SELECT id FROM copies")).length;
        /** The target's table is locked for ten seconds while a row is written. */
        async function slowly(id: number): Promise<void> {
            const session = await rig.database.session("shop");
            for (const statement of ["BEGIN", "LOCK TABLE copies IN EXCLUSIVE MODE"]) await session.run(statement);
            await tables.sql(`INSERT INTO slow VALUES (${id})`);
            await pause(10_000);
            await session.run("COMMIT");
            await session.close();
            await ConnectRig.until(`row ${id}`, async () => (await copied()) === id);
        }
        await tables.create("slow");
        await tables.sql("CREATE TABLE copies (id int PRIMARY KEY)");
        await stack.deploy(source, copies({ consumer: { "max.poll.interval.ms": 4000 } }));
        await ConnectRig.until("the rows of the snapshot", async () => (await copied()) === 3);
        await slowly(4);
        await shows(/poll timeout has expired[^]*Commit of offsets threw an unexpected exception/);
        await stack.deploy(source, copies({ consumer: { "max.poll.interval.ms": 60_000 } }));
        const offset = () => stack.rest.offsets("copies");
        await slowly(5);
        await ConnectRig.until("a commit", async () => /"kafka_offset":5/.test(JSON.stringify(await offset())));
    });
});
