/** Odd values at every place of six stacks: no crash, and no finding that is reported twice. */
import assert from "node:assert/strict";
import * as path from "node:path";
import { formatIssue, formatPath, SettingsError, type Issue } from "../../src/schema/issues";
import { loadStack } from "../../src/stack/loadStack";
import { settingsOf } from "../../src/stack/settingNames";
import { readStackConfig } from "../../src/stack/stackFile";
import { projectFolder } from "../../src/util/project";

type Place = readonly (string | number)[];

const files = [
    "Pulumi.dev.yaml",
    "Pulumi.prod.yaml",
    "Pulumi.local.yaml",
    "examples/kafka-on-minikube.yaml",
    "examples/http-bridge-sidecar.yaml",
    "examples/standalone-file-sink.yaml",
];

const oddValues: readonly unknown[] = [
    ...[null, [], {}, "", " ", -1, 0, 1e21, NaN, true, "x".repeat(5000), "😀", new Date(0), [null], { a: null }],
    ...["${", "${a:b:c}", "__proto__", "\u0000"],
];

/** The path of every value, objects and arrays too. */
const places = (value: unknown, at: Place = []): Place[] => [
    at,
    ...(value !== null && typeof value === "object"
        ? Object.entries(value).flatMap(([key, item]) =>
              places(item, [...at, Array.isArray(value) ? Number(key) : key]),
          )
        : []),
];

function withValue(raw: Readonly<Record<string, unknown>>, place: Place, value: unknown): Record<string, unknown> {
    const copy = structuredClone(raw) as Record<string, unknown>;
    const parent = place.slice(0, -1).reduce<any>((at, step) => at[step], copy);
    parent[place[place.length - 1]] = value;
    return copy;
}

/** What is reported: errors, or the warnings of a stack without errors. */
function issuesOf(raw: Readonly<Record<string, unknown>>): readonly Issue[] {
    try {
        return loadStack(raw, "test").warnings;
    } catch (error) {
        if (error instanceof SettingsError) return error.issues;
        throw error;
    }
}

describe("an odd value at any place of a stack file", () => {
    for (const file of files)
        it(`neither crashes nor is reported twice: ${file}`, () => {
            const raw = settingsOf(readStackConfig(path.join(projectFolder, file)));
            // further connectors are of the same templates
            if (Array.isArray(raw.connectors)) raw.connectors = raw.connectors.slice(0, 3);
            const reported = new Set<string>();
            for (const [index, place] of places(raw).slice(1).entries())
                for (const [offset, value] of oddValues.entries()) {
                    // sections get every value, each deeper place a quarter of them
                    if (place.length > 1 && (index + offset) % 4 > 0) continue;
                    const at = `${formatPath(place)} = ${JSON.stringify(value)?.slice(0, 40)}`;
                    const issues = issuesOf(withValue(raw, place, value));
                    const found = issues.map(({ code, path }) => `${code} ${formatPath(path)}`);
                    assert.deepEqual(
                        [...new Set(found)],
                        found,
                        `${at}\n${issues.map(({ message }) => message).join()}`,
                    );
                    issues.forEach((item) => reported.add(formatIssue(item)));
                }
            assert.ok(reported.size > 50, String(reported.size));
        }).timeout(120_000);
});
