/** How Connect reaches Kafka. */
import { z } from "zod";
import {
    array,
    bootstrapServers,
    boolean,
    dnsName,
    integer,
    mskClusterArn,
    object,
    oneOf,
    secretKey,
    string,
} from "./primitives";

const secretName = () => dnsName().describe("Name of a Secret in connect.namespace");

const tls = object({
    trustedCertificates: array(
        object({
            secretName: secretName(),
            certificate: secretKey()
                .default("ca.crt")
                .describe(
                    "Key of the Secret that holds the PEM certificate. With `pattern`, only the Kafka " +
                        "clients of connectors use it",
                ),
            pattern: string("a pattern of file names such as *.crt")
                .optional()
                .describe("The workers trust every certificate of the Secret whose key matches, for example *.crt"),
        }),
    ).describe("Certificates to trust. Default: those of the JVM, which include the ones of MSK and Confluent Cloud"),
});

const authentication = object({
    type: oneOf(["none", "tls", "scram-sha-512", "plain", "aws-msk-iam"])
        .default("none")
        .describe("How the workers authenticate"),
    username: string("a user name").optional().describe("User name. Required with scram-sha-512 and plain"),
    secretName: secretName()
        .optional()
        .describe("Secret with the password (scram-sha-512, plain) or with the client certificate and its key (tls)"),
    passwordKey: secretKey().default("password").describe("Key of the Secret that holds the password"),
    certificateKey: secretKey().default("user.crt").describe("Key of the Secret that holds the certificate"),
    privateKeyKey: secretKey().default("user.key").describe("Key of the Secret that holds the private key"),
    clusterArn: mskClusterArn()
        .optional()
        .describe("ARN of the MSK cluster. Required with aws-msk-iam; the workers' role may use only this cluster"),
});

const schemaRegistry = object({
    type: oneOf(["confluent", "apicurio"])
        .default("confluent")
        .describe("Converter that reads and writes records: Confluent's, which most registries support, or Apicurio's"),
    url: string("an http or https URL without a login", /^https?:\/\/[^\s@]+$/).describe("URL of the registry"),
    secret: string("the name of a secret")
        .optional()
        .describe("Name of the secret with the login, without secrets.prefix. Default: no login"),
    usernameKey: string("a key of the secret")
        .default("USERNAME")
        .describe("Key of the secret that holds the user name"),
    passwordKey: string("a key of the secret")
        .default("PASSWORD")
        .describe("Key of the secret that holds the password"),
    subjectNames: oneOf(["topic", "record", "topic-record"])
        .default("topic")
        .describe(
            "What a schema is registered under (subject, artifact id): the topic, the record's name, or both. Only " +
                "with `topic` does the registry compare all schemas of a topic",
        ),
    autoRegister: boolean()
        .default(true)
        .describe(
            "Whether sources register schemas. With `false` the latest registered schema is used, and a source fails " +
                "without one",
        ),
    strictCompatibility: boolean()
        .default(true)
        .describe(
            "Whether, with autoRegister `false`, a record must be compatible with the latest schema. For Confluent's " +
                "converter only. Which changes of a schema are compatible is a rule of the registry, for each subject",
        ),
}).superRefine(({ type, autoRegister, strictCompatibility }, { addIssue }) => {
    if (strictCompatibility || (type === "confluent" && !autoRegister)) return;
    addIssue({
        code: "custom",
        path: ["strictCompatibility"],
        message: "true, except for the type confluent with autoRegister: false",
    });
});

export const kafka = object({
    bootstrapServers: bootstrapServers()
        .default("")
        .describe(
            "Bootstrap servers of the Kafka cluster that Connect uses. Required, except with kafkaCluster or " +
                "without connect.install",
        ),
    tls: tls.optional().describe("Use TLS. Default: plaintext, except with aws-msk-iam, which always uses TLS"),
    authentication: authentication.prefault({}).describe("Authentication of the workers"),
    mountForConnectors: boolean()
        .optional()
        .describe(
            "Whether the workers mount these Secrets for connectors that start their own Kafka clients, " +
                "such as Debezium's schema history and MirrorMaker. Default: true",
        ),
    brokers: integer(1, 1000)
        .optional()
        .describe("Number of brokers. If set, a connector whose topics would have more replicas is rejected"),
    schemaRegistry: schemaRegistry
        .optional()
        .describe("Schema registry. Required by connectors with the converter avro"),
    replicationFactor: integer(-1, 9)
        .refine((value) => value !== 0, { error: "an integer from 1 to 9, or -1 for the broker's default" })
        .default(-1)
        .describe("Replicas of the topics that Connect and its connectors create. -1 is the broker's default"),
});

export type SchemaRegistrySettings = z.output<typeof schemaRegistry>;
export type KafkaSettings = z.output<typeof kafka>;
