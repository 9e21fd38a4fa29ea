/** An ephemeral Connect worker with the plugins of a stack's image: what `check` asks. */
import * as fs from "fs";
import * as os from "os";
import * as path from "path";
import { evaluate, onlyOfKind } from "../evaluate";
import { readManifest } from "../image/manifest";
import { startBroker } from "../sandbox/broker";
import { ConnectApi } from "../sandbox/connect";
import { isCached, kafkaRuntime, kafkaRuntimeName, pluginSet, pluginSetName, sandboxPlugins } from "../sandbox/downloads";
import { freePort } from "../sandbox/ports";
import { Processes } from "../sandbox/processes";
import { missingTools } from "../sandbox/tools";
import { startWorker } from "../sandbox/worker";
import type { Settings } from "../settings";
import { projectFolder } from "../settings/stackFile";

/** Starts the worker, hands it over, and stops it whatever happens. `say` tells of progress. */
export async function withWorker<T>(stack: string, raw: Record<string, unknown>, settings: Settings, say: (text: string) => void, use: (api: ConnectApi) => Promise<T>): Promise<T> {
    const { kafkaVersion } = settings.strimzi;
    const context = path.join(projectFolder, settings.image?.build?.context ?? "docker/connect");
    const { plugins, left } = sandboxPlugins(readManifest(context));
    const fetched = isCached(kafkaRuntimeName(kafkaVersion), pluginSetName(context, plugins, kafkaVersion));
    const missing = await missingTools(!fetched);
    if (missing.length > 0) throw new Error(`the check needs\n${missing.map((tool) => `  ${tool}`).join("\n")}`);
    if (!fetched) say("fetching Kafka and the plugins by Maven, once on this machine (a minute or so)");
    for (const { name, why } of left) say(`left out: plugin ${name}: ${why}`);

    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kafka-connect-check-"));
    const processes = new Processes(folder);
    const interrupted = new Promise<never>((_, reject) => {
        for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => reject(new Error("interrupted")));
    });
    try {
        return await Promise.race([interrupted, run()]);
    } finally {
        await processes.stop();
        fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }

    async function run(): Promise<T> {
        const [kafkaPort, restPort] = [await freePort(), await freePort()];
        const runtime = await kafkaRuntime(kafkaVersion);
        const pluginFolder = await pluginSet(context, plugins, kafkaVersion, async () => runtime);
        say(`starting Kafka Connect ${kafkaVersion} with ${plugins.length} plugins`);
        // the same worker, but for the Kafka it works with and where it reads secrets: it is asked questions and runs nothing
        const local = { ...raw, kafka: { bootstrapServers: `127.0.0.1:${kafkaPort}` }, ...(raw.secrets ? { secrets: { provider: "file", name: settings.secrets!.name } } : {}), connectors: [] };
        const [broker, evaluation] = await Promise.all([startBroker(processes, kafkaVersion, runtime, kafkaPort), evaluate(stack, local)]);
        const worker = startWorker(processes, onlyOfKind(evaluation, "KafkaConnect"), { runtime, plugins: pluginFolder, restPort, secrets: path.join(folder, "secrets") });
        const api = new ConnectApi(`http://127.0.0.1:${restPort}`);
        return Promise.race([broker.failed, worker.failed, api.ready(60_000).then(() => use(api))]);
    }
}
