/** A Connect worker in distributed mode. */
import * as fs from "fs";
import * as path from "path";
import type { KubernetesObject } from "../synth/synth";
import { javaStart, writeProperties } from "./java";
import type { WorkerPlugins } from "./prerequisites";
import type { Processes, Running } from "./processes";
import { jarsOf } from "./tools";
import { workerProperties } from "./workerConfig";

/** Starts the worker of a KafkaConnect resource. It runs in the secrets' folder, where FileConfigProvider looks. */
export function startWorker(
    processes: Processes,
    resource: KubernetesObject,
    options: {
        runtime: string;
        plugins: WorkerPlugins;
        restPort: number;
        secrets: string;
        metrics?: { port: number; agent: string; rules: string };
        /** Log configuration, with the system properties and jars that it needs. */
        logging?: { configuration: string; properties: Readonly<Record<string, string>>; jars: readonly string[] };
        /** Name of its folder and its log; another one for each worker. Default: `worker` */
        name?: string;
        /** Maximum heap of the JVM. Default: `768m` */
        heap?: string;
        /** Properties besides those of the resource, such as a login. */
        properties?: Readonly<Record<string, string>>;
    },
): Running {
    const { name = "worker" } = options;
    const folder = path.join(processes.folder, name);
    const kafkaVersion = resource.spec.version as string;
    const config = path.join(folder, "worker.properties");
    const place = { restPort: options.restPort, pluginPath: options.plugins.pluginPath.join(",") };
    writeProperties(config, { ...workerProperties(resource, place), ...options.properties });
    const rules = path.join(folder, "metrics.yml");
    if (options.metrics) fs.writeFileSync(rules, options.metrics.rules);
    fs.mkdirSync(options.secrets, { recursive: true, mode: 0o700 });
    return processes.start(
        "the Connect worker",
        javaStart({
            main: "org.apache.kafka.connect.cli.ConnectDistributed",
            args: [config],
            classPath: [
                jarsOf(options.runtime),
                ...options.plugins.libraries.map(jarsOf),
                ...(options.logging?.jars ?? []),
            ],
            heap: options.heap ?? "768m",
            kafkaVersion,
            folder,
            cwd: options.secrets,
            jvmOptions: [
                // as the platform's workers
                "-XX:+ExitOnOutOfMemoryError",
                ...(options.metrics
                    ? [`-javaagent:${options.metrics.agent}=127.0.0.1:${options.metrics.port}:${rules}`]
                    : []),
                ...Object.entries(options.logging?.properties ?? {}).map(([name, value]) => `-D${name}=${value}`),
            ],
            logging: options.logging?.configuration,
            log: path.join(processes.folder, "logs", `${name}.log`),
        }),
    );
}
