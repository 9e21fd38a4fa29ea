/**
 * The runbooks for Kafka: three brokers of which some are killed, an offsets topic without a leader, and a mirror whose
 * source cluster denies it a topic. Needs Java, Maven and openssl, and
 *   kubectl on PATH, TEST_KUBECONFIG   kubeconfig of a disposable cluster
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Processes } from "../../src/local/processes";
import { freePort } from "../../src/local/ports";
import { writeSecrets } from "../../src/local/secrets";
import { loadStack } from "../../src/stack/loadStack";
import { readStack } from "../../src/stack/stackFile";
import { pause } from "../../src/util/pause";
import { startBrokers, type GroupedBroker } from "./brokerGroup";
import { ConnectRig } from "./connectRig";
import type { DeclaredStack } from "./declaredStack";
import { LocalPods } from "./localPods";
import { PodRig } from "./podRig";
import { SecuredBroker } from "./securedBroker";
import { skipUnlessAvailable, testVariables } from "./requirements";
import { look } from "./runbookPages";
import { idsOf, TableSources } from "./tableSources";

describe("the runbooks for Kafka", function () {
    this.timeout(400_000);
    let kafkaVersion: string;
    let processes: Processes;
    let brokers: GroupedBroker[];
    let kafkaPods: LocalPods;
    let tables: TableSources;
    let rig: ConnectRig;
    let stack: DeclaredStack;
    let cluster: PodRig;
    let metricsPort: number;

    before(async function () {
        skipUnlessAvailable(this, "java", "maven", "openssl", "cluster", "kubectl", "nightly");
        kafkaVersion = loadStack(readStack("local"), "local").strimzi.kafkaVersion;
        processes = new Processes(fs.mkdtempSync(path.join(os.tmpdir(), "kafka-runbooks-")));
        brokers = await startBrokers(processes, kafkaVersion);
        const bootstrapServers = brokers.map(({ address }) => address).join(",");
        const connect = {
            namespace: "kafka-runbooks-test",
            config: {
                "offset.flush.interval.ms": 2000,
                // as in a stack whose offsets topic was created before there were three brokers
                "offset.storage.partitions": 1,
                "offset.storage.replication.factor": 1,
            },
        };
        metricsPort = await freePort();
        const kafka = { bootstrapServers, replicationFactor: 3 };
        tables = await TableSources.start(ConnectRig.start(undefined, [], kafka, { connect }, { metricsPort }));
        ({ rig, stack } = tables);
        cluster = await PodRig.start(rig, stack);
        const { folder } = cluster.pods;
        kafkaPods = new LocalPods(folder, testVariables.TEST_KUBECONFIG!, cluster.namespace, "main", "Kafka");
        for (const broker of brokers) kafkaPods.add(pod(broker), broker.running);
    });
    // a test that fails must not leave a Kafka without which nothing else can end
    afterEach(async () => {
        for (const broker of brokers ?? []) if (!broker.running.isAlive) kafkaPods.restart(pod(broker));
    });
    after(async () => {
        cluster?.stop();
        await rig?.stop();
        await processes?.stop();
        if (processes) fs.rmSync(processes.folder, { recursive: true, force: true });
    });

    const pod = ({ id }: GroupedBroker) => `main-dual-${id}`;

    /** Kills a broker, whose pod shows it. */
    async function kill(broker: GroupedBroker): Promise<void> {
        await broker.running.kill();
        kafkaPods.ended(pod(broker));
    }

    /** The only broker that has the offsets of sources. */
    async function leaderOfOffsets(): Promise<GroupedBroker> {
        const { topics } = await rig.admin.fetchTopicMetadata({ topics: [`${cluster.cluster}-offsets`] });
        return brokers.find(({ id }) => id === topics[0].partitions[0].leader)!;
    }

    /** What the page shows by a broker that runs. */
    async function lookAt(broker: GroupedBroker) {
        const [pods, disk, metrics, topics] = await look("kafka-unavailable", stack, cluster.variables(), {
            "KAFKA-POD": pod(broker),
            "localhost:9404": `localhost:${broker.metricsPort}`,
            "localhost:9092": broker.address,
            "/var/lib/kafka/data*": broker.data,
        });
        return { pods, disk, metrics, topics };
    }

    it("kafka-unavailable: one broker, then a majority of the controllers is down", async () => {
        const events = await tables.running("orders");
        await tables.untilCommitted("orders");
        const first = await leaderOfOffsets();
        const [second, third] = brokers.filter((broker) => broker !== first);
        const replicaAssignment = [{ partition: 0, replicas: [third.id] }];
        await rig.admin.createTopics({ waitForLeaders: true, topics: [{ topic: "alone", replicaAssignment }] });

        await kill(third);
        await ConnectRig.until("a partition without a leader", async () => {
            const now = await lookAt(first);
            return /underreplicatedpartitions [1-9]/.test(now.metrics) && /Leader: none/.test(now.topics);
        });
        const { pods, disk } = await lookAt(first);
        assert.match(pods, new RegExp(`${pod(first)} +1/1 +Running`));
        assert.match(pods, new RegExp(`${pod(third)} +0/1 +Error`));
        assert.match(disk, /Use%/);
        await tables.arrives(events, "orders", 4);

        await kill(second);
        await tables.sql("INSERT INTO orders VALUES (5)");
        // the other controllers are missed after some seconds
        await pause(10_000);
        assert.match((await lookAt(first)).metrics, /activecontrollercount 0/);

        for (const broker of [second, third]) kafkaPods.restart(pod(broker));
        await ConnectRig.until("the row of the interruption", () => idsOf(events, "c").includes(5), 120_000);
        await ConnectRig.until("replicas in sync", async () => {
            const now = await lookAt(first);
            return /underreplicatedpartitions 0/.test(now.metrics) && now.topics === "";
        });
        assert.equal(idsOf(events, "r").length, 3, "no row is read again");
    });

    it("offset-commits-fail: an offsets topic without a leader, for which a source waits", async () => {
        const events = await tables.running("kept");
        await tables.untilCommitted("kept");
        const leader = await leaderOfOffsets();
        await kill(leader);
        await pause(12_000);
        await tables.sql("INSERT INTO kept VALUES (4)");
        const [log] = await look("offset-commits-fail", stack, cluster.variables());
        assert.match(log, new RegExp(`-offsets.*Connection to node ${leader.id} .* could not be established`));
        kafkaPods.restart(pod(leader));
        await ConnectRig.until("the row of the interruption", () => idsOf(events, "c").includes(4));
        await tables.arrives(events, "kept", 5);
        assert.equal(idsOf(events, "r").length, 3, "no row is read again");
    });

    it("mirror-lag: a user that may not read a topic", async () => {
        const backend = await SecuredBroker.start(rig.processes, kafkaVersion, { name: "backend" });
        await backend.createTopics("EVENT.A", "EVENT.B");
        const prefix = { type: "topic", name: "EVENT.", patternType: "prefix" } as const;
        await backend.createUser("mirror", [
            { resource: prefix, operations: ["Describe", "DescribeConfigs"] },
            { resource: { type: "topic", name: "EVENT.A" }, operations: ["Read"] },
        ]);
        const text = (file: string) => fs.readFileSync(path.join(backend.authority.folder, file), "utf8");
        const secret = {
            CERTIFICATE: text("mirror/user.crt"),
            PRIVATE_KEY: text("mirror/user.key"),
            CA: text("ca.crt"),
        };
        writeSecrets(path.join(rig.processes.folder, "secrets"), new Map([["BACKEND", secret]]));
        const producer = backend.client("admin").producer();
        await producer.connect();
        const send = (topic: string) => producer.send({ topic, messages: [{ value: "a" }, { value: "b" }] });
        await Promise.all(["EVENT.A", "EVENT.B"].map(send));
        await stack.deploy({
            connectorTemplate: "mirrorSourceConnector",
            name: "copies",
            source: {
                instance: "backend",
                bootstrapServers: backend.bootstrap,
                authentication: "tls",
                topics: ["EVENT.A", "EVENT.B"],
                trustedCertificatesKey: "CA",
                certificateKey: "CERTIFICATE",
                privateKeyKey: "PRIVATE_KEY",
            },
        });
        const lookAtMirror = () =>
            look("mirror-lag", stack, cluster.variables("copies"), { "localhost:9404": `localhost:${metricsPort}` });
        const copied = async (topic: string) => Number((await rig.admin.fetchTopicOffsets(`backend.${topic}`))[0].high);
        await ConnectRig.until("the copies", async () => (await copied("EVENT.A")) === 2);
        await pause(3000);
        const [status, metrics, log] = await lookAtMirror();
        assert.match(status, /copies +RUNNING/);
        assert.match(metrics, /record_count\{.*EVENT\.B"\} 0\.0/);
        assert.doesNotMatch(metrics, /latency.*EVENT\.B/);
        assert.match(log, /Not authorized to read from partition EVENT\.B-0/);

        await backend.allow("mirror", [{ resource: prefix, operations: ["Read"] }]);
        await send("EVENT.B");
        await ConnectRig.until("the copies of the other topic", async () => (await copied("EVENT.B")) === 4);
        const [, after] = await lookAtMirror();
        assert.match(after, /latency_ms_max\{.*EVENT\.B"\} \d/);
        await producer.disconnect();
    });
});
