/** Writes a record to Kafka and reads it back: `kcp smoke`. */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { kafkaClient } from "../../src/local/kafkaClient";
import { startBroker } from "../../src/local/broker";
import { isCached, kafkaRuntime, kafkaRuntimeName } from "../../src/local/kafkaRuntime";
import { freePort } from "../../src/local/ports";
import { Processes } from "../../src/local/processes";
import { missingTools } from "../../src/local/tools";
import { loadStack } from "../../src/stack/loadStack";
import type { Settings } from "../../src/stack/settings";
import { readStack } from "../../src/stack/stackFile";
import { chooseStack, type StackOptions } from "../support/chooseStack";
import { runJob } from "../support/runJob";
import { smokeJob } from "./smokeJob";
import { smokePlan } from "./smokePlan";
import { kubectlFlags } from "../../src/util/clusterApi";

/** Options of `kcp smoke`. */
export interface SmokeOptions extends StackOptions {
    /** Cluster that the stack is deployed to; a broker of this machine without. */
    kubeconfig?: string;
    context?: string;
    /** Seconds that the Job may take. */
    timeout: number;
    json?: boolean;
}

/** Progress. With --json it goes to stderr. */
let say = (text: string): void => console.log(`smoke: ${text}`);

/** Writes and reads one record with a broker of this machine. */
export async function smokeHere(settings: Settings): Promise<void> {
    const { kafkaVersion } = settings.strimzi;
    const fetched = isCached(kafkaRuntimeName(kafkaVersion));
    const missing = await missingTools(!fetched);
    if (missing.length > 0) throw new Error(`the smoke test needs\n${missing.map((tool) => `  ${tool}`).join("\n")}`);
    if (!fetched) say("downloading Kafka with Maven; later runs find it in the cache");
    const runtime = await kafkaRuntime(kafkaVersion, say);
    const processes = new Processes(fs.mkdtempSync(path.join(os.tmpdir(), "kafka-smoke-")));
    try {
        const port = await freePort();
        await startBroker(processes, kafkaVersion, runtime, port);
        say(`Kafka ${kafkaVersion} is ready on 127.0.0.1:${port}`);
        const kafka = kafkaClient(`127.0.0.1:${port}`, { clientId: "smoke" });
        const declared = settings.kafkaAccess?.topics ?? [];
        const [topic] = declared.length > 0 ? declared.map(({ name }) => name) : ["smoke"];
        const admin = kafka.admin();
        await admin.connect();
        await admin.createTopics({
            topics: [...new Set([topic, ...declared.map(({ name }) => name)])].map((name) => ({
                topic: name,
                numPartitions: declared.find((item) => item.name === name)?.partitions ?? 1,
                replicationFactor: 1,
            })),
            waitForLeaders: true,
        });
        await admin.disconnect();
        const record = `smoke ${Date.now()}`;
        const producer = kafka.producer();
        await producer.connect();
        await producer.send({ topic, messages: [{ value: record }] });
        await producer.disconnect();
        say(`wrote "${record}" to ${topic}`);
        const consumer = kafka.consumer({ groupId: "smoke" });
        await consumer.connect();
        await consumer.subscribe({ topics: [topic], fromBeginning: true });
        const read = await new Promise<string>((resolve, reject) => {
            setTimeout(() => reject(new Error(`nothing was read from ${topic} within 30 s`)), 30_000).unref();
            consumer
                .run({ eachMessage: async ({ message }) => resolve(message.value?.toString() ?? "") })
                .catch(reject);
        });
        await consumer.disconnect();
        if (read !== record) throw new Error(`read "${read}" from ${topic}, expected "${record}"`);
        say("read it back in group smoke");
    } finally {
        await processes.stop();
        fs.rmSync(processes.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
}

/** Writes and reads one record in the stack's cluster. */
function smokeInCluster(settings: Settings, flags: readonly string[], timeout: number): void {
    const plan = smokePlan(settings);
    const name = `smoke-${Date.now().toString(36)}`;
    say(`writes to ${plan.topic}${plan.login ? ` as ${plan.login.user}` : ""}`);
    runJob(flags, smokeJob(settings, plan, name), timeout, say);
}

/** Runs the smoke test. Throws with the reason when the record does not come back. */
export async function smoke(options: SmokeOptions): Promise<void> {
    const { stack, file } = chooseStack(options, "local");
    const settings = loadStack(readStack(stack, file), stack, file);
    const started = Date.now();
    if (options.json) say = (text) => console.error(`smoke: ${text}`);
    if (options.kubeconfig) {
        smokeInCluster(settings, kubectlFlags(options), options.timeout);
    } else {
        await smokeHere(settings);
    }
    say("ok");
    if (options.json) console.log(JSON.stringify({ stack, ok: true, seconds: (Date.now() - started) / 1000 }));
}
