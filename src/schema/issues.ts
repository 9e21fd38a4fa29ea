/** Issues of a stack file: all of them are collected, and each is reported with its setting's path and line. */
import type { z } from "zod";
import { valueAt } from "../util/data";
import { hintFor, nearest, suggestionFor } from "../util/nearest";
import { hasCredentialForm } from "../util/credentials";
import type { IssueCode } from "./issueCodes";
import { settingNamesAt } from "./schemaPath";
import { plural } from "../util/plural";

/** Path of a setting from the section on: `["connectors", 2, "source", "table"]`. */
export type SettingPath = readonly (string | number)[];

/** Something that is wrong with a setting (an error) or doubtful (a warning). */
export interface Issue {
    /** Stable identifier, explained in docs/errors.md. */
    readonly code: IssueCode;
    readonly path: SettingPath;
    /** What is wrong and, where it is known, how to fix it. Contains neither the path nor a secret. */
    readonly message: string;
    /** What the setting takes, for an invalid or a missing value. */
    readonly expected?: string;
    /** The nearest known name, for an unknown setting. */
    readonly suggestion?: string;
    /** The value that was given, for an invalid value. It can be a secret: only `message` is for printing. */
    readonly received?: unknown;
    /** The file that `path` is in, relative to the project; undefined for the stack file. */
    readonly file?: string;
    /** The line, for an issue in another file or of the notation; that of any other issue follows from its path. */
    readonly line?: number;
}

/** An issue with a specific message. */
export const issue = (code: IssueCode, path: SettingPath, message: string): Issue => ({ code, path, message });

/** A required setting that is not there. */
export const missingSetting = (
    path: SettingPath,
    expected: string,
    code: IssueCode = "KCP_MISSING_SETTING",
): Issue => ({ code, path, expected, message: `required; expected ${expected}` });

/** What an invalid value is reported with besides its code. */
export interface InvalidValueOptions {
    readonly code?: IssueCode;
    /** Why the value is invalid, or how to fix it: the end of the message. */
    readonly reason?: string;
}

/**
 * A value that a setting does not accept. An absent value is a missing setting.
 *
 * @param expected what the setting accepts, as a noun phrase
 */
export function invalidValue(
    path: SettingPath,
    received: unknown,
    expected: string,
    { code = "KCP_INVALID_VALUE", reason }: InvalidValueOptions = {},
): Issue {
    if (received === undefined) return missingSetting(path, expected);
    const message = `expected ${expected}, received ${displayValue(received, path)}${reason ? `: ${reason}` : ""}`;
    return { code, path, expected, received, message };
}

/** A value that is not among the listed ones, with the nearest of them. */
export function unlistedValue(
    path: SettingPath,
    received: unknown,
    values: readonly string[],
    options: InvalidValueOptions = {},
): Issue {
    const hint = typeof received === "string" ? suggestionFor(received, values) : undefined;
    const expected = values.length === 1 ? values[0] : `one of ${values.join(", ")}`;
    return invalidValue(path, received, expected, { ...options, reason: options.reason ?? hint });
}

const secretLike = /pass(word|phrase)?|secret(?!Name$|s$)|token|credential|private/i;

/** A value as it may be printed: short, and hidden where its setting's name or its form says that it is a secret. */
export function displayValue(value: unknown, path: SettingPath): string {
    if (value === undefined) return "nothing";
    if (path.some((step) => typeof step === "string" && secretLike.test(step))) return "a value (not shown)";
    if (typeof value === "string" && hasCredentialForm(value)) return "a value (not shown)";
    // an object or an array can contain a secret: its keys are shown, which are names of settings
    if (Array.isArray(value)) return value.length === 0 ? "an empty array" : `an array of ${value.length}`;
    if (value !== null && typeof value === "object") return displayKeys(Object.keys(value));
    const printed = JSON.stringify(value);
    return printed.length > 80 ? `${printed.slice(0, 77)}…` : printed;
}

/** An object by its first keys. */
function displayKeys(keys: readonly string[]): string {
    if (keys.length === 0) return "an empty object";
    const shown = keys.slice(0, 4).filter((key) => !hasCredentialForm(key) && key.length <= 40);
    const more = keys.length > shown.length ? ` and ${keys.length - shown.length} more` : "";
    return shown.length > 0 ? `an object with ${shown.join(", ")}${more}` : "an object";
}

/** A path as it is written: `connectors[2].source.table`. A key with dots is quoted. */
export function formatPath(path: SettingPath): string {
    return path.reduce<string>((text, step) => {
        if (typeof step === "number") return `${text}[${step}]`;
        const key = /^[A-Za-z_][\w-]*$/.test(step) ? step : `"${step}"`;
        return text ? `${text}.${key}` : key;
    }, "");
}

/**
 * The issues of a value that its schema rejected.
 *
 * @param input the value as it is written
 * @param at the value's path in the stack file
 */
