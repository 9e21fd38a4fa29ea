/** Strimzi's HTTP bridge beside a main container, for programs that speak HTTP and not Kafka. */
import { z } from "zod";
import { intents } from "./kafkaAccess";
import {
    dnsLabel,
    dnsName,
    boolean,
    object,
    kubernetesObject,
    stringMap,
    oneOf,
    configMap,
    string,
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
            "Its namespace. Default, and with kafkaCluster the only one: that of the Kafka whose Secrets it mounts, elsewhere connect.namespace",
        ),
    createNamespace: boolean().default(false).describe("Whether the stack creates that namespace"),
    replicas: integer(0, 100).default(1).describe("Pods"),
    main: kubernetesObject<{ name?: string; image?: string }>().describe(
        "The main container, as Kubernetes has it: image, command, env, resources. It finds the bridge at http://localhost:8080",
    ),
    image: string("an image reference")
        .optional()
        .describe("Image of the bridge. Default: the one that strimzi.version ships"),
    ...intents,
    create: boolean().default(false).describe("Whether it may create these topics"),
    certificates: oneOf(["directory", "env"])
        .default("directory")
        .describe(
            "How the bridge gets its certificates: mounted as files, or as environment variables taken from the Secrets",
        ),
    kafka: object({
        bootstrapServers: string("host:port, several separated by commas", /^[^\s:,]+:\d+(,[^\s:,]+:\d+)*$/).describe(
            "Listener that takes client certificates",
        ),
        userSecret: dnsName().describe("Secret with user.crt and user.key"),
        caSecret: dnsName().describe("Secret with ca.crt, the authority of the brokers' certificates"),
    })
        .optional()
        .describe(
            "A Kafka that is not the stack's own, whose user and rights somebody else has made. Excludes produce, consume and groups",
        ),
    config: configMap().describe(
        "Further bridge.properties, such as kafka.producer.acks, which win over the platform's",
    ),
    resources: kubernetesObject()
        .default({ requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "512Mi" } })
        .describe("Resource requests and limits of the bridge's container"),
    labels: stringMap().describe("Labels of the pods"),
});

export type HttpBridgeSettings = z.output<typeof httpBridge>;
