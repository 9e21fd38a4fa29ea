/** Waiting for a process to be ready. */
import * as fs from "fs";
import { pause } from "../util/pause";
import type { Running } from "./processes";

const sizeOf = (file: string): number => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/**
 * Waits until a process is ready, for as long as it lives and writes to its log: a slow machine takes longer, and a
 * fixed limit would fail there. Throws when it ends, or when it is not ready and its log has not grown for `quietMs`.
 */
export async function untilReady<T>(
    running: Pick<Running, "name" | "log" | "failed">,
    ready: () => Promise<T | undefined>,
    quietMs = 120_000,
): Promise<T> {
    const poll = async (): Promise<T> => {
        let [size, since] = [sizeOf(running.log), Date.now()];
        for (;;) {
            const result = await ready();
            if (result !== undefined) return result;
            const now = sizeOf(running.log);
            if (now !== size) [size, since] = [now, Date.now()];
            if (Date.now() - since > quietMs)
                throw new Error(
                    `${running.name} is not ready, and its log has not grown for ${quietMs / 1000} s: ${running.log}`,
                );
            await pause(50);
        }
    };
    return Promise.race([running.failed, poll()]);
}
