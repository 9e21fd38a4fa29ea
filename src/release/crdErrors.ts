/** Errors of ajv as violations: one for each cause, in the words of the other messages about settings. */
import type { ErrorObject } from "ajv";
import { didYouMean, hintFor } from "../util/nearest";

/** A part of a value that a CRD does not allow. */
export interface Violation {
    /** Path of the field within the checked value. */
    readonly path: (string | number)[];
    /** What is wrong, without the path: `expected an integer, received a string`. */
    readonly message: string;
    /** What the field takes; absent for an unknown field. */
    readonly expected?: string;
    /** The value that was given; absent for an unknown and for a missing field. */
    readonly received?: unknown;
}

type Schema = Record<string, unknown>;

/** Keyword of a schema beside a `pattern`: what the pattern stands for. */
export const patternTextKey = "x-pattern-text";

/** The path that a JSON pointer names. Only steps into an array are numbers. */
function pathOf(pointer: string, root: unknown): (string | number)[] {
    let value = root;
    return pointer
        .split("/")
        .slice(1)
        .map((escaped) => {
            const step = escaped.replace(/~1/g, "/").replace(/~0/g, "~");
            const key = Array.isArray(value) ? Number(step) : step;
            value = (value as Record<string | number, unknown> | undefined)?.[key];
            return key;
        });
}

function typeName(value: unknown): string {
    if (value === null) return "null";
    if (Array.isArray(value)) return "an array";
    if (typeof value === "object") return "an object";
    return `a ${typeof value}`;
}

const shown = (value: unknown): string =>
    value !== null && typeof value === "object" ? typeName(value) : JSON.stringify(value);

/** The field names that a branch of a `oneOf` is about. */
const branchFields = (branch: Schema): string[] =>
    (branch.required as string[] | undefined) ?? Object.keys((branch.properties as Schema | undefined) ?? {});

/** Further patterns of the CRDs. */
const namedPatterns: Readonly<Record<string, string>> = {
    "^[a-z0-9][-_a-z0-9]*[a-z0-9]$": "at least 2 of a-z, 0-9, - and _, starting and ending with a letter or digit",
    "^[a-zA-Z0-9\\._\\-]{1,100}$": "at most 100 letters, digits, ., _ and -",
    "^[a-z0-9]{1,11}$": "at most 11 of a-z and 0-9",
    "^(https?|ftp)://[-a-zA-Z0-9+&@#/%?=~_|!:,.;]*[-a-zA-Z0-9+&@#/%=~_|]$": "an http, https or ftp URL",
    "^[0-9]+([KMG]i?)?B/s$": "a rate such as 10MB/s",
    "^[0-9]+([.][0-9]{0,3}|[m]?)$": "a quantity such as 500m or 2",
};

const typeNames: Readonly<Record<string, string>> = {
    boolean: "true or false",
    integer: "an integer",
    number: "a number",
    string: "a string",
    object: "an object",
    array: "an array",
};

/** What the patterns of the CRDs stand for. Users read this, never a regular expression. */
function patternText(pattern: string): string {
    if (pattern.includes("KMGTPE")) return "a quantity such as 500m or 2Gi";
    if (/^\^\[0-9\]\+.*mMgG/.test(pattern)) return "a heap size such as 512m or 2g";
    const form = namedPatterns[pattern];
    if (form) return form;
    return "a value of another form (the reference of Strimzi or Kubernetes describes it)";
}

/** What the field takes, from the keyword that rejected it. */
function expectation({ keyword, params, schema, parentSchema, message = keyword }: ErrorObject): string {
    switch (keyword) {
        case "type":
            return [params.type]
                .flat()
                .map((name: string) => typeNames[name] ?? name)
                .join(" or ");
        case "enum":
            return `one of ${(params.allowedValues as unknown[]).join(", ")}`;
        case "pattern":
            return (parentSchema?.[patternTextKey] as string | undefined) ?? patternText(String(params.pattern));
        case "format":
            return `a value of the format ${params.format}`;
        case "minimum":
            return `at least ${params.limit}`;
        case "maximum":
            return `at most ${params.limit}`;
        case "minItems":
            return `at least ${params.limit} ${params.limit === 1 ? "item" : "items"}`;
        case "minProperties":
            return "an object that is not empty";
        case "minLength":
            return "a value that is not empty";
        case "maxItems":
            return `at most ${params.limit} items`;
        case "oneOf":
            return `exactly one of ${(schema as Schema[]).flatMap(branchFields).join(", ")}`;
        case "anyOf":
            return `at least one of ${(schema as Schema[]).flatMap(branchFields).join(", ")}`;
        default:
            return message.replace(/^must (be )?/, "");
    }
}

/** What was given, as far as it explains the error. */
function receivedText({ keyword, data, schema }: ErrorObject): string {
    if (keyword === "type") return typeName(data);
    if (keyword === "minItems" || keyword === "maxItems") return String((data as unknown[]).length);
    if (keyword !== "oneOf" && keyword !== "anyOf") return shown(data);
    const fields = new Set((schema as Schema[]).flatMap(branchFields));
    return (
        Object.keys(data as Schema)
            .filter((field) => fields.has(field))
            .join(", ") || "none of them"
    );
}

function toViolation(error: ErrorObject, root: unknown): Violation {
    const path = pathOf(error.instancePath, root);
    if (error.keyword === "additionalProperties") {
        const name = error.params.additionalProperty as string;
        const known = Object.keys((error.parentSchema?.properties as Schema | undefined) ?? {}).sort();
        return { path: [...path, name], message: `unknown field${known.length > 0 ? hintFor(name, known) : ""}` };
    }
    if (error.keyword === "required") {
        const name = error.params.missingProperty as string;
        return { path: [...path, name], message: "required; expected a value", expected: "a value" };
    }
    if (error.propertyName !== undefined) path.push(error.propertyName);
    const expected = expectation(error);
    const isUnquoted = error.keyword === "type" && typeof error.data === "number" && expected.includes("string");
    const values = error.keyword === "enum" ? (error.params.allowedValues as unknown[]).map(String) : [];
    const hint = isUnquoted ? "; quote it" : didYouMean(String(error.data), values);
    const message = `expected ${expected}, received ${receivedText(error)}${hint}`;
    return { path, message, expected, received: error.data };
}

/** Whether an error comes from a branch of a `oneOf`; the error of the `oneOf` itself says all that the branches do. */
const isOfBranch = ({ schemaPath }: ErrorObject): boolean => /\/(oneOf|anyOf|not)\/./.test(schemaPath);

/** The error of an object because of a name in it, which has a separate error. */
const isOfNames = ({ keyword }: ErrorObject): boolean => keyword === "propertyNames";

/** The violations that ajv's errors are about, at most one for each field. */
export function toViolations(errors: readonly ErrorObject[], root: unknown): Violation[] {
    const first = new Map<string, Violation>();
    const unknown = errors.filter(({ keyword }) => keyword === "additionalProperties");
    // a misspelt field is missing from a `oneOf` too
    const isConsequence = ({ keyword, instancePath }: ErrorObject): boolean =>
        keyword === "oneOf" && unknown.some((item) => item.instancePath === instancePath);
    for (const error of errors.filter((item) => !isOfBranch(item) && !isConsequence(item) && !isOfNames(item))) {
        const violation = toViolation(error, root);
        const key = JSON.stringify(violation.path);
        // a value of the wrong type usually fails other keywords too
        if (!first.has(key) || error.keyword === "type") first.set(key, violation);
    }
    return [...first.values()];
}
