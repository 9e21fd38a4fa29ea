/** The stack whose worker has every metric that dashboards and alerts read. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Kafka } from "kafkajs";
import { kafkaClient } from "../../src/local/kafkaClient";

/** The stack file of a Strimzi version. */
export function metricsStack(version: string): string {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "metrics-"));
    const text = fs.readFileSync(path.join(__dirname, "metrics.yaml"), "utf8");
    const file = path.join(folder, "stack.yaml");
    fs.writeFileSync(
        file,
        text.replace("STRIMZI_VERSION", version).replace("FILE_TO_WRITE", path.join(folder, "out.txt")),
    );
    return file;
}

const sourceOf = (output: string): Kafka => {
    const [, bootstrap] = /Kafka backend is ready on (\S+)/.exec(output)!;
    return kafkaClient(bootstrap, { clientId: "test" });
};

/** Writes a record to MirrorMaker's source cluster: its averages are exported only while records are copied. */
export async function writeToSource(output: string): Promise<void> {
    const producer = sourceOf(output).producer();
    await producer.connect();
    await producer.send({ topic: "EVENT.SUBSCRIPTION.TOPIC", messages: [{ key: "a", value: "1" }] });
    await producer.disconnect();
}

/** Commits offsets of a consumer group in MirrorMaker's source cluster, so that there is something to checkpoint. */
export async function commitInSource(output: string): Promise<void> {
    const admin = sourceOf(output).admin();
    await admin.connect();
    await admin.setOffsets({
        groupId: "billing",
        topic: "EVENT.SUBSCRIPTION.TOPIC",
        partitions: [{ partition: 0, offset: "2" }],
    });
    await admin.disconnect();
}
