import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { brokerJmxRules } from "../src/metrics/brokerJmxRules";
import type { KafkaClusterSettings } from "../src/schema/kafkaCluster";
import { kafkaAnnotations, kafkaSpec } from "../src/strimzi/kafka";
import { nodePoolSpec } from "../src/strimzi/kafkaNodePool";
import { metricsKey } from "../src/strimzi/jmxMetrics";
import type { StrimziRelease } from "../src/release/releases";
import { readinessAnnotations, timeouts } from "./internal/readiness";
import { componentType, childOptions } from "./internal/componentOptions";

/** Arguments of KafkaCluster. */
export interface KafkaClusterArgs {
    cluster: KafkaClusterSettings;
    namespace: string;
    release: StrimziRelease;
    kafkaVersion: string;
    /** Whether the nodes export metrics. */
    exporter: boolean;
    /** Whether a deletion is refused. */
    protect: boolean;
}

/**
 * A Kafka cluster in KRaft mode. The pools are made before the Kafka resource, which is not Ready without them, and go
 * after it. Where the stack protects what holds data, neither is deleted; the volumes stay in any case, unless it says so.
 */
export class KafkaCluster extends pulumi.ComponentResource {
    public readonly resource: CustomResource;

    constructor(name: string, args: KafkaClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("KafkaCluster"), name, {}, opts);
        const { cluster, namespace, release, protect } = args;
        const metadata = { namespace, labels: { "app.kubernetes.io/part-of": "kafka-connect-platform" } };
        const guarded = { protect, retainOnDelete: protect };
        const rules = args.exporter
            ? new core.ConfigMap(
                  `${name}-metrics`,
                  {
                      metadata: { ...metadata, name: `${cluster.name}-kafka-metrics` },
                      data: { [metricsKey]: brokerJmxRules() },
                  },
                  childOptions(this, opts),
              )
            : undefined;
        const pools = cluster.nodePools.map(
            (pool) =>
                new CustomResource(
                    `${name}-${pool.name}`,
                    {
                        apiVersion: release.apiVersion,
                        kind: "KafkaNodePool",
                        // a pool has no readiness of its own: the Kafka resource's says it for all
                        metadata: {
                            ...metadata,
                            name: pool.name,
                            labels: { ...metadata.labels, "strimzi.io/cluster": cluster.name },
                            annotations: readinessAnnotations({ wait: false }),
                        },
                        spec: nodePoolSpec(pool, args.exporter),
                    },
                    childOptions(this, opts, guarded),
                ),
        );
        this.resource = new CustomResource(
            name,
            {
                apiVersion: release.apiVersion,
                kind: "Kafka",
                metadata: {
                    ...metadata,
                    name: cluster.name,
                    annotations: { ...kafkaAnnotations(release), ...readinessAnnotations(cluster) },
                },
                spec: kafkaSpec({ ...args, metricsConfigMap: rules ? `${cluster.name}-kafka-metrics` : undefined }),
            },
            childOptions(this, opts, {
                dependsOn: [...pools, ...(rules ? [rules] : [])],
                customTimeouts: timeouts(cluster),
                ...guarded,
            }),
        );
        this.registerOutputs({});
    }
}
