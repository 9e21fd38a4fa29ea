/**
 * What a plugin accepts as the value of a key. Plugins publish the types of their keys, but neither ranges nor lists of
 * values: these are found by asking their own validation. The notation is that of `src/validation/kafkaDefinitions.ts`.
 */
import type { KeyDefinition } from "../../src/local/connectApi";

/** The errors of a key with a value, or without it. */
export type AskPlugin = (key: string, value?: string) => Promise<readonly string[]>;

const smallest: Readonly<Record<string, string>> = {
    SHORT: "-32768",
    INT: "-2147483648",
    LONG: "-9223372036854775808",
    DOUBLE: "-1e300",
};
const largest: Readonly<Record<string, string>> = {
    SHORT: "32767",
    INT: "2147483647",
    LONG: "9223372036854775807",
    DOUBLE: "1e300",
};

/** A value that no enumeration has. */
const unlisted = "kcp_no_such_value";

const firstMatch = (errors: readonly string[], pattern: RegExp): string | undefined =>
    errors.map((error) => pattern.exec(error)?.[1]).find((found) => found !== undefined);

/** The upper limit that the validation names; Debezium reads some keys of the type LONG as integers of 32 bits. */
async function upperLimit(ask: AskPlugin, key: string, type: string): Promise<string> {
    const named = firstMatch(await ask(key, largest[type]), /no more than (\d[\d.]*)/);
    if (named !== undefined || type !== "LONG") return named ?? "";
    const is32Bits = (await accepts(ask, key, largest.INT)) && !(await accepts(ask, key, "2147483648"));
    return is32Bits ? largest.INT : "";
}

/** The limits of a number: what the validation names, or the least of a few numbers that it accepts. */
async function numberLimits(ask: AskPlugin, key: string, type: string): Promise<string> {
    const low = await ask(key, smallest[type]);
    const upper = await upperLimit(ask, key, type);
    if (low.length === 0) return upper && ` [...,${upper}]`;
    const accepted: string[] = [];
    for (const value of ["-1", "0", "1"]) if (await accepts(ask, key, value)) accepted.push(value);
    if (accepted.join() === "-1,1") return " not zero [-1,...]";
    // where none is accepted and no limit is named, a number can be rejected because of another key
    const lower = firstMatch(low, /at least (-?\d[\d.]*)/) ?? accepted[0];
    return lower || upper ? ` [${[lower, "...", upper].filter(Boolean).join(",")}]` : "";
}

const listPattern = /(?:one of|supported values are)(?: \(case insensitive\))?:? *(.+)/s;

/** The values of an enumeration, and whether their case matters. */
async function listedValues(ask: AskPlugin, key: string): Promise<string | undefined> {
    const errors = await ask(key, unlisted);
    const values = firstMatch(errors, listPattern)
        ?.replace(/[[\]()"']/g, "")
        .split(/,\s*/)
        .map((value) => value.trim().replace(/\.$/, ""))
        .filter((value) => value !== "" && !value.includes(" "));
    let given: string | undefined;
    // a value can depend on the worker: exactly-once support, for one
    for (const value of values ?? []) if (given === undefined && (await accepts(ask, key, value))) given = value;
    if (!values || given === undefined) return undefined;
    const changed = given === given.toUpperCase() ? given.toLowerCase() : given.toUpperCase();
    const anyCase = changed !== given && (await accepts(ask, key, changed)) ? " any case" : "";
    const empty = (await accepts(ask, key, "")) ? "," : "";
    return `${anyCase} [${empty}${values.join(",")}]`;
}

const accepts = async (ask: AskPlugin, key: string, value: string): Promise<boolean> =>
    (await ask(key, value)).length === 0;

/** Pairs such as `a=b`, lists of names, values that are not empty, and enumerations. */
async function stringLimits(ask: AskPlugin, key: string, type: string): Promise<string> {
    const listed = await listedValues(ask, key);
    if (listed !== undefined) return listed;
    if (!(await accepts(ask, key, "a"))) return (await accepts(ask, key, "a=b")) ? " pairs" : "";
    if (type === "LIST" && !(await accepts(ask, key, "a,,b"))) return " of names";
    return (await accepts(ask, key, "")) ? "" : " not empty";
}

/** The definition of a key: its type, whether it is required, and its limits. */
export async function definitionOf(ask: AskPlugin, { name, type }: KeyDefinition): Promise<string> {
    const isRequired = (await ask(name)).some((error) => /required|missing|must be (set|specified)/i.test(error));
    const required = isRequired ? " required" : "";
    if (type in smallest) return `${type}${required}${await numberLimits(ask, name, type)}`;
    if (type === "STRING" || type === "LIST") return `${type}${required}${await stringLimits(ask, name, type)}`;
    return `${type}${required}`;
}
