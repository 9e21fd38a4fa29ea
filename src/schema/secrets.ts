/** Where the secrets of connectors are, and which of them the workers may read. */
import type { z } from "zod";
import { array, awsRegion, configMap, kmsKeyArn, object, oneOf, string } from "./primitives";

const providerName = () => string("the name of a config provider, of letters and digits", /^[A-Za-z][A-Za-z0-9]*$/);

/** A further item of the list. */
const furtherProvider = object({
    provider: oneOf(["kubernetes", "file", "directory", "env"])
        .optional()
        .describe(
            "Where the values are: `kubernetes`, with `${NAME:NAMESPACE/SECRET:KEY}`; `file`, a properties file on " +
                "the worker, with `${NAME:PATH:KEY}`; `directory`, with `${NAME:DIRECTORY:FILE}`; `env`, environment " +
                "variables of the worker, with `${NAME:VARIABLE}`. Mount files with connect.volumes",
        ),
    class: string("a class name", /^[\w$]+(\.[\w$]+)+$/)
        .optional()
        .describe("Class of any other config provider, which Kafka or a plugin of the image provides"),
    name: providerName().describe("Name of the config provider, the first part of a reference"),
    params: configMap().describe("Parameters of the provider, without the prefix `config.providers.NAME.param.`"),
}).refine((item) => (item.provider === undefined) !== (item.class === undefined), {
    error: "either provider or class; aws-secrets-manager only as the first provider",
});

/** A config provider besides the one that templates refer to. */
export type FurtherProvider = z.output<typeof furtherProvider>;

export const secrets = object({
    provider: oneOf(["aws-secrets-manager", "kubernetes", "file"])
        .default("aws-secrets-manager")
        .describe(
            "Where `${NAME:SECRET:KEY}` in connectors is resolved: `aws-secrets-manager`; `kubernetes`, with " +
                "references " +
                "such as `${NAME:NAMESPACE/SECRET:KEY}` to Secrets that the workers are then allowed to " +
                "read; or `file`, " +
                "a file on the worker, which is for the sandbox",
        ),
    plugin: oneOf(["csid", "msk"])
        .default("csid")
        .describe(
            "Plugin of the image that reads AWS Secrets Manager: `csid` of Confluent (Confluent Community " +
                "License), or " +
                "`msk`, the config providers of aws-samples (MIT-0), whose references include the prefix",
        ),
    name: providerName()
        .default("secretManager")
        .describe("Name of the config provider, the first part of `${NAME:SECRET:KEY}`"),
    region: awsRegion().optional().describe("AWS region of the secrets. Default: eks.region"),
    prefix: string(
        "a prefix that contains a name and ends in _, /, . or -, such as data_kafka_connect_",
        /^[\w/+=.@-]*[A-Za-z0-9]{2}[_/.-]$/,
    )
        .optional()
        .describe(
            "Prefix of the secrets' names in AWS Secrets Manager. The workers may read only secrets with " +
                "this prefix. " +
                "Required with the provider aws-secrets-manager",
        ),
    kmsKeyArns: array(kmsKeyArn()).describe(
        "ARNs of the KMS keys that encrypt the secrets. The workers may decrypt with these keys, only " +
            "through Secrets Manager",
    ),
    further: array(furtherProvider).describe(
        "Further config providers, for references in `raw` and in `config`. `secrets` can also be an array of " +
            "providers, of which templates refer to the first",
    ),
});

export type SecretsSettings = z.output<typeof secrets>;

/** The section with an array of providers as an object, whose `further` are those after the first. */
export const firstProvider = (written: unknown): unknown =>
    Array.isArray(written) ? { ...(written[0] as object), further: written.slice(1) } : written;
