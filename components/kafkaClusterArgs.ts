import type * as pulumi from "@pulumi/pulumi";
import type { KafkaAuthorization, KafkaConfigValue, KafkaNodeRole, KafkaStorageType, KubernetesValue } from "./values";

/** A persistent volume of each node of a pool. */
export interface KafkaVolumeArgs {
    /**
     * Size, such as 100Gi. It can grow where the storage class allows it, and never shrink.
     * @default "20Gi"
     */
    size?: pulumi.Input<string>;
    /**
     * Storage class.
     * @default that of the Kubernetes cluster
     */
    class?: pulumi.Input<string>;
}

/** Storage of the nodes of a pool. */
export interface KafkaStorageArgs {
    /**
     * Persistent volumes, or an empty directory that is deleted with its pod.
     * @default "persistent"
     */
    type?: KafkaStorageType;
    /**
     * Volumes of each node (JBOD). The first contains KRaft's metadata. A volume is identified by its index:
     * append others.
     * @default one volume of 20Gi
     */
    volumes?: KafkaVolumeArgs[];
    /**
     * Maximum size of an empty directory, such as 10Gi. Only with the type `ephemeral`.
     * @default no limit
     */
    sizeLimit?: pulumi.Input<string>;
    /**
     * Whether the volumes, and the records in them, are deleted with the cluster.
     * @default false
     */
    deleteClaim?: pulumi.Input<boolean>;
}

/** Heap of a node. */
export interface KafkaJvmArgs {
    /**
     * Initial heap, such as 2g.
     * @default Strimzi's, from the memory limit
     */
    xms?: pulumi.Input<string>;
    /**
     * Maximum heap, such as 2g.
     * @default Strimzi's, from the memory limit
     */
    xmx?: pulumi.Input<string>;
}

/** Nodes with the same roles and resources. */
export interface KafkaNodePoolArgs {
    /** Name of the pool. */
    name: string;
    /**
     * Roles of the nodes. Use separate pools for controllers and brokers in production.
     * @default both
     */
    roles?: KafkaNodeRole[];
    /**
     * Number of nodes. Two controllers cannot survive the loss of one; use 1, 3 or 5.
     * @default 1
     */
    replicas?: number;
    /**
     * Storage of the nodes.
     * @default one persistent volume of 20Gi
     */
    storage?: KafkaStorageArgs;
    /**
     * Resource requests and limits of a node's container.
     * @default none
     */
    resources?: KubernetesValue;
    /**
     * The JVM.
     * @default Strimzi's
     */
    jvm?: KafkaJvmArgs;
    /**
     * Affinity of the pods.
     * @default none
     */
    affinity?: KubernetesValue;
    /**
     * Tolerations of the pods.
     * @default none
     */
    tolerations?: KubernetesValue[];
    /**
     * Topology spread constraints of the pods.
     * @default none
     */
    topologySpreadConstraints?: KubernetesValue[];
    /**
     * Fields of the KafkaNodePool's spec that no other argument covers. Merged over the generated spec as a JSON Merge
     * Patch.
     * @default none
     * @see https://strimzi.io/docs/operators/latest/configuring.html#type-KafkaNodePoolSpec-reference
     */
    spec?: { [field: string]: KubernetesValue };
}

/** Listeners of a Kafka cluster within the Kubernetes cluster. */
export interface KafkaListenersArgs {
    /**
     * Port 9093: TLS, clients authenticate by certificate.
     * @default true
     */
    tls?: boolean;
    /**
     * Port 9094: TLS, clients authenticate by SASL SCRAM-SHA-512.
     * @default false
     */
    scram?: boolean;
    /**
     * Port 9092: neither encrypted nor authenticated.
     * @default false
     */
    plain?: boolean;
}

/** Arguments of KafkaCluster. */
export interface KafkaClusterArgs {
    /** Namespace of the cluster, which must exist and be watched by the operator. */
    namespace: pulumi.Input<string>;
    /**
     * Name of the Kafka resource.
     * @default the component's name
     */
    name?: string;
    /**
     * Strimzi version of the operator, such as 1.2.0.
     * @default "1.2.0"
     */
    strimziVersion?: string;
    /**
     * Kafka version.
     * @default the newest version that the Strimzi version supports
     */
    kafkaVersion?: string;
    /**
     * Node pools.
     * @default one node that is controller and broker
     */
    nodePools?: KafkaNodePoolArgs[];
    /**
     * Listeners within the Kubernetes cluster.
     * @default the listener `tls`
     */
    listeners?: KafkaListenersArgs;
    /**
     * What decides whether a user may do something.
     * @default "simple"
     */
    authorization?: KafkaAuthorization;
    /**
     * Replicas of topics that declare none, and of Kafka's internal topics.
     * @default 3, or the number of brokers where there are fewer
     */
    replicationFactor?: number;
    /**
     * Further broker configuration, which takes precedence over this component's. Keys that Strimzi sets itself are
     * ignored by it.
     * @default none
     * @see https://kafka.apache.org/documentation/#brokerconfigs
     */
    config?: { [key: string]: KafkaConfigValue };
    /**
     * Label of the Kubernetes nodes that identifies the rack of a broker, such as topology.kubernetes.io/zone.
     * Replicas are spread over racks.
     * @default none
     */
    rackTopologyKey?: pulumi.Input<string>;
    /**
     * Nodes that may be unavailable at once during voluntary disruptions.
     * @default 1
     */
    maxUnavailable?: pulumi.Input<number>;
    /**
     * Whether Cruise Control runs, for KafkaRebalance resources. Requires two brokers.
     * @default false
     */
    cruiseControl?: boolean;
    /**
     * Fields of the Kafka's spec that no other argument covers, such as kafkaExporter. Merged over the generated spec
     * as a JSON Merge Patch: objects are merged, null removes a field, and any other value replaces the generated one.
     * @default none
     * @see https://strimzi.io/docs/operators/latest/configuring.html#type-KafkaSpec-reference
     */
    spec?: { [field: string]: KubernetesValue };
    /**
     * Whether the nodes export Prometheus metrics on port 9404 and are annotated for scraping.
     * @default true
     */
    metrics?: boolean;
    /**
     * Whether `pulumi up` waits until the Kafka resource is Ready.
     * @default true
     */
    waitForReady?: boolean;
    /**
     * Minutes that `pulumi up` waits.
     * @default 15
     */
    timeoutMinutes?: number;
    /**
     * Whether the cluster and its pools are protected from deletion, and kept when this component is removed. The
     * volumes are kept in any case, unless `deleteClaim` is true.
     * @default false
     */
    protect?: boolean;
}
