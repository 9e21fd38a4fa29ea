/** The reader of change events, while its broker is killed. Needs Java and Maven. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { startBroker } from "../../src/local/broker";
import { EventReader } from "../../src/local/changeEvents";
import { kafkaClient } from "../../src/local/kafkaClient";
import { freePort, until } from "../../src/local/ports";
import { preparePrerequisites } from "../../src/local/prerequisites";
import { Processes, type Running } from "../../src/local/processes";
import { loadStack } from "../../src/stack/loadStack";
import { readStack } from "../../src/stack/stackFile";
import { pause } from "../../src/util/pause";
import { skipUnlessAvailable } from "./requirements";

describe("the reader of change events", function () {
    this.timeout(300_000);
    let processes: Processes | undefined;
    let broker: Running;
    let bootstrapServers: string;

    before(async function () {
        skipUnlessAvailable(this, "java", "maven");
        const settings = loadStack(readStack("local"), "local");
        const { kafkaVersion, runtime } = await preparePrerequisites(settings, {
            what: "the test",
            say: console.error,
        });
        processes = new Processes(fs.mkdtempSync(path.join(os.tmpdir(), "events-")));
        const port = await freePort();
        bootstrapServers = `127.0.0.1:${port}`;
        broker = await startBroker(processes, kafkaVersion, await runtime, port);
    });
    after(() => processes?.stop());

    async function killBroker(): Promise<void> {
        await broker.kill();
        await pause(2000);
        broker.restart();
    }

    const succeeds = (action: Promise<void>): Promise<true | undefined> =>
        action.then(
            () => true as const,
            () => undefined,
        );

    async function send(topic: string, value: string): Promise<void> {
        const producer = kafkaClient(bootstrapServers).producer();
        await producer.connect();
        await producer.send({ topic, messages: [{ value }] });
        await producer.disconnect();
    }

    it("goes on when the broker was killed before and after the topic existed", async () => {
        const rows: unknown[] = [];
        const reader = new EventReader(bootstrapServers);
        const following = reader.follow(["later"], ({ row }) => rows.push(row));
        // it looks for the topic all the time, and kafkajs throws when the broker ends while it answers
        await pause(2000);
        await killBroker();
        const admin = kafkaClient(bootstrapServers).admin();
        await until("the broker", 60_000, () => succeeds(admin.connect()));
        await admin.createTopics({ waitForLeaders: false, topics: [{ topic: "later" }] });
        await admin.disconnect();
        await following;
        await send("later", "one");
        await until("the first record", 60_000, async () => rows.includes("one") || undefined);
        await killBroker();
        await until("the broker", 60_000, () => succeeds(send("later", "two")));
        await until("the second record", 120_000, async () => rows.includes("two") || undefined);
        await reader.stop();
        assert.deepEqual([...new Set(rows)], ["one", "two"]);
    });
});
