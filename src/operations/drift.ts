/** What runs, compared with what a stack declares. Pure. */
import type { ConnectorStatus } from "../util/connectRest";
import { managedByTwo } from "./managers";

/** A connector as it should be. */
export interface DeclaredConnector {
    readonly name: string;
    readonly state: string;
    /** As Connect takes it, class and tasks included. */
    readonly config: Readonly<Record<string, string>>;
}

/** A topic as it should be. */
export interface DeclaredTopic {
    readonly name: string;
    readonly partitions?: number;
    readonly config: Readonly<Record<string, string>>;
}

/** A topic that runs. */
export interface ObservedTopic {
    readonly name: string;
    readonly partitions: number;
    readonly config: Readonly<Record<string, string>>;
}

/** One difference. */
export interface Drift {
    /** `connector orders` */
    readonly subject: string;
    readonly text: string;
}

/** Configuration that Connect or the operator adds. */
const addedKeys = new Set(["name"]);

/** Values that are never shown, because a literal credential may have been set by hand. */
const isSecret = (key: string): boolean => /password|secret|token|credential|\.key$|jaas/i.test(key);

const shown = (key: string, value: string | undefined): string => {
    if (value === undefined) return "nothing";
    return isSecret(key) ? "another value" : JSON.stringify(value);
};

function configDrift(
    subject: string,
    declared: Readonly<Record<string, string>>,
    observed: Readonly<Record<string, string>>,
    keys: readonly string[],
): Drift[] {
    return keys
        .filter((key) => declared[key] !== observed[key])
        .map((key) => ({
            subject,
            text: `${key} is ${shown(key, observed[key])}, declared ${shown(key, declared[key])}`,
        }));
}

/** Connectors: missing, undeclared, managed by two, in another state or with another configuration. */
export function connectorDrift(
    declared: readonly DeclaredConnector[],
    observed: readonly ConnectorStatus[],
    configs: ReadonlyMap<string, Readonly<Record<string, string>>>,
): Drift[] {
    const running = new Map(observed.map((status) => [status.name, status]));
    const names = new Set(declared.map(({ name }) => name));
    const ofDeclared = declared.flatMap(({ name, state, config }): Drift[] => {
        const subject = `connector ${name}`;
        const status = running.get(name);
        if (!status) return [{ subject, text: "does not run" }];
        const isFailed = status.connector.state === "FAILED";
        const otherState: Drift[] =
            isFailed || status.connector.state.toLowerCase() === state
                ? []
                : [{ subject, text: `is ${status.connector.state.toLowerCase()}, declared ${state}` }];
        const found = configs.get(name) ?? {};
        const keys = [...new Set([...Object.keys(config), ...Object.keys(found)])].sort();
        return [
            ...otherState,
            ...(status.otherManagers ?? []).map((manager) => ({ subject, text: managedByTwo(manager) })),
            ...configDrift(
                subject,
                config,
                found,
                keys.filter((key) => !addedKeys.has(key)),
            ),
        ];
    });
    const undeclared = observed
        .filter(({ name }) => !names.has(name))
        .map(({ name }) => ({ subject: `connector ${name}`, text: "runs without being declared" }));
    return [...ofDeclared, ...undeclared];
}

/** Topics: missing, or with other partitions or another configuration than the declared one. */
export function topicDrift(declared: readonly DeclaredTopic[], observed: readonly ObservedTopic[]): Drift[] {
    return declared.flatMap(({ name, partitions, config }): Drift[] => {
        const subject = `topic ${name}`;
        const found = observed.find((topic) => topic.name === name);
        if (!found) return [{ subject, text: "does not exist" }];
        const otherPartitions: Drift[] =
            partitions === undefined || partitions === found.partitions
                ? []
                : [{ subject, text: `has ${found.partitions} partitions, declared ${partitions}` }];
        return [...otherPartitions, ...configDrift(subject, config, found.config, Object.keys(config).sort())];
    });
}

/** Offsets that Connect keeps for connectors which nobody declares and which no longer run. */
export const orphanOffsets = (names: readonly string[], known: ReadonlySet<string>): Drift[] =>
    names
        .filter((name) => !known.has(name))
        .map((name) => ({
            subject: `offsets of ${name}`,
            text: "are kept although no connector of this name is declared or runs",
        }));

const mostLines = 10;

/** The differences in at most ten lines. */
export function driftLines(found: readonly Drift[]): string[] {
    const lines = found.map(({ subject, text }) => `${subject} ${text}`);
    if (lines.length <= mostLines) return lines;
    return [...lines.slice(0, mostLines - 1), `and ${lines.length - mostLines + 1} more (--json lists all)`];
}
