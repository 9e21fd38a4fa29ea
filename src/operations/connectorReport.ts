/** The connectors of a stack with their states, lags and last errors. Pure. */
import type { ResolvedConnector } from "../connectors/template";
import { failureReason } from "../local/failureReason";
import type { ConnectorStatus } from "../util/connectRest";

/** One connector. */
export interface ConnectorReport {
    readonly name: string;
    /** Connect's state; `MISSING` when it does not run, `UNKNOWN` when the operator has not reported one. */
    readonly state: string;
    readonly tasks: readonly string[];
    /** How far it is behind, with a unit; undefined where it cannot be read. */
    readonly lag?: string;
    /** Line of the stack file; undefined when the stack does not declare it. */
    readonly line?: number;
    /** Who manages it besides this stack, which declares it. */
    readonly otherManagers?: readonly string[];
    /** The error of the connector or of its first failed task. */
    readonly error?: { readonly part: string; readonly reason: readonly string[]; readonly line?: number };
}

/** A key of the configuration that an error names; its setting is where the error is fixed. */
function namedKey({ config }: ResolvedConnector, reason: readonly string[]): string | undefined {
    const text = reason.join("\n");
    const isNamed = (key: string) => new RegExp(`(?<![\\w.])${key.replace(/\./g, "\\.")}(?![\\w.])`).test(text);
    return Object.keys(config).find((key) => key.includes(".") && isNamed(key));
}

function errorOf(
    status: ConnectorStatus,
    declared: ResolvedConnector | undefined,
    lineOf: (path: readonly (string | number)[]) => number | undefined,
): ConnectorReport["error"] {
    const parts = [
        { part: "connector", ...status.connector },
        ...status.tasks.map((task) => ({ part: `task ${task.id}`, ...task })),
    ];
    const failed = parts.find(({ state }) => state === "FAILED");
    if (!failed) return undefined;
    const reason = failureReason(failed.trace);
    const key = declared && namedKey(declared, reason);
    const settingPath = declared && (key ? declared.settingPath(key) : ["connectors", declared.index]);
    return { part: failed.part, reason, line: settingPath && lineOf(settingPath) };
}

/** The connectors that are declared, then those that run without being declared. */
export function connectorReports(
    declared: readonly ResolvedConnector[],
    observed: readonly ConnectorStatus[],
    lags: ReadonlyMap<string, string>,
    lineOf: (path: readonly (string | number)[]) => number | undefined,
): ConnectorReport[] {
    const byName = new Map(observed.map((status) => [status.name, status]));
    const reportOf = (name: string, connector: ResolvedConnector | undefined): ConnectorReport => {
        const status = byName.get(name);
        return {
            name,
            state: status?.connector.state ?? "MISSING",
            tasks: status?.tasks.map(({ state }) => state) ?? [],
            lag: lags.get(name),
            line: connector && lineOf(["connectors", connector.index]),
            ...(connector && status?.otherManagers?.length ? { otherManagers: status.otherManagers } : {}),
            error: status && errorOf(status, connector, lineOf),
        };
    };
    const names = new Set(declared.map(({ name }) => name));
    return [
        ...declared.map((connector) => reportOf(connector.name, connector)),
        ...observed.filter(({ name }) => !names.has(name)).map(({ name }) => reportOf(name, undefined)),
    ];
}

/** Whether a connector needs somebody: it failed, does not run, runs without tasks, or is managed by two. */
export const needsAttention = ({ state, tasks, line, otherManagers }: ConnectorReport): boolean =>
    line === undefined ||
    otherManagers !== undefined ||
    ["FAILED", "MISSING", "UNKNOWN", "UNASSIGNED"].includes(state) ||
    (state === "RUNNING" && tasks.length === 0) ||
    tasks.some((task) => task === "FAILED" || task === "UNASSIGNED");
