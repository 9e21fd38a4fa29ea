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

/** A listener beside the first one, whose clients reach it at another port: that of a proxy. */
export interface ProxiedListener {
    readonly port: number;
    readonly advertisedPort: number;
}

const properties = (port: number, controllerPort: number, logs: string, proxied?: ProxiedListener) => {
    const listeners = [`PLAINTEXT://127.0.0.1:${port}`, `CONTROLLER://127.0.0.1:${controllerPort}`];
    const advertised = [`PLAINTEXT://127.0.0.1:${port}`];
    if (proxied) {
        listeners.push(`PROXIED://127.0.0.1:${proxied.port}`);
        advertised.push(`PROXIED://127.0.0.1:${proxied.advertisedPort}`);
    }
    return {
        "process.roles": "broker,controller",
        "node.id": 1,
        "controller.quorum.voters": `1@127.0.0.1:${controllerPort}`,
        listeners: listeners.join(","),
        "advertised.listeners": advertised.join(","),
        "controller.listener.names": "CONTROLLER",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT",
        "log.dirs": logs,
        ...singleBrokerSettings,
    };
};

/** Where a broker's jars and configuration are. */
export interface BrokerFiles {
    readonly runtime: string;
    readonly config: string;
    /** Its working folder. */
    readonly folder: string;
}

/** Formats the log folder of a configuration. */
export const formatStorage = ({ runtime, config, folder }: BrokerFiles, cluster: string): Promise<string> =>
    runToEnd(
        javaCommand(),
        ["-cp", path.join(runtime, "*"), "kafka.tools.StorageTool", "format", "-t", cluster, "-c", config],
        folder,
    );

/** The process of a broker. */
export const brokerStart = (
    { runtime, config, folder }: BrokerFiles,
    more: { readonly kafkaVersion: string; readonly log: string; readonly jvmOptions?: string[] },
) =>
    javaStart({
        main: "kafka.Kafka",
        args: [config],
        classPath: [path.join(runtime, "*")],
        heap: "256m",
        folder,
        ...more,
    });

/** An empty log folder, formatted once for each Kafka version and then copied, which saves the start of a JVM. */
const formatted = (kafkaVersion: string, runtime: string): Promise<string> =>
    cached(path.join("formatted", kafkaVersion), async (folder) => {
        const logs = path.join(folder, "logs");
        const file = path.join(folder, "server.properties");
        writeProperties(file, properties(9092, 9093, logs));
        await formatStorage({ runtime, config: file, folder }, clusterId);
    });

/** What a broker can have besides its port. */
export interface BrokerOptions {
    /**
     * Name of its folder and its log.
     * @default "broker"
     */
    readonly name?: string;
    /** A further listener. */
    readonly proxied?: ProxiedListener;
}

/** Starts a broker and waits until it accepts connections. */
export async function startBroker(
    processes: Processes,
    kafkaVersion: string,
    runtime: string,
    port: number,
    { name = "broker", proxied }: BrokerOptions = {},
): Promise<Running> {
    const folder = path.join(processes.folder, name);
    const template = await formatted(kafkaVersion, runtime);
    fs.cpSync(path.join(template, "logs"), path.join(folder, "logs"), { recursive: true });
    const config = path.join(folder, "server.properties");
    writeProperties(config, properties(port, await freePort(), path.join(folder, "logs"), proxied));
    const log = path.join(processes.folder, "logs", `${name}.log`);
    const running = processes.start(
        "the Kafka broker",
        brokerStart({ runtime, config, folder }, { kafkaVersion, log }),
    );
    await untilReady(running, async () => (await accepts(port)) || undefined);
    return running;
}
