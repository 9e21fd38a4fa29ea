/** The node pools of the Kafka cluster in the stack. Pure. */
import type { KafkaNodePoolSpec } from "../release/types/kafkaNodePoolSpec";
import type { KafkaClusterSettings } from "../schema/kafkaCluster";
import { compact } from "../util/data";
import { applyMergePatch } from "../util/mergePatch";
import { scrapeAnnotations } from "./jmxMetrics";
import { passedOn } from "./passedOn";

type NodePool = KafkaClusterSettings["nodePools"][number];
type Pod = NonNullable<NonNullable<KafkaNodePoolSpec["template"]>["pod"]>;

const nodesOf = (cluster: KafkaClusterSettings, role: "broker" | "controller"): number =>
    cluster.nodePools.filter(({ roles }) => roles.includes(role)).reduce((sum, { replicas }) => sum + replicas, 0);

/** Number of brokers of a cluster. */
export const brokersOf = (cluster: KafkaClusterSettings): number => nodesOf(cluster, "broker");

/** Number of controllers of a cluster. */
export const controllersOf = (cluster: KafkaClusterSettings): number => nodesOf(cluster, "controller");

/** The storage of a pool. The first persistent volume also holds KRaft's metadata. */
function storageSpec({ storage }: NodePool): KafkaNodePoolSpec["storage"] {
    if (storage.type === "ephemeral") return compact({ type: "ephemeral", sizeLimit: storage.sizeLimit });
    const volumes = storage.volumes.map(({ size, class: storageClass }, id) =>
        compact({
            id,
            type: "persistent-claim" as const,
            size,
            class: storageClass,
            deleteClaim: storage.deleteClaim,
            kraftMetadata: id === 0 ? ("shared" as const) : undefined,
        }),
    );
    return { type: "jbod", volumes };
}

/** The `spec` of a KafkaNodePool: what the settings generate, with the pool's `spec` merged over it. */
export const nodePoolSpec = (pool: NodePool, exporter: boolean): KafkaNodePoolSpec =>
    applyMergePatch({ ...generatedPoolSpec(pool, exporter) }, pool.spec ?? {}) as unknown as KafkaNodePoolSpec;

/**
 * The `spec` without the pool's own. Before Strimzi 0.49 the pod template of a pool replaces the one of the Kafka
 * resource, so the annotations for Prometheus are in both.
 */
export function generatedPoolSpec(pool: NodePool, exporter: boolean): KafkaNodePoolSpec {
    const pod: Pod = compact({
        metadata: compact({ annotations: scrapeAnnotations(exporter) }),
        affinity: passedOn<Pod["affinity"]>(pool.affinity),
        tolerations: passedOn<Pod["tolerations"]>(pool.tolerations),
        topologySpreadConstraints: passedOn<Pod["topologySpreadConstraints"]>(pool.topologySpreadConstraints),
    });
    return compact({
        replicas: pool.replicas,
        roles: [...pool.roles],
        storage: storageSpec(pool),
        resources: passedOn<KafkaNodePoolSpec["resources"]>(pool.resources),
        jvmOptions: compact({ "-Xms": pool.jvm.xms, "-Xmx": pool.jvm.xmx }),
        template: compact({ pod }),
    });
}
