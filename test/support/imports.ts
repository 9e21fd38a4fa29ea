/** Runs imports of sources that a test writes. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as YAML from "yaml";
import type { Comparison, Difference } from "../../src/import/compare";
import { importStack, type ImportedStack, type ImportOptions } from "../../src/import/importStack";
import { readFiles } from "../../src/import/readFiles";

export type Fields = Record<string, unknown>;

/** Files in a new folder. */
export function folderWith(files: Readonly<Record<string, string>>): string {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "import-"));
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
    return folder;
}

/** The import of files. */
export function importFiles(
    files: Readonly<Record<string, string>>,
    options: Partial<ImportOptions> = {},
): Promise<ImportedStack> {
    return importStack(readFiles([folderWith(files)]), { stack: "imported", ...options });
}

/** The import of Kubernetes objects. */
export const importObjects = (
    objects: readonly Fields[],
    options: Partial<ImportOptions> = {},
): Promise<ImportedStack> =>
    importFiles({ "objects.yaml": objects.map((object) => YAML.stringify(object)).join("---\n") }, options);

/** A KafkaConnect. */
export const kafkaConnect = (spec: Fields, more: Fields = {}, apiVersion = "kafka.strimzi.io/v1beta2"): Fields => ({
    apiVersion,
    kind: "KafkaConnect",
    metadata: {
        name: "old-connect",
        namespace: "data",
        annotations: { "strimzi.io/use-connector-resources": "true" },
        ...more,
    },
    spec: { bootstrapServers: "kafka:9092", replicas: 1, ...spec },
});

/** A KafkaConnector on it. */
export const kafkaConnector = (spec: Fields, more: Fields = {}, apiVersion = "kafka.strimzi.io/v1beta2"): Fields => ({
    apiVersion,
    kind: "KafkaConnector",
    metadata: { name: "orders", namespace: "data", labels: { "strimzi.io/cluster": "old-connect" }, ...more },
    spec,
});

/** What differs in effect, as `KIND: path`. */
export const differencesOf = ({ comparisons }: ImportedStack): string[] =>
    comparisons.flatMap(({ object, differences, rendered }: Comparison) =>
        rendered
            ? differences
                  .filter(({ effect }: Difference) => effect !== "none")
                  .map(({ path: at }) => `${object.kind}: ${at.join("/")}`)
            : [`${object.kind}: not rendered`],
    );

/** Notes of a severity, as paths. */
export const notesOf = (stack: ImportedStack, severity: string): string[] =>
    stack.notes.filter((note) => note.severity === severity).map(({ path: at }) => (at ?? []).join("."));
