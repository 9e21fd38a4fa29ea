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

type Raw = Readonly<Record<string, unknown>>;

/**
 * Stack files of one area: `base`, and what is changed. `values` has values for one setting, by the expected error of
 * the same path; `errors` and `warnings` have changes of several settings, by the expected errors; `valid` has changes
 * without an error; `silent` those without a warning either.
 */
interface CorpusFile {
    readonly base: Raw;
    readonly values?: Readonly<Record<string, readonly unknown[]>>;
    readonly errors?: Readonly<Record<string, readonly Raw[]>>;
    readonly warnings?: Readonly<Record<string, readonly Raw[]>>;
    readonly valid?: readonly Raw[];
    readonly silent?: readonly Raw[];
}

/** A stack file with what is expected of it. */
export interface CorpusCase {
    readonly raw: Raw;
    readonly errors: readonly string[];
    /** Undefined where warnings do not matter. */
    readonly warnings?: readonly string[];
}

const corpusFiles = (): string[] => fs.readdirSync(folder).filter((name) => name !== "notation.yaml");

/** A change as a JSON Merge Patch. */
function merged(base: unknown, patch: unknown): unknown {
    if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
    const isObject = base !== null && typeof base === "object" && !Array.isArray(base);
    const result: Record<string, unknown> = { ...(isObject ? base : {}) };
    for (const [key, value] of Object.entries(patch))
        if (value === null) delete result[key];
        else result[key] = merged(result[key], value);
    return result;
}

/** The steps of a path that `formatPath` wrote. */
const stepsOf = (path: string): (string | number)[] =>
    [...path.matchAll(/\[(\d+)\]|"([^"]*)"|([^.[\]"]+)/g)].map(([, index, quoted, name]) =>
        index === undefined ? (quoted ?? name) : Number(index),
    );

const isIn = (value: unknown, steps: readonly (string | number)[]): boolean =>
    steps.length === 0 ||
    (value !== null &&
        typeof value === "object" &&
        steps[0] in value &&
        isIn((value as Record<string | number, unknown>)[steps[0]], steps.slice(1)));

/** The base with a value at the setting that contains the path of the expected error. */
function withValue(base: Raw, code: string, path: string, value: unknown): Raw {
    const steps = stepsOf(path);
    const missing = code === "KCP_MISSING_SETTING" ? 1 : 0;
    const lengths = Array.from({ length: steps.length - 1 }, (_, index) => index + 1);
    const length = lengths.find((count) => isIn(value, steps.slice(count, steps.length - missing))) ?? steps.length;
    const copy = structuredClone(base) as Record<string, unknown>;
    const parent = steps.slice(0, length - 1).reduce<Record<string, unknown>>((at, step) => {
        at[step] ??= {};
        return at[step] as Record<string, unknown>;
    }, copy);
    parent[steps[length - 1]] = value;
    return copy;
}

/** The cases of a file, and whether each has errors. */
function casesOf({ base, values = {}, errors = {}, warnings = {}, valid = [], silent = [] }: CorpusFile): CorpusCase[] {
    const apply = (patch: Raw): Raw => merged(base, patch) as Raw;
    return [
        ...Object.entries(values).flatMap(([expected, given]) => {
            const [code, ...path] = expected.split(" ");
            return given.map((value) => ({ raw: withValue(base, code, path.join(" "), value), errors: [expected] }));
        }),
        ...Object.entries(errors).flatMap(([expected, patches]) =>
            patches.map((patch) => ({ raw: apply(patch), errors: expected.split(" + ") })),
        ),
        ...Object.entries(warnings).flatMap(([expected, patches]) =>
            patches.map((patch) => ({ raw: apply(patch), errors: [], warnings: expected.split(" + ") })),
        ),
        ...valid.map((patch) => ({ raw: apply(patch), errors: [] })),
        ...silent.map((patch) => ({ raw: apply(patch), errors: [], warnings: [] })),
    ];
}

/** The cases of each area, by the name of its file. */
export const corpus = (): Record<string, CorpusCase[]> =>
    Object.fromEntries(corpusFiles().map((name) => [name.replace(".yaml", ""), casesOf(readYaml(name) as CorpusFile)]));
