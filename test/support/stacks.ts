/** Stacks for tests: those of the stack files, and small ones made of a few settings. */
import { synth, type SynthResult } from "../../src/synth/synth";
import { loadStack } from "../../src/stack/loadStack";
import type { Settings } from "../../src/stack/settings";
import { formatPath, SettingsError } from "../../src/schema/issues";
import { readStack } from "../../src/stack/stackFile";

export type Raw = Record<string, unknown>;

/** The settings of a stack file, with some groups changed: each is merged over the file's own, undefined removes it. */
export function stackFile(stack: string, changes: Raw = {}): Raw {
    const raw = readStack(stack);
    for (const [key, change] of Object.entries(changes)) {
        const both = [raw[key], change].every(
            (value) => value !== null && typeof value === "object" && !Array.isArray(value),
        );
        raw[key] = both ? { ...(raw[key] as Raw), ...(change as Raw) } : change;
        if (raw[key] === undefined) delete raw[key];
    }
    return raw;
}

/** The least a stack needs, and what a test adds. */
export const minimal = (more: Raw = {}): Raw => ({ kafka: { bootstrapServers: "kafka:9092" }, ...more });

/** EKS as a preview without credentials needs it. */
export const eks = {
    clusterName: "data",
    region: "ap-northeast-2",
    accountId: "123456789012",
    oidcIssuer: "https://oidc.eks.ap-northeast-2.amazonaws.com/id/EXAMPLE",
};

export const settingsFrom = (raw: Raw, stack = "test"): Settings => loadStack(raw, stack);

/** The issues a stack has, one a line, as a user reads them; empty when it has none. */
export function faultsOf(raw: Raw): string[] {
    try {
        loadStack(raw, "test");
        return [];
    } catch (error) {
        if (!(error instanceof SettingsError)) throw error;
        return error.message
            .split("\n")
            .slice(1)
            .map((line) => line.trim());
    }
}

/** The codes and paths of a stack's errors, such as `KCP_INVALID_VALUE connectors[0].name`. */
export function issuesOf(raw: Raw): string[] {
    try {
        loadStack(raw, "test");
        return [];
    } catch (error) {
        if (!(error instanceof SettingsError)) throw error;
        return error.issues.map(({ code, path }) => `${code} ${formatPath(path)}`);
    }
}

/** The evaluation of a stack, its CRDs left out: they are most of the time it takes, and few tests are about them. */
export const evaluated = (raw: Raw, stack = "test"): Promise<SynthResult> =>
    synth(stack, { ...raw, strimzi: { ...(raw.strimzi as Raw | undefined), crds: false } });

/** The evaluation of a stack as it is. */
export const evaluatedWhole = (raw: Raw, stack = "test"): Promise<SynthResult> => synth(stack, raw);

/** A MySQL connector, with some options changed. */
export const mysqlConnector = (changes: Raw = {}): Raw => ({
    connectorTemplate: "debeziumMysqlSourceConnector",
    source: { instance: "instance2", database: "schema2", table: "table2" },
    ...changes,
});

export const postgresConnector = (changes: Raw = {}): Raw => ({
    connectorTemplate: "debeziumPostgresSourceConnector",
    source: { instance: "billing", database: "billing", table: "invoices" },
    ...changes,
});

/** A stack with these connectors. */
export const withConnectors = (...connectors: Raw[]): Raw => minimal({ secrets: { provider: "file" }, connectors });
