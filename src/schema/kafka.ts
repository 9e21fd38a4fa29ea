/** How Connect reaches Kafka. */
import { z } from "zod";
import { arn, boolean, dnsName, object, array, oneOf, string, integer } from "./primitives";

const secretName = () => dnsName().describe("Name of a Secret in connect.namespace");

const tls = object({
    trustedCertificates: array(
        object({
            secretName: secretName(),
            certificate: string("a file name within the Secret")
                .default("ca.crt")
                .describe(
                    "Key of the Secret that holds the PEM certificate. With pattern, the one that connectors' own clients trust",
                ),
            pattern: string("a pattern of file names such as *.crt")
                .optional()
                .describe("The workers trust every certificate of the Secret whose key matches, such as *.crt"),
        }),
    ).describe("Certificates to trust. None: those of the JVM, which is right for MSK and Confluent Cloud"),
});

const authentication = object({
    type: oneOf(["none", "tls", "scram-sha-512", "plain", "aws-msk-iam"])
        .default("none")
        .describe("How the workers log in"),
    username: string("a user name").optional().describe("User name, for scram-sha-512 and plain"),
    secretName: secretName()
        .optional()
        .describe("Secret with the password (scram-sha-512, plain) or with the client certificate and key (tls)"),
    passwordKey: string("a key of the Secret")
        .default("password")
        .describe("Key of the Secret that holds the password"),
    certificateKey: string("a key of the Secret")
        .default("user.crt")
        .describe("Key of the Secret that holds the certificate"),
    privateKeyKey: string("a key of the Secret")
        .default("user.key")
        .describe("Key of the Secret that holds the private key"),
    clusterArn: arn("kafka", "arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID")
        .optional()
        .describe("ARN of the MSK cluster, for aws-msk-iam; the role is allowed to use this cluster only"),
});

const schemaRegistry = object({
    type: oneOf(["confluent", "apicurio"])
        .default("confluent")
        .describe("Whose converter writes and reads: Confluent's, which most registries understand, or Apicurio's"),
    url: string("an http or https address without a login in it", /^https?:\/\/[^\s@]+$/).describe(
        "Address of the registry",
    ),
    secret: string("the name of a secret")
        .optional()
        .describe("Secret with the login, without the prefix. Default: no login"),
    usernameKey: string("a key of the secret").default("USERNAME").describe("Key of the secret that holds the user"),
    passwordKey: string("a key of the secret")
        .default("PASSWORD")
        .describe("Key of the secret that holds the password"),
});

export const kafka = object({
    bootstrapServers: string("host:port, several separated by commas", /^[^\s:,]+:\d+(,[^\s:,]+:\d+)*$/)
        .default("")
        .describe(
            "Bootstrap servers of the Kafka cluster that Connect works with. Needed, but where kafkaCluster gives the stack a Kafka of its own or connect.install is false",
        ),
    tls: tls.optional().describe("Connect over TLS. Absent: plaintext, except with aws-msk-iam, which always uses TLS"),
    authentication: authentication.prefault({}).describe("Authentication of the workers"),
    mountForConnectors: boolean()
        .optional()
        .describe(
            "Whether the workers mount the Secrets above for connectors that have Kafka clients of their own, " +
                "such as Debezium's schema history and MirrorMaker. Default: true",
        ),
    brokers: integer(1, 1000)
        .optional()
        .describe(
            "Number of its brokers. Given, a topic with more replicas than that is refused before it fails a task",
        ),
    schemaRegistry: schemaRegistry.optional().describe("Schema registry, for connectors with the converter avro"),
    replicationFactor: integer(-1, 9)
        .default(-1)
        .describe("Replicas of the topics that Connect and its connectors create; -1 means the broker's default"),
});

export type SchemaRegistrySettings = z.output<typeof schemaRegistry>;
export type KafkaSettings = z.output<typeof kafka>;
