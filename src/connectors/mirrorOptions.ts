/**
 * The options and the configuration that MirrorMaker's connectors share: the source Kafka cluster and its login. They
 * run on the stack's Connect cluster, so the target is always the stack's Kafka.
 * Options: https://kafka.apache.org/documentation/#mirrormakerconfigs
 */
import { boolean, object, oneOf, string } from "../schema/primitives";
import { commonShape, reference, secretKey, secretOption } from "./commonOptions";
import { writingShape, writingConfig, type WritingOptions } from "./sourceOptions";
import { secretNameOf, secretReference, type ConnectorConfig, type ConnectContext } from "./template";

/** The options of the source Kafka cluster. */
export const sourceCluster = {
    instance: string("a name of letters, digits, ., _ and -", /^[A-Za-z0-9._-]{1,100}$/).describe(
        "Name of the source Kafka cluster: its alias, and the default of `secret`",
    ),
    bootstrapServers: string(
        "host:port, several separated by commas, or a reference",
        new RegExp(`^[^\\s:,$]+:\\d+(,[^\\s:,$]+:\\d+)*$|${reference.source}`),
    )
        .optional()
        .describe("Its bootstrap servers. Default: a reference to the key `bootstrapServersKey` of its secret"),
    secret: secretOption(),
    bootstrapServersKey: secretKey("BOOTSTRAP_SERVERS", "the bootstrap servers"),
    tls: boolean()
        .default(false)
        .describe("Whether to connect with TLS. Its certificate must be trusted by the JVM's truststore in the image"),
    authentication: oneOf(["none", "scram-sha-512", "scram-sha-256", "plain"])
        .default("none")
        .describe("SASL mechanism of the login"),
    usernameKey: secretKey("USERNAME", "the user"),
    passwordKey: secretKey("PASSWORD", "the password"),
};

/** The options of all MirrorMaker templates. */
export const mirrorShape = {
    ...commonShape,
    ...writingShape,
    targetAlias: string("a name of letters, digits, ., _ and -", /^[A-Za-z0-9._-]{1,100}$/)
        .optional()
        .describe("Alias of the stack's Kafka. Default: the Connect cluster's name"),
    replicationPolicy: oneOf(["default", "identity"])
        .default("default")
        .describe(
            "Names of the copies: `default` adds the instance as a prefix (backend.EVENT), `identity` keeps the names",
        ),
};

/** `sourceCluster` as it is parsed. */
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

interface MirrorOptions extends WritingOptions {
    source: SourceCluster;
    targetAlias?: string;
    replicationPolicy: "default" | "identity";
}

/** Security properties of the clients of the source cluster. */
function sourceSecurity(source: SourceCluster, context: ConnectContext): ConnectorConfig {
    const sasl = source.authentication !== "none";
    if (!sasl && !source.tls) return {};
    const secretValue = (key: string) => secretReference(context, secretNameOf(source, context), key);
    const module = source.authentication === "plain" ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
    return {
        "source.cluster.security.protocol": `${sasl ? "SASL_" : ""}${source.tls ? "SSL" : "PLAINTEXT"}`,
        ...(sasl
            ? {
                  "source.cluster.sasl.mechanism": source.authentication.toUpperCase(),
                  "source.cluster.sasl.jaas.config":
                      `org.apache.kafka.common.security.${module} required ` +
                      `username="${secretValue(source.usernameKey)}" password="${secretValue(source.passwordKey)}";`,
              }
            : {}),
    };
}

const policies = {
    default: "org.apache.kafka.connect.mirror.DefaultReplicationPolicy",
    identity: "org.apache.kafka.connect.mirror.IdentityReplicationPolicy",
};

/**
 * The configuration of all MirrorMaker connectors. Records are copied as bytes, whatever converters the workers have: a
 * JSON converter would silently encode each record in base64.
 */
export const mirrorConfig = (options: MirrorOptions, context: ConnectContext): ConnectorConfig => ({
    "source.cluster.alias": options.source.instance,
    "target.cluster.alias": options.targetAlias ?? context.connectCluster,
    "source.cluster.bootstrap.servers":
        options.source.bootstrapServers ??
        secretReference(context, secretNameOf(options.source, context), options.source.bootstrapServersKey),
    ...sourceSecurity(options.source, context),
    "target.cluster.bootstrap.servers": context.bootstrapServers,
    ...Object.fromEntries(
        Object.entries(context.clientSecurity).map(([key, value]) => [`target.cluster.${key}`, value]),
    ),
    "replication.policy.class": policies[options.replicationPolicy],
    "key.converter": "org.apache.kafka.connect.converters.ByteArrayConverter",
    "value.converter": "org.apache.kafka.connect.converters.ByteArrayConverter",
    "header.converter": "org.apache.kafka.connect.converters.ByteArrayConverter",
    ...writingConfig(options),
});

/** MirrorMaker's internal topic is in the target Kafka, so that the source cluster needs read access only (KIP-716). */
export const syncsInTarget: ConnectorConfig = { "offset-syncs.topic.location": "target" };

/** `source` of a template that has no further options there. */
export const clusterOnly = () => object(sourceCluster).describe("The source Kafka cluster");
