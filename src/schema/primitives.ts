/**
 * The types of values in a stack file. Each schema's error is what the setting expects, as a noun phrase: issues.ts
 * makes "expected …, received …" of it. Settings are described where they are defined; docs and the JSON Schema are
 * generated from that.
 */
import { z } from "zod";
import { awsPartitions, awsRegions } from "./awsRegions";

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

/** The name of a label or annotation: an optional DNS name and a slash, then at most 63 letters, digits, -, _ and . */
const qualifiedName =
    /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;

/** Whether Kubernetes accepts the name of a label or an annotation. */
export const isLabelName = (name: string): boolean => qualifiedName.test(name);

const labelValue = /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/;

/** Whether Kubernetes accepts the value of a label. */
export const isLabelValue = (value: string): boolean => labelValue.test(value);

const nameRule = "a name of at most 63 letters, digits, -, _ and ., with an optional DNS name and / before it";

/** Labels by Kubernetes' rules. Empty by default. */
export const labelMap = () =>
    z
        .record(
            z.string().regex(qualifiedName, { error: nameRule }),
            z
                .string({ error: "a string" })
                .regex(labelValue, { error: "at most 63 letters, digits, -, _ and ., or an empty string" }),
            { error: "an object with string values" },
        )
        .default({});

/** Annotations by Kubernetes' rules. Empty by default. */
export const annotationMap = () =>
    z
        .record(z.string().regex(qualifiedName, { error: nameRule }), z.string({ error: "a string" }), {
            error: "an object with string values",
        })
        .default({});

/** Labels and annotations of a resource. */
export const objectMetadata = () =>
    object({
        labels: labelMap().describe("Labels"),
        annotations: annotationMap().describe("Annotations"),
    }).prefault({});

/** A part of a Kubernetes object, passed on as it is and checked against the CRD of the stack's Strimzi version. */
export const kubernetesObject = <T = Record<string, unknown>>() =>
    z
        .custom<T>((value) => value !== null && typeof value === "object", {
            error: "an object or array as the Kubernetes API defines it",
        })
        // for the JSON Schema, as zod cannot know what a function accepts
        .meta({ type: ["object", "array"] });

/** A pod template that is merged over the generated one. */
export const podTemplate = () =>
    kubernetesObject<{ metadata?: Record<string, unknown>; spec?: Record<string, unknown> }>()
        .optional()
        .describe(
            "Pod template (metadata, spec) as Kubernetes defines it, with fields that no other setting covers. " +
                "Merged over the generated one as a JSON Merge Patch, except that containers, initContainers and " +
                "volumes are merged by name. It is checked against Kubernetes' schema",
        );

/** A DNS label: the name of a namespace, a container or a Service. */
export const dnsLabel = () =>
    string(
        "a DNS label (at most 63 of a-z, 0-9 and -, starting and ending with a letter or digit)",
        /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
    );

/**
 * A name from which names of Services are made: a DNS label that starts with a letter.
 *
 * @param length what the longest suffix leaves of the 63 characters
 */
export const serviceName = (length: number) =>
    string(
        `at most ${length} of a-z, 0-9 and -, starting with a letter and ending with a letter or digit`,
        new RegExp(`^(?=.{1,${length}}$)[a-z]([-a-z0-9]*[a-z0-9])?$`),
    );

/** A DNS subdomain: the name of most Kubernetes resources. */
export const dnsName = () =>
    string(
        "a DNS name (at most 253 of a-z, 0-9, - and ., each part starting and ending with a letter or digit)",
        /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    );

/** A key of a Secret or a ConfigMap of Kubernetes. */
export const secretKey = () =>
    string("a key of the Secret: at most 253 letters, digits, -, _ and .", /^[-._a-zA-Z0-9]{1,253}$/);

/** The name of a topic, by Kafka's rule. */
export const kafkaTopic = () =>
    string("a topic name (at most 249 letters, digits, ., _ and -)", /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/);

/**
 * An ARN of one AWS service.
 *
 * @param resource regular expression of the part after the account
 * @param account that of the account; `aws` is the owner of AWS managed policies
 */
export const arn = (service: string, example: string, resource: string, account = "[0-9]{12}") =>
    string(
        `an ARN such as ${example}`,
        new RegExp(`^arn:(${awsPartitions.join("|")}):${service}:[a-z0-9-]*:(${account}):${resource}$`),
    );

/** The id of an AWS account. */
export const accountId = () => string("an AWS account id of 12 digits, in quotes", /^\d{12}$/);

/** ARN of an MSK cluster. */
export const mskClusterArn = () =>
    arn("kafka", "arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID", "cluster/[A-Za-z0-9-]+/[A-Za-z0-9-]+");

/** ARN of a KMS key. That of an alias grants nothing: IAM compares the key's own ARN. */
export const kmsKeyArn = () => arn("kms", "arn:aws:kms:REGION:ACCOUNT:key/ID", "key/[A-Za-z0-9-]+");

/** An AWS region, by list: a misspelt one has the form of a region too. */
export const awsRegion = () => z.enum(awsRegions as [string, ...string[]], { error: "an AWS region" });

/** Values of AWS tags, by the rule of IAM, which is stricter than others. */
export const tagValue = /^[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/u;
export const tagValueRule = "at most 256 letters, digits, spaces and _ . : / = + - @";

/** Tags of AWS resources. Those with the prefix `aws:` are of AWS. */
export const awsTags = () =>
    z
        .record(
            z.string().regex(/^(?!aws:)[\p{L}\p{N}\s_.:/=+@-]{1,128}$/iu, {
                error: "a name of at most 128 letters, digits, spaces and _ . : / = + - @, without the prefix aws:",
            }),
            z.string({ error: "a string" }).regex(tagValue, { error: tagValueRule }),
            { error: "an object with string values" },
        )
        .default({});

/** A host, or an IPv6 address in brackets, with its port. */
const server = "([^\\s:,/@]+|\\[[0-9A-Fa-f:.]+\\]):(?!0)\\d{1,5}";

/** Bootstrap servers: hosts with ports, without a scheme. */
export const bootstrapServers = () =>
    string(
        "host:port without a scheme, several separated by commas, with ports from 1 to 65535",
        new RegExp(`^${server}(,${server})*$`),
    ).refine((value) => [...value.matchAll(/:(\d+)(,|$)/g)].every(([, port]) => Number(port) <= 65535), {
        error: "ports from 1 to 65535",
    });

/** An image reference: repository with tag or digest, without a scheme. */
export const imageReference = () =>
    string(
        "an image reference without a scheme, such as REGISTRY/REPOSITORY:TAG",
        /^(?!\w+:\/\/)[\w][\w.-]*(:\d+)?(\/[\w][\w.-]*)*(:[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/,
    );

/** A heap size in the notation of the JVM, which takes 2 MiB or more. */
export const heapSize = () =>
    string("a heap size such as 2g or 512m", /^([2-9]|[1-9]\d+)[mM]$|^[1-9]\d*[gG]$|^[1-9]\d{6,}$/);
