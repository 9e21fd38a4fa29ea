/** The Connect cluster. */
import { z } from "zod";
import {
    dnsLabel,
    dnsName,
    flag,
    group,
    heap,
    kubernetes,
    labels,
    list,
    properties,
    text,
    wholeNumber,
} from "./primitives";

/** Name of the Connect cluster that connectors run on when they name none. */
export const defaultConnectCluster = "data-kafka-connect-cluster";

const env = group({
    name: text("a name of letters, digits and _", /^[A-Za-z_][A-Za-z0-9_]*$/).describe("Name of the variable"),
    value: z.string({ error: "a text" }).optional().describe("Its value. Not for secrets: use valueFrom"),
    valueFrom: kubernetes().optional().describe("A secretKeyRef or configMapKeyRef as Kubernetes has them"),
}).refine((item) => (item.value === undefined) !== (item.valueFrom === undefined), {
    error: "either value or valueFrom",
});

/** The five volume types Strimzi takes, all versions alike (Strimzi docs, AdditionalVolume). */
export const volumeTypes = ["secret", "configMap", "emptyDir", "persistentVolumeClaim", "csi"] as const;

const volume = group({
    name: dnsLabel().describe("Name of the volume"),
    mountPath: text("a path under /mnt", /^\/mnt\/\S+$/).describe(
        "Where the workers see it; Strimzi takes paths under /mnt only",
    ),
    readOnly: flag().default(true).describe("Whether it is mounted read-only"),
    secret: kubernetes().optional().describe("A Secret, as Kubernetes has it: secretName, items"),
    configMap: kubernetes().optional().describe("A ConfigMap: name, items"),
    emptyDir: kubernetes<{ medium?: string; sizeLimit?: string }>()
        .optional()
        .describe("An empty folder: medium, sizeLimit"),
    persistentVolumeClaim: kubernetes().optional().describe("A claim: claimName"),
    csi: kubernetes().optional().describe("A CSI volume: driver, volumeAttributes"),
}).refine((item) => volumeTypes.filter((type) => item[type] !== undefined).length === 1, {
    error: `exactly one of ${volumeTypes.join(", ")}`,
});

export const connect = group({
    install: flag()
        .default(true)
        .describe("Whether the stack has a Connect cluster. false for Kafka, a bridge or a standalone worker alone"),
    name: dnsName()
        .max(200, { error: "a DNS name of at most 200 characters" })
        .default(defaultConnectCluster)
        .describe("Name of the KafkaConnect resource; group id and internal topics derive from it"),
    namespace: dnsLabel().default("kafka-connect").describe("Namespace of the Connect cluster and its connectors"),
    createNamespace: flag().default(true).describe("Whether the stack creates that namespace"),
    replicas: wholeNumber(1, 100).default(1).describe("Worker pods"),
    resources: kubernetes().optional().describe("Resource requests and limits of a worker's container"),
    jvm: group({
        xms: heap().optional().describe("Initial heap"),
        xmx: heap().optional().describe("Largest heap"),
        options: labels().describe("Further -XX options, by name"),
        systemProperties: labels().describe(
            "Java system properties, by name. An image built with a truststore sets javax.net.ssl.trustStore to it",
        ),
    })
        .prefault({})
        .describe("The workers' JVM. Strimzi's default: heap from the memory limit"),
    affinity: kubernetes().optional().describe("Pod affinity, as Kubernetes has it"),
    tolerations: list(kubernetes()).describe("Pod tolerations"),
    topologySpreadConstraints: list(kubernetes()).describe("Topology spread of the pods"),
    priorityClassName: text("a PriorityClass").optional().describe("Priority class of the pods"),
    env: list(env).describe("Environment variables of the workers"),
    volumes: list(volume).describe("Volumes mounted into the workers, each with its mount path"),
    config: properties().describe("Further worker configuration. What Strimzi sets itself is refused"),
    exactlyOnce: flag()
        .default(false)
        .describe(
            "Whether connectors with exactlyOnce write records and position in one transaction; Kafka must allow the workers' transactional ids",
        ),
    allowFrom: list(
        group({
            namespace: dnsLabel().optional().describe("Namespace of the pods. Default: any namespace"),
            podLabels: labels().describe("Labels of the pods. None: every pod of the namespace"),
        }),
    ).describe(
        "Who else may reach the REST API on 8083: Strimzi's own policy admits only the workers and the operator",
    ),
    maxUnavailable: wholeNumber(0, 100)
        .default(1)
        .describe("Workers that may be down at once during voluntary disruptions"),
    labels: labels().describe("Labels of the worker pods"),
    annotations: labels().describe("Annotations of the worker pods"),
    wait: flag()
        .default(true)
        .describe("Whether `pulumi up` waits until the Connect cluster and each connector are Ready"),
    timeoutMinutes: wholeNumber(1, 120).default(15).describe("How long it waits for each"),
});

/** Whether the workers write source records in transactions, by this setting or by Kafka's own; `preparing` is the step before, which needs the same rights (KIP-618). */
export const usesExactlyOnce = ({ config, exactlyOnce }: Pick<ConnectSettings, "config" | "exactlyOnce">): boolean =>
    exactlyOnce || ["enabled", "preparing"].includes(String(config["exactly.once.source.support"]));

export type ConnectSettings = z.output<typeof connect>;
