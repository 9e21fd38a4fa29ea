/** What runs, compared with what the stack declares: `kcp drift`. */
import { connectorConfig } from "../../src/local/connectApi";
import { connectorDrift, driftLines, orphanOffsets, topicDrift, type Drift } from "../../src/operations/drift";
import { connectorsWithOffsets, readTopics } from "../../src/operations/driftSources";
import type { ConnectTarget } from "../../src/operations/target";
import { objectsOfKind, onlyOfKind, synth, type KubernetesObject, type SynthResult } from "../../src/synth/synth";
import { exitCodes, type ExitCode } from "../support/exitCodes";
import { runningStack, withTarget, type RunningStack, type TargetOptions } from "./openTarget";
import { plural } from "../../src/util/plural";

const declaredTopic = ({ metadata, spec }: KubernetesObject) => ({
    name: String(spec.topicName ?? metadata.name),
    partitions: spec.partitions as number | undefined,
    config: Object.fromEntries(
        Object.entries((spec.config ?? {}) as Record<string, unknown>).map(([key, value]) => [key, String(value)]),
    ),
});

const offsetTopicOf = ({ spec }: KubernetesObject): string =>
    String(spec.offsetStorageTopic ?? spec.config["offset.storage.topic"]);

/** Keys of the configuration that the sandbox replaces by addresses of this machine. */
const replacedInSandbox =
    /^(database\.(hostname|port|user|password|ssl.*|sslmode)|connection\..*|.*bootstrap\.servers|schema\.history\..*|signal\.kafka\..*|producer\.override\..*)$/;

async function ofConnectors(evaluation: SynthResult, target: ConnectTarget, isSandbox: boolean): Promise<Drift[]> {
    const observed = await target.connectors();
    const rest = await target.rest();
    const isCompared = (key: string) => !isSandbox || !replacedInSandbox.test(key);
    const compared = (config: Record<string, string>) =>
        Object.fromEntries(Object.entries(config).filter(([key]) => isCompared(key)));
    const configs = new Map<string, Record<string, string>>();
    for (const { name, connector } of observed)
        if (connector.state !== "UNKNOWN") configs.set(name, compared(await rest.config(name)));
    const declared = objectsOfKind(evaluation, "KafkaConnector").map((resource) => ({
        name: resource.metadata.name,
        state: String(resource.spec.state ?? "running"),
        config: compared(connectorConfig(resource)),
    }));
    return connectorDrift(declared, observed, configs);
}

async function ofKafka(
    evaluation: SynthResult,
    { kafka, settings, say }: RunningStack,
    running: readonly string[],
): Promise<Drift[]> {
    if (!kafka) {
        say("topics and offsets are not compared: give --kafka HOST:PORT");
        return [];
    }
    const topics = objectsOfKind(evaluation, "KafkaTopic").map(declaredTopic);
    const observed = await readTopics(
        kafka,
        topics.map(({ name }) => name),
    );
    const known = new Set([...settings.connectors.map(({ name }) => name), ...running]);
    const offsets = settings.connect.install
        ? await connectorsWithOffsets(kafka, offsetTopicOf(onlyOfKind(evaluation, "KafkaConnect")))
        : [];
    return [...topicDrift(topics, observed), ...orphanOffsets(offsets, known)];
}

/** Prints the differences. Fails when there are any. */
export async function drift(options: TargetOptions): Promise<ExitCode> {
    const running = runningStack(options);
    const evaluation = await synth(running.stack, running.raw, { loaded: running.settings });
    const found = await withTarget(options, running, async (target) => {
        const connectors = await ofConnectors(evaluation, target, running.sandbox !== undefined);
        const names = (await target.connectors()).map(({ name }) => name);
        const all = [...connectors, ...(await ofKafka(evaluation, running, names))];
        // the program registers its resources concurrently
        return all.sort((a, b) => a.subject.localeCompare(b.subject, "en"));
    });
    if (options.json) console.log(JSON.stringify({ stack: running.stack, drift: found }, null, 2));
    else if (found.length === 0) console.log(`${running.stack}: what runs is what the stack declares`);
    else console.log([`${running.stack}: ${plural(found.length, "difference")}`, ...driftLines(found)].join("\n"));
    return found.length > 0 ? exitCodes.failed : exitCodes.ok;
}
