/** Kafka's own definitions of configuration keys, as `cli/kafkaKeys/record.ts` records them. */
import * as fs from "fs";
import * as path from "path";
import { isReference } from "./rules/rule";

/** A part of Kafka that has a configuration. */
export type KafkaComponent = "worker" | "standalone" | "broker" | "topic" | "producer" | "consumer" | "admin";

/** Version → component → key → its type and, after a space, its range or values: `INT [1,...]`. */
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
};

/** Numbers that Kafka's types can hold. A LONG can be larger than JavaScript's exact integers. */
const largestNumbers: Readonly<Record<string, number>> = { INT: 2 ** 31 - 1, SHORT: 2 ** 15 - 1 };

/** What a value should be, where it is not: by type, range and list of values. */
export function valueProblem(definition: string, value: unknown): string | undefined {
    const text = String(value).trim();
    // a reference is resolved by the worker
    if (isReference(text)) return undefined;
    const [, type, kind, limits] = /^(\w+)( any case| not zero)?(?: \[(.*)\])?$/.exec(definition) ?? [];
    const form = forms[type];
    if (form && !form.pattern.test(text)) return form.expected;
    const largest = largestNumbers[type];
    if (largest !== undefined && Math.abs(Number(text)) > largest) return `at most ${largest}`;
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
    return all ? undefined : `one of ${listed.join(", ")}`;
}
