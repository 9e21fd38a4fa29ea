/** Faults of a stack file: collected, all of them, and told with the setting's path, its line, what it has and what it wants. */
import type { z } from "zod";

/** One fault. Either `wants` (with what was `got`), or a `message` that says it whole. */
export interface Fault {
    readonly path: readonly (string | number)[];
    readonly got?: unknown;
    readonly wants?: string;
    readonly message?: string;
}

const secretLike = /pass(word|phrase)?|secret(?!Name$|s$)|token|credential|private/i;

/** A value as it may be printed: short, and hidden where its setting's name or its form says that it is a secret. */
export function shown(value: unknown, path: readonly (string | number)[]): string {
    if (value === undefined) return "nothing";
    if (path.some((step) => typeof step === "string" && secretLike.test(step))) return "a value (not shown)";
    if (typeof value === "string" && /\/\/[^/\s]*:[^/\s]*@|AKIA[0-9A-Z]{16}/.test(value)) return "a value (not shown)";
    // a group or a list can hold a secret deeper down
    if (Array.isArray(value)) return `a list of ${value.length}`;
    if (value !== null && typeof value === "object") return "a group of settings";
    const printed = JSON.stringify(value);
    return printed.length > 80 ? `${printed.slice(0, 77)}…` : printed;
}

/** A path as it is written: `connectors[2].source.table`. A key with dots is quoted. */
export function printPath(path: readonly (string | number)[]): string {
    return path.reduce<string>((text, step) => {
        if (typeof step === "number") return `${text}[${step}]`;
        const key = /^[A-Za-z_][\w-]*$/.test(step) ? step : `"${step}"`;
        return text ? `${text}.${key}` : key;
    }, "");
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
    path.reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown> | undefined | null)?.[step], value);

/** What a schema refused, as faults; `input` is the value it read and `at` that value's place in the stack file. */
export function toFaults(error: z.ZodError, input: unknown, at: readonly (string | number)[]): Fault[] {
    return error.issues.flatMap((issue): Fault[] => {
        const inner = issue.path as (string | number)[];
        const path = [...at, ...inner];
        if (issue.code === "unrecognized_keys") {
            return issue.message.split("\n").map((line) => {
                const [key, hint] = line.split("\t");
                return { path: [...path, key], message: `is not a setting${hint}` };
            });
        }
        return [{ path, got: valueAt(input, inner), wants: issue.message }];
    });
}

/** One fault as a line. `line` is the line of the stack file, where it is known. */
export function printFault(fault: Fault, line?: number): string {
    const where = `${printPath(fault.path)}${line ? ` (line ${line})` : ""}`;
    return fault.message
        ? `${where} ${fault.message}`
        : `${where}: got ${shown(fault.got, fault.path)}, wants ${fault.wants}`;
}

/** All faults of a stack file. Thrown before any resource is registered. */
export class SettingsError extends Error {
    constructor(
        file: string,
        faults: readonly Fault[],
        lineOf: (path: readonly (string | number)[]) => number | undefined = () => undefined,
    ) {
        const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
        super(
            `${file} has ${count}:\n${faults.map((fault) => `  ${printFault(fault, lineOf(fault.path))}`).join("\n")}`,
        );
        this.name = "SettingsError";
        // the place in this program where it was thrown is of no use to whoever mends the stack file
        this.stack = this.message;
    }
}
