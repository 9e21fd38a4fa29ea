/** Another Kafka cluster beside the stack's own, for connectors that copy from one. */
import * as fs from "fs";
import * as path from "path";
import { projectFolder } from "../util/project";
import { startBroker } from "./broker";
import { kafkaClient } from "./kafkaClient";
import { freePort } from "./ports";
import type { Processes, Running } from "./processes";

export interface OtherKafka {
    readonly bootstrap: string;
    readonly running: Running;
}

/** Starts a broker and fills its topics from `seed/kafka/ALIAS.json`: topic → records, each with key and value. */
export async function startOtherKafka(
    processes: Processes,
    kafkaVersion: string,
    runtime: string,
    alias: string,
    topics: readonly string[],
): Promise<OtherKafka> {
    const port = await freePort();
    const running = await startBroker(processes, kafkaVersion, runtime, port, {
        name: `broker-${path.basename(alias)}`,
    });
    const bootstrap = `127.0.0.1:${port}`;
    const file = path.join(projectFolder, "examples", "seed", "kafka", `${path.basename(alias)}.json`);
    const seed = fs.existsSync(file)
        ? (JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, { key: string; value: unknown }[]>)
        : {};
    const kafka = kafkaClient(bootstrap, { clientId: "sandbox", retry: { initialRetryTime: 50, retries: 20 } });
    const admin = kafka.admin();
    const producer = kafka.producer();
    await Promise.all([admin.connect(), producer.connect()]);
    try {
        const wanted = [...new Set([...topics, ...Object.keys(seed)])];
        if (wanted.length > 0)
            await admin.createTopics({
                topics: wanted.map((topic) => ({ topic, numPartitions: 1 })),
                waitForLeaders: true,
            });
        for (const [topic, records] of Object.entries(seed)) {
            await producer.send({
                topic,
                messages: records.map(({ key, value }) => ({ key, value: JSON.stringify(value) })),
            });
        }
    } finally {
        await Promise.all([admin.disconnect(), producer.disconnect()]);
    }
    return { bootstrap, running };
}
