/** Where the secrets of connectors are, and which of them the workers may read. */
import type { z } from "zod";
import { array, kmsKeyArn, awsRegion, object, oneOf, string } from "./primitives";

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
                "`msk`, the config providers of aws-samples (MIT-0), with which references contain the prefix",
        ),
    name: string("the name of a config provider, of letters and digits", /^[A-Za-z][A-Za-z0-9]*$/)
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
});

export type SecretsSettings = z.output<typeof secrets>;
