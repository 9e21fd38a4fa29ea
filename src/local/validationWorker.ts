/** A Connect worker with the plugins of a stack's image, for as long as it validates connectors. */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { synth, onlyOfKind } from "../synth/synth";
import { startBroker } from "./broker";
import { ConnectApi } from "./connectApi";
import { interruption } from "./interrupted";
import { preparePrerequisites } from "./prerequisites";
import { freePort } from "./ports";
import { Processes } from "./processes";
import { untilReady } from "./readiness";
import { startWorker } from "./worker";
import type { Settings } from "../stack/settings";
import { atLocalKafka } from "./localKafka";

/** The stack to check, and the plugins to check it with. */
export interface CheckedStack {
    stack: string;
    raw: Record<string, unknown>;
    settings: Settings;
    /** Folder with plugins that no Maven repository has. */
    plugins?: string;
    /** Whether the worker has every plugin of the image, rather than those that the stack uses. */
    allPlugins?: boolean;
    say: (text: string) => void;
}

/** Starts the worker, passes its API to `use`, and stops it whatever happens. `say` reports progress. */
export async function withWorker<T>(
    { stack, raw, settings, plugins: providedFolder, allPlugins, say }: CheckedStack,
    use: (api: ConnectApi) => Promise<T>,
): Promise<T> {
    const parts = await preparePrerequisites(settings, { what: "the check", say, providedFolder, allPlugins });
    for (const { name, reason } of parts.missingPlugins) say(`not checked: plugin ${name}: ${reason}`);

    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kafka-connect-check-"));
    const processes = new Processes(folder);
    try {
        return await Promise.race([interruption(), run()]);
    } finally {
        await processes.stop();
        fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }

    async function run(): Promise<T> {
        const [kafkaPort, restPort] = [await freePort(), await freePort()];
        const [runtime, plugins] = await Promise.all([parts.runtime, parts.plugins]);
        say(`starting Kafka Connect ${parts.kafkaVersion} with ${parts.pluginCount} plugins`);
        // the same worker, except for its Kafka and its secrets: it validates connectors and runs none
        const bootstrapServers = `127.0.0.1:${kafkaPort}`;
        const local = { ...atLocalKafka(raw, bootstrapServers).raw, kafka: { bootstrapServers }, connectors: [] };
        const [broker, evaluation] = await Promise.all([
            startBroker(processes, parts.kafkaVersion, runtime, kafkaPort),
            synth(stack, local),
        ]);
        const worker = startWorker(processes, onlyOfKind(evaluation, "KafkaConnect"), {
            runtime,
            plugins,
            restPort,
            secrets: path.join(folder, "secrets"),
        });
        const api = new ConnectApi(`http://127.0.0.1:${restPort}`);
        return Promise.race([broker.failed, untilReady(worker, () => api.version()).then(() => use(api))]);
    }
}
