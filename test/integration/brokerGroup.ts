/** Several Kafka brokers on this machine, each of which is also a controller. */
import * as fs from "node:fs";
import * as path from "node:path";
import { brokerStart, formatStorage, singleBrokerSettings } from "../../src/local/broker";
import { writeProperties } from "../../src/local/java";
import { kafkaRuntime, metricsExporter } from "../../src/local/kafkaRuntime";
import { accepts, freePort, until } from "../../src/local/ports";
import type { Processes, Running } from "../../src/local/processes";
import { brokerJmxRules } from "../../src/metrics/brokerJmxRules";

const clusterId = "dGVzdC1rYWZrYS1ncm91cA";

/** One of the brokers. */
export interface GroupedBroker {
    readonly id: number;
    /** Address of its listener, without TLS and login. */
    readonly address: string;
    readonly metricsPort: number;
    /** Folder of its records. */
    readonly data: string;
    readonly running: Running;
}

/** Starts them, and waits until they accept connections. Topics have three replicas, of which two must be in sync. */
export async function startBrokers(processes: Processes, kafkaVersion: string): Promise<GroupedBroker[]> {
    const runtime = await kafkaRuntime(kafkaVersion);
    const agent = await metricsExporter();
    const rules = path.join(processes.folder, "broker-metrics.yml");
    fs.writeFileSync(rules, brokerJmxRules());
    const places: { id: number; port: number; controller: number; metrics: number }[] = [];
    for (const id of [0, 1, 2])
        places.push({ id, port: await freePort(), controller: await freePort(), metrics: await freePort() });
    const voters = places.map(({ id, controller }) => `${id}@127.0.0.1:${controller}`).join(",");

    const start = async ({ id, port, controller, metrics }: (typeof places)[0]): Promise<GroupedBroker> => {
        const folder = path.join(processes.folder, `kafka-${id}`);
        const config = path.join(folder, "server.properties");
        const data = path.join(folder, "data");
        writeProperties(config, {
            ...singleBrokerSettings,
            "process.roles": "broker,controller",
            "node.id": id,
            "controller.quorum.voters": voters,
            listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
            "advertised.listeners": `PLAINTEXT://127.0.0.1:${port}`,
            "controller.listener.names": "CONTROLLER",
            "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs": data,
            "default.replication.factor": 3,
            "min.insync.replicas": 2,
            "offsets.topic.replication.factor": 3,
        });
        const files = { runtime, config, folder };
        await formatStorage(files, clusterId);
        const running = processes.start(
            `Kafka broker ${id}`,
            brokerStart(files, {
                kafkaVersion,
                log: path.join(processes.folder, "logs", `kafka-${id}.log`),
                jvmOptions: [`-javaagent:${agent}=127.0.0.1:${metrics}:${rules}`],
            }),
        );
        return { id, address: `127.0.0.1:${port}`, metricsPort: metrics, data, running };
    };
    const brokers = await Promise.all(places.map(start));
    for (const { running, address } of brokers)
        await Promise.race([
            running.failed,
            until("a Kafka broker", 60_000, async () => (await accepts(Number(address.split(":")[1]))) || undefined),
        ]);
    return brokers;
}
