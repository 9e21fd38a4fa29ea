/**
 * Strimzi's HTTP bridge as a sidecar of a main container, for programs that use HTTP in place of the Kafka protocol.
 */
import { z } from "zod";
import { intents } from "./kafkaAccess";
import {
    dnsLabel,
    dnsName,
    boolean,
    object,
    kubernetesObject,
    labelMap,
    podTemplate,
    imageReference,
    bootstrapServers,
    oneOf,
    configMap,
    integer,
} from "./primitives";

export const httpBridge = object({
    name: dnsLabel()
        .max(40, { error: "a DNS label of at most 40 characters" })
        .default("bridge-sidecar")
        .describe("Name of the Deployment, and of the Kafka user that the bridge logs in as"),
    namespace: dnsLabel()
        .optional()
        .describe(
            "Namespace of the Deployment. Default, and with kafkaCluster required: that of the Kafka " +
                "cluster; without one, connect.namespace",
        ),
    createNamespace: boolean().default(false).describe("Whether the stack creates the namespace"),
    replicas: integer(0, 100).default(1).describe("Number of pods"),
    main: kubernetesObject<{ name?: string; image?: string }>().describe(
        "The main container as Kubernetes defines it: image, command, env, resources. It reaches the bridge " +
            "at http://localhost:8080",
    ),
    image: imageReference().optional().describe("Image of the bridge. Default: that of strimzi.version"),
    ...intents,
    create: boolean().default(false).describe("Whether the bridge may create these topics"),
    certificates: oneOf(["directory", "env"])
        .default("directory")
        .describe("How the bridge reads its certificates: from mounted files, or from environment variables"),
    kafka: object({
        bootstrapServers: bootstrapServers().describe(
            "Bootstrap servers of a listener with authentication by client certificate",
        ),
        userSecret: dnsName().describe("Secret with user.crt and user.key"),
        caSecret: dnsName().describe("Secret with ca.crt, the certificate of the brokers' CA"),
    })
        .optional()
        .describe(
            "A Kafka cluster that the stack does not manage, with an existing user. Excludes produce, " +
                "consume and groups",
        ),
    config: configMap().describe(
        "Further keys of bridge.properties, for example kafka.producer.acks. They override those of the platform, " +
            "except the bridge's address, kafka.bootstrap.servers and kafka.config.providers",
    ),
    resources: kubernetesObject()
        .default({ requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "512Mi" } })
        .describe("Resource requests and limits of the bridge's container"),
    labels: labelMap().describe("Labels of the pods"),
    template: podTemplate(),
});

export type HttpBridgeSettings = z.output<typeof httpBridge>;
