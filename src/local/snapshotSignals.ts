/** Asks a connector for an incremental snapshot by a Kafka that this machine reaches, and reports its progress. */
import { snapshotSignal } from "../connectors/signalMessage";
import { EventReader } from "./changeEvents";
import { kafkaClient } from "./kafkaClient";
import { pause } from "../util/pause";

/** A request. */
export interface SnapshotSignalOptions {
    bootstrapServers: string;
    /** Configuration of the connector. */
    config: Readonly<Record<string, unknown>>;
    /** Regular expressions of the tables' names. */
    items: readonly string[];
    /** Seconds to wait for the end. */
    timeoutSeconds: number;
    say: (text: string) => void;
}

/** A notification of Debezium. */
export interface Notification {
    id: string;
    type: string;
    aggregate_type: string;
    additional_data?: Record<string, string>;
}

/** A notification as a line, or undefined where it is not about an incremental snapshot. */
export function progressLine({ type, aggregate_type: kind, additional_data: data = {} }: Notification) {
    if (kind !== "Incremental Snapshot") return undefined;
    const table = data.current_collection_in_progress ?? data.scanned_collection ?? data.data_collections ?? "";
    const chunk = data.total_chunks ? `chunk ${data.chunk_index} of ${data.total_chunks}` : "";
    const rows = data.total_rows_scanned ? `${data.total_rows_scanned} rows` : "";
    return [type, table, chunk, rows, data.status ?? ""].filter(Boolean).join(" ");
}

/** Sends the signal and waits until the snapshot is complete. Throws when the connector does not begin, or aborts. */
export async function requestSnapshot(options: SnapshotSignalOptions): Promise<void> {
    const { bootstrapServers, config, items, timeoutSeconds, say } = options;
    const id = `snapshot-${Date.now()}`;
    const reader = new EventReader(bootstrapServers, id);
    let [began, ended] = [false, ""];
    let sent = false;
    const follow = reader.follow([String(config["notification.sink.topic.name"])], ({ row }) => {
        const notification = row as Notification | null;
        if (!sent || !notification) return;
        // a snapshot that is in progress takes the tables up under its own id
        const line = progressLine(notification);
        if (line === undefined) return;
        began = true;
        say(line);
        if (["COMPLETED", "ABORTED"].includes(notification.type)) ended = notification.type;
    });
    follow.catch(() => undefined);
    const kafka = kafkaClient(bootstrapServers, { clientId: "snapshot" });
    const producer = kafka.producer();
    try {
        await producer.connect();
        // what was reported earlier is read before the signal is sent
        await Promise.race([follow, pause(3000)]);
        await pause(500);
        sent = true;
        const message = snapshotSignal(id, String(config["topic.prefix"]), items);
        await producer.send({ topic: String(config["signal.kafka.topic"]), messages: [message] });
        const end = Date.now() + timeoutSeconds * 1000;
        while (!ended && Date.now() < end) await pause(200);
        if (!began) throw new Error(`the connector has not begun within ${timeoutSeconds} s; is it running?`);
        if (ended === "ABORTED") throw new Error("the connector has aborted the snapshot");
        say(ended ? "the snapshot is complete" : `the snapshot goes on after ${timeoutSeconds} s`);
    } finally {
        await producer.disconnect();
        await reader.stop();
    }
}
