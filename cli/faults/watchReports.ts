/** Watches what the platform's alerts and the status read, so that a silent loss is recognized as silent. */
import { pause } from "../../src/util/pause";
import type { Rig } from "./rig";

/** A watch that goes on until it is stopped. */
export interface ReportWatch {
    stop(): Promise<string[]>;
}

/** Whether a metric of the connector has the value 0. */
const isZero = (metrics: string, metric: RegExp, name: string): boolean =>
    metrics.split("\n").some((line) => metric.test(line) && line.includes(`"${name}"`) && /\s0(\.0)?$/.test(line));

/** Begins to watch a connector. */
export function watchReports(rig: Rig, name: string): ReportWatch {
    const seen = new Set<string>();
    let stopped = false;
    const loop = (async () => {
        while (!stopped) {
            const status = await rig.status(name);
            if (status?.connector.state === "FAILED") seen.add("status: connector FAILED");
            if (status?.tasks.some(({ state }) => state === "FAILED")) seen.add("status: task FAILED");
            const metrics = await rig.metrics();
            if (isZero(metrics, /^debezium_\w*connected\b/i, name)) seen.add("metric: Connected is 0");
            const [slot] = await rig.database
                .run("postgres", `SELECT wal_status FROM pg_replication_slots WHERE slot_name = 'dbz_${name}'`)
                .catch(() => [""]);
            if (/lost|unreserved/.test(slot)) seen.add("slot: its log is removed");
            await pause(1000);
        }
    })();
    loop.catch(() => undefined);
    return {
        stop: async () => {
            stopped = true;
            await loop.catch(() => undefined);
            return [...seen].sort();
        },
    };
}
