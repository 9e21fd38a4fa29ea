/** The corpus of stack files in test/corpus. */
import * as fs from "node:fs";
import * as path from "node:path";
import * as YAML from "yaml";

const folder = path.join(__dirname, "..", "corpus");

const readYaml = (name: string): unknown => YAML.parse(fs.readFileSync(path.join(folder, name), "utf8"));

/** Stack files as strings: those with errors of their notation by the expected error, and those with a meaning. */
export interface NotationCorpus {
    readonly errors: Readonly<Record<string, readonly string[]>>;
    readonly valid: readonly {
        readonly text: string;
        readonly settings: Readonly<Record<string, unknown>>;
        /** False where Pulumi cannot read the file without an account or a passphrase. */
        readonly engine?: boolean;
    }[];
}

export const notationCorpus = (): NotationCorpus => readYaml("notation.yaml") as NotationCorpus;