export function toIssues(error: z.ZodError, schema: z.ZodType, input: unknown, at: SettingPath): Issue[] {
    // a value of the wrong type fails further rules of its schema, which say nothing more
    const places = error.issues.map((item) => JSON.stringify(item.path));
    const causes = error.issues.filter(
        (item, index) => item.code === "unrecognized_keys" || places.indexOf(places[index]) === index,
    );
    return causes.flatMap((found): Issue[] => {
        const inner = found.path as (string | number)[];
        const path = [...at, ...inner];
        if (found.code === "unrecognized_keys")
            return found.keys.map((key) => unknownSetting([...path, key], settingNamesAt(schema, inner)));
        if (found.code === "invalid_key")
            return [invalidValue(path, path.at(-1), found.issues[0]?.message ?? found.message)];
        const value = valueAt(input, inner);
        // "such as 1.33, received 1.33" would not say what is wrong
        const unquoted = found.code === "invalid_type" && found.expected === "string" && typeof value === "number";
        const expected = unquoted ? `${found.message}, in quotes` : found.message;
        return [invalidValue(path, value, expected, { reason: reasonFor(found, value) })];
    });
}

/** The fix for a value whose spelling or type is close to what is expected. */
function reasonFor(found: z.core.$ZodIssue, value: unknown): string | undefined {
    if (found.code === "invalid_value" && typeof value === "string")
        return suggestionFor(value, found.values.map(String));
    const isPlainValue = typeof value === "number" || typeof value === "boolean";
    if (found.code === "invalid_type" && found.expected === "string" && isPlainValue)
        // of 1.30 a number keeps 1.3: what was meant is not known
        return Number.isInteger(value) || typeof value === "boolean" ? `quote it ("${value}")` : "quote it";
    if (found.code === "invalid_type" && found.expected !== "string" && typeof value === "string")
        return reparsedAs(value, found.expected) ? `remove the quotes (${value})` : undefined;
    return undefined;
}

/** Whether a string would be a number or a boolean without quotes. */
function reparsedAs(value: string, expected: string): boolean {
    if (expected === "number" || expected === "int") return /^-?\d+(\.\d+)?$/.test(value);
    return expected === "boolean" && (value === "true" || value === "false");
}

/** A key that is not among the known ones. */
export function unknownSetting(path: SettingPath, known: readonly string[]): Issue {
    const name = String(path.at(-1));
    const suggestion = nearest(name, known);
    return { ...issue("KCP_UNKNOWN_SETTING", path, `unknown setting${hintFor(name, known)}`), suggestion };
}

const startsWith = (path: SettingPath, start: SettingPath): boolean => start.every((step, at) => path[at] === step);

/** Whether two paths are the same, or one is within the other. */
export const overlaps = (one: SettingPath, other: SettingPath): boolean =>
    startsWith(one, other) || startsWith(other, one);

const placeOf = ({ path }: Issue): string => formatPath(path);

/**
 * The issues without those that others explain: a setting is not missing where it is misspelt, nothing is reported
 * twice, and Kubernetes' schema adds nothing where a more specific check has a reason.
 */
export function withoutConsequences(issues: readonly Issue[]): Issue[] {
    const misspelt = issues.flatMap(({ path, suggestion }) => (suggestion ? [[...path.slice(0, -1), suggestion]] : []));
    const isMisspelt = ({ code, path }: Issue): boolean =>
        code === "KCP_MISSING_SETTING" && misspelt.some((intended) => startsWith(path, intended));
    const first = new Map(issues.map((item) => [`${item.code} ${formatPath(item.path)} ${item.message}`, item]));
    const distinct = [...first.values()];
    const general = ({ code }: Issue): boolean => code === "KCP_INVALID_KUBERNETES_FIELD";
    const specific = new Set(distinct.some(general) ? distinct.filter((item) => !general(item)).map(placeOf) : []);
    const places = new Set<string>();
    const isRepeated = (item: Issue): boolean => {
        if (!general(item) && item.code !== "KCP_MISSING_SETTING") return false;
        const place = `${item.code} ${placeOf(item)}`;
        const isKnown = places.has(place) || (general(item) && specific.has(placeOf(item)));
        places.add(place);
        return isKnown;
    };
    return distinct.filter((item) => !isMisspelt(item) && !isRepeated(item));
}

/**
 * An issue as one line, which starts with the file where that is not the stack file.
 *
 * @param stackFileLine the line of the stack file, where it is known
 */
export function formatIssue({ code, path, message, file, line }: PrintableIssue, stackFileLine?: number): string {
    const known = file === undefined ? (line ?? stackFileLine) : line;
    const place = [file, formatPath(path), known ? `(line ${known})` : ""].filter(Boolean).join(" ");
    return `${place ? `${place}: ` : ""}${message} [${code}]`;
}

/** An issue for programs: without the value that was received, which can be a secret. */
export type PrintableIssue = Omit<Issue, "received">;

/** @param line its line, where the issue does not name one */
export const printableIssue = ({ received: _received, ...rest }: Issue, line?: number): PrintableIssue => ({
    ...rest,
    line: rest.line ?? line,
});

/** All errors of a stack file. Thrown before any resource is registered. */
export class SettingsError extends Error {
    /** The errors with their lines, as `--json` prints them. */
    readonly findings: readonly PrintableIssue[];

    constructor(
        file: string,
        readonly issues: readonly Issue[],
        lineOf: (path: SettingPath) => number | undefined = () => undefined,
    ) {
        const findings = issues.map((item) => printableIssue(item, item.file ? undefined : lineOf(item.path)));
        const lines = findings.map((item) => `  ${formatIssue(item)}`);
        super(`${file} has ${plural(issues.length, "error")}:\n${lines.join("\n")}`);
        this.name = "SettingsError";
        this.findings = findings;
        // the user who fixes the stack file does not need the line of this program that threw the error
        this.stack = this.message;
    }
}
