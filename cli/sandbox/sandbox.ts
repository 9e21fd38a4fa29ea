/** Runs the connectors of a stack on this machine: `kcp sandbox`. */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { atLocalKafka, type LocalStack } from "../../src/local/localKafka";
import { choosePort, freePort } from "../../src/local/ports";
import { Processes } from "../../src/local/processes";
import { Progress } from "../../src/local/progress";
import { onPath } from "../../src/local/tools";
import { removeSandboxState } from "../../src/operations/sandboxState";
import { loadStack } from "../../src/stack/loadStack";
import { readStack } from "../../src/stack/stackFile";
import { chooseStack } from "../support/chooseStack";
import { describeError, UsageError, withFullFolder } from "../support/errors";
import { exitCodes, type ExitCode } from "../support/exitCodes";
import type { SandboxOptions } from "./options";
import { run, type Run } from "./run";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Removes the sandbox's folder, except for the logs when they are kept. */
function cleanUp(folder: string, keepLogs: boolean): void {
    const kept = keepLogs && fs.existsSync(path.join(folder, "logs")) ? ["logs"] : [];
    for (const entry of fs.readdirSync(folder).filter((name) => !kept.includes(name)))
        fs.rmSync(path.join(folder, entry), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    if (kept.length > 0) console.error(`\nThe logs are kept in ${path.join(folder, "logs")}`);
    else fs.rmdirSync(folder);
}

/** The stack as it runs here, or its errors. */
function loadLocalStack(options: SandboxOptions, kafkaPort: number): Pick<Run, "stack" | "local" | "settings"> {
    const stack = chooseStack(options, "local");
    const raw = readStack(stack.stack, stack.file);
    // errors are those of the stack as it is written
    loadStack(raw, stack.stack, stack.file);
    const local: LocalStack = atLocalKafka(raw, `127.0.0.1:${kafkaPort}`);
    return { stack, local, settings: loadStack(local.raw, stack.stack, stack.file) };
}

/** Runs until the first events with --once, until it is interrupted otherwise. */
export async function sandbox(options: SandboxOptions): Promise<ExitCode> {
    const started = Date.now();
    const ports = {
        kafka: await choosePort(options.kafkaPort, "kafka-port"),
        connect: await choosePort(options.connectPort, "connect-port"),
        postgres: await choosePort(options.postgresPort, "postgres-port"),
        mysql: await choosePort(options.mysqlPort, "mysql-port"),
    };
    if (options.metrics && !onPath("prometheus"))
        throw new UsageError(
            "--metrics needs Prometheus on PATH: `apt-get install prometheus`, `brew install prometheus`",
        );
    const metricsPort = options.metricsPort ?? (options.metrics ? await freePort() : undefined);
    const loaded = loadLocalStack(options, ports.kafka);
    const print = options.json || options.use ? console.error : console.log;

    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kafka-connect-sandbox-"));
    // the user of the databases has to enter it; each part keeps its own secrets to itself
    fs.chmodSync(folder, 0o711);
    const processes = new Processes(folder);
    const interrupted = new Promise<ExitCode>((resolve) => {
        for (const signal of signals) process.on(signal, () => resolve(exitCodes.interrupted));
    });
    let code: ExitCode = exitCodes.failed;
    try {
        const progress = new Progress(started, print);
        code = await Promise.race([
            interrupted,
            run({ options: { ...options, metricsPort }, ...loaded, ports, processes, progress, print }),
        ]);
    } catch (error) {
        console.error(`\nkcp: ${describeError(withFullFolder(error, folder))}`);
    } finally {
        removeSandboxState(loaded.stack.stack);
        if (!options.once && !options.use) print("\nStopping.");
        await processes.stop();
        cleanUp(folder, code === exitCodes.failed);
    }
    return code;
}
