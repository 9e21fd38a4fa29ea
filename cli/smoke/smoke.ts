/** The smoke test: npm run smoke -- --stack local */
import { spawnSync } from "child_process";
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { parseArgs } from "util";
import { Kafka, logLevel } from "kafkajs";
import { startBroker } from "../../src/local/broker";
import { isCached, kafkaRuntime, kafkaRuntimeName } from "../../src/local/downloads";
import { freePort } from "../../src/local/ports";
import { Processes } from "../../src/local/processes";
import { missingTools } from "../../src/local/tools";
import { loadStack } from "../../src/stack/loadStack";
import type { Settings } from "../../src/stack/settings";
import { knownStack, readStack, stackFile, stackNames } from "../../src/stack/stackFile";
import { smokeJob } from "./smokeJob";
import { smokePlan } from "./smokePlan";

const usage = `Usage: npm run smoke -- --stack NAME [--kubeconfig FILE [--context NAME]]
Writes a record to Kafka and reads it back. Without a kubeconfig through a broker of the stack's Kafka version on this
machine; with one by a Job in the cluster, as a user of the stack and to a topic of the stack.

  --stack NAME        the stack: ${stackNames().join(", ")}
  --file FILE         read this stack file instead of Pulumi.NAME.yaml
  --kubeconfig FILE   the cluster that the stack is on
  --context NAME      context within it (its current one)
  --timeout SECONDS   how long the Job may take (120)
  --help              this text`;

const say = (text: string): void => console.log(`smoke: ${text}`);

/** One record through a broker on this machine. */
export async function smokeHere(settings: Settings): Promise<void> {
    const { kafkaVersion } = settings.strimzi;
    const fetched = isCached(kafkaRuntimeName(kafkaVersion));
    const missing = await missingTools(!fetched);
    if (missing.length > 0) throw new Error(`the smoke test needs\n${missing.map((tool) => `  ${tool}`).join("\n")}`);
    if (!fetched) say("fetching Kafka by Maven, once on this machine");
    const runtime = await kafkaRuntime(kafkaVersion);
    const processes = new Processes(fs.mkdtempSync(path.join(os.tmpdir(), "kafka-smoke-")));
    try {
        const port = await freePort();
        await startBroker(processes, kafkaVersion, runtime, port);
        say(`Kafka ${kafkaVersion} takes connections on 127.0.0.1:${port}`);
        const kafka = new Kafka({ clientId: "smoke", brokers: [`127.0.0.1:${port}`], logLevel: logLevel.NOTHING });
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
        if (read !== record) throw new Error(`read "${read}" from ${topic}, wrote "${record}"`);
        say("read it back in group smoke");
    } finally {
        await processes.stop();
        fs.rmSync(processes.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
}

/** One record through the stack's cluster. */
function smokeThere(settings: Settings, flags: readonly string[], timeout: number): void {
    const plan = smokePlan(settings);
    const name = `smoke-${Date.now().toString(36)}`;
    const run = (args: string[], input?: string) =>
        spawnSync("kubectl", [...flags, "-n", plan.namespace, ...args], { encoding: "utf8", input });
    const created = run(["create", "-f", "-"], JSON.stringify(smokeJob(settings, plan, name)));
    if (created.error) throw new Error("the smoke test of a cluster needs kubectl on PATH");
    if (created.status !== 0) throw new Error(created.stderr.trim());
    say(`Job ${plan.namespace}/${name} writes to ${plan.topic}${plan.login ? ` as ${plan.login.user}` : ""}`);
    const state = () => run(["get", "job", name, "-o", "jsonpath={.status.succeeded}/{.status.failed}"]).stdout;
    const end = Date.now() + timeout * 1000;
    while (state() === "/" && Date.now() < end) spawnSync("sleep", ["1"]);
    const [succeeded, failed] = state().split("/");
    process.stdout.write(run(["logs", `job/${name}`]).stdout);
    if (succeeded !== "1")
        throw new Error(
            `${failed ? "the Job failed" : `the Job has not ended within ${timeout} s`}. Look at: kubectl ${[...flags, "-n", plan.namespace].join(" ")} describe job ${name}`,
        );
    run(["delete", "job", name]);
}

async function main(): Promise<void> {
    const string = { type: "string" } as const;
    const { values } = parseArgs({
        options: {
            stack: string,
            file: string,
            kubeconfig: string,
            context: string,
            timeout: { ...string, default: "120" },
            help: { type: "boolean", default: false },
        },
    });
    if (values.help) return console.log(usage);
    const timeout = Number(values.timeout);
    if (!Number.isInteger(timeout) || timeout < 1)
        throw new Error(`--timeout: got "${values.timeout}", wants a whole number of seconds`);
    const stack = knownStack(values.stack);
    const file = values.file ?? stackFile(stack);
    const settings = loadStack(readStack(stack, file), stack, file);
    if (values.kubeconfig)
        smokeThere(
            settings,
            ["--kubeconfig", values.kubeconfig, ...(values.context ? ["--context", values.context] : [])],
            timeout,
        );
    else await smokeHere(settings);
    say("ok");
}

if (require.main === module) {
    main().then(
        () => process.exit(0),
        (error: Error) => {
            console.error(`smoke: ${error.message}`);
            process.exit(1);
        },
    );
}
