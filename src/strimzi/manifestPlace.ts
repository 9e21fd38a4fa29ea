/** Where in the graph a further object belongs, and whether Strimzi gives it a status to wait for. Pure. */
import type { Manifest } from "../schema/manifests";

/**
 * - `before`: what is not Strimzi's, such as Secrets and rules of monitoring: before Kafka and Connect
 * - `kafka`: Kafka clusters and their node pools
 * - `access`: topics and users, after Kafka and before what logs in
 * - `clients`: everything else of Strimzi, after topics and users
 */
export type ManifestPlace = "before" | "kafka" | "access" | "clients";

const places: Readonly<Record<string, ManifestPlace>> = {
    Kafka: "kafka",
    KafkaNodePool: "kafka",
    KafkaTopic: "access",
    KafkaUser: "access",
};

/** Whether an object is one of Strimzi's resources. */
export const isStrimziManifest = ({ apiVersion }: Manifest): boolean => apiVersion.startsWith("kafka.strimzi.io/");

/** The place of an object. */
export const manifestPlace = (object: Manifest): ManifestPlace =>
    isStrimziManifest(object) ? (places[object.kind] ?? "clients") : "before";

/** A node pool has no condition Ready, and a rebalance becomes Ready only after it was approved. */
const withoutReady = ["KafkaNodePool", "KafkaRebalance"];

/** Whether the object becomes Ready when Strimzi has applied it. */
export const becomesReady = (object: Manifest): boolean =>
    isStrimziManifest(object) && !withoutReady.includes(object.kind);

/** Kinds without a namespace, besides those whose name begins with Cluster. */
const clusterScoped = ["Namespace", "PersistentVolume", "StorageClass", "PriorityClass", "CustomResourceDefinition"];

/** Namespace of an object that names none. */
export const manifestNamespace = ({ kind, metadata }: Manifest, fallback: string): string | undefined =>
    metadata.namespace ?? (clusterScoped.includes(kind) || kind.startsWith("Cluster") ? undefined : fallback);
