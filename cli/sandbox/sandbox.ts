/** Runs a stack's connectors for real on this machine. See `usage` in options.ts. */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { loadStack } from "../../src/stack/loadStack";
import type { Settings } from "../../src/stack/settings";
import { SettingsError } from "../../src/schema/issues";
import { atLocalKafka } from "../../src/local/localKafka";
import { readStack, stackFile } from "../../src/stack/stackFile";
import { readOptions, usage, type Options } from "./options";
import { choosePort } from "../../src/local/ports";
import { Processes } from "../../src/local/processes";
import { Progress } from "../../src/local/progress";
import { run } from "./run";

/** The stack's settings, with the broker's address in place of the one that the stack file names. */
function settingsFor(options: Options, bootstrap: string): { raw: Record<string, unknown>; settings: Settings } {
    const file = options.file ?? stackFile(options.stack);
    const raw = readStack(options.stack, file);
    const local = atLocalKafka(raw, bootstrap);
    return { raw: local, settings: loadStack(local, options.stack, file) };
}

async function main(): Promise<number> {
    const started = Date.now();
    const options = readOptions(process.argv.slice(2));
    if (!options) {
        console.log(usage);
        return 0;
    }
    const ports = {
        kafka: await choosePort(options.kafkaPort, "kafka-port"),
        connect: await choosePort(options.connectPort, "connect-port"),
        postgres: await choosePort(options.postgresPort, "postgres-port"),
    };
    const { raw, settings } = settingsFor(options, `127.0.0.1:${ports.kafka}`);

    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kafka-connect-sandbox-"));
    // the database's own user has to reach its part of it; each part keeps its own secrets to itself
    fs.chmodSync(folder, 0o711);
    const processes = new Processes(folder);
    const interrupted = new Promise<"interrupted">((resolve) => {
        for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve("interrupted"));
    });
    let code = 1;
    let keepLogs = false;
    try {
        const outcome = await Promise.race([
            interrupted,
            run({ options, raw, settings, ports, processes, progress: new Progress(started) }),
        ]);
        code = outcome === "interrupted" ? 130 : 0;
    } catch (error) {
        keepLogs = true;
        console.error(`\n${(error as Error).message}`);
    } finally {
        if (!options.once) console.log("\nStopping.");
        await processes.stop();
        const kept = keepLogs && fs.existsSync(path.join(folder, "logs")) ? ["logs"] : [];
        for (const entry of fs.readdirSync(folder).filter((name) => !kept.includes(name))) {
            fs.rmSync(path.join(folder, entry), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
        }
        if (kept.length > 0) console.error(`\nThe logs are kept in ${path.join(folder, "logs")}`);
        else fs.rmdirSync(folder);
    }
    return code;
}

main().then(
    (code) => process.exit(code),
    (error: Error) => {
        console.error(error instanceof SettingsError ? error.message : `sandbox: ${error.message}`);
        process.exit(1);
    },
);
