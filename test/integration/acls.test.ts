/** ACLs that are derived from what a user does, on a real broker with `StandardAuthorizer` and client certificates. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ConfigResourceTypes, type Kafka } from "kafkajs";
import { Processes } from "../../src/local/processes";
import type { Acl } from "../../src/schema/kafkaAccess";
import { bridgeAcls, consumeAcls, mergeAcls, produceAcls, strimziAcl } from "../../src/strimzi/acls";
import { defaultKafkaVersion, strimziRelease, strimziVersions } from "../../src/release/releases";
import { pause } from "../../src/util/pause";
import { skipUnlessAvailable } from "./requirements";
import { SecuredBroker, type StrimziAcl } from "./securedBroker";

const rules = (acls: Acl[]): StrimziAcl[] => mergeAcls(acls).map(strimziAcl) as unknown as StrimziAcl[];

/** Read and Write on the topic and Read on the group: the obvious ACLs for a bridge, which are not enough. */
const obviousAcls: StrimziAcl[] = [
    { resource: { type: "topic", name: "my-topic", patternType: "literal" }, operations: ["Read"] },
    { resource: { type: "group", name: "my-group", patternType: "literal" }, operations: ["Read"] },
    { resource: { type: "topic", name: "my-topic", patternType: "literal" }, operations: ["Write"] },
];

/** The calls behind the bridge's requests. Each resolves or rejects as the broker's authorizer decides. */
const calls = {
    list: async (kafka: Kafka) => withAdmin(kafka, (admin) => admin.listTopics()),
    describe: async (kafka: Kafka) => withAdmin(kafka, (admin) => admin.fetchTopicMetadata({ topics: ["my-topic"] })),
    describeConfigs: async (kafka: Kafka) =>
        withAdmin(kafka, (admin) =>
            admin.describeConfigs({
                includeSynonyms: false,
                resources: [{ type: ConfigResourceTypes.TOPIC, name: "my-topic" }],
            }),
        ),
    offsets: async (kafka: Kafka) => withAdmin(kafka, (admin) => admin.fetchTopicOffsets("my-topic")),
    create: async (kafka: Kafka, topic = "my-topic-2") =>
        withAdmin(kafka, (admin) =>
            admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 1 }], waitForLeaders: false }),
        ),
    produce: async (kafka: Kafka, text: string) => {
        const producer = kafka.producer();
        await producer.connect();
        try {
            await producer.send({ topic: "my-topic", messages: [{ value: text }] });
        } finally {
            await producer.disconnect();
        }
    },
    /** The first record that a group reads. A broker that has just started may still load the coordinator. */
    consume: async (kafka: Kafka, groupId: string): Promise<string> => {
        for (let attempt = 1; ; attempt++)
            try {
                return await consumeOnce(kafka, groupId);
            } catch (error) {
                if (attempt === 20 || !/coordinator is loading/.test((error as Error).message)) throw error;
                await pause(500);
            }
    },
};

async function consumeOnce(kafka: Kafka, groupId: string): Promise<string> {
    const consumer = kafka.consumer({ groupId, retry: { retries: 0 } });
    await consumer.connect();
    try {
        await consumer.subscribe({ topics: ["my-topic"], fromBeginning: true });
        return await new Promise<string>((resolve, reject) => {
            consumer.on("consumer.crash", ({ payload }) => reject(payload.error));
            consumer.run({ eachMessage: async ({ message }) => resolve(message.value!.toString()) }).catch(reject);
        });
    } finally {
        await consumer.disconnect();
    }
}

async function withAdmin<T>(kafka: Kafka, use: (admin: ReturnType<Kafka["admin"]>) => Promise<T>): Promise<T> {
    const admin = kafka.admin();
    await admin.connect();
    try {
        return await use(admin);
    } finally {
        await admin.disconnect();
    }
}

/**
 * A denied call, in each form in which kafkajs reports one. For a denied group it reports only that it found no
 * coordinator.
 */
function denied(error: Error & { errors?: Error[]; cause?: Error }): boolean {
    const said = [error, error.cause, ...(error.errors ?? [])].map((item) => item?.message ?? "").join("\n");
    assert.match(said, /not authorized|authorization failed|Failed to find group coordinator/i);
    return true;
}

for (const version of strimziVersions) {
    const kafkaVersion = defaultKafkaVersion(strimziRelease(version));
    describe(`derived ACLs on Kafka ${kafkaVersion}`, function () {
        this.timeout(300_000);
        let processes: Processes;
        let broker: SecuredBroker;
        before(async function () {
            skipUnlessAvailable(this, "java", "maven", "openssl");
            processes = new Processes(fs.mkdtempSync(path.join(os.tmpdir(), "acls-")));
            broker = await SecuredBroker.start(processes, kafkaVersion);
            await broker.createTopics("my-topic", "other");
            await broker.createUser("obvious-acls", obviousAcls);
            await broker.createUser(
                "bridge",
                rules(
                    bridgeAcls({
                        produce: ["my-topic"],
                        consume: ["my-topic"],
                        groups: ["bridge-group"],
                        create: false,
                    }),
                ),
            );
            await broker.createUser(
                "creator",
                rules(bridgeAcls({ produce: ["my-*"], consume: [], groups: [], create: true })),
            );
            await broker.createUser("producer", rules(produceAcls(["my-topic"])));
            await broker.createUser("consumer", rules(consumeAcls(["my-*"], ["readers"])));
            await broker.createUser("nobody", []);
        });
        after(async () => {
            await processes?.stop();
            if (processes) fs.rmSync(processes.folder, { recursive: true, force: true });
        });

        it("deny a bridge that has only Read and Write the description of topic configurations", async () => {
            const kafka = broker.client("obvious-acls");
            await calls.produce(kafka, "from the first");
            assert.deepEqual(await calls.list(kafka), ["my-topic"]);
            await calls.describe(kafka);
            await assert.rejects(calls.describeConfigs(kafka), denied);
        });

        it("allow every call that a bridge makes", async () => {
            const kafka = broker.client("bridge");
            await calls.produce(kafka, "from the bridge");
            assert.deepEqual(await calls.list(kafka), ["my-topic"]);
            await calls.describe(kafka);
            const { resources } = await calls.describeConfigs(kafka);
            assert.ok(resources[0].configEntries.length > 10);
            assert.equal((await calls.offsets(kafka))[0].high, "2");
            assert.equal(await calls.consume(kafka, "bridge-group"), "from the first");
        });

        it("deny what the user file does not declare", async () => {
            await assert.rejects(calls.consume(broker.client("bridge"), "another-group"), denied);
            await assert.rejects(calls.create(broker.client("bridge")), denied);
            await assert.rejects(calls.describeConfigs(broker.client("producer")), denied);
            await assert.rejects(calls.consume(broker.client("producer"), "readers"), denied);
            await assert.rejects(calls.produce(broker.client("consumer"), "x"), denied);
            assert.deepEqual(await calls.list(broker.client("nobody")), []);
            assert.deepEqual(await calls.list(broker.client("consumer")), ["my-topic"]);
        });

        it("let a producer produce, a consumer consume and a bridge create topics", async () => {
            await calls.produce(broker.client("producer"), "from the producer");
            assert.equal(await calls.consume(broker.client("consumer"), "readers"), "from the first");
            assert.equal(await calls.create(broker.client("creator")), true);
            await assert.rejects(calls.create(broker.client("creator"), "theirs"), denied);
        });
    });
}
