/** A Kafka cluster of the stack's own. Where it is there, Connect works with it, and `kafka` is derived from it. */
import { z } from "zod";
import { acl } from "./kafkaAccess";
import {
    dnsLabel,
    dnsName,
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
        .describe("Volumes that outlive their pod, or an empty folder that goes with it"),
    volumes: z
        .array(
            object({
                size: quantity()
                    .default("20Gi")
                    .describe("Size; it can grow, where the storage class allows, and never shrink"),
                class: dnsName().optional().describe("Storage class. Default: the Kubernetes cluster's"),
            }),
            { error: "a list" },
        )
        .min(1, { error: "a list of one volume or more" })
        .prefault([{}])
        .describe(
            "Persistent volumes of each node (JBOD); the first holds KRaft's metadata. Add further ones at the end: a volume is known by its place",
        ),
    sizeLimit: quantity().optional().describe("Most that an ephemeral folder may hold"),
    deleteClaim: boolean()
        .default(false)
        .describe("Whether the volumes are deleted with the cluster, and the records with them"),
});

const nodePool = object({
    name: dnsLabel().describe("Name of the pool"),
    roles: z
        .array(oneOf(["controller", "broker"]), { error: "a list" })
        .min(1, { error: "controller, broker or both" })
        .default(["controller", "broker"])
        .describe("What its nodes do. Both for development; in production controllers and brokers apart"),
    replicas: integer(1, 100).default(1).describe("Nodes"),
    storage: storage.prefault({}).describe("Where they keep their data"),
    resources: kubernetesObject().optional().describe("Resource requests and limits of a node's container"),
    jvm: object({
        xms: heapSize().optional().describe("Initial heap"),
        xmx: heapSize().optional().describe("Largest heap"),
    })
        .prefault({})
        .describe("The JVM"),
    affinity: kubernetesObject().optional().describe("Pod affinity, as Kubernetes has it"),
    tolerations: array(kubernetesObject()).describe("Pod tolerations"),
    topologySpreadConstraints: array(kubernetesObject()).describe("Topology spread of the pods"),
});

/** The listeners, safest first: Connect uses the first there is. */
export const listenerNames = ["tls", "scram", "plain"] as const;
export type ListenerName = (typeof listenerNames)[number];

export const kafkaCluster = object({
    name: dnsLabel().default("kafka").describe("Name of the Kafka resource"),
    namespace: dnsLabel()
        .optional()
        .describe(
            "Namespace of the cluster, its topics and users. Default: connect.namespace, which it has to be where Connect logs in: Secrets do not cross namespaces",
        ),
    createNamespace: boolean().default(true).describe("Whether the stack creates that namespace"),
    nodePools: z
        .array(nodePool, { error: "a list" })
        .min(1, { error: "a list of one pool or more" })
        .prefault([{ name: "dual" }])
        .describe("Node pools. Default: one node that is controller and broker"),
    listeners: object({
        tls: boolean().default(true).describe("Port 9093: TLS, clients log in by certificate"),
        scram: boolean().default(false).describe("Port 9094: TLS, clients log in by SCRAM-SHA-512"),
        plain: boolean().default(false).describe("Port 9092: neither encrypted nor authenticated"),
    })
        .prefault({})
        .describe("Listeners within the Kubernetes cluster"),
    connectBy: oneOf(listenerNames)
        .optional()
        .describe("Listener that Connect uses. Default: the first there is of tls, scram, plain"),
    authorization: oneOf(["simple", "none"])
        .default("simple")
        .describe("Whether ACLs decide what a user may do. none: everyone may do everything"),
    replicationFactor: integer(1, 9)
        .optional()
        .describe(
            "Replicas of topics that do not say, Connect's and Kafka's internal ones included. Default: 3, or the number of brokers where they are fewer",
        ),
    config: configMap().describe("Further configuration of the brokers. What Strimzi sets itself is refused"),
    rackTopologyKey: string("a label of the nodes such as topology.kubernetes.io/zone")
        .optional()
        .describe("Node label that tells a broker's rack: replicas are spread over racks"),
    maxUnavailable: integer(0, 100).default(1).describe("Nodes that may be down at once during voluntary disruptions"),
    cruiseControl: boolean()
        .default(false)
        .describe("Whether Cruise Control runs, for rebalancing by KafkaRebalance resources; it needs two brokers"),
    connectAcls: array(acl).describe(
        "Further rights of the user that Connect logs in as, beside those its own topics and its connectors' need",
    ),
    wait: boolean()
        .default(true)
        .describe("Whether `pulumi up` waits until the cluster, each topic and each user are Ready"),
    timeoutMinutes: integer(1, 120).default(15).describe("How long it waits for each"),
});

export type KafkaClusterSettings = z.output<typeof kafkaCluster>;
