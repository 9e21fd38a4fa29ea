/**
 * The types of values in a stack file. Each schema's error is what the setting expects, as a noun phrase: issues.ts
 * makes "expected …, received …" of it. Settings are described where they are defined; docs and the JSON Schema are
 * generated from that.
 */
import { z } from "zod";

/** An object; unknown keys are rejected, with the nearest known one (`unknownSetting` in issues.ts). */
export function object<S extends z.ZodRawShape>(shape: S) {
    return z.strictObject(shape, {
        error: (found) =>
            found.code === "unrecognized_keys" ? undefined : `an object with ${Object.keys(shape).join(", ")}`,
    });
}

/**
 * A string that matches a pattern, by default any that is not blank. The pattern is never printed: `expected` describes
 * it.
 */
export const string = (expected: string, pattern: RegExp = /\S/) =>
    z.string({ error: expected }).regex(pattern, { error: expected });

/** An integer between two bounds, both included. */
export function integer(min: number, max: number) {
    const error = `an integer from ${min} to ${max}`;
    return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

/** A boolean. */
export const boolean = () => z.boolean({ error: "true or false" });

/** One of a few identifiers; for a misspelt one the nearest is suggested. */
export const oneOf = <const V extends readonly [string, ...string[]]>(values: V) =>
    z.enum(values, { error: `one of ${values.join(", ")}` });

/** An array, empty by default. */
export const array = <T extends z.ZodType>(item: T) => z.array(item, { error: "an array" }).default([]);

/**
 * A value of Pulumi's secret config: `{ secure: … }`, ciphertext in a stack file and plain text once the engine
 * decrypted it.
 */
export const secretString = () =>
    z.strictObject(
        { secure: z.string().describe("The ciphertext, which `pulumi config set --secret` writes") },
        {
            error: "a secret value (pulumi config set --secret --path …)",
        },
    );

/** Kafka configuration: keys with strings, numbers or booleans. Empty by default. */
export const configMap = () =>
    z
        .record(
            z.string(),
            z.union([z.string(), z.number(), z.boolean()], { error: "a string, a number or a boolean" }),
            {
                error: "an object of configuration keys",
            },
        )
        .default({});

/** An object with string values, such as labels. Empty by default. */
export const stringMap = () =>
    z.record(z.string(), z.string({ error: "a string" }), { error: "an object with string values" }).default({});

/** Labels and annotations of a resource. */
export const objectMetadata = () =>
    object({
        labels: stringMap().describe("Labels"),
        annotations: stringMap().describe("Annotations"),
    }).prefault({});

/** A part of a Kubernetes object, passed on as it is and checked against the CRD of the stack's Strimzi version. */
export const kubernetesObject = <T = Record<string, unknown>>() =>
    z
        .custom<T>((value) => value !== null && typeof value === "object", {
            error: "an object or array as the Kubernetes API defines it",
        })
        // for the JSON Schema, as zod cannot know what a function accepts
        .meta({ type: ["object", "array"] });

/** A DNS label: the name of a namespace, a container or a Service. */
export const dnsLabel = () =>
    string(
        "a DNS label (at most 63 of a-z, 0-9 and -, starting and ending with a letter or digit)",
        /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
    );

/** A DNS subdomain: the name of most Kubernetes resources. */
export const dnsName = () =>
    string(
        "a DNS name (at most 253 of a-z, 0-9, - and ., each part starting and ending with a letter or digit)",
        /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    );

/** The name of a topic, by Kafka's rule. */
export const kafkaTopic = () =>
    string("a topic name (at most 249 letters, digits, ., _ and -)", /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/);

/**
 * An ARN of one AWS service.
 *
 * @param resource regular expression of the part after the account
 */
export const arn = (service: string, example: string, resource: string) =>
    string(`an ARN such as ${example}`, new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]*:[0-9]{12}:${resource}$`));

/** An AWS region. */
export const awsRegion = () => string("an AWS region such as ap-northeast-2", /^[a-z]{2}(-[a-z]+)+-\d$/);

/** A heap size in the notation of the JVM. */
export const heapSize = () => string("a heap size such as 2g or 512m", /^[0-9]+[mMgG]?$/);
