/** The Connect cluster. */
import { logging } from "./logging";
import { z } from "zod";
import {
    dnsLabel,
    dnsName,
    serviceName,
    labelMap,
    annotationMap,
    boolean,
    object,
    heapSize,
    kubernetesObject,
    stringMap,
    array,
    configMap,
    kafkaTopic,
    objectMetadata,
    string,
    integer,
} from "./primitives";

/** Name of the Connect cluster that connectors run on when they name none. */
export const defaultConnectCluster = "data-kafka-connect-cluster";

const env = object({
    name: string("a name of letters, digits and _", /^[A-Za-z_][A-Za-z0-9_]*$/).describe("Name of the variable"),
    value: z
        .string({ error: "a string" })
        .optional()
        .describe("Value of the variable. Excludes valueFrom. For a secret use valueFrom"),
    valueFrom: kubernetesObject()
        .optional()
        .describe("Source of the value as Kubernetes defines it: secretKeyRef or configMapKeyRef. Excludes value"),
}).refine((item) => (item.value === undefined) !== (item.valueFrom === undefined), {
    error: "either value or valueFrom",
});

/** The types of volumes that Strimzi supports in all versions (AdditionalVolume in its API reference). */
export const volumeTypes = ["secret", "configMap", "emptyDir", "persistentVolumeClaim", "csi"] as const;

const volume = object({
    name: dnsLabel().describe("Name of the volume"),
    mountPath: string("a path under /mnt", /^\/mnt\/\S+$/).describe(
        "Path in the workers' container. Strimzi supports only paths under /mnt",
    ),
    readOnly: boolean().default(true).describe("Whether the volume is mounted read-only"),
    secret: kubernetesObject().optional().describe("A Secret as Kubernetes defines it: secretName, items"),
    configMap: kubernetesObject().optional().describe("A ConfigMap as Kubernetes defines it: name, items"),
    emptyDir: kubernetesObject<{ medium?: string; sizeLimit?: string }>()
        .optional()
        .describe("A folder that is empty at the start of the pod: medium, sizeLimit"),
    persistentVolumeClaim: kubernetesObject().optional().describe("A PersistentVolumeClaim: claimName"),
    csi: kubernetesObject().optional().describe("A CSI volume: driver, volumeAttributes"),
}).refine((item) => volumeTypes.filter((type) => item[type] !== undefined).length === 1, {
    error: `exactly one of ${volumeTypes.join(", ")}`,
});

