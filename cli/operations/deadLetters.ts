/** Lists and replays dead letter queues: `kcp dlq`. */
import { queuesOf, readQueue, replayQueue, type DeadLetterQueue } from "../../src/operations/deadLetters";
import { runPlan } from "../../src/operations/plan";
import { UsageError } from "../support/errors";
import { declaredConnector, neededKafka, runningStack, type RunningStack, type TargetOptions } from "./openTarget";
import { plural } from "../../src/util/plural";

const records = (count: number): string => plural(count, "record");

async function readQueues(running: RunningStack): Promise<DeadLetterQueue[]> {
    const kafka = neededKafka(running);
    const found: DeadLetterQueue[] = [];
    for (const queue of queuesOf(running.settings.connectors)) {
        const read = await readQueue(kafka, queue);
        if (read) found.push(read);
        else running.say(`${queue.topic} of ${queue.connector} does not exist: nothing was put into it yet`);
    }
    return found;
}

/** Prints each queue with the reasons of its records. */
export async function listQueues(options: TargetOptions): Promise<void> {
    const running = runningStack(options);
    if (queuesOf(running.settings.connectors).length === 0) running.say("no connector has a dead letter queue");
    const queues = await readQueues(running);
    if (options.json) return console.log(JSON.stringify({ stack: running.stack, queues }, null, 2));
    for (const { connector, topic, records: count, notReplayed, reasons } of queues) {
        console.log(`${topic} of ${connector}: ${records(count)}, ${notReplayed} of them not replayed`);
        for (const { reason, records: number } of reasons) console.log(`    ${number} × ${reason}`);
    }
}

/** Options of `kcp dlq replay`. */
export interface ReplayOptions extends TargetOptions {
    limit: number;
}

/** Sends the records of a connector's queue back to the topics that they came from. */
export async function replay(name: string, options: ReplayOptions): Promise<void> {
    const running = runningStack(options);
    const kafka = neededKafka(running);
    const [queue] = queuesOf([declaredConnector(running, name)]);
    if (!queue) throw new UsageError(`${name} has no dead letter queue`);
    const read = await readQueue(kafka, queue);
    const count = Math.min(read?.notReplayed ?? 0, options.limit);
    if (count === 0) running.say(`every record of ${queue.topic} has been sent back, or there is none`);
    const step = {
        text: `send ${records(count)} of ${queue.topic} to the topics that they came from; every reader gets them`,
        run: async () => void running.say(`sent ${records(await replayQueue(kafka, queue.topic, count))}`),
    };
    const result = await runPlan(count === 0 ? [] : [step], options.apply === true, running.say);
    if (options.json) console.log(JSON.stringify({ stack: running.stack, topic: queue.topic, ...result }, null, 2));
}
