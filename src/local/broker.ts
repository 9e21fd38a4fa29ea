/** A Kafka in one process, which is broker and controller. */
import * as fs from "fs";
import * as path from "path";
import { cached } from "./cache";
import { javaStart, writeProperties } from "./java";
import { accepts, freePort } from "./ports";
import type { Processes, Running } from "./processes";
import { untilReady } from "./readiness";
import { runToEnd } from "../util/exec";
import { javaCommand } from "./tools";

const clusterId = "c2FuZGJveC1rYWZrYS0wMQ";

/** Settings of a single broker: nothing can be replicated. */
export const singleBrokerSettings = {
    "default.replication.factor": 1,
    "offsets.topic.replication.factor": 1,
    "offsets.topic.num.partitions": 1,
    "transaction.state.log.replication.factor": 1,
    "transaction.state.log.min.isr": 1,
    "transaction.state.log.num.partitions": 1,
    "share.coordinator.state.topic.replication.factor": 1,
    "share.coordinator.state.topic.min.isr": 1,
    "group.initial.rebalance.delay.ms": 0,
    // as in production, where a topic exists only when it was declared
    "auto.create.topics.enable": false,
};

const properties = (port: number, controllerPort: number, logs: string) => ({
    "process.roles": "broker,controller",
    "node.id": 1,
    "controller.quorum.voters": `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${port}`,
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "log.dirs": logs,
    ...singleBrokerSettings,
});

/** An empty log folder, formatted once for each Kafka version and then copied, which saves the start of a JVM. */
const formatted = (kafkaVersion: string, runtime: string): Promise<string> =>
    cached(path.join("formatted", kafkaVersion), async (folder) => {
        const logs = path.join(folder, "logs");
        const file = path.join(folder, "server.properties");
        writeProperties(file, properties(9092, 9093, logs));
        await runToEnd(
            javaCommand(),
            ["-cp", path.join(runtime, "*"), "kafka.tools.StorageTool", "format", "-t", clusterId, "-c", file],
            folder,
        );
    });

/** Starts a broker, whose folder and log have its name, and waits until it accepts connections. */
export async function startBroker(
    processes: Processes,
    kafkaVersion: string,
    runtime: string,
    port: number,
    name = "broker",
): Promise<Running> {
    const folder = path.join(processes.folder, name);
    const template = await formatted(kafkaVersion, runtime);
    fs.cpSync(path.join(template, "logs"), path.join(folder, "logs"), { recursive: true });
    const config = path.join(folder, "server.properties");
    writeProperties(config, properties(port, await freePort(), path.join(folder, "logs")));
    const log = path.join(processes.folder, "logs", `${name}.log`);
    const running = processes.start(
        "the Kafka broker",
        javaStart({
            main: "kafka.Kafka",
            args: [config],
            classPath: [path.join(runtime, "*")],
            heap: "256m",
            kafkaVersion,
            folder,
            log,
        }),
    );
    await untilReady(running, async () => (await accepts(port)) || undefined);
    return running;
}
