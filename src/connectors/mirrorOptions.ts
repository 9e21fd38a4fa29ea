/**
 * The options and the configuration that MirrorMaker's connectors share: the source Kafka cluster and its login. They
 * run on the stack's Connect cluster, so the target is always the stack's Kafka.
 * Options: https://kafka.apache.org/documentation/#mirrormakerconfigs
 */
import { boolean, object, oneOf, string } from "../schema/primitives";
import type { Issue } from "../schema/issues";
import { commonShape, reference, secretKey, secretOption } from "./commonOptions";
import { loginIssues, loginShape, sourceSecurity, type SourceLogin } from "./sourceClusterLogin";
import { writingConfig, writingIssues, writingShape, type WritingOptions } from "./sourceOptions";
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
    tls: boolean().default(false).describe("Whether to connect with TLS"),
    ...loginShape,
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
export interface SourceCluster extends SourceLogin {
    bootstrapServers?: string;
    bootstrapServersKey: string;
}

interface MirrorOptions extends WritingOptions {
    source: SourceCluster;
    targetAlias?: string;
    replicationPolicy: "default" | "identity";
}

const policies = {
    default: "org.apache.kafka.connect.mirror.DefaultReplicationPolicy",
    identity: "org.apache.kafka.connect.mirror.IdentityReplicationPolicy",
};

const withPrefix = (prefix: string, config: Readonly<ConnectorConfig>): ConnectorConfig =>
    Object.fromEntries(Object.entries(config).map(([key, value]) => [prefix + key, value]));

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
    ...withPrefix("source.cluster.", sourceSecurity(options.source, context)),
    "target.cluster.bootstrap.servers": context.bootstrapServers,
    ...withPrefix("target.cluster.", context.clientSecurity),
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

/** Issues between the options that MirrorMaker's connectors share. */
export const mirrorIssues = (options: MirrorOptions, context: ConnectContext): Issue[] => [
    ...writingIssues(options, context),
    ...loginIssues(options.source),
];

/** What the connector reads as the workers' IAM role. */
export const readAsRole = ({ authentication, clusterArn }: SourceCluster) =>
    authentication === "aws-msk-iam" ? { mskClusterArn: clusterArn } : {};
