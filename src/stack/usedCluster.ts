/** A stack of connectors alone, on the Connect cluster of another stack. */
import { issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";

/** Settings of `connect` that mean something beside `use`. */
const beside = ["use", "wait", "timeoutMinutes"];

/** Settings that describe a Connect cluster which the stack does not create. */
export function checkUsedCluster(connect: unknown): Issue[] {
    if (connect === null || typeof connect !== "object" || !("use" in connect)) return [];
    return Object.keys(connect)
        .filter((key) => !beside.includes(key))
        .map((key) =>
            issue(
                "KCP_CONFLICTING_SETTINGS",
                ["connect", key],
                "belongs to the stack of the Connect cluster that connect.use names; remove it here",
            ),
        );
}

/** The sections of such a stack: everything but its connectors, topics and users belongs to the other stack. */
export function useOtherCluster(parsed: ParsedSections): void {
    const { connect, strimzi } = parsed;
    if (!connect?.use) return;
    parsed.connect = { ...connect, ...connect.use, install: false, createNamespace: false };
    if (strimzi) parsed.strimzi = { ...strimzi, install: false, crds: false };
}