export const connect = object({
    install: boolean()
        .default(true)
        .describe(
            "Whether the stack creates a Connect cluster. Set it to false for a stack of only Kafka, a " +
                "bridge or a standalone worker",
        ),
    use: object({
        stack: string("ORGANIZATION/PROJECT/STACK", /^[\w.-]+\/[\w.-]+\/[\w.-]+$/)
            .optional()
            .describe(
                "Stack that owns the Connect cluster, as ORGANIZATION/PROJECT/STACK; the organization of a " +
                    "self-managed backend is `organization`. Its outputs decide the Connect cluster's name and " +
                    "namespace, strimzi.version, by default kafka.bootstrapServers, and what connect.use.team may use",
            ),
        team: dnsLabel()
            .optional()
            .describe("Team of this stack, one of the other stack's `teams`. Required where that stack declares teams"),
        outputsFile: string("the path of a JSON file")
            .optional()
            .describe(
                "File with the outputs of connect.use.stack, relative to the project, written by " +
                    "`pulumi stack output --json`. Commands without Pulumi's engine, such as `kcp render` and " +
                    "`kcp check`, read it; `pulumi` reads the outputs themselves",
            ),
        name: dnsName().optional().describe("Name of the KafkaConnect resource. Excludes connect.use.stack"),
        namespace: dnsLabel()
            .optional()
            .describe("Namespace of the KafkaConnect resource, and so of the connectors. Excludes connect.use.stack"),
    })
        .optional()
        .describe(
            "A Connect cluster of another stack, on which the connectors run: by the stack's outputs, or by name and " +
                "namespace. The stack then creates no Connect cluster, no operator and no CRDs; kafka, secrets and " +
                "strimzi.version describe the other stack's. Excludes the other settings of this section, except " +
                "wait and timeoutMinutes",
        ),
    name: serviceName(51)
        .default(defaultConnectCluster)
        .describe(
            "Name of the KafkaConnect resource; group id and internal topics derive from it by default. " +
                "At most 51 characters, because Strimzi names a Service NAME-connect-api",
        ),
    groupId: string("a group id without spaces", /^\S+$/)
        .optional()
        .describe("Group id of the workers. Default: connect.name. If it changes, connectors lose their configuration"),
    configStorageTopic: kafkaTopic()
        .optional()
        .describe("Topic that holds the connectors' configuration. Default: connect.name followed by -configs"),
    offsetStorageTopic: kafkaTopic()
        .optional()
        .describe("Topic that holds the offsets of source connectors. Default: connect.name followed by -offsets"),
    statusStorageTopic: kafkaTopic()
        .optional()
        .describe("Topic that holds the status of connectors and tasks. Default: connect.name followed by -status"),
    namespace: dnsLabel().default("kafka-connect").describe("Namespace of the Connect cluster and its connectors"),
    createNamespace: boolean().default(true).describe("Whether the stack creates the namespace"),
    replicas: integer(1, 100).default(1).describe("Number of worker pods"),
    resources: kubernetesObject()
        .optional()
        .describe(
            "Resource requests and limits of a worker's container. Default: 500m CPU and 2Gi of memory, limited to " +
                "2Gi; with jvm.xmx, the heap and a quarter more, at least 512Mi. `{}` sets none",
        ),
    jvm: object({
        xms: heapSize().optional().describe("Initial heap"),
        xmx: heapSize().optional().describe("Maximum heap"),
        options: stringMap().describe(
            "Further -XX options, by name. They replace those of Kafka. Default: Kafka's. ExitOnOutOfMemoryError is " +
                '"true" unless it is set here: a worker without heap ends and is started again',
        ),
        systemProperties: stringMap().describe(
            "Java system properties, by name. An image built with a truststore sets javax.net.ssl.trustStore to it",
        ),
    })
        .prefault({})
        .describe("The workers' JVM. By default Strimzi derives the heap from the memory limit"),
    affinity: kubernetesObject().optional().describe("Affinity of the pods as Kubernetes defines it"),
    tolerations: array(kubernetesObject()).describe("Tolerations of the pods as Kubernetes defines them"),
    topologySpreadConstraints: array(kubernetesObject()).describe(
        "Topology spread constraints of the pods as Kubernetes defines them",
    ),
    priorityClassName: dnsName().optional().describe("Priority class of the pods"),
    env: array(env).describe("Environment variables of the workers"),
    volumes: array(volume).describe("Volumes mounted into the workers, each with its mount path"),
    config: configMap().describe("Further configuration of the workers. Keys that Strimzi sets itself are rejected"),
    exactlyOnce: boolean()
        .default(false)
        .describe(
            "Whether source connectors can write records and offsets in one transaction (their option exactlyOnce). " +
                "The workers' Kafka user needs rights on their transactional ids",
        ),
    allowFrom: array(
        object({
            namespace: dnsLabel().optional().describe("Namespace of the pods. Default: every namespace"),
            podLabels: labelMap().describe("Labels of the pods. Default: every pod of the namespace"),
        }),
    ).describe(
        "Pods that may connect to the REST API on port 8083. Strimzi's own policy admits only the workers " +
            "and the operator",
    ),
    maxUnavailable: integer(0, 100)
        .default(1)
        .describe("Number of workers that may be unavailable during voluntary disruptions"),
    labels: labelMap().describe("Labels of the worker pods"),
    annotations: annotationMap().describe("Annotations of the worker pods"),
    metadata: objectMetadata().describe("Labels and annotations of the KafkaConnect resource itself"),
    imagePullSecrets: array(dnsName()).describe("Secrets with the login to the image's registry, by name"),
    logging: logging.optional().describe("Format and levels of the workers' logs"),
    rack: kubernetesObject()
        .optional()
        .describe("Rack awareness as Strimzi defines it: topologyKey, the node label that names the zone"),
    spec: kubernetesObject<Record<string, unknown>>()
        .optional()
        .describe(
            "Fields of the KafkaConnect's spec that no other setting covers (tracing, probes, build, plugins " +
                "and the like). " +
                "Merged over the generated spec as a JSON Merge Patch: objects are merged, null removes a " +
                "field, and any " +
                "other value, an array too, replaces the generated one. Checked against the CRD",
        ),
    wait: boolean()
        .default(true)
        .describe("Whether `pulumi up` waits until the Connect cluster and each connector are Ready"),
    timeoutMinutes: integer(1, 120).default(15).describe("Minutes that `pulumi up` waits for each"),
});

/**
 * Whether the workers write source records in transactions, by this setting or by Kafka's own; `preparing` is the step
 * before, which needs the same rights (KIP-618).
 */
export const usesExactlyOnce = ({ config, exactlyOnce }: Pick<ConnectSettings, "config" | "exactlyOnce">): boolean =>
    exactlyOnce || ["enabled", "preparing"].includes(String(config["exactly.once.source.support"]));

export type ConnectSettings = z.output<typeof connect>;
