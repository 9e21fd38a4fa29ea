/** Stacks for tests: those of the stack files, and small ones made of a few settings. */
import assert from "node:assert/strict";
import { synth, type SynthResult } from "../../src/synth/synth";
import { loadStack } from "../../src/stack/loadStack";
import type { Settings } from "../../src/stack/settings";
import type { IssueCode } from "../../src/schema/issueCodes";
import { formatIssue, formatPath, SettingsError, type Issue } from "../../src/schema/issues";
import { readStack } from "../../src/stack/stackFile";

export type Raw = Record<string, unknown>;

/**
 * The settings of a stack file, with some sections changed: each is merged over the file's own, undefined removes it.
 */
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

/** The same with an image that has the plugins of the manifest. */
export const withImage = (raw: Raw): Raw => ({ image: { build: { registry: "localhost:5000/connect" } }, ...raw });

/** EKS as a preview without credentials needs it. */
export const eks = {
    clusterName: "data",
    region: "ap-northeast-2",
    accountId: "123456789012",
    oidcIssuer: "https://oidc.eks.ap-northeast-2.amazonaws.com/id/EXAMPLE",
};

export const settingsFrom = (raw: Raw, stack = "test"): Settings => loadStack(raw, stack);

/** The errors of a stack; none when it is valid. */
function errorsOf(raw: Raw): readonly Issue[] {
    try {
        loadStack(raw, "test");
        return [];
    } catch (error) {
        if (error instanceof SettingsError) return error.issues;
        throw error;
    }
}

/** The codes and paths of a stack's errors, such as `KCP_INVALID_VALUE connectors[0].name`. */
export const issuesOf = (raw: Raw): string[] => errorsOf(raw).map(({ code, path }) => `${code} ${formatPath(path)}`);

/** The same of a stack's warnings. */
export const warningsOf = (raw: Raw): string[] =>
    loadStack(raw, "test").warnings.map(({ code, path }) => `${code} ${formatPath(path)}`);

/** The errors of a stack as a user reads them. */
export const messagesOf = (raw: Raw): string[] => errorsOf(raw).map((item) => formatIssue(item));

/** Errors as tests list them: a code and a path each. */
export type ExpectedIssues = readonly (readonly [code: IssueCode, path: string])[];

/** Fails unless a stack has exactly these errors. */
export const assertIssues = (raw: Raw, expected: ExpectedIssues): void =>
    assert.deepEqual(
        issuesOf(raw),
        expected.map((item) => item.join(" ")),
    );

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
