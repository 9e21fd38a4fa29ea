/** Strimzi's `autoRestart` of failed connectors and tasks, on the clock of the alerts. */
import { pause } from "../../src/util/pause";
import { clockFactor } from "./fasterRules";
import type { Rig } from "./rig";

/**
 * Time before a restart: Strimzi waits n² + n minutes after the restart number n.
 *
 * @see https://strimzi.io/docs/operators/latest/deploying#proc-enabling-automatic-restart-str
 */
export const backoffMs = (restarts: number): number => ((restarts * restarts + restarts) * 60_000) / clockFactor;

/** Restarts connectors until it is stopped. */
export class AutoRestart {
    private stopped = false;
    private readonly loops: Promise<void>[];

    constructor(
        private readonly rig: Rig,
        connectors: readonly string[],
    ) {
        this.loops = connectors.map((name) => this.watch(name));
    }

    private async watch(name: string): Promise<void> {
        let [restarts, next] = [0, 0];
        while (!this.stopped) {
            const status = await this.rig.status(name);
            const parts = status ? [status.connector, ...status.tasks] : [];
            if (parts.some(({ state }) => state === "FAILED") && Date.now() >= next) {
                await this.rig.api.restart(name).catch(() => undefined);
                restarts += 1;
                next = Date.now() + backoffMs(restarts);
            }
            await pause(1000);
        }
    }

    async stop(): Promise<void> {
        this.stopped = true;
        await Promise.all(this.loops);
    }
}
