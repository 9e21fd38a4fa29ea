/** Kafka's own definitions of configuration keys, as `cli/kafkaKeys/record.ts` records them. */
import * as fs from "fs";
import * as path from "path";
import { listItems } from "../util/listItems";
import { isReference } from "./rules/rule";

/** A part of Kafka that has a configuration. */
export type KafkaComponent = "worker" | "standalone" | "broker" | "topic" | "producer" | "consumer" | "admin";

/**
 * Version → component → key → its type and its range or values: `INT [1,...]`. Keys of plugins have the same notation,
 * and a few more kinds: `STRING required`, `STRING not empty`, `LIST of names`, `LIST pairs`.
 */
export type KafkaKeys = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

/** File with the definitions. */
export const kafkaKeysFile = path.join(__dirname, "kafkaKeys.json");

let recorded: KafkaKeys | undefined;
const definitions = (): KafkaKeys => (recorded ??= JSON.parse(fs.readFileSync(kafkaKeysFile, "utf8")) as KafkaKeys);

/** The keys of a component in the recorded version that is nearest to `kafkaVersion`: that of the same major one. */
export function kafkaKeys(component: KafkaComponent, kafkaVersion: string): Readonly<Record<string, string>> {
    const versions = Object.keys(definitions());
    const [major] = kafkaVersion.split(".");
    const version = versions.find((name) => name.startsWith(`${major}.`)) ?? versions[versions.length - 1];
    return definitions()[version][component];
}

interface Form {
    readonly pattern: RegExp;
    readonly expected: string;
}

const integer = { pattern: /^-?\d+$/, expected: "an integer" };

/** What values of Kafka's types look like. */
const forms: Readonly<Record<string, Form>> = {
    INT: integer,
    LONG: integer,
    SHORT: integer,
    DOUBLE: { pattern: /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/, expected: "a number" },
    BOOLEAN: { pattern: /^(true|false)$/i, expected: "true or false" },
    // Connect also finds a class of a plugin by its short name
    CLASS: { pattern: /^[A-Za-z_$][\w$]*(\.[\w$]+)*$/, expected: "a class" },
};

/** How many bits of Java's integers hold the number; a further one is the sign. */
const bits: Readonly<Record<string, bigint>> = { SHORT: 15n, INT: 31n, LONG: 63n };

/** Numbers of less digits fit. */
function isTooLarge(type: string, text: string): boolean {
    if (text.length < 5 || !(type in bits)) return false;
    const limit = 2n ** bits[type];
    return BigInt(text) >= limit || BigInt(text) < -limit;
}

/** The parts of a definition: `STRING required any case [a,b]`. */
const definitionPattern = /^(\w+)( required)?( any case| not zero| not empty| of names| pairs)?(?: \[(.*)\])?$/;

/** Whether a class rejects a configuration without the key. */
export const isRequired = (definition: string): boolean => /^\w+ required\b/.test(definition);

/** The values of an enumeration, for suggestions; empty for any other definition. */
export function listedValues(definition: string): readonly string[] {
    const limits = definitionPattern.exec(definition)?.[4];
    return limits === undefined || limits.includes("...") ? [] : limits.split(",").filter(Boolean);
}

/** What a value should be, where it has not the form of its type. */
export function typeProblem(definition: string, value: unknown): string | undefined {
    const [type] = definition.split(" ");
    const text = String(value).trim();
    // a reference is resolved by the worker
    if (isReference(text)) return undefined;
    const form = forms[type];
    if (form && !form.pattern.test(text)) return form.expected;
    return isTooLarge(type, text) ? `at most ${2n ** bits[type] - 1n}` : undefined;
}

/** What a value should be, where it is not: by type, range and list of values. */
export function valueProblem(definition: string, value: unknown): string | undefined {
    const text = String(value).trim();
    if (isReference(text)) return undefined;
    const [, type, , kind, limits] = definitionPattern.exec(definition) ?? [];
    const problem = typeProblem(definition, value);
    if (problem !== undefined) return problem;
    if (kind === " not empty" && text === "") return "a value that is not empty";
    if (kind === " of names" && text.split(",").some((item) => item.trim() === "")) return "names separated by commas";
    if (kind === " pairs" && !listItems(text).every((item) => item.includes("="))) return "pairs such as a=b, c=d";
    if (!limits) return undefined;
    if (kind === " not zero" && Number(text) === 0) return "a positive number, or -1 for the broker's default";
    return limits.includes("...")
        ? outOfRange(limits, Number(text))
        : notListed(limits, text, type, kind === " any case");
}

/** The range of `1,...`, `...,5` or `1,...,5` that a number is out of. */
function outOfRange(limits: string, value: number): string | undefined {
    const [lower, upper] = limits.split("...").map((part) => part.replaceAll(",", ""));
    if (lower && value < Number(lower)) return upper ? `from ${lower} to ${upper}` : `at least ${lower}`;
    if (upper && value > Number(upper)) return lower ? `from ${lower} to ${upper}` : `at most ${upper}`;
    return undefined;
}

function notListed(limits: string, text: string, type: string, anyCase: boolean): string | undefined {
    const listed = limits.split(",").map((item) => item.trim());
    const values = type === "LIST" ? text.split(",").map((item) => item.trim()) : [text];
    const same = (one: string, other: string) => (anyCase ? one.toLowerCase() === other.toLowerCase() : one === other);
    const all = values.every((value) => listed.some((item) => same(item, value)));
    return all ? undefined : `one of ${listed.filter(Boolean).join(", ")}`;
}
