/**
 * The kinds of value a stack file may hold. Each schema's error text says what is wanted, so that every fault reads
 * "got X, wants Y"; each has a description, from which the configuration table is generated.
 */
import { z } from "zod";
import { didYouMean, hintFor } from "../util/nearest";

/** A group of settings: unknown keys are refused, with the nearest known one. */
export function group<S extends z.ZodRawShape>(shape: S) {
    const known = Object.keys(shape);
    return z.strictObject(shape, {
        error: (issue) =>
            issue.code === "unrecognized_keys"
                ? unknownKeys(issue.keys, known)
                : `a group of settings: ${known.join(", ")}`,
    });
}

/** One line a key, parsed back by `faults.ts`: key, tab, what to say of it. */
const unknownKeys = (keys: readonly string[], known: readonly string[]): string =>
    keys.map((key) => `${key}\t${hintFor(key, known)}`).join("\n");

/** Text that matches a pattern. */
export const text = (wants: string, pattern: RegExp = /\S/) =>
    z.string({ error: wants }).regex(pattern, { error: wants });

/** A whole number between two bounds, both included. */
export function wholeNumber(min: number, max: number) {
    const error = `a whole number from ${min} to ${max}`;
    return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

/** true or false. */
export const flag = () => z.boolean({ error: "true or false" });

/** One of a few words; a misspelt one is told the nearest. */
export function oneOf<const W extends readonly [string, ...string[]]>(words: W) {
    return z.enum(words, {
        error: (issue) =>
            `one of ${words.join(", ")}${typeof issue.input === "string" ? didYouMean(issue.input, words) : ""}`,
    });
}

/** A list; an absent one is empty. */
export const list = <T extends z.ZodType>(item: T) => z.array(item, { error: "a list" }).default([]);

/** A value of secret config: the ciphertext as it stands in a stack file, or what the engine decrypted, marked so again. */
export const secretText = () =>
    z.strictObject(
        { secure: z.string().describe("The ciphertext, which `pulumi config set --secret` writes") },
        {
            error: "a value of secret config (pulumi config set --secret --path …), or a Secret that exists: a credential never stands in plain config",
        },
    );

/** A mapping of names to texts; numbers and flags are taken as their text, as Kafka reads them. Absent is empty. */
export const properties = () =>
    z
        .record(
            z.string(),
            z.union([z.string(), z.number(), z.boolean()], { error: "a text, a number, true or false" }),
            {
                error: "a mapping of names to values",
            },
        )
        .default({});

/** A mapping of names to texts. Absent is empty. */
export const labels = () =>
    z.record(z.string(), z.string({ error: "a text" }), { error: "a mapping of names to texts" }).default({});

/** Anything the Kubernetes API takes in that place; checked against the CRD of the stack's Strimzi version. */
export const kubernetes = <T = Record<string, unknown>>() =>
    z.custom<T>((value) => value !== null && typeof value === "object", {
        error: "a Kubernetes object as its API defines it",
    });

/** A DNS label: what Kubernetes takes as the name of a namespace or a container. */
export const dnsLabel = () =>
    text(
        "a DNS label: at most 63 of a-z, 0-9 and -, starting and ending with a letter or digit",
        /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
    );

/** A DNS subdomain: what Kubernetes takes as the name of most resources. */
export const dnsName = () =>
    text(
        "a DNS name: at most 253 of a-z, 0-9, - and ., each part starting and ending with a letter or digit",
        /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    );

/** The name of a topic, by Kafka's own rule. */
export const kafkaTopic = () =>
    text("a topic name: at most 249 of letters, digits, ., _ and -", /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/);

/** An ARN of one AWS service. */
export const arn = (service: string, example: string) =>
    text(`an ARN such as ${example}`, new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]*:[0-9]{12}:\\S+$`));

/** An AWS region. */
export const region = () => text("an AWS region such as ap-northeast-2", /^[a-z]{2}(-[a-z]+)+-\d$/);

/** A Kubernetes quantity of memory, as the JVM takes it too. */
export const heap = () => text("a heap size such as 2g or 512m", /^[0-9]+[mMgG]?$/);
