/**
 * What MirrorMaker's connectors share: the other Kafka cluster they work with, and how to log in to it. They run on the stack's
 * own Connect cluster, so that the stack's Kafka is always the target.
 * Options: https://kafka.apache.org/documentation/#mirrormakerconfigs
 */
import { boolean, object, oneOf, string } from "../schema/primitives";
import { commonShape, reference, secretKey, secretOption } from "./commonOptions";
import { writingShape, writingConfig, type Writing } from "./sourceOptions";
import { secretNameOf, secretReference, type ConnectorConfig, type ConnectContext } from "./template";

export const sourceCluster = {
    instance: string("a name of letters, digits, ., _ and -", /^[A-Za-z0-9._-]{1,100}$/).describe(
        "Name of the other Kafka cluster: its alias, and the name of its secret",
    ),
    bootstrapServers: string(
        "host:port, several separated by commas, or a reference",
        new RegExp(`^[^\\s:,$]+:\\d+(,[^\\s:,$]+:\\d+)*$|${reference.source}`),
    )
        .optional()
        .describe("Its bootstrap servers. Default: the key bootstrapServersKey of its secret"),
    secret: secretOption(),
    bootstrapServersKey: secretKey("BOOTSTRAP_SERVERS", "the bootstrap servers"),
    tls: boolean().default(false).describe("TLS to it, trusted by the JVM's truststore, which the image may carry"),
    authentication: oneOf(["none", "scram-sha-512", "scram-sha-256", "plain"])
        .default("none")
        .describe("How to log in to it"),
    usernameKey: secretKey("USERNAME", "the user"),
    passwordKey: secretKey("PASSWORD", "the password"),
};

/** Options of all three. */
export const mirrorShape = {
    ...commonShape,
    ...writingShape,
    targetAlias: string("a name of letters, digits, ., _ and -", /^[A-Za-z0-9._-]{1,100}$/)
        .optional()
        .describe("Alias of the stack's own Kafka. Default: the Connect cluster's name"),
    replicationPolicy: oneOf(["default", "identity"])
        .default("default")
        .describe(
            "Names of the topics here: `default` puts the instance before them (backend.EVENT), `identity` keeps them",
        ),
};

export interface SourceCluster {
    instance: string;
    bootstrapServers?: string;
    secret?: string;
    bootstrapServersKey: string;
    tls: boolean;
    authentication: "none" | "scram-sha-512" | "scram-sha-256" | "plain";
    usernameKey: string;
    passwordKey: string;
}

interface Declared extends Writing {
    source: SourceCluster;
    targetAlias?: string;
    replicationPolicy: "default" | "identity";
}

/** How its clients log in to the other cluster. */
function sourceSecurity(source: SourceCluster, context: ConnectContext): ConnectorConfig {
    const sasl = source.authentication !== "none";
    if (!sasl && !source.tls) return {};
    const fromSecret = (key: string) => secretReference(context, secretNameOf(source, context), key);
    const module = source.authentication === "plain" ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
    return {
        "source.cluster.security.protocol": `${sasl ? "SASL_" : ""}${source.tls ? "SSL" : "PLAINTEXT"}`,
        ...(sasl
            ? {
                  "source.cluster.sasl.mechanism": source.authentication.toUpperCase(),
                  "source.cluster.sasl.jaas.config": `org.apache.kafka.common.security.${module} required username="${fromSecret(source.usernameKey)}" password="${fromSecret(source.passwordKey)}";`,
              }
            : {}),
    };
}

const policies = {
    default: "org.apache.kafka.connect.mirror.DefaultReplicationPolicy",
    identity: "org.apache.kafka.connect.mirror.IdentityReplicationPolicy",
};

/**
 * The configuration that the three share. Records are copied as bytes, whatever the workers' own converters are: with a JSON
 * converter each would be written as a text in base64, and nothing would tell.
 */
export const mirrorConfig = (declared: Declared, context: ConnectContext): ConnectorConfig => ({
    "source.cluster.alias": declared.source.instance,
    "target.cluster.alias": declared.targetAlias ?? context.connectCluster,
    "source.cluster.bootstrap.servers":
        declared.source.bootstrapServers ??
        secretReference(context, secretNameOf(declared.source, context), declared.source.bootstrapServersKey),
    ...sourceSecurity(declared.source, context),
    "target.cluster.bootstrap.servers": context.bootstrapServers,
    ...Object.fromEntries(
        Object.entries(context.clientSecurity).map(([key, value]) => [`target.cluster.${key}`, value]),
    ),
    "replication.policy.class": policies[declared.replicationPolicy],
    "key.converter": "org.apache.kafka.connect.converters.ByteArrayConverter",
    "value.converter": "org.apache.kafka.connect.converters.ByteArrayConverter",
    "header.converter": "org.apache.kafka.connect.converters.ByteArrayConverter",
    ...writingConfig(declared),
});

/** What the connectors keep for themselves stays in the stack's Kafka: the other cluster need only be readable (KIP-716). */
export const syncsHere: ConnectorConfig = { "offset-syncs.topic.location": "target" };

/** `source` of a template that has no more to say of the other cluster. */
export const clusterOnly = () => object(sourceCluster).describe("The other Kafka cluster");
