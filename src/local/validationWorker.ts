/** An ephemeral Connect worker with the plugins of a stack's image: what `check` asks. */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { synth, onlyOfKind } from "../synth/synth";
import { startBroker } from "./broker";
import { ConnectApi } from "./connectApi";
import { preparePrerequisites } from "./prerequisites";
import { freePort } from "./ports";
import { Processes } from "./processes";
import { startWorker } from "./worker";
import type { Settings } from "../stack/settings";
import { atLocalKafka } from "./localKafka";

/** What is checked, with which plugins. */
export interface CheckedStack {
    stack: string;
    raw: Record<string, unknown>;
    settings: Settings;
    /** Folder with plugins that Maven does not have. */
    plugins?: string;
    say: (text: string) => void;
}

/** Starts the worker, hands it over, and stops it whatever happens. `say` tells of progress. */
export async function withWorker<T>(
    { stack, raw, settings, plugins: own, say }: CheckedStack,
    use: (api: ConnectApi) => Promise<T>,
): Promise<T> {
    const parts = await preparePrerequisites(settings, "the check", say, own);
    for (const { name, why } of parts.missingPlugins) say(`left out: plugin ${name}: ${why}`);

    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kafka-connect-check-"));
    const processes = new Processes(folder);
    const interrupted = new Promise<never>((_, reject) => {
        for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
            process.once(signal, () => reject(new Error("interrupted")));
    });
    try {
        return await Promise.race([interrupted, run()]);
    } finally {
        await processes.stop();
        fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }

    async function run(): Promise<T> {
        const [kafkaPort, restPort] = [await freePort(), await freePort()];
        const [runtime, plugins, own] = await Promise.all([parts.runtime, parts.plugins, parts.providedPlugins]);
        say(`starting Kafka Connect ${parts.kafkaVersion} with ${parts.pluginCount} plugins`);
        // the same worker, but for the Kafka it works with and where it reads secrets: it is asked questions and runs nothing
        const local = {
            ...atLocalKafka(raw, `127.0.0.1:${kafkaPort}`),
            kafka: { bootstrapServers: `127.0.0.1:${kafkaPort}` },
            ...(raw.secrets ? { secrets: { provider: "file", name: settings.secrets!.name } } : {}),
            connectors: [],
        };
        const [broker, evaluation] = await Promise.all([
            startBroker(processes, parts.kafkaVersion, runtime, kafkaPort),
            synth(stack, local),
        ]);
        const worker = startWorker(processes, onlyOfKind(evaluation, "KafkaConnect"), {
            runtime,
            plugins,
            own,
            restPort,
            secrets: path.join(folder, "secrets"),
        });
        const api = new ConnectApi(`http://127.0.0.1:${restPort}`);
        return Promise.race([broker.failed, worker.failed, api.ready(60_000).then(() => use(api))]);
    }
}
