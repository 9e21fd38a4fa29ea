/** The Kafka cluster of the stack. If it exists, Connect uses it, and the section `kafka` is derived from it. */
import { z } from "zod";
import { acl } from "./kafkaAccess";
import {
    dnsLabel,
    dnsName,
    serviceName,
    boolean,
    object,
    heapSize,
    kubernetesObject,
    array,
    oneOf,
    configMap,
    string,
    integer,
} from "./primitives";

const quantity = () => string("a quantity such as 100Gi", /^[1-9][0-9]*(Mi|Gi|Ti|M|G|T)$/);

const storage = object({
    type: oneOf(["persistent", "ephemeral"])
        .default("persistent")
        .describe("Persistent volumes, or a folder that is deleted with its pod"),
    volumes: z
        .array(
            object({
                size: quantity()
                    .default("20Gi")
                    .describe(
                        "Size of the volume. It can be increased if the storage class allows it, and never decreased",
                    ),
                class: dnsName().optional().describe("Storage class. Default: the Kubernetes cluster's"),
            }),
            { error: "an array" },
        )
        .min(1, { error: "at least one volume" })
        .prefault([{}])
        .describe(
            "Persistent volumes of each node (JBOD). The first one holds KRaft's metadata. Append further " +
                "ones: a volume is identified by its index",
        ),
    sizeLimit: quantity()
        .optional()
        .describe("Maximum size of ephemeral storage. Only with type `ephemeral`. Default: no limit"),
    deleteClaim: boolean()
        .default(false)
        .describe("Whether the volumes, and the records in them, are deleted with the cluster"),
});

const nodePool = object({
    name: dnsLabel().describe("Name of the pool"),
    roles: z
        .array(oneOf(["controller", "broker"]), { error: "an array" })
        .min(1, { error: "at least one of controller, broker" })
        .default(["controller", "broker"])
        .describe("Roles of the nodes. For production use separate pools for controllers and brokers"),
    replicas: integer(1, 100).default(1).describe("Number of nodes"),
    storage: storage.prefault({}).describe("Storage of each node"),
    resources: kubernetesObject().optional().describe("Resource requests and limits of a node's container"),
    jvm: object({
        xms: heapSize().optional().describe("Initial heap"),
        xmx: heapSize().optional().describe("Maximum heap"),
    })
        .prefault({})
        .describe("The JVM of each node"),
    affinity: kubernetesObject().optional().describe("Affinity of the pods as Kubernetes defines it"),
    tolerations: array(kubernetesObject()).describe("Tolerations of the pods as Kubernetes defines them"),
    topologySpreadConstraints: array(kubernetesObject()).describe(
        "Topology spread constraints of the pods as Kubernetes defines them",
    ),
    spec: kubernetesObject<Record<string, unknown>>()
        .optional()
        .describe(
            "Fields of the KafkaNodePool's spec that no other setting covers, such as template. Merged over the " +
                "generated spec as a JSON Merge Patch. Checked against the CRD",
        ),
});

/** The listeners, in the order in which clients of the stack prefer them. */
export const listenerNames = ["tls", "scram", "plain"] as const;
export type ListenerName = (typeof listenerNames)[number];

export const kafkaCluster = object({
    name: serviceName(47).default("kafka").describe("Name of the Kafka resource"),
    namespace: dnsLabel()
        .optional()
        .describe(
            "Namespace of the cluster, its topics and users. Default: connect.namespace, which is required " +
                "if Connect authenticates, because pods mount only Secrets from the namespace they run in",
        ),
    createNamespace: boolean().default(true).describe("Whether the stack creates the namespace"),
    nodePools: z
        .array(nodePool, { error: "an array" })
        .min(1, { error: "at least one node pool" })
        .prefault([{ name: "dual" }])
        .describe("Node pools. Default: one node with both roles"),
    listeners: object({
        tls: boolean().default(true).describe("Listener on port 9093: TLS, with authentication by client certificate"),
        scram: boolean().default(false).describe("Listener on port 9094: TLS, with authentication by SCRAM-SHA-512"),
        plain: boolean().default(false).describe("Listener on port 9092: neither encryption nor authentication"),
    })
        .prefault({})
        .describe("Listeners within the Kubernetes cluster"),
    connectBy: oneOf(listenerNames)
        .optional()
        .describe("Listener that Connect uses. Default: the first enabled one of tls, scram, plain"),
    authorization: oneOf(["simple", "none"])
        .default("simple")
        .describe("`simple`: ACLs decide what a user may do; `none`: every client may do everything"),
    replicationFactor: integer(1, 9)
        .optional()
        .describe(
            "Replicas of topics that do not set them, including internal topics of Kafka and Connect. " +
                "Default: 3, or the number of brokers if there are fewer",
        ),
    config: configMap().describe("Further configuration of the brokers. Keys that Strimzi sets itself are rejected"),
    rackTopologyKey: string("a node label such as topology.kubernetes.io/zone")
        .optional()
        .describe("Node label whose value is the rack of a broker. Replicas are spread over racks"),
    maxUnavailable: integer(0, 100)
        .default(1)
        .describe("Number of nodes that may be unavailable during voluntary disruptions"),
    cruiseControl: boolean()
        .default(false)
        .describe("Whether Cruise Control is installed, for KafkaRebalance resources. Requires at least 2 brokers"),
    connectAcls: array(acl).describe(
        "Further ACLs of Connect's user, in addition to those for its internal topics and its connectors",
    ),
    spec: kubernetesObject<Record<string, unknown>>()
        .optional()
        .describe(
            "Fields of the Kafka's spec that no other setting covers (kafka.template, entityOperator, kafkaExporter, " +
                "cruiseControl and the like). Merged over the generated spec as a JSON Merge Patch: objects are " +
                "merged, null removes a field, and any other value replaces the generated one. Checked against the CRD",
        ),
    wait: boolean()
        .default(true)
        .describe("Whether `pulumi up` waits until the cluster, each topic and each user are Ready"),
    timeoutMinutes: integer(1, 120).default(15).describe("Minutes that `pulumi up` waits for each"),
});

export type KafkaClusterSettings = z.output<typeof kafkaCluster>;
